/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/figure.h"

#include "base/utf8.h"

#define SCALE 10000 /* numbers are read with four decimals */
#define DIGITS_MAX 13
#define MONTH_END 99
#define PARSE_MAX 256 /* bytes of a figure written alone */

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static void drop(struct str *s, size_t n)
{
	s->p += n;
	s->n -= n;
}

static bool take(struct str *s, struct str word)
{
	if (!str_starts(*s, word))
		return false;
	drop(s, word.n);
	return true;
}

const char *figure_kind_key(enum figure_kind kind)
{
	static const char *const keys[] = {
#define X(name, key, en) key,
		FIGURE_KINDS(X)
#undef X
	};

	BUG_IF((unsigned)kind >= FIGURE_KIND_COUNT);
	return keys[kind];
}

void figure_fold(struct buf *b, struct str one)
{
	if (str_is(one, ".") || str_is(one, "．"))
		buf_addc(b, '.');
	else if (str_is(one, "，") || str_is(one, "、"))
		buf_addz(b, "、");
	else
		utf8_fold(b, one);
}

void figure_fold_text(struct buf *b, struct str text)
{
	while (text.n && !buf_bad(b)) {
		uint32_t cp;
		size_t step = utf8_next(text, &cp);

		figure_fold(b, (struct str){ text.p, step ? step : 1 });
		drop(&text, step ? step : 1);
	}
}

/* A whole number of 1..max digits. */
static bool whole(struct str *s, size_t max, int *ret)
{
	size_t n = 0;
	int v = 0;

	while (n < s->n && digit(s->p[n])) {
		if (n == max)
			return false;
		v = v * 10 + (s->p[n++] - '0');
	}
	if (n == 0)
		return false;
	drop(s, n);
	*ret = v;
	return true;
}

/* ",090" and no fourth digit. */
static bool thousands(struct str s)
{
	return s.n >= 4 && s.p[0] == ',' && digit(s.p[1]) && digit(s.p[2]) && digit(s.p[3]) &&
	       (s.n == 4 || !digit(s.p[4]));
}

/* A number with optional thousands commas and decimals, times SCALE.  False, but read to its end,
 * when it has more digits than a figure has (a serial number) or more than four decimals. */
static bool number(struct str *s, int64_t *ret_scaled)
{
	int64_t v = 0, unit = SCALE;
	size_t n = 0, decimals = 0;
	bool comma = false;

	while (s->n && (digit(s->p[0]) || (thousands(*s) && (comma || n <= 3)))) {
		comma |= s->p[0] == ',';
		if (s->p[0] != ',' && n++ < DIGITS_MAX)
			v = v * 10 + (s->p[0] - '0');
		drop(s, 1);
	}
	v *= SCALE;
	if (s->n >= 2 && s->p[0] == '.' && digit(s->p[1]))
		for (drop(s, 1); s->n && digit(s->p[0]); drop(s, 1), decimals++)
			v += (s->p[0] - '0') * (unit /= 10);
	*ret_scaled = v;
	return n > 0 && n <= DIGITS_MAX && decimals <= 4;
}

/* A day of a month, whose year may be unknown (0).  One that no calendar has is still a date, so
 * that a slip in a notice is seen as such; it equals nothing. */
static void date(struct figure *f, int year, int month, int day, bool year_written)
{
	int length = day_month_length(year ? year : 2000, month);
	day_t d = DAY_NONE;

	f->kind = FIGURE_DATE;
	f->month_day = year_written ? 0 : month * 100 + day;
	if (year && day_from_ymd((struct ymd){ year, month, day == MONTH_END ? length : day }, &d))
		f->value = d;
	else
		f->value = DAY_NONE;
	if (day != MONTH_END && (day < 1 || day > length))
		f->month_day = -1;
}

/* What may follow "2022年": a month, a day, a month's end.  `year` is 0 when the text began with
 * the month; then the date borrows `implied` and says so. */
