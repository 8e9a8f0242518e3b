/* SPDX-License-Identifier: Apache-2.0 */
/* 导出 a list with persons as a file: asked for with a purpose, approved by a second person whose
 * scope covers it, written in the background, fetched by who asked; every fetch is in the trail and
 * every person in the file sees it among who looked. */
#ifndef CANBAO_ACTS_EXPORT_H
#define CANBAO_ACTS_EXPORT_H

#include "acts/env.h"
#include "acts/roles.h"
#include "store/export.h"

#define EXPORT_SECONDS (7 * 86400) /* a file can be fetched so long */
#define EXPORTS_WAITING_MAX 20     /* of one account */
#define EXPORT_PURPOSE_MIN 4       /* characters */

/* X(NAME, stable code, permission, Chinese) */
#define EXPORT_LISTS(X) \
	X(MISSING, "missing", READ_MISSING, "未参保台账") \
	X(SPECIAL, "special", READ_MISSING, "困难群众未参保名单") \
	X(SUSPENSE, "suspense", READ_MONEY, "待查款项") \
	X(BILLS, "bills", READ_MONEY, "应缴单") \
	X(PAYMENTS, "payments", READ_MONEY, "缴费明细")
enum export_list {
#define X(name, code, may, zh) EXPORT_##name,
	EXPORT_LISTS(X)
#undef X
		EXPORT_LIST_COUNT
};
MUST_USE bool export_list_parse(struct str code, enum export_list *ret_list);
enum permission export_list_may(enum export_list l);
const char *export_list_zh(enum export_list l);

struct export_wish {
	enum export_list list;
	bool xlsx, whole;
	struct str purpose;
	int64_t division; /* 12 digits; 0: all that one sees */
	day_t on;
};

/* Ask.  What the account sees is written down with it and holds when the file is made.
 * FAULT_FORMAT, FAULT_LIMIT: `err` says it. */
MUST_USE int export_ask(const struct env *env, enum role role, int64_t account,
	const struct export_wish *w, struct arena *a, int64_t *ret_id, struct err *err);

enum export_decision {
	EXPORT_DECIDED,
	EXPORT_UNKNOWN,
	EXPORT_OWN,   /* who asked, also under another account of the same staff number */
	EXPORT_STATE, /* decided already */
	EXPORT_BEYOND /* the decider could not have asked for it: the list, or whole numbers */
};
/* Approve (the file is made in the background) or decline with a reason. */
MUST_USE int export_settle(const struct env *env, enum role role, int64_t account, int64_t id,
	bool approve, struct str reason, enum export_decision *ret_decision);
/* Does this viewer decide about it, in this role? */
bool export_may_decide(const struct export_viewer *v, enum role role, const struct export *e);
/* Does the caller still see what the file holds: the same role and scope as when it was asked for?
 * Who was moved since asks again. */
bool export_still_theirs(
	const struct env *env, enum role role, const struct export *e, struct arena *a);
/* 1 and the export when it is the viewer's to see, 0, a fault. */
MUST_USE int export_read(const struct env *env, const struct export_viewer *v, int64_t id,
	struct arena *a, struct export *ret_export);
MUST_USE int export_page(const struct env *env, const struct export_viewer *v, struct str state,
	struct way way, size_t limit, struct arena *a, struct export **ret_items, size_t *ret_n);
/* Write down that its asker fetches the file now. */
MUST_USE int export_fetched(const struct env *env, const struct export *e);

/* Write the file of an approved export; env->actor and env->scope are the asker's.  At most
 * `rows_max` rows: *ret_cut when there were more, and the file says so.  The export is then ready,
 * or failed. */
MUST_USE int export_write(const struct env *env, const struct policy *policy, struct str office,
	const struct export *e, const struct export_wish *w, int64_t rows_max, const char *path,
	int64_t *ret_rows, bool *ret_cut, struct err *err);

#endif
