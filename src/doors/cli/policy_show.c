/* SPDX-License-Identifier: Apache-2.0 */
/* canbao policy show: a pack in words. */
#include "doors/cli/policy.h"

static void heading(struct buf *out, const char *zh)
{
	buf_addf(out, "\n%s\n", zh);
}

static void cite(struct buf *out, const struct pack *p, uint16_t basis)
{
	if (basis == PACK_NONE) {
		buf_addz(out, "\n");
		return;
	}
	buf_addz(out, "  〔");
	policy_add_basis(out, p, &basis, 1);
	buf_addz(out, "〕\n");
}

static void show_head(struct buf *out, const struct pack *p)
{
	buf_addf(out, "%s  %s（%s）%s%s\n", p->code.p, p->region_name.p, p->region,
		p->document_no.p, p->invented ? "  虚构的县" : "");
	buf_addf(out, "通知所称：%s；征缴年度 %d；待遇期 ", p->label.p, p->collection_year);
	policy_add_day(out, p->benefit.from);
	buf_addz(out, " 至 ");
	policy_add_day(out, p->benefit.to);
	cite(out, p, p->benefit_basis);
}

static void show_prices(struct buf *out, const struct pack *p)
{
	heading(out, "标准（个人缴费 / 财政补助）");
	for (size_t t = 0; t < p->n_tiers; t++)
		for (size_t b = 0; b < p->n_bands; b++)
			for (size_t y = 0; y < p->n_years; y++) {
				size_t i = pack_price_index(p, t, b, y);

				buf_addz(out, "  ");
				if (p->has_tiers)
					buf_addf(out, "%s ", p->tiers[t].name.p);
				if (p->has_bands)
					buf_addf(out, "%s ", p->bands[b].name.p);
				if (p->n_years > 1)
					buf_addf(out, "第%zu年 ", y + 1);
				policy_add_money(out, p->individual[i]);
				buf_addz(out, " / ");
				policy_add_money(out, p->fiscal[i]);
				cite(out, p, p->individual_basis);
			}
}

static void show_departments(struct buf *out, uint32_t mask)
{
	bool first = true;

	for (size_t i = 0; i < DEPARTMENT_COUNT; i++)
		if (mask & 1u << i) {
			buf_addf(out, "%s%s", first ? "" : "、", vocab_department.words[i].zh);
			first = false;
		}
}

static void show_categories(struct buf *out, const struct pack *p)
{
	heading(out, "身份（资助，资金，认定）");
	for (size_t i = 0; i < p->n_categories; i++) {
		const struct pack_category *c = &p->categories[i];

		buf_addf(out, "  %s %s  ", c->name.p, c->code.p);
		policy_add_money(out, pack_category_subsidy(p, i));
		if (c->amount_open)
			buf_addz(out, "（未定）");
		if (c->fund >= 0)
			buf_addf(out, "  %s", vocab_fund.words[c->fund].zh);
		if (c->fund_not_stated)
			buf_addz(out, "  资金未载明");
		buf_addz(out, "  ");
		show_departments(out, c->certifiers);
		if (c->enterers) {
			buf_addz(out, "（代录：");
			show_departments(out, c->enterers);
			buf_addz(out, "）");
		}
		cite(out, p, c->basis);
	}
}

static void show_start(struct buf *out, const struct pack_start *s)
{
	static const char *const words[] = { "待遇期首日", "缴费当日", "缴费次日", "事件之日", "" };

	buf_addz(out, words[s->from]);
	if (s->from == START_FIXED)
		day_print(out, s->fixed);
	if (s->nth_month)
		buf_addf(out, "后第%d个月首日", s->nth_month);
	if (s->plus.count)
		buf_addf(out, "起 %d%s后", s->plus.count,
			s->plus.unit == SPAN_MONTH ? "个月" : "日");
}

static void show_routes(struct buf *out, const struct pack *p)
{
	heading(out, "途径（缴费日，应缴，待遇起）");
	for (size_t i = 0; i < p->n_routes; i++) {
		const struct pack_route *r = &p->routes[i];

		buf_addf(out, "  %s %s  ", r->name.p, r->code.p);
		if (r->not_stated) {
			buf_addz(out, "未载明");
			cite(out, p, r->basis);
			continue;
		}
		policy_add_day(out, r->pays.from);
		buf_addz(out, "..");
		policy_add_day(out, r->pays.to);
		if (r->term != TERM_NONE)
			buf_addf(out, "（事件后 %d%s%s）", r->span.count,
				r->span.unit == SPAN_MONTH ? "个月" : "日",
				r->term == TERM_WITHIN ? "内" : "后");
		buf_addf(out, "  %s  ", vocab_price.words[r->price].zh);
		show_start(out, &r->start);
		cite(out, p, r->basis);
	}
}

static void show_goals(struct buf *out, const struct pack *p)
{
	if (p->target_total)
		buf_addf(out, "\n目标 %lld 人，分到 %zu 个乡镇\n", (long long)p->target_total,
			p->n_targets);
	for (size_t i = 0; i < p->n_rates; i++) {
		buf_addf(out, "  %s 不低于 %d.%d%%，分母：%s", p->rates[i].name.p,
			p->rates[i].target_permille / 10, p->rates[i].target_permille % 10,
			vocab_denominator.words[p->rates[i].denominator].zh);
		cite(out, p, p->rates[i].basis);
	}
	for (size_t i = 0; i < p->n_deadlines; i++) {
		buf_addf(out, "  %s：", p->deadlines[i].name.p);
		policy_add_day(out, p->deadlines[i].by);
		cite(out, p, p->deadlines[i].basis);
	}
	for (size_t i = 0; i < p->n_awards; i++) {
		buf_addf(out, "  %s %d 名，各 ", p->awards[i].name.p, p->awards[i].places);
		policy_add_money(out, p->awards[i].amount);
		cite(out, p, p->awards[i].basis);
	}
}

static void show_readings(struct buf *out, const struct pack *p)
{
	if (p->n_readings)
		heading(out, "解释（不在条文里，回答用到时会写明）");
	for (size_t i = 0; i < p->n_readings; i++)
		buf_addf(out, "  %s %s（%s，%s）\n", p->readings[i].number.p, p->readings[i].text.p,
			p->readings[i].author.p, vocab_reading.words[p->readings[i].state].zh);
}

int policy_show(struct cli *c, const struct pack *p)
{
	struct buf out;

	buf_init(&out, 1 << 22);
	show_head(&out, p);
	show_prices(&out, p);
	show_categories(&out, p);
	show_routes(&out, p);
	show_goals(&out, p);
	show_readings(&out, p);
	return policy_flush(c, &out);
}
