/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/holder.h"

#include <stdio.h>

#include "base/utf8.h"

#define NAME_CHARS_MAX 50

static bool read_kind(
	struct import *im, struct str number, int kind_column, enum document_kind *ret_kind)
{
	struct str kind = kind_column < 0 ? (struct str){ "", 0 }
					  : table_cell(&im->table, (size_t)kind_column);

	if (kind.n == 0) {
		*ret_kind = document_guess(number);
		return true;
	}
	if (document_kind_parse(kind, ret_kind))
		return true;
	import_problem(im,
		"证件类型不认识；可用：居民身份证、居住证、港澳台居民居住证、港澳居民来往内地通行证、"
		"台湾居民来往大陆通行证、外国人永久居留身份证、护照等 / unknown kind of document");
	return false;
}

/* A number cell keeps 15 digits; what stood behind them is gone. */
static bool ruined(const struct import *im, size_t column, struct str number)
{
	return table_cell_kind(&im->table, column) == CELL_NUMBER && number.n > 15;
}

/* What keeps numbers of different makes apart.  A foreigner's papers share one: lists without a
 * column for the kind of document cannot tell them, and must find the same person. */
static const char *namespace_of(enum document_kind kind)
{
	switch (kind) {
	case DOCUMENT_CITIZEN_ID:
	case DOCUMENT_RESIDENCE_PERMIT:
	case DOCUMENT_HMT_RESIDENCE_PERMIT:
	case DOCUMENT_FOREIGN_PERMANENT_RESIDENCE:
		return "";
	case DOCUMENT_HMT_PASS:
	case DOCUMENT_TAIWAN_PASS:
		return document_kind_code(kind);
	default:
		return "foreign";
	}
}

void holder_token(struct vault *v, const struct document *d, unsigned char ret_token[TOKEN_BYTES])
{
	const char *space = namespace_of(d->kind);
	char text[64];
	int n = snprintf(text, sizeof(text), "%s%s%s", space, *space ? ":" : "", d->number);

	BUG_IF(n < 0 || n >= (int)sizeof(text));
	vault_token(v, SEAL_DOCUMENT, (struct str){ text, (size_t)n }, ret_token);
}

bool holder_read(
	struct import *im, size_t number_column, int kind_column, struct holder *ret_holder)
{
	struct str number = table_cell(&im->table, number_column);
	enum document_fault fault;
	enum document_kind kind;

	if (!read_kind(im, number, kind_column, &kind))
		return false;
	fault = ruined(im, number_column, number)
			? DOCUMENT_RUINED
			: document_check(kind, number, &ret_holder->document);
	if (fault != DOCUMENT_FINE) {
		import_problem(im, "%s / %s", document_fault_zh(fault), document_fault_en(fault));
		return false;
	}
	holder_token(im->vault, &ret_holder->document, ret_holder->token);
	return true;
}

struct str holder_name(struct import *im, size_t name_column)
{
	struct str name = table_cell(&im->table, name_column);

	if (name.n == 0)
		import_problem(im, "姓名为空 / the name is empty");
	else if (name.n > NAME_CHARS_MAX * 4 || utf8_count(name) > NAME_CHARS_MAX)
		import_problem(im, "姓名超过 %d 个字 / the name is too long", NAME_CHARS_MAX);
	for (size_t i = 0; i < name.n; i++)
		if ((unsigned char)name.p[i] < 0x20) {
			import_problem(im, "姓名里有控制字符 / the name holds a control character");
			break;
		}
	return name;
}

static bool unwritable(uint32_t cp)
{
	return cp == '?' || cp == '*' || cp == 0x25a1 || cp == 0xfffd;
}

static bool same_folded(struct str a, struct str b)
{
	while (a.n && b.n) {
		uint32_t x = 0xfffd, y = 0xfffd;
		size_t n = utf8_next(a, &x), m = utf8_next(b, &y);

		if (x != y && !unwritable(x) && !unwritable(y))
			return false;
		n = n ? n : 1;
		m = m ? m : 1;
		a = (struct str){ a.p + n, a.n - n };
		b = (struct str){ b.p + m, b.n - m };
	}
	return a.n == 0 && b.n == 0;
}

bool holder_same_name(struct str said, struct str stored)
{
	struct buf a, b;
	bool same;

	buf_init(&a, 4096);
	buf_init(&b, 4096);
	utf8_fold(&a, said);
	utf8_fold(&b, stored);
	same = same_folded(buf_str(&a), buf_str(&b));
	buf_release(&a);
	buf_release(&b);
	return same;
}
