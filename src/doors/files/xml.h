/* SPDX-License-Identifier: Apache-2.0 */
/* Expat over one entry of an XLSX, with ceilings: no DTD (so no entities), bounded depth and token
 * length.  Names come without their prefix, because producers choose different ones. */
#ifndef CANBAO_DOORS_FILES_XML_H
#define CANBAO_DOORS_FILES_XML_H

#include <expat.h>
#include <string.h>

#include "doors/files/xlsx_zip.h"

#define XML_DEPTH_MAX 64
#define XML_TOKEN_MAX (4u << 20)

struct xml {
	XML_Parser parser;
	struct xlsx_entry entry;
	void (*start)(struct xml *x, const char *name, const char **attributes);
	void (*end)(struct xml *x, const char *name);
	void (*text)(struct xml *x, struct str s);
	void *arg;
	struct err *err;
	int fault; /* set by a handler through xml_stop() */
	unsigned depth;
	uint64_t fed;
	bool suspended, last;
};

/* Begin on the entry `path`: 1, 0 when there is none, a fault.  The caller sets the handlers
 * afterwards, before xml_run(). */
MUST_USE int xml_open(struct xml *x, struct xlsx_zip *z, const char *path, struct err *err);
void xml_close(struct xml *x);
/* Parse on until xml_suspend() (1), the end (0), or a fault. */
MUST_USE int xml_run(struct xml *x, struct err *err);
/* From a handler: return from xml_run() with 1 / with `fault`, whose err is already filled. */
void xml_suspend(struct xml *x);
void xml_stop(struct xml *x, int fault);

/* The value of an attribute by its name without prefix, or NULL. */
const char *xml_attribute(const char **attributes, const char *name);

static inline bool xml_is(const char *name, const char *want)
{
	return strcmp(name, want) == 0;
}

#endif
