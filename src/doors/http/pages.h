/* SPDX-License-Identifier: Apache-2.0 */
/* The pages, embedded when the program was built (tools/embed_web.py), compressed beforehand. */
#ifndef CANBAO_DOORS_HTTP_PAGES_H
#define CANBAO_DOORS_HTTP_PAGES_H

#include <microhttpd.h>

#include "doors/http/http.h"

struct page_bytes {
	const unsigned char *p;
	size_t n; /* 0: there is no such form */
};

struct page_file {
	const char *path; /* "/console/assets/index-1a2b3c.js" */
	const char *type;
	const char *etag; /* in quotes, of the plain bytes */
	bool immutable;   /* its name changes with its content */
	bool console;
	struct page_bytes plain, gzip, brotli;
};

/* Ordered by path; generated. */
extern const struct page_file page_files[];
extern const size_t page_count;

/* What a path shows; below /console a path that names no file is the console's own first page, and
 * the views of the resident's page (/order/NUMBER …) are its first page.  NULL when there is
 * nothing. */
const struct page_file *page_find(struct str path);
/* 200 or 304, compressed as the caller takes it. */
struct MHD_Response *page_response(
	const struct request *rq, const struct page_file *f, int *ret_status);

#endif
