/* SPDX-License-Identifier: Apache-2.0 */
/* canbao policy cover and diff: what the pack leaves out, and what two packs say differently. */
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "doors/cli/policy.h"
#include "rules/citing.h"
#include "rules/overlay.h"

static void left_out(void *ctx, const struct ledger_clause *clause, const struct figure *f)
{
	struct cli *c = ctx;

	fprintf(c->out, "%s\t%s\t%.*s\n", clause->number.p, figure_kind_key(f->kind),
		STR_ARG(f->text));
}

int policy_cover(struct cli *c, const struct pack *p)
{
	size_t missing = citing_left_out(p, left_out, c), figures = p->ledger->n_figures;

	if (missing)
		fprintf(c->out,
			c->english ? "%zu of %zu figures are cited by no rule\n"
				   : "有 %zu 个（共 %zu 个）数字没有规则引用\n",
			missing, figures);
	else
		fprintf(c->out,
			c->english ? "%s: all %zu figures are accounted for\n"
				   : "%s：%zu 个数字都有着落\n",
			p->code.p, figures);
	return missing ? CLI_FINDINGS : CLI_OK;
}

int policy_diff(struct cli *c, const struct pack *a, const struct pack *b)
{
	struct differences d;
	struct arena arena;
	size_t n = 0;
	int rc;

	arena_init(&arena, 64u << 20);
	rc = overlay_differences(&arena, a->root, b->root, &d);
	if (rc == 0) {
		n = d.n;
		fprintf(c->out, "--- %s\n+++ %s\n", a->code.p, b->code.p);
		for (size_t i = 0; i < d.n; i++) {
			const struct difference *x = &d.items[i];

			fprintf(c->out, "%s\n", x->path.p);
			if (x->in_a)
				fprintf(c->out, "  - %s\n", x->a.p);
			if (x->in_b)
				fprintf(c->out, "  + %s\n", x->b.p);
		}
	}
	arena_release(&arena);
	if (rc < 0)
		return cli_fail_text(c, fault_text(rc));
	if (n == 0)
		fprintf(c->out, "%s", c->english ? "no difference\n" : "没有不同\n");
	return n ? CLI_FINDINGS : CLI_OK;
}
