/* SPDX-License-Identifier: Apache-2.0 */
/* A growing byte buffer with a ceiling.  An overflow is remembered, so a chain of adds is checked
 * once at its end with buf_bad(). */
#ifndef CANBAO_BASE_BUF_H
#define CANBAO_BASE_BUF_H

#include "base/str.h"

struct buf {
	char *p; /* NUL-terminated when not NULL */
	size_t n, cap, ceiling;
	bool bad;
};

void buf_init(struct buf *b, size_t ceiling);
void buf_release(struct buf *b);
/* Length 0, storage kept, `bad` cleared. */
void buf_reset(struct buf *b);
void buf_add(struct buf *b, struct str s);
void buf_addz(struct buf *b, const char *z);
void buf_addc(struct buf *b, char c);
void buf_addf(struct buf *b, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* A signed decimal. */
void buf_addi(struct buf *b, int64_t v);
/* The text as a JSON string, quotes included; bytes that are not UTF-8 become U+FFFD. */
void buf_add_json(struct buf *b, struct str s);
struct str buf_str(const struct buf *b);
/* True when an add did not fit below the ceiling or memory ran out. */
bool buf_bad(const struct buf *b);

#endif
