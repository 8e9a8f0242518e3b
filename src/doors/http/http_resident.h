/* SPDX-License-Identifier: Apache-2.0 */
/* What the resident's routes share. */
#ifndef CANBAO_DOORS_HTTP_RESIDENT_H
#define CANBAO_DOORS_HTTP_RESIDENT_H

#include "acts/place_order.h"
#include "acts/quote_resident.h"
#include "doors/http/http.h"

/* In a visit's people: added by the tail of the number, so the name stays masked. */
#define VISIT_BY_TAIL ((int64_t)1 << 62)
int64_t visit_person(const struct visit *v, size_t place);
/* The place of query parameter `person` (0 when absent); a place nobody holds is answered with 404
 * into `rp`.  1 and *ret_person; 0: the reply is filled (also for 422). */
int visit_person_asked(struct request *rq, struct reply *rp, int64_t *ret_person);

#define RANDOM_TEXT 32 /* 128 random bits as hexadecimal */
/* A name nobody can guess, in the request's arena. */
MUST_USE int random_name(struct request *rq, struct str *ret);

/* A document number of the body: token and checked form, or a field problem. */
bool resident_document(struct request *rq, const char *field, struct str number,
	struct document *ret_document, unsigned char ret_token[TOKEN_BYTES]);
/* Take from the rates of looking people up; false after a 429 was filled in. */
bool resident_may_look(
	struct request *rq, struct reply *rp, const unsigned char token[TOKEN_BYTES]);

/* The fields of an Order (openapi.yaml) into an open object. */
MUST_USE int json_order(struct request *rq, struct json_out *j, const struct order_view *v);
/* Where the order is paid; {NULL,0} when it is not open or nothing takes payments online. */
struct str order_pay_url(struct request *rq, const struct order_view *v);
/* The address under which anybody who holds the receipt can check it. */
struct str order_check_url(struct request *rq, const struct order_view *v);
/* 1 and the order of path parameter 0; 0 after a 404; a fault. */
MUST_USE int order_asked(struct request *rq, struct reply *rp, struct order_view *ret_view);

/* The receipt of a paid order as PDF. */
MUST_USE int receipt_pdf(
	struct request *rq, const struct order_view *v, struct str check_url, struct buf *ret_pdf);
/* `text` as a QR code: an SVG picture. */
MUST_USE int qr_svg(struct str text, struct buf *ret_svg);
/* The same as rows of modules, 1 dark: `ret_modules` of size*size in `a`. */
MUST_USE int qr_modules(
	struct str text, struct arena *a, unsigned char **ret_modules, int *ret_size);

#endif
