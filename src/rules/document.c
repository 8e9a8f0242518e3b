/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/document.h"

#include <string.h>

#include "base/utf8.h"
#include "rules/country.h"

#define PLAIN_MAX 64 /* characters of a number as typed; longer ones are no numbers */

/* A number as typed, without what people and spreadsheets put around it. */
struct plain {
	char c[PLAIN_MAX];
	size_t n;
	bool odd; /* holds something that is neither digit nor letter */
};

static const char *const codes[] = {
#define X(name, code, zh) code,
	DOCUMENT_KINDS(X)
#undef X
};

static const char *const names[] = {
#define X(name, code, zh) zh,
	DOCUMENT_KINDS(X)
#undef X
};

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool letter(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool digits(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!digit(p[i]))
			return false;
	return true;
}

static int number(const char *p, size_t n)
{
	int v = 0;

	for (size_t i = 0; i < n; i++)
		v = v * 10 + (p[i] - '0');
	return v;
}

static void put(struct plain *p, uint32_t cp)
{
	char c = cp < 0x80 ? (char)cp : '?';

	if (c >= 'a' && c <= 'z')
		c = (char)(c - 'a' + 'A');
	if (!digit(c) && !letter(c))
		p->odd = true;
	if (p->n < PLAIN_MAX)
		p->c[p->n++] = c;
	else
		p->odd = true;
}

static bool blank(uint32_t cp)
{
	return cp <= 0x20 || cp == 0xa0 || cp == 0x3000 || cp == 0xfeff || cp == 0x2060 ||
	       (cp >= 0x2000 && cp <= 0x200f);
}

static bool apostrophe(uint32_t cp)
{
	return cp == '\'' || cp == '`' || cp == 0x2018 || cp == 0x2019;
}

/* Nearly all numbers come as they should be: digits, perhaps a last X. */
static bool clean(struct str text, struct plain *ret)
{
	bool good = text.n == 18;
	size_t i;

	for (i = 0; good && i < 17; i++)
		good = digit(text.p[i]);
	if (!good || !(digit(text.p[17]) || text.p[17] == 'X'))
		return false;
	memcpy(ret->c, text.p, 18);
	ret->n = 18;
	ret->odd = false;
	return true;
}

static void normalise(struct str text, struct plain *ret)
{
	if (clean(text, ret))
		return;
	ret->n = 0;
	ret->odd = false;
	while (text.n) {
		uint32_t cp = (unsigned char)text.p[0];
		size_t step = 1;

		if (cp >= 0x80 && (step = utf8_next(text, &cp)) == 0) {
			step = 1;
			cp = 0xfffd;
		}
		text.p += step;
		text.n -= step;
		if (cp >= 0xff01 && cp <= 0xff5e)
			cp -= 0xfee0;
		if (!blank(cp) && !(ret->n == 0 && apostrophe(cp)))
			put(ret, cp);
	}
}

/* "3.41323E+17", "341323198510120000.0": a decimal where a number was.  Letters make "1E5" a number
 * that a passport may bear, so without point or sign it is left alone. */
static bool decimal(const struct plain *p)
{
	size_t i = 0, from, marks = 0;

	while (i < p->n && (digit(p->c[i]) || p->c[i] == ',' || p->c[i] == '.'))
		marks += !digit(p->c[i++]);
	if (i == 0 || !digit(p->c[0]))
		return false;
	if (i < p->n && p->c[i] == 'E') {
		i++;
		if (i < p->n && p->c[i] == '+') {
			marks++;
			i++;
		}
		from = i;
		while (i < p->n && digit(p->c[i]))
			i++;
		return marks > 0 && i > from && i == p->n;
	}
	return marks > 0 && i == p->n;
}

/* First two digits of GB/T 2260: a row a first digit, a bit a second one. */
static bool province(const char *p)
{
	static const uint16_t rows[10] = { 0, 0x3e, 0x0e, 0xfe, 0x7e, 0x1f, 0x3e, 0x02, 0, 0 };

	return rows[p[0] - '0'] >> (p[1] - '0') & 1;
}

