/* SPDX-License-Identifier: Apache-2.0 */
/* The ways in (途径): when each is open, to whom, at what price, covered from when. */
#include "rules/pack_read.h"

static const char *const route_keys[] = { "!代码", "!名称", "集中缴费", "延长期", "出生", "情形",
	"缴费日", "发生", "期限", "连续参保", "首次", "应缴", "付款人", "待遇起", "等待",
	"缴费年数", "处理", "依据", "解释", WHEN_KEYS, NULL };

static bool take(struct str *rest, const char *word)
{
	struct str w = str_of(word);

	if (!str_starts(*rest, w))
		return false;
	rest->p += w.n;
	rest->n -= w.n;
	return true;
}

/* The name of a route's own event at the start of *rest. */
static bool take_event(struct str *rest)
{
	static const char *const names[] = { "出生日", "中断之日", "退役之日", "迁入之日",
		"入院之日", "毕业之日", "事件之日" };

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (take(rest, names[i]))
			return true;
	return false;
}

/* "出生日起 90日内", "中断之日起 3个月后" */
static bool read_term(
	struct pack_reader *r, const struct ynode *n, struct pack_route *route, uint16_t basis)
{
	struct str rest = n->text, span_text;

	if (!take_event(&rest) || !take(&rest, "起"))
		return false;
	rest = str_trim(rest);
	span_text = rest;
	if (!rd_span(&rest, &route->span))
		return false;
	span_text.n = (size_t)(rest.p - span_text.p);
	if (str_is(rest, "内"))
		route->term = TERM_WITHIN;
	else if (str_is(rest, "后"))
		route->term = TERM_AFTER;
	else
		return false;
	rd_states(r, n, span_text, basis);
	return true;
}

/* 缴费日: a range, 待遇期内, or a term after the event inside the benefit year. */
static void read_pays(
	struct pack_reader *r, const struct ynode *n, struct pack_route *route, uint16_t basis)
{
	struct str s = rd_text(r, n);

	route->pays = r->p->benefit;
	if (!n || str_is(s, "待遇期内"))
		return;
	if (str_find(s, STR("..")) >= 0) {
		route->pays = rd_days(r, n, basis);
		return;
	}
	if (!read_term(r, n, route, basis))
		diag_error(r->d, n->mark,
			"缴费日应写起止日期、“待遇期内”或“出生日起 90日内/后” / a range, 待遇期内 or a term");
	route->pays_runs_on = route->newborn && route->term == TERM_WITHIN;
}

static void read_happens(
	struct pack_reader *r, const struct ynode *n, struct pack_route *route, uint16_t basis)
{
	route->happens = (struct day_range){ DAY_NONE, DAY_NONE };
	if (!n)
		return;
	if (str_is(rd_text(r, n), "待遇期内"))
		route->happens = r->p->benefit;
	else
		route->happens = rd_days(r, n, basis);
}

/* "第3个月首日": the first day of the third month after the payment's */
static bool take_nth_month(struct str *rest, struct pack_start *start, struct str *ret_figure)
{
	struct span months = { 0 };

	*ret_figure = *rest;
	if (!rd_span(rest, &months) || months.unit != SPAN_MONTH || months.count < 1 ||
		months.count > 12)
		return false;
	ret_figure->n = (size_t)(rest->p - ret_figure->p);
	start->from = START_PAID;
	start->nth_month = (uint8_t)months.count;
	return take(rest, "首日");
}

/* The first half of 待遇起; a figure in it goes to *ret_figure. */
static bool take_start(struct str *rest, struct pack_start *start, struct str *ret_figure)
{
	*ret_figure = (struct str){ 0 };
	if (take(rest, "待遇期首日")) {
		start->from = START_YEAR;
	} else if (take(rest, "缴费当日")) {
		start->from = START_PAID;
	} else if (take(rest, "缴费次日")) {
		start->from = START_NEXT;
	} else if (take(rest, "缴费次月首日")) {
		start->from = START_PAID;
		start->nth_month = 1;
	} else if (take(rest, "缴费后第")) {
		return take_nth_month(rest, start, ret_figure);
	} else if (take_event(rest)) {
		start->from = START_EVENT;
	} else {
		return false;
	}
	return true;
}

static void read_start(
	struct pack_reader *r, const struct ynode *n, struct pack_route *route, uint16_t basis)
{
	struct str rest = rd_text(r, n), span_text;
	struct pack_start *start = &route->start;

