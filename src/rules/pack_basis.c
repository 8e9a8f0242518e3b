/* SPDX-License-Identifier: Apache-2.0 */
/* What the rules stand on: clauses (依据) and numbered readings (解释). */
#include "rules/pack_read.h"

/* Index of the clause in the pack's list, added when new.  An overflow is reported and reads as
 * 0. */
static uint16_t intern(struct pack_reader *r, const struct ynode *n, struct str clause)
{
	size_t i = 0;

	while (i < r->p->n_cites && !str_eq(r->cites[i], clause))
		i++;
	if (i < r->p->n_cites)
		return (uint16_t)i;
	if (i == PACK_CITES_MAX) {
		diag_error(r->d, n->mark, "引用的条款太多 / too many clauses cited");
		return 0;
	}
	r->cites[i] = clause;
	r->p->n_cites = i + 1;
	return (uint16_t)i;
}

static void check_clause(struct pack_reader *r, const struct ynode *n, struct str clause)
{
	const struct ledger_clause *near;

	if (!r->ledger || ledger_clause(r->ledger, clause))
		return;
	near = ledger_nearest(r->ledger, clause);
	if (near)
		diag_error(r->d, n->mark,
			"通知里没有“%.*s”，是不是“%.*s”？ / the notice has no such clause; "
			"did you mean '%.*s'?",
			STR_ARG(clause), STR_ARG(near->number), STR_ARG(near->number));
	else
		diag_error(r->d, n->mark, "通知里没有“%.*s” / the notice has no such clause",
			STR_ARG(clause));
}

static void read_cites(struct pack_reader *r, const struct ynode *n, struct pack_basis *b)
{
	for (size_t i = 0; i < rd_items(n); i++) {
		const struct ynode *item = rd_item(n, i);
		struct str clause = rd_text(r, item);

		if (clause.n == 0)
			continue;
		if (b->n_cites == BASIS_CITES_MAX) {
			diag_error(r->d, item->mark,
				"一条规则最多引 %d 处 / at most %d clauses a rule", BASIS_CITES_MAX,
				BASIS_CITES_MAX);
			return;
		}
		check_clause(r, item, clause);
		b->cites[b->n_cites++] = intern(r, item, clause);
	}
}

static int reading_by_number(const struct pack_reader *r, struct str number)
{
	for (size_t i = 0; i < r->p->n_readings; i++)
		if (str_eq(r->readings[i].number, number))
			return (int)i;
	return -1;
}

static void read_readings_of(struct pack_reader *r, const struct ynode *n, struct pack_basis *b)
{
	for (size_t i = 0; i < rd_items(n); i++) {
		const struct ynode *item = rd_item(n, i);
		int k = reading_by_number(r, rd_text(r, item));

		if (k < 0)
			diag_error(r->d, item->mark,
				"“解释”里没有 %.*s / no such reading under 解释",
				STR_ARG(rd_text(r, item)));
		else if (b->n_readings == BASIS_READINGS_MAX)
			diag_error(r->d, item->mark, "一条规则最多 %d 个解释 / too many readings",
				BASIS_READINGS_MAX);
		else
			b->readings[b->n_readings++] = (uint8_t)k;
	}
}

static bool basis_equal(const struct pack_basis *a, const struct pack_basis *b)
{
	bool same = a->n_cites == b->n_cites && a->n_readings == b->n_readings;

	for (size_t i = 0; same && i < a->n_cites; i++)
		same = a->cites[i] == b->cites[i];
	for (size_t i = 0; same && i < a->n_readings; i++)
		same = a->readings[i] == b->readings[i];
	return same;
}

static uint16_t basis_add(struct pack_reader *r, const struct ynode *n, const struct pack_basis *b)
{
	size_t i = 0;

	while (i < r->p->n_bases && !basis_equal(&r->bases[i], b))
		i++;
	if (i == PACK_BASES_MAX) {
		diag_error(r->d, n->mark, "规则太多 / too many rules");
		return 0;
	}
	if (i == r->p->n_bases)
		r->bases[r->p->n_bases++] = *b;
	return (uint16_t)i;
}

uint16_t rd_basis_optional(struct pack_reader *r, const struct ynode *n)
{
	struct pack_basis b = { 0 };

	if (!ynode_get(n, "依据") && !ynode_get(n, "解释"))
		return PACK_NONE;
	read_cites(r, ynode_get(n, "依据"), &b);
	read_readings_of(r, ynode_get(n, "解释"), &b);
	return basis_add(r, n, &b);
}

uint16_t rd_basis(struct pack_reader *r, const struct ynode *n, uint16_t inherited)
{
	uint16_t own = rd_basis_optional(r, n);

	if (own != PACK_NONE)
		return own;
	if (inherited == PACK_NONE && n)
		diag_error(r->d, n->mark,
			"没有“依据”，也没有“解释” / neither 依据 nor 解释: cite or be refused");
	return inherited;
}

void pack_read_readings(struct pack_reader *r, const struct ynode *root)
{
	static const char *const keys[] = { "!内容", "!定", "!状态", NULL };
	const struct ynode *n = ynode_get(root, "解释");

	if (!n)
		return;
	if (n->kind != YNODE_MAP || n->n > PACK_READINGS_MAX) {
		diag_error(r->d, n->mark,
			"“解释”应是编号与内容，最多 %d 条 / a map of readings expected",
			PACK_READINGS_MAX);
		return;
	}
	r->readings = RD_ARRAY(r, struct pack_reading, n->n);
	for (size_t i = 0; r->readings && i < n->n; i++) {
		const struct ynode *item = n->items[i];
		struct pack_reading *reading = &r->readings[i];
		int state;

		rd_keys(r, item, keys);
		if (item->key.n < 2 || item->key.p[0] != 'J')
			diag_error(r->d, item->key_mark,
				"解释的编号应如 J4 / number readings J1, J2, …");
		reading->number = item->key;
		reading->text = rd_text(r, ynode_get(item, "内容"));
		reading->author = rd_text(r, ynode_get(item, "定"));
		state = rd_word(r, ynode_get(item, "状态"), &vocab_reading);
		reading->state = state < 0 ? READING_OPEN : (enum reading_state)state;
		r->p->n_readings = i + 1;
	}
	r->p->readings = r->readings;
}