/* YYYYMMDD from 1800 on.  A birth before 1900 is a day, but none this calendar counts. */
static bool birth_day(const char *p, day_t *ret_birth)
{
	struct ymd d = { number(p, 4), number(p + 4, 2), number(p + 6, 2) };

	if (d.year >= 1900)
		return day_from_ymd(d, ret_birth);
	if (d.year < 1800 || d.month < 1 || d.month > 12 || d.day < 1 ||
		d.day > day_month_length(d.year, d.month))
		return false;
	*ret_birth = DAY_NONE;
	return true;
}

/* ISO 7064 MOD 11-2 over seventeen digits. */
static char mod_11_2(const char *p)
{
	static const unsigned char weights[17] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4,
		2 };
	int sum = 0;

	for (size_t i = 0; i < 17; i++)
		sum += (p[i] - '0') * weights[i];
	return "10X98765432"[sum % 11];
}

/* Eighteen characters whose last twelve are birth, sequence and check: what the three kinds share.
 * Their own first six have been looked at by the caller. */
static enum document_fault eighteen(const char *c, struct document *d)
{
	if (!birth_day(c + 6, &d->birth))
		return DOCUMENT_DATE;
	if (mod_11_2(c) !=
		c[17]) /* a double keeps 15 digits: the tail of a ruined number is zeros */
		return memcmp(c + 15, "000", 3) == 0 ? DOCUMENT_RUINED : DOCUMENT_CHECK;
	d->sex = (c[16] - '0') % 2 ? SEX_MALE : SEX_FEMALE;
	memcpy(d->number, c, 18);
	d->length = 18;
	return DOCUMENT_FINE;
}

static enum document_fault shape_18(const struct plain *p)
{
	if (p->n != 18)
		return DOCUMENT_LENGTH;
	return digits(p->c, 17) && (digit(p->c[17]) || p->c[17] == 'X') ? DOCUMENT_FINE
									: DOCUMENT_CHARACTER;
}

static enum document_fault citizen(const struct plain *p, struct document *d)
{
	enum document_fault f;
	char c[18];

	if (p->n == 15) {
		if (!digits(p->c, 15))
			return DOCUMENT_CHARACTER;
		memcpy(c, p->c, 6);
		memcpy(c + 6, "19", 2);
		memcpy(c + 8, p->c + 6, 9);
		c[17] = mod_11_2(c);
		d->upgraded = true;
		return province(c) ? eighteen(c, d) : DOCUMENT_REGION;
	}
	f = shape_18(p);
	if (f != DOCUMENT_FINE)
		return f;
	return province(p->c) ? eighteen(p->c, d) : DOCUMENT_REGION;
}

static enum document_fault hmt_permit(const struct plain *p, struct document *d)
{
	enum document_fault f = shape_18(p);

	if (f != DOCUMENT_FINE)
		return f;
	if (p->c[0] != '8' || p->c[1] < '1' || p->c[1] > '3' || memcmp(p->c + 2, "0000", 4) != 0)
		return DOCUMENT_REGION;
	return eighteen(p->c, d);
}

/* Keep the number as it is: kinds that tell nothing of their holder. */
static enum document_fault keep(const struct plain *p, struct document *d)
{
	memcpy(d->number, p->c, p->n);
	d->length = p->n;
	return DOCUMENT_FINE;
}

/* The foreigner's card before 2023-12: AAA, place, YYMMDD, sequence, check with weights 7-3-1.  Its
 * year has no century, so it tells no birth. */
static enum document_fault old_foreign(const struct plain *p, struct document *d)
{
	static const int weights[3] = { 7, 3, 1 };
	day_t day;
	char date[8];
	int sum = 0;

	for (size_t i = 0; i < 3; i++)
		if (!letter(p->c[i]))
			return DOCUMENT_CHARACTER;
	if (!digits(p->c + 3, 12))
		return DOCUMENT_CHARACTER;
	if (!country_letters(p->c))
		return DOCUMENT_REGION;
	memcpy(date + 2, p->c + 7, 6);
	memcpy(date, "19", 2);
	if (!birth_day(date, &day)) {
		memcpy(date, "20", 2);
		if (!birth_day(date, &day))
			return DOCUMENT_DATE;
	}
	for (size_t i = 0; i < 14; i++)
		sum += (letter(p->c[i]) ? p->c[i] - 'A' + 10 : p->c[i] - '0') * weights[i % 3];
	return sum % 10 == p->c[14] - '0' ? keep(p, d) : DOCUMENT_CHECK;
}

