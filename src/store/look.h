/* SPDX-License-Identifier: Apache-2.0 */
/* Who looked at whose record, when and what for.  The person may see it. */
#ifndef CANBAO_STORE_LOOK_H
#define CANBAO_STORE_LOOK_H

#include "base/arena.h"
#include "store/db.h"

/* X(NAME, stable code, Chinese, English) */
#define LOOKS(X) \
	X(RECORD, "record", "查看档案", "read the record") \
	X(UNMASK, "unmask", "查看完整号码", "saw whole numbers") \
	X(EVIDENCE, "evidence", "查看佐证材料", "saw evidence") \
	X(QUOTE, "quote", "查询应缴", "asked what is to pay") \
	X(LIST, "list", "导出名单", "exported a list")

enum look_what {
#define X(name, code, zh, en) LOOK_##name,
	LOOKS(X)
#undef X
		LOOK_COUNT
};

const char *look_code(enum look_what w);
const char *look_zh(enum look_what w);
const char *look_en(enum look_what w);

struct look {
	int64_t person;
	int64_t id;        /* of the series; filled by reading */
	int64_t at;        /* seconds UTC */
	struct str actor;  /* login; "visitor" for the resident's page */
	struct str office; /* role code; "visitor" too */
	enum look_what what;
	struct str reason; /* {NULL,0}: none was asked for */
};

/* Remember one look, in the transaction of the act that shows the record (store_act: a look is a
 * write).  Takes its id. */
MUST_USE int look_add(struct db *db, int64_t county, const struct look *l);
/* Many at once; ids are taken together. */
MUST_USE int look_add_all(struct db *db, int64_t county, const struct look *l, size_t n);
/* Looks at `person`, newest first, with id below `before` (0: from the newest), at most `max`;
 * texts in `a`. */
MUST_USE int looks_of(struct db *db, int64_t county, int64_t person, int64_t before, size_t max,
	struct arena *a, struct look **ret_items, size_t *ret_n);

#endif
