/* SPDX-License-Identifier: Apache-2.0 */
/* All that is wrong with a file, each as file:line:col with the line and a caret under it. */
#ifndef CANBAO_RULES_DIAG_H
#define CANBAO_RULES_DIAG_H

#include "base/arena.h"
#include "base/buf.h"

#define DIAG_MAX 500 /* further findings of one run are counted, not kept */

enum diag_level { DIAG_ERROR, DIAG_WARNING };

/* A place in a text file: line and column from 1, the column in code points. */
struct mark {
	struct str file; /* name as given by the caller */
	struct str text; /* the whole file, for quoting the line */
	uint32_t line, col;
};

struct diag {
	enum diag_level level;
	struct mark at;
	struct str message; /* Chinese first, English second */
};

struct diags {
	struct arena *arena;
	struct diag *items;
	size_t n, cap, errors, warnings, dropped;
};

void diags_init(struct diags *d, struct arena *a);
void diag_error(struct diags *d, struct mark at, const char *fmt, ...) PRINTF_LIKE(3, 4);
void diag_warn(struct diags *d, struct mark at, const char *fmt, ...) PRINTF_LIKE(3, 4);
/* "file:line:col: 错误: …", the line, a caret placed by display width (East Asian wide is two). */
void diags_print(struct buf *out, const struct diags *d);

#endif
