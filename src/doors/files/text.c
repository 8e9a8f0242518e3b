/* SPDX-License-Identifier: Apache-2.0 */
#include "doors/files/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "doors/files/encoding.h"

#define RAW_CAP (256u * 1024u)

static const char *const names[] = {
	[ENCODING_UTF8] = "UTF-8",
	[ENCODING_GB18030] = "GB18030",
	[ENCODING_UTF16LE] = "UTF-16LE",
	[ENCODING_UTF16BE] = "UTF-16BE",
};

const char *text_encoding(const struct text *t)
{
	return names[t->in->encoding];
}

int text_open(struct text *t, struct input *in, struct err *err)
{
	*t = (struct text){ .in = in, .cd = (iconv_t)-1, .odd = in->odd };
	in->offset = in->bom;
	if (in->encoding == ENCODING_UTF8)
		return 0;
	t->raw = malloc(RAW_CAP);
	t->cd = iconv_open("UTF-8", names[in->encoding]);
	if (t->raw && t->cd != (iconv_t)-1)
		return 0;
	text_release(t);
	return err_set(err, FAULT_MEMORY, "%s：无法转换 %s / cannot decode it", in->name,
		names[in->encoding]);
}

void text_release(struct text *t)
{
	if (t->cd != (iconv_t)-1)
		iconv_close(t->cd);
	free(t->raw);
	t->cd = (iconv_t)-1;
	t->raw = NULL;
}

static int read_utf8(struct text *t, char *dst, size_t cap, size_t *ret_n, struct err *err)
{
	uint64_t left = t->in->valid > t->in->offset ? t->in->valid - t->in->offset : 0;

	if (cap > left)
		cap = (size_t)left;
	if (cap == 0) {
		t->broken = t->in->valid < t->in->size;
		t->broken_at = t->in->valid;
		*ret_n = 0;
		return 0;
	}
	return input_read(t->in, dst, cap, ret_n, err);
}

static int refill(struct text *t, struct err *err)
{
	size_t n;
	int rc;

	rc = input_read(t->in, t->raw + t->raw_n, RAW_CAP - t->raw_n, &n, err);
	if (rc < 0)
		return rc;
	t->raw_n += n;
	return 0;
}

static int read_decoded(struct text *t, char *dst, size_t cap, size_t *ret_n, struct err *err)
{
	char *out = dst, *in;
	size_t left, room = cap;
	int rc, why = 0;

	if (!t->broken && t->raw_n < 16) {
		rc = refill(t, err);
		if (rc < 0)
			return rc;
	}
	if (t->broken || t->raw_n == 0) {
		*ret_n = 0;
		return 0;
	}
	in = t->raw;
	left = t->raw_n;
	if (iconv(t->cd, &in, &left, &out, &room) == (size_t)-1)
		why = errno;
	memmove(t->raw, in, left);
	t->raw_n = left;
	/* E2BIG: the rest comes next time.  EINVAL: a character is cut, which is an end only when
	 * the file has no more bytes. */
	if (why == EILSEQ || (why == EINVAL && t->in->offset == t->in->size)) {
		t->broken = true;
		t->broken_at = t->in->offset - left;
	}
	utf8_sound((struct str){ dst, cap - room }, &t->odd);
	*ret_n = cap - room;
	return 0;
}

int text_read(struct text *t, char *dst, size_t cap, size_t *ret_n, struct err *err)
{
	BUG_IF(cap < 16);
	if (t->cd == (iconv_t)-1)
		return read_utf8(t, dst, cap, ret_n, err);
	return read_decoded(t, dst, cap, ret_n, err);
}
