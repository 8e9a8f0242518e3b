/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/pack_vocab.h"

#include "base/utf8.h"
#include "rules/document.h"

#define WORDS_MAX_POINTS 64

#define X(n, c, w) { c, w },
static const struct word fund_words[] = { FUNDS(X) };
static const struct word department_words[] = { DEPARTMENTS(X) };
static const struct word circumstance_words[] = { CIRCUMSTANCES(X) };
static const struct word reason_words[] = { REFUND_REASONS(X) };
static const struct word evidence_words[] = { REFUND_EVIDENCES(X) };
static const struct word payer_words[] = { PAYERS(X) };
static const struct word student_words[] = { STUDENT_LEVELS(X) };
static const struct word price_words[] = { PRICES(X) };
static const struct word receipt_words[] = { RECEIPTS(X) };
static const struct word denominator_words[] = { DENOMINATORS(X) };
static const struct word rhythm_words[] = { RHYTHMS(X) };
static const struct word reading_words[] = { READING_STATES(X) };
static const struct word document_words[] = { DOCUMENT_KINDS(X) };
#undef X

#define VOCAB(id, zh) const struct vocab vocab_##id = { zh, id##_words, ARRAY_LEN(id##_words) }
VOCAB(fund, "资金来源");
VOCAB(department, "部门");
VOCAB(circumstance, "情形");
const struct vocab vocab_refund_reason = { "退费事由", reason_words, ARRAY_LEN(reason_words) };
VOCAB(evidence, "证明");
VOCAB(payer, "付款人");
VOCAB(student, "学段");
VOCAB(price, "应缴算法");
VOCAB(receipt, "缴费凭证");
VOCAB(denominator, "分母");
VOCAB(rhythm, "周期");
VOCAB(reading, "解释状态");
VOCAB(document, "证件");

int vocab_code(const struct vocab *v, struct str code)
{
	for (size_t i = 0; i < v->n; i++)
		if (str_is(code, v->words[i].code))
			return (int)i;
	return -1;
}

int vocab_word(const struct vocab *v, struct str zh)
{
	for (size_t i = 0; i < v->n; i++)
		if (str_is(zh, v->words[i].zh))
			return (int)i;
	return -1;
}

/* Code points of `s` into `points`; -1 when there are too many or they are not UTF-8. */
static int points_of(struct str s, uint32_t points[WORDS_MAX_POINTS])
{
	int n = 0;

	while (s.n) {
		size_t k = n < WORDS_MAX_POINTS ? utf8_next(s, &points[n]) : 0;

		if (k == 0)
			return -1;
		n++;
		s.p += k;
		s.n -= k;
	}
	return n;
}

static int least(int a, int b, int c)
{
	int m = a < b ? a : b;

	return m < c ? m : c;
}

int edit_distance(struct str a, struct str b, int limit)
{
	uint32_t pa[WORDS_MAX_POINTS], pb[WORDS_MAX_POINTS];
	int row[WORDS_MAX_POINTS + 1];
	int na = points_of(a, pa), nb = points_of(b, pb);

	if (na < 0 || nb < 0 || na - nb > limit || nb - na > limit)
		return limit + 1;
	for (int j = 0; j <= nb; j++)
		row[j] = j;
	for (int i = 1; i <= na; i++) {
		int diagonal = row[0];

		row[0] = i;
		for (int j = 1; j <= nb; j++) {
			int above = row[j];

			row[j] = least(
				above + 1, row[j - 1] + 1, diagonal + (pa[i - 1] != pb[j - 1]));
			diagonal = above;
		}
	}
	return row[nb] <= limit ? row[nb] : limit + 1;
}

int vocab_nearest(const struct vocab *v, struct str text)
{
	int best = -1, best_distance = 4;

	for (size_t i = 0; i < v->n; i++) {
		int by_word = edit_distance(text, str_of(v->words[i].zh), 3);
		int by_code = edit_distance(text, str_of(v->words[i].code), 3);
		int distance = by_word < by_code ? by_word : by_code;

		if (distance < best_distance) {
			best = (int)i;
			best_distance = distance;
		}
	}
	return best;
}

struct saying {
	const char *code, *zh, *en;
};

#define X(n, c, z, e) { c, z, e },
static const struct saying refusals[] = { REFUSALS(X) };
static const struct saying refund_refusals[] = { REFUND_REFUSALS(X) };
#undef X

const char *refusal_code(enum refusal r)
{
	BUG_IF(r >= REFUSAL_COUNT);
	return refusals[r].code;
}

const char *refusal_zh(enum refusal r)
{
	BUG_IF(r >= REFUSAL_COUNT);
	return refusals[r].zh;
}

const char *refusal_en(enum refusal r)
{
	BUG_IF(r >= REFUSAL_COUNT);
	return refusals[r].en;
}

const char *refund_refusal_code(enum refund_refusal r)
{
	BUG_IF(r >= REFUND_REFUSAL_COUNT);
	return refund_refusals[r].code;
}

const char *refund_refusal_zh(enum refund_refusal r)
{
	BUG_IF(r >= REFUND_REFUSAL_COUNT);
	return refund_refusals[r].zh;
}

const char *refund_refusal_en(enum refund_refusal r)
{
	BUG_IF(r >= REFUND_REFUSAL_COUNT);
	return refund_refusals[r].en;
}
