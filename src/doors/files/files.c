/* SPDX-License-Identifier: Apache-2.0 */
#include "doors/files/files.h"

#include "doors/files/csv.h"
#include "doors/files/input.h"
#include "doors/files/xlsx.h"

/* What to tell somebody whose file is no table we read, and what to do about it. */
static int refuse(struct input *in, struct err *err)
{
	int rc;

	if (in->kind == INPUT_OLE_ENCRYPTED)
		rc = err_set(err, FAULT_FORMAT,
			"%s：工作簿有密码，请去掉密码后另存为 .xlsx / the workbook has a password: save "
			"it as .xlsx without one",
			in->name);
	else if (in->kind == INPUT_OLE)
		rc = err_set(err, FAULT_FORMAT,
			"%s：是旧版 .xls，请另存为 .xlsx / an old .xls workbook: save it as .xlsx",
			in->name);
	else
		rc = err_set(err, FAULT_FORMAT,
			"%s：内容是 %s，不是表格；请用 Excel 打开后另存为 .xlsx / its content is %s: open "
			"it in Excel and save it as .xlsx",
			in->name, in->foreign, in->foreign);
	input_release(in);
	return rc;
}

static int by_kind(struct input *in, struct err *err, struct sheet_source **ret_source)
{
	switch (in->kind) {
	case INPUT_TEXT:
		return csv_source(in, err, ret_source);
	case INPUT_ZIP:
		return xlsx_source(in, err, ret_source);
	case INPUT_OLE:
	case INPUT_OLE_ENCRYPTED:
	case INPUT_OTHER:
		break;
	}
	return refuse(in, err);
}

static int files_open(const char *path, struct err *err, struct sheet_source **ret_source)
{
	struct input in;
	int rc = input_open_file(&in, path, err);

	if (rc < 0)
		return rc;
	return by_kind(&in, err, ret_source);
}

int files_open_memory(
	const void *bytes, size_t n, struct err *err, struct sheet_source **ret_source)
{
	struct input in;
	int rc = input_open_memory(&in, bytes, n, err);

	if (rc < 0)
		return rc;
	return by_kind(&in, err, ret_source);
}

static int files_create(const char *path, enum sheet_format format, const char *title,
	struct err *err, struct sheet_sink **ret_sink)
{
	switch (format) {
	case SHEET_CSV:
		return csv_sink(path, false, err, ret_sink);
	case SHEET_CSV_GB18030:
		return csv_sink(path, true, err, ret_sink);
	case SHEET_XLSX:
		return xlsx_sink(path, title, err, ret_sink);
	}
	BUG_IF("no such format");
	return FAULT_FORMAT;
}

const struct sheet_port files_sheets = { .open = files_open, .create = files_create };
