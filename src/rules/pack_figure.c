/* SPDX-License-Identifier: Apache-2.0 */
/* Figures of a pack: amounts, shares, days, terms and counts, each held against the clause it
 * cites. */
#include "rules/pack_read.h"

#define NUMBER_MAX 1000000000000ll

/* Unsigned decimal digits at the start of *rest; -1 when there are none or too many. */
static int64_t digits(struct str *rest)
{
	size_t n = 0;
	int64_t v = 0;

	while (n < rest->n && n < 13 && rest->p[n] >= '0' && rest->p[n] <= '9')
		v = v * 10 + (rest->p[n++] - '0');
	if (n == 0 || n > 12 || (n > 1 && rest->p[0] == '0'))
		return -1;
	rest->p += n;
	rest->n -= n;
	return v;
}

/* One decimal digit; -1 when there is none. */
static int digit(struct str *rest)
{
	int d = rest->n && rest->p[0] >= '0' && rest->p[0] <= '9' ? rest->p[0] - '0' : -1;

	if (d >= 0) {
		rest->p++;
		rest->n--;
	}
	return d;
}

static bool skip(struct str *rest, const char *word)
{
	struct str w = str_of(word);

	if (!str_starts(*rest, w))
		return false;
	rest->p += w.n;
	rest->n -= w.n;
	return true;
}

int64_t rd_number(struct pack_reader *r, const struct ynode *n, const char *unit, int64_t max)
{
	struct str s = rd_text(r, n);
	int64_t v = n ? digits(&s) : 0;

	if (!n)
		return 0;
	if (v < 0 || !skip(&s, unit) || s.n || v > max) {
		diag_error(r->d, n->mark,
			"这里应写整数%s%s，最大 %lld / a whole number%s%s expected",
			*unit ? "加“" : "", *unit ? unit : "", (long long)max,
			*unit ? " with " : "", unit);
		return 0;
	}
	return v;
}

int64_t rd_count(struct pack_reader *r, const struct ynode *n, const char *unit, uint16_t basis)
{
	int64_t v = rd_number(r, n, unit, NUMBER_MAX);

	if (n)
		rd_states(r, n, rd_text(r, n), basis);
	return v;
}

/* "380元", "262.50元", "10万元" */
static bool money_of(struct str s, struct money *ret_money)
{
	int64_t yuan = digits(&s), fen = 0;

	if (yuan < 0)
		return false;
	if (skip(&s, ".")) {
		int tenths = digit(&s), hundredths = digit(&s);

		if (tenths < 0)
			return false;
		fen = tenths * 10 + (hundredths < 0 ? 0 : hundredths);
	}
	if (str_is(s, "万元") && fen == 0)
		yuan *= 10000;
	else if (!str_is(s, "元"))
		return false;
	if (yuan > MONEY_MAX_FEN / 100 - 1)
		return false;
	ret_money->fen = yuan * 100 + fen;
	return true;
}

struct money rd_money(struct pack_reader *r, const struct ynode *n, uint16_t basis)
{
	struct str s = rd_text(r, n);
	struct money m = { 0 };

	if (!n)
		return m;
	if (!money_of(s, &m)) {
		diag_error(r->d, n->mark,
			"这里应写金额，如 380元、262.50元、10万元 / an amount such as 380元 expected");
		return m;
	}
	if (m.fen)
		rd_states(r, n, s, basis);
	return m;
}

int64_t rd_percent(struct pack_reader *r, const struct ynode *n, uint16_t basis)
{
	struct str s = rd_text(r, n), rest = s;
	int64_t v = n ? digits(&rest) : 0, hundredths = 0;

	if (!n)
		return 0;
	if (v >= 0 && skip(&rest, ".")) {
		int tenths = digit(&rest), more = digit(&rest);

		hundredths = tenths < 0 ? 0 : tenths * 10 + (more < 0 ? 0 : more);
	}
	if (v < 0 || !skip(&rest, "%") || rest.n || v > 100 || (v == 100 && hundredths)) {
		diag_error(r->d, n->mark,
			"这里应写 0%% 到 100%% 的比例 / a share of 0%% to 100%% expected");
		return 0;
	}
	rd_states(r, n, s, basis);
	return v * 100 + hundredths;
}

static bool plain_day(
	struct pack_reader *r, const struct ynode *n, struct str s, uint16_t basis, day_t *ret_day)
{
	if (!day_parse(s, ret_day)) {
		diag_error(r->d, n->mark,
			"“%.*s”不是日期，应如 2024-01-31 / not a date such as 2024-01-31",
			STR_ARG(s));
		return false;
	}
	rd_states(r, n, s, basis);
	return true;
}

day_t rd_day(struct pack_reader *r, const struct ynode *n, uint16_t basis)
{
	day_t day = DAY_NONE;

	if (n && !plain_day(r, n, rd_text(r, n), basis, &day))
		return DAY_NONE;
	return day;
}

day_t rd_last_day(struct pack_reader *r, const struct ynode *n, const char *before, const char *by,
	uint16_t basis)
{
	const struct ynode *first_out = ynode_get(n, before), *last_in = ynode_get(n, by);
	day_t day;

	if (first_out && last_in)
		diag_error(r->d, n->mark, "“%s”和“%s”只写一个 / only one of the two", before, by);
	if (last_in)
		return rd_day(r, last_in, basis);
	day = rd_day(r, first_out, basis);
	return day == DAY_NONE ? DAY_NONE : day - 1;
}