	if (!n)
		return;
	if (day_parse(rest, &start->fixed)) {
		start->from = START_FIXED;
		rd_states(r, n, rest, basis);
		return;
	}
	if (take_start(&rest, start, &span_text)) {
		if (span_text.n)
			rd_states(r, n, span_text, basis);
		if (rest.n == 0)
			return;
		if (take(&rest, "起")) {
			span_text = rest = str_trim(rest);
			if (rd_span(&rest, &start->plus) && str_is(rest, "后")) {
				span_text.n = (size_t)(rest.p - span_text.p);
				rd_states(r, n, span_text, basis);
				return;
			}
		}
	}
	diag_error(r->d, n->mark,
		"待遇起应写 待遇期首日、缴费当日、缴费次日、缴费次月首日、出生日、中断之日、日期，"
		"或后接“起 60日后” / unknown start rule");
}

static void read_event(struct pack_reader *r, const struct ynode *n, struct pack_route *route)
{
	const struct ynode *born = ynode_get(n, "出生"), *kind = ynode_get(n, "情形");
	int k = rd_word(r, kind, &vocab_circumstance);

	route->event = EVENT_NONE;
	if (born && kind)
		diag_error(r->d, n->mark,
			"“出生”和“情形”不能同时写 / 出生 and 情形 exclude each other");
	if (born) {
		route->event = EVENT_BIRTH;
		route->newborn = true;
		if (!str_is(rd_text(r, born), "待遇期内"))
			diag_error(r->d, born->mark, "只能写“待遇期内” / only 待遇期内");
	} else if (k >= 0) {
		route->event = EVENT_CIRCUMSTANCE;
		route->circumstance = (uint8_t)k;
	}
}

static void read_wait(struct pack_reader *r, const struct ynode *n, struct pack_route *route)
{
	struct str s = rd_text(r, n);

	if (str_is(s, "断保"))
		route->wait = WAIT_GAP;
	else if (str_is(s, "固定加断保"))
		route->wait = WAIT_ALWAYS;
	else if (n)
		diag_error(r->d, n->mark, "等待应写“断保”或“固定加断保” / 断保 or 固定加断保");
	if (n && !r->p->wait.used)
		diag_error(r->d, n->mark, "先写“断保等待” / 断保等待 is missing");
}

static void read_price(struct pack_reader *r, const struct ynode *n, struct pack_route *route)
{
	int price = rd_word(r, ynode_get(n, "应缴"), &vocab_price);
	int payer = rd_word(r, ynode_get(n, "付款人"), &vocab_payer);
	const struct ynode *years = ynode_get(n, "缴费年数");

	route->price = price < 0 ? PRICE_LESS_SUBSIDY : (enum price)price;
	route->payer = payer < 0 ? PAYER_SELF : (enum payer)payer;
	route->years = (uint8_t)rd_number(r, years, "", PACK_YEARS_MAX);
	if (route->years > r->p->n_years)
		diag_error(r->d, years->mark, "多于“缴费年数”的“最多” / more than the pack's 最多");
}

static void check_route(
	struct pack_reader *r, const struct ynode *n, const struct pack_route *route)
{
	if (!route->not_stated &&
		(!ynode_get(n, "缴费日") || !ynode_get(n, "应缴") || !ynode_get(n, "待遇起")))
		diag_error(r->d, n->mark,
			"要写“缴费日”“应缴”“待遇起” / 缴费日, 应缴 and 待遇起 are needed");
	if (route->event == EVENT_NONE &&
		(route->term != TERM_NONE || route->start.from == START_EVENT))
		diag_error(r->d, n->mark,
			"期限或待遇起要有“出生”或“情形” / a term needs 出生 or 情形");
	if (route->newborn && route->term == TERM_NONE)
		diag_error(r->d, n->mark, "新生儿途径要写期限 / a newborn's route needs a term");
}

static void read_route(
	struct pack_reader *r, const struct ynode *n, size_t i, struct pack_route *route)
{
	const struct ynode *months = ynode_get(n, "连续参保"), *term = ynode_get(n, "期限");
	struct str rest = rd_text(r, months);
	struct span span = { 0 };

