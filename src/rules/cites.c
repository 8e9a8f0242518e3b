/* SPDX-License-Identifier: Apache-2.0 */
/* The clauses and readings behind a ruling, each once. */
#include "rules/decide.h"

static void add_cite(struct cites *c, uint16_t cite)
{
	for (size_t i = 0; i < c->n_cites; i++)
		if (c->cites[i] == cite)
			return;
	BUG_IF(c->n_cites == RULING_CITES_MAX);
	c->cites[c->n_cites++] = cite;
}

static void add_reading(struct cites *c, uint8_t reading)
{
	for (size_t i = 0; i < c->n_readings; i++)
		if (c->readings[i] == reading)
			return;
	BUG_IF(c->n_readings == RULING_CITES_MAX);
	c->readings[c->n_readings++] = reading;
}

void ruling_cites(const struct pack *p, const uint16_t *bases, size_t n, struct cites *ret_cites)
{
	struct cites c = { 0 };

	for (size_t i = 0; i < n; i++) {
		const struct pack_basis *b = pack_basis(p, bases[i]);

		for (size_t k = 0; k < b->n_cites; k++)
			add_cite(&c, b->cites[k]);
		for (size_t k = 0; k < b->n_readings; k++)
			add_reading(&c, b->readings[k]);
	}
	BUG_IF(c.n_cites == 0 && c.n_readings == 0);
	*ret_cites = c;
}
