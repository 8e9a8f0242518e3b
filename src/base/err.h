/* SPDX-License-Identifier: Apache-2.0 */
/* Faults (the machine failed) and the sentence that tells a person about one.
 *
 * Three kinds of "no" exist and are never mixed: a bug aborts (bug.h), a fault is a negative
 * `enum fault`, a ruling is a value that cites the notice (rules/). */
#ifndef CANBAO_BASE_ERR_H
#define CANBAO_BASE_ERR_H

#include "base/bug.h"

/* X(name, number, stable code, Chinese, English) */
#define FAULTS(X)                                                                                  \
	X(IO, -1, "io", "读写失败", "input or output failed")                                      \
	X(MEMORY, -2, "memory", "内存不足或超出上限", "out of memory or above a limit")            \
	X(DATABASE, -3, "database", "数据库出错", "the database failed")                           \
	X(RETRY, -4, "retry", "并发冲突，请重试", "a concurrent change; try again")                \
	X(FORMAT, -5, "format", "内容格式不对", "the content is malformed")                        \
	X(LIMIT, -6, "limit", "超出上限", "above a limit")                                         \
	X(CONFLICT, -7, "conflict", "与已有记录冲突", "in conflict with a stored record")          \
	X(VERSION, -8, "version", "版本不符", "the version does not fit")                          \
	X(MISSING, -9, "missing", "不存在", "not found")                                           \
	X(CANCELLED, -10, "cancelled", "已取消", "cancelled")

enum fault {
#define X(name, number, code, zh, en) FAULT_##name = number,
	FAULTS(X)
#undef X
};

/* One sentence for a person, filled at the place that knows most.  `text` is Chinese first, then
 * English after " / ".  No personal data ever goes in. */
struct err {
	char text[1024];
};

/* Fill `err` (NULL is allowed) and return `fault`, so that a failing line reads
 * `return err_set(err, FAULT_IO, "…")`. */
MUST_USE int err_set(struct err *err, enum fault fault, const char *fmt, ...) PRINTF_LIKE(3, 4);

/* The stable code of a fault ("io"), or "unknown". */
const char *fault_code(int fault);

/* Both languages of a fault, "读写失败 / input or output failed". */
const char *fault_text(int fault);

#endif