	rd_keys(r, n, route_keys);
	route->basis = rd_basis(r, n, PACK_NONE);
	route->code = rd_code(r, ynode_get(n, "代码"));
	route->name = rd_text(r, ynode_get(n, "名称"));
	read_event(r, n, route);
	read_pays(r, ynode_get(n, "缴费日"), route, route->basis);
	if (term && !read_term(r, term, route, route->basis))
		diag_error(r->d, term->mark,
			"期限应如“中断之日起 90日内” / a term such as 中断之日起 90日内");
	read_happens(r, ynode_get(n, "发生"), route, route->basis);
	read_start(r, ynode_get(n, "待遇起"), route, route->basis);
	read_wait(r, ynode_get(n, "等待"), route);
	read_price(r, n, route);
	route->needs_first = rd_yes(r, ynode_get(n, "首次"));
	route->when = rd_when(r, n, route->basis);
	route->not_stated = ynode_get(n, "处理") != NULL;
	if (route->not_stated && !str_is(rd_text(r, ynode_get(n, "处理")), "未载明"))
		diag_error(r->d, n->mark, "处理只能写“未载明” / only 未载明");
	if (months && (!rd_span(&rest, &span) || span.unit != SPAN_MONTH || !str_is(rest, "以上")))
		diag_error(r->d, months->mark, "应如“24个月以上” / such as 24个月以上");
	else if (months)
		rd_states(r, months, (struct str){ months->text.p, months->text.n - rest.n },
			route->basis);
	route->months_min = span.count;
	if (rd_yes(r, ynode_get(n, "集中缴费")) && r->p->regular < 0) {
		r->p->regular = (int)i;
		r->p->regular_window = route->pays;
	}
	if (rd_yes(r, ynode_get(n, "延长期")))
		r->p->late_window = route->pays;
	check_route(r, n, route);
}

static void read_wait_rule(struct pack_reader *r, const struct ynode *n)
{
	static const char *const keys[] = { "!固定", "!每断保一年", "!首年计入", "可修复", "断保满",
		"修复后不少于", "依据", "解释", NULL };
	struct pack_wait *w = &r->p->wait;

	w->basis = PACK_NONE;
	if (!n || !rd_keys(r, n, keys))
		return;
	w->used = true;
	w->basis = rd_basis(r, n, PACK_NONE);
	w->fixed_months = (int16_t)rd_number(r, ynode_get(n, "固定"), "个月", 24);
	w->per_year_months = (int16_t)rd_number(r, ynode_get(n, "每断保一年"), "个月", 24);
	w->first_year_counts = rd_yes(r, ynode_get(n, "首年计入"));
	w->repairable = rd_yes(r, ynode_get(n, "可修复"));
	w->floor_years = (int16_t)rd_number(r, ynode_get(n, "断保满"), "年", 50);
	w->floor_months = (int16_t)rd_number(r, ynode_get(n, "修复后不少于"), "个月", 24);
	for (size_t i = 0; i < n->n; i++)
		if (n->items[i]->kind == YNODE_SCALAR && !str_is(n->items[i]->text, "是") &&
			!str_is(n->items[i]->text, "否") && !str_is(n->items[i]->key, "依据") &&
			!str_is(n->items[i]->key, "解释"))
			rd_states(r, n->items[i], n->items[i]->text, w->basis);
}

/* 每月缴费日: { 首: 1日, 末: 25日 } */
static void read_pay_days(struct pack_reader *r, const struct ynode *n)
{
	static const char *const keys[] = { "!首", "!末", "依据", "解释", NULL };
	int64_t from = 1, to = 31;

	r->p->pay_days_basis = PACK_NONE;
	if (n && rd_keys(r, n, keys)) {
		r->p->pay_days_basis = rd_basis(r, n, PACK_NONE);
		from = rd_count(r, ynode_get(n, "首"), "日", r->p->pay_days_basis);
		to = rd_count(r, ynode_get(n, "末"), "日", r->p->pay_days_basis);
		if (from < 1 || to < from || to > 31)
			diag_error(r->d, n->mark, "应在 1日 至 31日 之内 / within 1日 to 31日");
	}
	r->p->pay_day_from = (uint8_t)from;
	r->p->pay_day_to = (uint8_t)to;
}

void pack_read_routes(struct pack_reader *r, const struct ynode *root)
{
	const struct ynode *n = ynode_get(root, "途径");
	size_t count = rd_list(r, n, PACK_ROUTES_MAX);
	struct pack_route *routes = RD_ARRAY(r, struct pack_route, count);

	r->p->regular = -1;
	r->p->regular_window = r->p->late_window = (struct day_range){ DAY_NONE, DAY_NONE };
	read_wait_rule(r, ynode_get(root, "断保等待"));
	read_pay_days(r, ynode_get(root, "每月缴费日"));
	if (r->oom)
		return;
	for (size_t i = 0; i < count; i++)
		read_route(r, n->items[i], i, &routes[i]);
	rd_codes_differ(r, n);
	r->p->routes = routes;
	r->p->n_routes = count;
	if (r->p->regular < 0)
		diag_error(r->d, root->mark,
			"没有一条途径标了“集中缴费: 是” / no route is marked 集中缴费");
}