static enum document_fault foreign_permanent(const struct plain *p, struct document *d)
{
	enum document_fault f;

	if (p->n == 15)
		return old_foreign(p, d);
	f = shape_18(p);
	if (f != DOCUMENT_FINE)
		return f;
	if (p->c[0] != '9' || !province(p->c + 1) || !country_digits(p->c + 3))
		return DOCUMENT_REGION;
	return eighteen(p->c, d);
}

static enum document_fault hmt_pass(const struct plain *p, struct document *d)
{
	if (p->n != 9 && p->n != 11)
		return DOCUMENT_LENGTH;
	if ((p->c[0] != 'H' && p->c[0] != 'M') || !digits(p->c + 1, p->n - 1))
		return DOCUMENT_CHARACTER;
	return keep(p, d);
}

static enum document_fault taiwan_pass(const struct plain *p, struct document *d)
{
	if (!digits(p->c, p->n))
		return DOCUMENT_CHARACTER;
	return p->n == 8 || p->n == 10 ? keep(p, d) : DOCUMENT_LENGTH;
}

static enum document_fault any_number(const struct plain *p, struct document *d)
{
	return p->n >= 5 && p->n <= DOCUMENT_MAX ? keep(p, d) : DOCUMENT_LENGTH;
}

static enum document_fault by_kind(
	enum document_kind kind, const struct plain *p, struct document *d)
{
	switch (kind) {
	case DOCUMENT_CITIZEN_ID:
	case DOCUMENT_RESIDENCE_PERMIT:
		return citizen(p, d);
	case DOCUMENT_HMT_RESIDENCE_PERMIT:
		return hmt_permit(p, d);
	case DOCUMENT_HMT_PASS:
		return hmt_pass(p, d);
	case DOCUMENT_TAIWAN_PASS:
		return taiwan_pass(p, d);
	case DOCUMENT_FOREIGN_PERMANENT_RESIDENCE:
		return foreign_permanent(p, d);
	case DOCUMENT_FOREIGN_WORK_PERMIT:
	case DOCUMENT_FOREIGN_RESIDENCE_PERMIT:
	case DOCUMENT_PASSPORT:
		return any_number(p, d);
	case DOCUMENT_KIND_COUNT:
		break;
	}
	BUG_IF(true);
}

enum document_fault document_check(enum document_kind kind, struct str text, struct document *ret)
{
	struct document d = { .kind = kind, .birth = DAY_NONE };
	enum document_fault f;
	struct plain p;

	normalise(text, &p);
	if (p.n == 0)
		return DOCUMENT_EMPTY;
	if (p.odd)
		return decimal(&p) ? DOCUMENT_RUINED : DOCUMENT_CHARACTER;
	f = by_kind(kind, &p, &d);
	if (f == DOCUMENT_FINE)
		*ret = d;
	else if (f != DOCUMENT_RUINED && decimal(&p))
		f = DOCUMENT_RUINED;
	return f;
}

enum document_kind document_guess(struct str text)
{
	struct plain p;
	size_t lead = 0;

	normalise(text, &p);
	while (lead < p.n && letter(p.c[lead]))
		lead++;
	if (p.odd || p.n == 0)
		return DOCUMENT_CITIZEN_ID; /* its check says what is wrong */
	if (lead == 1 && (p.n == 9 || p.n == 11) && (p.c[0] == 'H' || p.c[0] == 'M') &&
		digits(p.c + 1, p.n - 1))
		return DOCUMENT_HMT_PASS;
	if (lead == 3 && p.n == 15 && digits(p.c + 3, 12))
		return DOCUMENT_FOREIGN_PERMANENT_RESIDENCE;
	if (!digits(p.c, p.n - 1) || !(digit(p.c[p.n - 1]) || p.c[p.n - 1] == 'X'))
		return DOCUMENT_PASSPORT;
	if (p.n == 18 && p.c[0] == '9')
		return DOCUMENT_FOREIGN_PERMANENT_RESIDENCE;
	if (p.n == 18 && p.c[0] == '8' && p.c[1] >= '1' && p.c[1] <= '3')
		return DOCUMENT_HMT_RESIDENCE_PERMIT;
	if (p.n == 8 && digit(p.c[7]))
		return DOCUMENT_TAIWAN_PASS;
	/* A citizen number typed too short must not pass as somebody's passport. */
	return p.n > 9 ? DOCUMENT_CITIZEN_ID : DOCUMENT_PASSPORT;
}

