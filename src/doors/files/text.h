/* SPDX-License-Identifier: Apache-2.0 */
/* The text of an input as UTF-8, chunk by chunk, whatever its encoding. */
#ifndef CANBAO_DOORS_FILES_TEXT_H
#define CANBAO_DOORS_FILES_TEXT_H

#include <iconv.h>

#include "doors/files/input.h"

struct text {
	struct input *in;
	iconv_t cd; /* (iconv_t)-1 for UTF-8 */
	char *raw;  /* bytes not decoded yet */
	size_t raw_n;
	bool odd;           /* text delivered so far holds characters that scrub.h changes */
	bool broken;        /* decoding stopped at an unsound byte … */
	uint64_t broken_at; /* … at this offset of the file */
};

MUST_USE int text_open(struct text *t, struct input *in, struct err *err);
void text_release(struct text *t);
/* Append up to `cap` (at least 16) bytes of whole characters; *ret_n is 0 at the end of the text or
 * where it breaks off (t->broken). */
MUST_USE int text_read(struct text *t, char *dst, size_t cap, size_t *ret_n, struct err *err);
const char *text_encoding(const struct text *t);

#endif
