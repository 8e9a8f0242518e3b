/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

void buf_init(struct buf *b, size_t ceiling)
{
	*b = (struct buf){ .ceiling = ceiling };
}

void buf_release(struct buf *b)
{
	if (!b)
		return;
	free(b->p);
	*b = (struct buf){ .ceiling = b->ceiling };
}

void buf_reset(struct buf *b)
{
	b->n = 0;
	b->bad = false;
	if (b->p)
		b->p[0] = '\0';
}

static bool reserve(struct buf *b, size_t more)
{
	size_t cap = b->cap ? b->cap : 256;
	char *p;

	if (b->bad || more > b->ceiling || b->n > b->ceiling - more) {
		b->bad = true;
		return false;
	}
	if (b->cap > b->n + more)
		return true;
	while (cap <= b->n + more)
		cap *= 2;
	p = realloc(b->p, cap);
	if (!p) {
		b->bad = true;
		return false;
	}
	b->p = p;
	b->cap = cap;
	return true;
}

void buf_add(struct buf *b, struct str s)
{
	if (!reserve(b, s.n))
		return;
	if (s.n)
		memcpy(b->p + b->n, s.p, s.n);
	b->n += s.n;
	b->p[b->n] = '\0';
}

void buf_addz(struct buf *b, const char *z)
{
	buf_add(b, str_of(z));
}

void buf_addc(struct buf *b, char c)
{
	buf_add(b, (struct str){ &c, 1 });
}

void buf_addf(struct buf *b, const char *fmt, ...)
{
	va_list ap, again;
	int n;

	va_start(ap, fmt);
	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	BUG_IF(n < 0);
	if (reserve(b, (size_t)n)) {
		vsnprintf(b->p + b->n, (size_t)n + 1, fmt, ap);
		b->n += (size_t)n;
	}
	va_end(ap);
}

void buf_addi(struct buf *b, int64_t v)
{
	char text[24], *end = text + sizeof(text), *p = end;
	uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;

	do {
		*--p = (char)('0' + u % 10);
		u /= 10;
	} while (u);
	if (v < 0)
		*--p = '-';
	buf_add(b, (struct str){ p, (size_t)(end - p) });
}

static void json_ascii(struct buf *b, unsigned char c)
{
	switch (c) {
	case '"':
		buf_addz(b, "\\\"");
		break;
	case '\\':
		buf_addz(b, "\\\\");
		break;
	case '\n':
		buf_addz(b, "\\n");
		break;
	case '\r':
		buf_addz(b, "\\r");
		break;
	case '\t':
		buf_addz(b, "\\t");
		break;
	default:
		if (c < 0x20 || c == 0x7f)
			buf_addf(b, "\\u%04x", c);
		else
			buf_addc(b, (char)c);
	}
}

void buf_add_json(struct buf *b, struct str s)
{
	buf_addc(b, '"');
	while (s.n) {
		uint32_t cp;
		size_t used = utf8_next(s, &cp);

		if (used == 0) {
			buf_addz(b, "\xef\xbf\xbd");
			used = 1;
		} else if (cp < 0x80) {
			json_ascii(b, (unsigned char)cp);
		} else {
			buf_add(b, (struct str){ s.p, used });
		}
		s.p += used;
		s.n -= used;
	}
	buf_addc(b, '"');
}

struct str buf_str(const struct buf *b)
{
	return (struct str){ b->p ? b->p : "", b->n };
}

bool buf_bad(const struct buf *b)
{
	return b->bad;
}