static bool month_part(struct str *s, int year, int implied, struct figure *f)
{
	struct str at = *s;
	int month, day, y = year ? year : implied;

	if (!whole(&at, 2, &month) || month < 1 || month > 12 || !take(&at, STR("月")))
		return false;
	*s = at;
	if (take(s, STR("底"))) {
		date(f, y, month, MONTH_END, year != 0);
	} else if (whole(&at, 2, &day) && take(&at, STR("日"))) {
		*s = at;
		date(f, y, month, day, year != 0);
	} else {
		f->kind = FIGURE_MONTH;
		f->value = y ? y * 12 + month - 1 : DAY_NONE;
		f->month_day = year ? 0 : month * 100;
	}
	return true;
}

static bool year_part(struct str *s, int year, struct figure *f)
{
	struct str at = *s;

	if (year < 1900 || year > 2199 || !take(&at, STR("年")))
		return false;
	*s = at;
	if (month_part(s, year, 0, f))
		return true;
	if (take(&at, STR("年底")) || take(&at, STR("底"))) {
		*s = at;
		date(f, year, 12, 31, true);
		return true;
	}
	f->kind = FIGURE_YEAR;
	f->value = year;
	return true;
}

/* Units that make a number a term. */
static bool term(struct str *s, int64_t count, struct figure *f)
{
	static const struct {
		struct str word;
		enum figure_kind kind;
		int times;
	} units[] = { { STR("个月"), FIGURE_TERM_MONTHS, 1 }, { STR("日"), FIGURE_TERM_DAYS, 1 },
		{ STR("天"), FIGURE_TERM_DAYS, 1 }, { STR("周"), FIGURE_TERM_DAYS, 7 },
		{ STR("年"), FIGURE_TERM_MONTHS, 12 } };

	for (size_t i = 0; i < ARRAY_LEN(units); i++) {
		if (!take(s, units[i].word))
			continue;
		f->kind = units[i].kind;
		f->value = count * units[i].times;
		return true;
	}
	return false;
}

/* Everything else that a number can be: a share, an amount, a term, a count. */
static bool measured(struct str *s, int64_t scaled, struct figure *f)
{
	if (take(s, STR("%"))) {
		f->kind = FIGURE_PERCENT;
		f->value = scaled / (SCALE / 100);
		return scaled % (SCALE / 100) == 0;
	}
	if (scaled % SCALE == 0 && term(s, scaled / SCALE, f))
		return true;
	if (take(s, STR("万")))
		scaled *= 10000;
	else if (take(s, STR("亿")) && __builtin_mul_overflow(scaled, (int64_t)100000000, &scaled))
		return false;
	if (take(s, STR("元"))) {
		f->kind = FIGURE_MONEY;
		f->value = scaled / (SCALE / 100);
		return scaled % (SCALE / 100) == 0;
	}
	f->kind = FIGURE_COUNT;
	f->value = scaled / SCALE;
	return scaled % SCALE == 0;
}

/* "2023-09-10" as ledgers write dates. */
static bool iso_date(struct str *s, struct figure *f)
{
	day_t day;

	if (s->n < 10 || !day_parse((struct str){ s->p, 10 }, &day))
		return false;
	drop(s, 10);
	f->kind = FIGURE_DATE;
	f->value = day;
	return true;
}

/* "(2022)41号": the number of another document. */
static bool reference(struct str *s, struct figure *f)
{
	struct str at = *s;
	int year, serial;

	if (!take(&at, STR("(")) || !whole(&at, 4, &year) || year < 1900 || !take(&at, STR(")")) ||
		!whole(&at, 5, &serial) || !take(&at, STR("号")))
		return false;
	*s = at;
	f->kind = FIGURE_REFERENCE;
	f->value = (int64_t)year * 100000 + serial;
	return true;
}

/* 1..9 of a Chinese numeral, 0 when there is none. */
static int chinese_digit(struct str *s)
{
	static const struct str numerals[] = { STR("一"), STR("二"), STR("三"), STR("四"),
		STR("五"), STR("六"), STR("七"), STR("八"), STR("九"), STR("两") };

	for (size_t i = 0; i < ARRAY_LEN(numerals); i++)
		if (take(s, numerals[i]))
			return i == 9 ? 2 : (int)i + 1;
	return 0;
}

/* "两周", "三个月", "十五天": the terms that notices write in Chinese numerals.  Years and days
 * of that kind (三年, 一日) and "一周一调度" are turns of speech, no terms. */
