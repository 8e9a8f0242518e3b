/* SPDX-License-Identifier: Apache-2.0 */
/* What several resources of the offices answer in the same words. */
#ifndef CANBAO_DOORS_HTTP_OFFICE_H
#define CANBAO_DOORS_HTTP_OFFICE_H

#include "acts/list_file.h"
#include "acts/person_ruling.h"
#include "doors/http/http.h"
#include "store/explain.h"

/* The role code of who calls, for a look. */
struct str office_of(const struct request *rq);
/* Does the caller see only what its department certified? */
bool office_is_department(const struct request *rq);

/* A channel's name in the season's pack; its code when the pack does not know it. */
struct str channel_label(const struct pack *p, struct str code);
/* A category's name; {NULL,0} for {NULL,0}. */
struct str category_label(const struct pack *p, struct str code);
/* A route's name in the season's pack; its code when the pack does not know it. */
struct str route_label(const struct pack *p, struct str code);
/* "invoice-2024-00000012" of a series "receipt_invoice_2024"; {NULL,0} for number 0. */
struct str receipt_label(struct arena *a, struct str series, int64_t number);

/* "cites": clauses and readings of a ruling with their text. */
MUST_USE int json_cites(
	struct json_out *j, struct arena *a, const struct pack *p, const struct ruling *r);
/* "steps": why this amount. */
MUST_USE int json_steps(struct json_out *j, struct arena *a, const struct pack *p,
	const struct person_facts *f, const struct ruling *r);
/* True when `format` asks for a file instead of JSON. */
bool query_format(struct request *rq, enum sheet_format *ret_format);
/* Where this request may write its table; NULL: out of memory.  Sent as "name.csv" or "name.xlsx"
 * and taken away afterwards. */
const char *table_path(struct request *rq, enum sheet_format format);
MUST_USE int reply_table(struct request *rq, struct reply *rp, const char *path, const char *name,
	enum sheet_format format);
/* A list without persons as a file: 1 and *ret_file to be written; 0 after the second factor was
 * asked for; a fault. */
MUST_USE int list_file_begin(
	struct request *rq, struct reply *rp, enum sheet_format format, struct list_file *ret_file);

/* One enrolment, as an item of an array; route and category by their names in `p`, which people
 * read, or with NULL by their codes, which systems read. */
void json_enrolment(struct json_out *j, const struct pack *p, const struct explain_enrolment *e);
/* Its fields alone, into an open object. */
void json_enrolment_fields(
	struct json_out *j, const struct pack *p, const struct explain_enrolment *e);
/* One payment; `person` 0 and `name` {NULL,0} when nobody is known. */
void json_payment(struct json_out *j, struct arena *a, const struct pack *p,
	const struct explain_payment *y, int64_t person, struct str name);
/* "reason", "reason_zh", "reason_en" of money in suspense; null for {NULL,0}. */
void json_suspense_reason(struct json_out *j, struct str code);

#endif
