/* SPDX-License-Identifier: Apache-2.0 */
/* The table of routes and the finding of one. */
#ifndef CANBAO_DOORS_HTTP_TABLE_H
#define CANBAO_DOORS_HTTP_TABLE_H

#include "doors/http/http.h"

extern const struct route route_table[];
extern const size_t route_count;

enum method {
	METHOD_GET,
	METHOD_POST,
	METHOD_PUT,
	METHOD_DELETE,
	METHOD_HEAD,
	METHOD_OPTIONS,
	METHOD_NONE
};

enum method method_of(struct str name);
/* The route of a method and a path (as it came, still encoded): HEAD finds GET's.  NULL when there
 * is none; *ret_allow then has the bits of the methods the path has (0: no such path).  Path
 * parameters are decoded into `a`; one that is badly encoded finds nothing. */
const struct route *route_find(enum method m, struct str path, struct arena *a,
	struct str ret_params[ROUTE_PARAMS_MAX], uint32_t *ret_allow);
/* "GET, HEAD, OPTIONS" */
struct str route_allow_text(uint32_t allow, struct arena *a);
/* The whole table as JSON, for `canbao serve --routes`. */
void routes_print(struct buf *b);
/* Percent-decode; `plus`: '+' is a blank (query).  False on a bad escape, a NUL or bytes that are
 * not UTF-8. */
MUST_USE bool url_decode(struct arena *a, struct str s, bool plus, struct str *ret);

#endif
