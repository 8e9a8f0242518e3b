/* SPDX-License-Identifier: Apache-2.0 */
/* Every route of the service, one line each; openapi.yaml describes the same ones (a test
 * compares).
 *
 * To add a route: write `int http_<resource>_<verb>(struct request *rq, struct reply *rp)` in
 * http_<resource>.c (it fills `rp` and answers 0, see http.h), list the file in meson.build, and
 * add a line here:
 *
 *     X(METHOD, path, permission, body, handler, flags)
 *
 * METHOD: GET, POST, PUT, DELETE.  path: fixed parts and {names}, at most three of those; a fixed
 * part wins over a name.  permission: a name of PERMISSIONS (acts/roles.h), ANYBODY or VISITOR.
 * body: NONE, JSON, FILE.  flags: ROUTE_… of http.h, 0 for none. */
#ifndef CANBAO_DOORS_HTTP_ROUTES_H
#define CANBAO_DOORS_HTTP_ROUTES_H

#define ROUTES(X) \
	X(GET, "/healthz", ANYBODY, NONE, http_health, 0) \
	X(GET, "/readyz", ANYBODY, NONE, http_ready, 0) \
	X(GET, "/metrics", ANYBODY, NONE, http_metrics, 0)

#endif