/* A date, or an end of the benefit year by its name. */
static bool range_end(
	struct pack_reader *r, const struct ynode *n, struct str s, uint16_t basis, day_t *ret_day)
{
	if (str_is(s, "待遇期首日")) {
		*ret_day = r->p->benefit.from;
		return *ret_day != DAY_NONE;
	}
	if (str_is(s, "待遇期末日")) {
		*ret_day = r->p->benefit.to;
		return *ret_day != DAY_NONE;
	}
	return plain_day(r, n, s, basis, ret_day);
}

struct day_range rd_days(struct pack_reader *r, const struct ynode *n, uint16_t basis)
{
	struct day_range days = { DAY_NONE, DAY_NONE };
	struct str rest = rd_text(r, n), from;

	if (!n)
		return days;
	if (str_find(rest, STR("..")) < 0 || !str_cut(&rest, STR(".."), &from)) {
		diag_error(r->d, n->mark,
			"这里应写起止日期，如 2023-09-10..2023-12-31 / two dates with .. expected");
		return days;
	}
	if (!range_end(r, n, from, basis, &days.from) || !range_end(r, n, rest, basis, &days.to))
		return (struct day_range){ DAY_NONE, DAY_NONE };
	if (days.to < days.from) {
		diag_error(r->d, n->mark, "止日早于起日 / the last day is before the first");
		return (struct day_range){ DAY_NONE, DAY_NONE };
	}
	return days;
}

bool rd_span(struct str *rest, struct span *ret_span)
{
	int64_t v = digits(rest);

	if (v < 0 || v > 1200)
		return false;
	ret_span->count = (int32_t)v;
	if (skip(rest, "个月")) {
		ret_span->unit = SPAN_MONTH;
		return true;
	}
	ret_span->unit = SPAN_DAY;
	return skip(rest, "日") || skip(rest, "天");
}

void rd_ages(struct pack_reader *r, const struct ynode *n, int16_t *ret_from, int16_t *ret_to)
{
	struct str rest = rd_text(r, n);
	int64_t from, to;

	*ret_from = *ret_to = -1;
	if (!n)
		return;
	from = digits(&rest);
	to = skip(&rest, "..") ? digits(&rest) : -1;
	skip(&rest, "周岁");
	if (from < 0 || to < from || to > 999 || rest.n) {
		diag_error(r->d, n->mark,
			"这里应写首尾周岁，如 0..17 / whole years such as 0..17 expected");
		return;
	}
	*ret_from = (int16_t)from;
	*ret_to = (int16_t)to;
}

static bool clause_states(struct pack_reader *r, uint16_t cite, struct str text)
{
	const struct ledger_clause *c = ledger_clause(r->ledger, r->cites[cite]);
	struct figure f;

	if (!c) /* reported where it was cited */
		return true;
	return figure_parse(text, &f) && ledger_find(r->ledger, c, &f, r->seen) > 0;
}

/* "三(二)、三(三)" into `where`. */
static void list_cites(struct pack_reader *r, const struct pack_basis *b, struct buf *where)
{
	buf_init(where, 512);
	for (size_t i = 0; i < b->n_cites; i++)
		buf_addf(where, "%s%s", i ? "、" : "", r->cites[b->cites[i]].p);
	buf_addz(where, b->n_readings ? "和解释" : "");
}

static bool readings_say(struct pack_reader *r, const struct pack_basis *b, struct str text)
{
	for (size_t i = 0; i < b->n_readings; i++)
		if (str_find(r->readings[b->readings[i]].text, text) >= 0)
			return true;
	return false;
}

/* Nothing to hold against: no ledger, no basis, or a figure of a what-if. */
static bool unchecked(const struct pack_reader *r, const struct ynode *n, uint16_t basis)
{
	return !r->ledger || basis == PACK_NONE || str_eq(n->mark.file, r->overlay);
}

void rd_names(struct pack_reader *r, const struct ynode *n, struct str name, uint16_t basis)
{
	const struct pack_basis *b;
	struct buf where;

	/* 退役军人部门 is what a notice calls 退役军人事务局: its stem must be there. */
	if (str_ends(name, STR("部门")))
		name.n -= STR("部门").n;
	if (unchecked(r, n, basis))
		return;
	b = &r->bases[basis];
	for (size_t i = 0; i < b->n_cites; i++) {
		const struct ledger_clause *c = ledger_clause(r->ledger, r->cites[b->cites[i]]);

		if (!c || ledger_names(r->ledger, c, name))
			return;
	}
	if (readings_say(r, b, name))
		return;
	list_cites(r, b, &where);
	diag_error(r->d, n->mark, "所引的%s没有提到“%.*s” / the cited clause does not name it",
		where.p ? where.p : "", STR_ARG(name));
	buf_release(&where);
}

void rd_states(struct pack_reader *r, const struct ynode *n, struct str figure, uint16_t basis)
{
	const struct pack_basis *b;
	bool stated = false;
	struct buf where;

	if (unchecked(r, n, basis))
		return;
	b = &r->bases[basis];
	for (size_t i = 0; i < b->n_cites; i++)
		stated = clause_states(r, b->cites[i], figure) || stated;
	if (stated || readings_say(r, b, figure))
		return;
	list_cites(r, b, &where);
	diag_error(r->d, n->mark,
		"所引的%s没有写“%.*s” / the cited clause does not state this figure",
		where.p ? where.p : "", STR_ARG(figure));
	buf_release(&where);
}