bool document_kind_parse(struct str code_or_name, enum document_kind *ret_kind)
{
	static const struct {
		const char *name;
		enum document_kind kind;
	} aliases[] = { { "身份证", DOCUMENT_CITIZEN_ID }, { "居民户口簿", DOCUMENT_CITIZEN_ID },
		{ "户口簿", DOCUMENT_CITIZEN_ID },
		{ "中华人民共和国居民身份证", DOCUMENT_CITIZEN_ID },
		{ "港澳居民居住证", DOCUMENT_HMT_RESIDENCE_PERMIT },
		{ "台湾居民居住证", DOCUMENT_HMT_RESIDENCE_PERMIT },
		{ "港澳通行证", DOCUMENT_HMT_PASS }, { "回乡证", DOCUMENT_HMT_PASS },
		{ "台湾居民来往内地通行证", DOCUMENT_TAIWAN_PASS },
		{ "台胞证", DOCUMENT_TAIWAN_PASS },
		{ "外国人永久居留证", DOCUMENT_FOREIGN_PERMANENT_RESIDENCE },
		{ "外国护照", DOCUMENT_PASSPORT }, { "中国护照", DOCUMENT_PASSPORT } };
	struct str s = str_trim(code_or_name);

	for (size_t i = 0; i < DOCUMENT_KIND_COUNT; i++)
		if (str_is(s, codes[i]) || str_is(s, names[i])) {
			*ret_kind = (enum document_kind)i;
			return true;
		}
	for (size_t i = 0; i < ARRAY_LEN(aliases); i++)
		if (str_is(s, aliases[i].name)) {
			*ret_kind = aliases[i].kind;
			return true;
		}
	return false;
}

const char *document_kind_code(enum document_kind kind)
{
	BUG_IF((unsigned)kind >= DOCUMENT_KIND_COUNT);
	return codes[kind];
}

const char *document_kind_name(enum document_kind kind)
{
	BUG_IF((unsigned)kind >= DOCUMENT_KIND_COUNT);
	return names[kind];
}

const char *document_fault_code(enum document_fault f)
{
	static const char *const text[] = { "fine",
#define X(name, code, zh, en) code,
		DOCUMENT_FAULTS(X)
#undef X
	};

	BUG_IF((size_t)f >= ARRAY_LEN(text));
	return text[f];
}

const char *document_fault_zh(enum document_fault f)
{
	static const char *const text[] = { "没有问题",
#define X(name, code, zh, en) zh,
		DOCUMENT_FAULTS(X)
#undef X
	};

	BUG_IF((size_t)f >= ARRAY_LEN(text));
	return text[f];
}

const char *document_fault_en(enum document_fault f)
{
	static const char *const text[] = { "nothing is wrong",
#define X(name, code, zh, en) en,
		DOCUMENT_FAULTS(X)
#undef X
	};

	BUG_IF((size_t)f >= ARRAY_LEN(text));
	return text[f];
}

void document_mask(struct str number, char ret[DOCUMENT_MAX + 1])
{
	size_t n = number.n < DOCUMENT_MAX ? number.n : DOCUMENT_MAX;
	size_t head = n >= DOCUMENT_MAX ? 6 : 2, tail = n >= DOCUMENT_MAX ? 4 : 2;

	if (n < 6) /* too short to show anything of it */
		head = tail = 0;
	for (size_t i = 0; i < n; i++) {
		char c = number.n <= DOCUMENT_MAX ? number.p[i] : '*';

		ret[i] = (i < head || i >= n - tail) && c > 0x20 && c < 0x7f ? c : '*';
	}
	ret[n] = '\0';
}
