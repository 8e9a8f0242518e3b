/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/audit_books.h"

#include <inttypes.h>

#include "store/books.h"

#define PRICES_MAX 20000

static const struct {
	enum sql_id question;
	const char *code, *zh, *en;
} checks[] = {
	{ SQL_BOOKS_PAYMENT_POSTINGS, "payment_postings",
		"每笔入账缴费应有收款、参保两笔分录，金额相同",
		"each posted payment has two postings of its amount" },
	{ SQL_BOOKS_SUSPENSE_POSTINGS, "suspense_postings",
		"每笔待查缴费应有一笔分录和一条待查，金额相同",
		"each suspended payment has one posting and one suspense row of its amount" },
	{ SQL_BOOKS_STRAY_POSTINGS, "stray_postings", "每笔分录应有对应的缴费",
		"each posting has its payment" },
	{ SQL_BOOKS_POSTING_SHAPE, "posting_shape", "分录的科目、渠道、人、日期应与缴费相符",
		"each posting is of its event's accounts and its payment's person, channel and day" },
	{ SQL_BOOKS_NUMBERS, "numbers", "缴费和分录的编号应连续",
		"payments and postings are numbered without a gap" },
	{ SQL_BOOKS_ACCOUNTS, "accounts", "科目余额应与明细相符",
		"account balances equal what they stand for" },
	{ SQL_BOOKS_ENROLMENT_MONEY, "enrolment_money", "每个有效参保应由同一人同额的缴费支持",
		"each enrolment rests on its person's payment" },
	{ SQL_BOOKS_PAYMENT_ENROLMENT, "payment_enrolment", "每笔入账缴费应有且只有一个参保",
		"each posted payment has one enrolment" },
	{ SQL_BOOKS_ENROLMENT_BILL, "enrolment_bill", "参保的标准、资助、个人缴费应与应缴单相符",
		"each enrolment agrees with its bill" },
	{ SQL_BOOKS_BILL_SUM, "bill_sum", "应缴单的资助加应缴应等于标准",
		"a bill's parts make up its standard" },
	{ SQL_BOOKS_BILL_SETTLED, "bill_settled", "已缴或已资助的应缴单应有参保",
		"a settled bill has its enrolment" },
	{ SQL_BOOKS_BILL_HISTORY_SUM, "bill_history_sum", "历史应缴单的资助加应缴应等于标准",
		"an earlier bill's parts make up its standard" },
	{ SQL_BOOKS_RECEIPTS, "receipts", "每笔入账缴费应有一张同额凭证",
		"each posted payment has one receipt" },
	{ SQL_BOOKS_RECEIPT_NUMBERS, "receipt_numbers", "凭证号应连续",
		"receipt numbers run without a gap" },
	{ SQL_BOOKS_ANYWHERE, "anywhere", "有效参保应在跨县登记里",
		"each enrolment is known across counties" },
	{ SQL_BOOKS_TALLY, "tally", "进度计数应与参保明细相符", "the counts equal the enrolments" },
	{ SQL_BOOKS_PERSONS, "persons", "应缴单的人应在居民库里", "each bill's person is there" },
};

struct call {
	const struct env *env;
	const struct policy *policies;
	size_t n_policies;
	struct arena *a;
	struct audit_report *report;
};

static int add(struct call *c, struct audit_finding f)
{
	struct audit_report *r = c->report;
	struct audit_finding *more = arena_grow(c->a, r->items, r->n, &r->cap, sizeof(*more));

	if (!more)
		return FAULT_MEMORY;
	r->items = more;
	r->items[r->n++] = f;
	return 0;
}