static bool chinese_term(struct str *s, struct figure *f)
{
	struct str at = *s;
	int n = chinese_digit(&at);

	if (take(&at, STR("十")))
		n = (n ? n : 1) * 10 + chinese_digit(&at);
	if (n == 0 || str_starts(at, STR("年")) || str_starts(at, STR("日")) ||
		str_starts(at, STR("周一")) || !term(&at, n, f))
		return false;
	*s = at;
	return true;
}

static bool digits_figure(struct figure_scan *scan, struct str *s, struct figure *f)
{
	struct str at = *s;
	int64_t scaled;
	bool good;
	int year;

	if (iso_date(s, f))
		return true;
	if (whole(&at, 4, &year) && year_part(&at, year, f)) {
		*s = at;
		if (f->kind == FIGURE_DATE || f->kind == FIGURE_MONTH)
			scan->year = year;
		return true;
	}
	if (month_part(s, 0, scan->year, f))
		return true;
	good = number(s, &scaled);
	if (s->n && letter(s->p[0]))
		return false; /* a name such as "4g", not a number */
	return good && measured(s, scaled, f);
}

void figure_scan_init(struct figure_scan *s, struct str folded)
{
	*s = (struct figure_scan){ .text = folded };
}

/* A digit behind a letter belongs to a name ("p0s"). */
static bool inside_name(const struct figure_scan *s)
{
	return s->at > 0 && letter(s->text.p[s->at - 1]);
}

bool figure_next(struct figure_scan *s, struct figure *ret_figure)
{
	while (s->at < s->text.n) {
		struct str rest = { s->text.p + s->at, s->text.n - s->at };
		const char *from = rest.p;
		struct figure f = { 0 };
		bool found = false;
		uint32_t cp;
		size_t step;

		if (digit(from[0])) {
			found = digits_figure(s, &rest, &f) && !inside_name(s);
			if (rest.p == from)
				drop(&rest, 1);
		} else if (!(found = reference(&rest, &f) || chinese_term(&rest, &f))) {
			step = utf8_next(rest, &cp);
			drop(&rest, step ? step : 1);
		}
		s->at = (size_t)(rest.p - s->text.p);
		if (found) {
			f.text = (struct str){ from, (size_t)(rest.p - from) };
			*ret_figure = f;
			return true;
		}
	}
	return false;
}

bool figure_equal(const struct figure *a, const struct figure *b)
{
	if (a->kind != b->kind)
		return false;
	if (a->value == b->value && a->value != DAY_NONE)
		return true;
	return a->month_day > 0 && a->month_day == b->month_day &&
	       (a->value == DAY_NONE || b->value == DAY_NONE);
}

/* What may stand behind a figure written alone: a unit of counting, 度, 前 or 内. */
static bool tail_fits(const struct figure *f, struct str tail)
{
	if (tail.n == 0)
		return true;
	if (f->kind == FIGURE_COUNT)
		return utf8_count(tail) <= 2 && (unsigned char)tail.p[0] >= 0x80;
	return (f->kind == FIGURE_YEAR && str_is(tail, "度")) ||
	       (f->kind == FIGURE_DATE && str_is(tail, "前")) ||
	       (f->kind == FIGURE_TERM_DAYS && str_is(tail, "内")) ||
	       (f->kind == FIGURE_TERM_MONTHS && str_is(tail, "内"));
}

bool figure_parse(struct str text, struct figure *ret_figure)
{
	struct figure_scan scan;
	struct figure f, more;
	struct str folded, tail;
	struct buf b;
	bool good;

	buf_init(&b, PARSE_MAX);
	figure_fold_text(&b, text);
	folded = buf_str(&b);
	figure_scan_init(&scan, folded);
	good = !buf_bad(&b) && figure_next(&scan, &f) && f.month_day >= 0;
	if (good) {
		tail = (struct str){ folded.p + scan.at, folded.n - scan.at };
		good = (f.text.p == folded.p || f.kind == FIGURE_REFERENCE) &&
		       tail_fits(&f, tail) && !figure_next(&scan, &more);
	}
	if (good) {
		f.text = text;
		*ret_figure = f;
	}
	buf_release(&b);
	return good;
}
