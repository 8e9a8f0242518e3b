/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a ledger and, behind a line "----", as the text of its notice; without one, as a
 * notice held against a small ledger. */
#include "fuzz.h"

#include "base/err.h"
#include "rules/ledger.h"

#define CUT STR("\n----\n")

static const char small[] =
	"台账: 1\n代码: a-1\n文号: 未载明\n标题: 甲\n印发: 2023-09-25\n"
	"条:\n"
	"  - { 号: 文首, 概要: 乙 }\n"
	"  - { 号: 一, 概要: 丙, 年度: [2023年], 数量: [29500人] }\n"
	"  - { 号: 一(一), 概要: 丁, 续: [以上特殊], 金额: [380元, 10万元], 比例: [50%] }\n"
	"  - { 号: 一(一)2, 概要: 戊, 日期: [2022-12-31, 12月底], 期限: [90日, 两周] }\n"
	"  - { 号: 一(二)税务, 概要: 己, 续: [区税务], 引文: [甲发〔2022〕41号] }\n"
	"  - { 号: 文末, 概要: 庚, 续: ['附件：'], 部门: [民政], 资金: [医疗救助] }\n";

static void hold(struct arena *a, struct diags *d, struct str ledger, struct str notice)
{
	struct ledger *l = NULL;
	size_t before = d->errors;
	int rc = ledger_load(a, STR("clauses.yaml"), ledger, d, &l);

	BUG_IF((rc == 0) != (l != NULL));
	BUG_IF(rc == FAULT_FORMAT && d->errors == before);
	if (rc < 0)
		return;
	for (size_t i = 0; i < l->n_clauses; i++) {
		const struct ledger_clause *c = &l->clauses[i];

		BUG_IF(ledger_clause(l, c->number) != c);
		for (size_t k = 0; k < c->n_figures; k++)
			BUG_IF(!ledger_states(l, c, c->figures[k].text));
	}
	ledger_nearest(l, notice);
	before = d->errors;
	rc = ledger_check_notice(l, STR("notice.txt"), notice, a, d);
	BUG_IF(rc >= 0 && (size_t)rc != d->errors - before);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = { (const char *)data, size }, ledger, notice = text;
	struct arena a;
	struct diags d;
	struct buf out;

	arena_init(&a, 512u << 20);
	diags_init(&d, &a);
	buf_init(&out, 64u << 20);
	ledger = str_of(small);
	if (str_find(text, CUT) >= 0 && str_cut(&notice, CUT, &text))
		ledger = text;
	hold(&a, &d, ledger, notice);
	diags_print(&out, &d);
	buf_release(&out);
	arena_release(&a);
	return 0;
}