static int ask(struct call *c, struct db *db, size_t check)
{
	struct books_finding *f;
	size_t n;
	int rc = books_ask(
		db, c->a, checks[check].question, c->env->county, AUDIT_FINDINGS_A_CHECK, &f, &n);

	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = add(c, (struct audit_finding){ .check = checks[check].code,
				    .zh = checks[check].zh,
				    .en = checks[check].en,
				    .subject = arena_printf(
					    c->a, "%.*s %" PRId64, STR_ARG(f[i].kind), f[i].id),
				    .expected = f[i].expected,
				    .found = f[i].found });
	c->report->checks++;
	return rc;
}

static const struct pack *pack_of(const struct call *c, struct str code)
{
	for (size_t i = 0; i < c->n_policies; i++)
		if (str_eq(c->policies[i].pack->code, code))
			return c->policies[i].pack;
	return NULL;
}

/* Is this standard one the policy knows on that route?  Tiers, age bands and years each have their
 * own. */
static bool standard_known(const struct pack *p, const struct pack_route *route, int64_t fen)
{
	bool full = route->price == PRICE_FULL_COST || route->price == PRICE_FULL_COST_LESS_SUBSIDY;
	int64_t paid_years = 0;

	if (route->price == PRICE_PRO_RATA || route->price == PRICE_FREE || p->n_years > 1)
		return true; /* depends on the day or on how many years were paid: the sum check
				holds it */
	for (size_t i = 0; i < p->n_tiers * p->n_bands; i++) {
		paid_years = p->individual[i].fen + (full ? p->fiscal[i].fen : 0);
		if (paid_years == fen)
			return true;
	}
	return false;
}

static bool subsidy_known(const struct pack *p, struct str category, int64_t fen)
{
	int c = category.n ? pack_category_by_code(p, category) : -1;

	if (c < 0)
		return category.n == 0 && fen == 0;
	if (p->n_years > 1)
		return fen > 0;
	for (size_t i = 0; i < p->n_tiers * p->n_bands; i++)
		if (p->subsidy[pack_subsidy_index(p, (size_t)c, 0, 0, 0) + i].fen == fen)
			return true;
	return false;
}

static bool price_known(const struct call *c, const struct books_price *b)
{
	const struct pack *p = pack_of(c, b->policy);
	int route = p ? pack_route_by_code(p, b->route) : -1;

	return route >= 0 && standard_known(p, &p->routes[route], b->standard_fen) &&
	       subsidy_known(p, b->category, b->subsidy_fen);
}

static int prices(struct call *c, struct db *db)
{
	struct books_price *b;
	size_t n;
	int rc = books_prices(db, c->a, c->env->county, PRICES_MAX, &b, &n);

	for (size_t i = 0; rc == 0 && i < n; i++)
		if (!price_known(c, &b[i]))
			rc = add(c,
				(struct audit_finding){ .check = "prices",
					.zh = "应缴单的标准和资助应是政策包里有的",
					.en = "a bill's standard and subsidy are ones the policy knows",
					.subject = arena_printf(c->a,
						"bill %" PRId64 "（%.*s %.*s，共 %" PRId64 " 张）",
						b[i].first_person, STR_ARG(b[i].policy),
						STR_ARG(b[i].category), b[i].bills),
					.expected = b[i].standard_fen,
					.found = b[i].subsidy_fen });
	c->report->checks++;
	return rc;
}

static int audit_tx(struct db *db, struct arena *scratch, void *arg)
{
	struct call *c = arg;
	int rc = 0;

	(void)scratch;
	*c->report = (struct audit_report){ 0 };
	for (size_t i = 0; rc == 0 && i < ARRAY_LEN(checks); i++)
		rc = ask(c, db, i);
	return rc < 0 ? rc : prices(c, db);
}

int audit_books(const struct env *env, const struct policy *policies, size_t n_policies,
	struct arena *a, struct audit_report *ret, struct err *err)
{
	struct call c = { env, policies, n_policies, a, ret };
	int rc = store_read(env->store, audit_tx, &c);

	return rc < 0 ? err_set(err, (enum fault)rc, "%s（%s）", fault_text(rc), store_message())
		      : 0;
}
