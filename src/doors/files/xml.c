/* SPDX-License-Identifier: Apache-2.0 */
#include "doors/files/xml.h"

#define CHUNK (64 * 1024)

static const char *local(const char *name)
{
	const char *colon = strchr(name, ':');

	return colon ? colon + 1 : name;
}

static void XMLCALL on_start(void *user, const XML_Char *name, const XML_Char **attributes)
{
	struct xml *x = user;

	if (x->fault)
		return;
	if (++x->depth > XML_DEPTH_MAX) {
		xml_stop(x, err_set(x->err, FAULT_LIMIT, "%s：XML 嵌套过深 / XML nested too deeply",
				    x->entry.zip->name));
		return;
	}
	x->start(x, local(name), attributes);
}

static void XMLCALL on_end(void *user, const XML_Char *name)
{
	struct xml *x = user;

	if (x->fault)
		return;
	x->depth--;
	x->end(x, local(name));
}

static void XMLCALL on_text(void *user, const XML_Char *s, int n)
{
	struct xml *x = user;

	if (!x->fault && x->text)
		x->text(x, (struct str){ s, (size_t)n });
}

static void XMLCALL on_doctype(void *user, const XML_Char *name, const XML_Char *system_id,
	const XML_Char *public_id, int has_internal_subset)
{
	struct xml *x = user;

	(void)name, (void)system_id, (void)public_id, (void)has_internal_subset;
	xml_stop(
		x, err_set(x->err, FAULT_FORMAT,
			   "%s：工作簿里有 DTD 声明，拒绝读取 / a DTD inside the workbook: refused",
			   x->entry.zip->name));
}

int xml_open(struct xml *x, struct xlsx_zip *z, const char *path, struct err *err)
{
	int rc;

	*x = (struct xml){ .err = err };
	rc = xlsx_entry_open(z, path, &x->entry, err);
	if (rc != 1)
		return rc;
	x->parser = XML_ParserCreate(NULL);
	if (!x->parser) {
		xlsx_entry_close(&x->entry);
		return err_set(err, FAULT_MEMORY, "%s：内存不足 / out of memory", z->name);
	}
	XML_SetUserData(x->parser, x);
	XML_SetElementHandler(x->parser, on_start, on_end);
	XML_SetCharacterDataHandler(x->parser, on_text);
	XML_SetStartDoctypeDeclHandler(x->parser, on_doctype);
	return 1;
}

void xml_close(struct xml *x)
{
	if (x->parser)
		XML_ParserFree(x->parser);
	x->parser = NULL;
	xlsx_entry_close(&x->entry);
}

void xml_suspend(struct xml *x)
{
	if (!x->fault && XML_StopParser(x->parser, XML_TRUE) == XML_STATUS_OK)
		x->suspended = true;
}

void xml_stop(struct xml *x, int fault)
{
	x->fault = fault;
	XML_StopParser(x->parser, XML_FALSE);
}

static int after(struct xml *x, enum XML_Status status, struct err *err)
{
	XML_Index at;

	if (x->fault)
		return x->fault;
	if (status == XML_STATUS_ERROR)
		return err_set(err, FAULT_FORMAT,
			"%s：工作簿内容损坏（%s）/ the workbook is damaged: %s", x->entry.zip->name,
			XML_ErrorString(XML_GetErrorCode(x->parser)),
			XML_ErrorString(XML_GetErrorCode(x->parser)));
	if (status == XML_STATUS_SUSPENDED)
		return 1;
	at = XML_GetCurrentByteIndex(x->parser);
	if (at >= 0 && x->fed - (uint64_t)at > XML_TOKEN_MAX)
		return err_set(err, FAULT_LIMIT, "%s：XML 标记过长 / an XML token is too long",
			x->entry.zip->name);
	return 0;
}

static int feed(struct xml *x, struct err *err)
{
	void *room = XML_GetBuffer(x->parser, CHUNK);
	size_t n;
	int rc;

	if (!room)
		return err_set(
			err, FAULT_MEMORY, "%s：内存不足 / out of memory", x->entry.zip->name);
	rc = xlsx_entry_read(&x->entry, room, CHUNK, &n, err);
	if (rc < 0)
		return rc;
	x->fed += n;
	x->last = n == 0;
	return after(x, XML_ParseBuffer(x->parser, (int)n, x->last), err);
}

int xml_run(struct xml *x, struct err *err)
{
	int rc = 0;

	x->err = err;
	if (x->suspended) {
		x->suspended = false;
		rc = after(x, XML_ResumeParser(x->parser), err);
	}
	while (rc == 0 && !x->last)
		rc = feed(x, err);
	return rc;
}

const char *xml_attribute(const char **attributes, const char *name)
{
	for (; attributes[0]; attributes += 2)
		if (xml_is(local(attributes[0]), name))
			return attributes[1];
	return NULL;
}
