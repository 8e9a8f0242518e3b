/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/read_desk.h"

#include "acts/recent.h"
#include "store/desk.h"
#include "store/money_list.h"

#define WEEK (7 * 86400)

static const struct {
	const char *code, *zh, *en, *link;
} kinds[DESK_CARD_COUNT] = {
#define X(name, code, zh, en, link) { code, zh, en, link },
	DESK_CARDS(X)
#undef X
};

struct call {
	const struct env *env;
	const struct policy *policy;
	enum role role;
	int64_t account;
	struct desk *desk;
};

static void card(struct call *c, enum desk_card_kind kind, int64_t count, bool late)
{
	BUG_IF(c->desk->n == DESK_CARD_COUNT);
	c->desk->cards[c->desk->n++] = (struct desk_card){ kind, kinds[kind].code, kinds[kind].zh,
		kinds[kind].en, kinds[kind].link, count, late };
}

static int suspense(struct call *c, struct db *db, struct arena *a, int64_t *ret)
{
	struct scope_bind scope = env_scope(c->env);
	struct waiting_sum *sums;
	size_t n;
	int rc = waiting_by_reason(db, a, &scope, c->policy->pack->code, &sums, &n);

	*ret = 0;
	for (size_t i = 0; rc == 0 && i < n; i++)
		*ret += sums[i].payments;
	return rc;
}

/* Does the season still run, extended towns included? */
static bool in_season(const struct pack *p, day_t on)
{
	day_t to = p->late_window.from == DAY_NONE ? p->regular_window.to : p->late_window.to;

	return on >= p->regular_window.from && on <= to;
}

/* 1 when the department's latest list speaks of a day more than a month ago, or it sent none. */
static int overdue(struct call *c, struct db *db, struct str department)
{
	const struct span month = { .count = 1, .unit = SPAN_MONTH };
	day_t as_of;
	int rc = import_file_newest(db, c->env->county, STR("categories"), department, &as_of);

	if (rc < 0)
		return rc;
	return rc == 0 || day_add(as_of, month) < c->env->today;
}

/* Every department sends its changes each month (SQ-31, SQ-45); the bureau sees who has not. */
static int lists(struct call *c, struct db *db)
{
	const struct pack *p = c->policy->pack;
	const char *own = role_department(c->role);
	int64_t late = 0;
	uint32_t who = 0;

	if ((!own[0] && c->role != ROLE_INSURANCE) || !in_season(p, c->env->today))
		return 0;
	for (size_t i = 0; i < p->n_categories; i++)
		who |= p->categories[i].certifiers;
	for (size_t d = 0; d < DEPARTMENT_COUNT; d++) {
		struct str code = str_of(vocab_department.words[d].code);
		int rc;

		if (!(who & 1u << d) || (own[0] && !str_is(code, own)))
			continue;
		rc = overdue(c, db, code);
		if (rc < 0)
			return rc;
		late += rc;
	}
	card(c, DESK_LISTS, late, late > 0);
	return 0;
}

static bool holds(const struct call *c, enum permission p)
{
	return role_may(c->role, p);
}

static int local_cards(struct call *c, struct db *db, struct arena *a)
{
	int64_t division = c->env->scope.division, n = 0, late = 0;
	int rc = 0;

	if (holds(c, MAY_DECIDE_REGISTRATION)) {
		rc = desk_registrations(db, c->env->county, division, &n);
		card(c, DESK_REGISTRATIONS, n, false);
	}
	if (rc == 0 && holds(c, MAY_ANSWER_TICKETS)) {
		rc = desk_tickets(db, c->env->county, division, c->env->now, &n, &late);
		card(c, DESK_TICKETS, n, late > 0);
	}
	if (rc == 0 && holds(c, MAY_READ_MONEY)) {
		rc = suspense(c, db, a, &n);
		card(c, DESK_SUSPENSE, n, false);
	}
	return rc;
}

static int cards_tx(struct db *db, struct arena *a, void *arg)
{
	struct call *c = arg;
	int64_t county = c->env->county, division = c->env->scope.division, n = 0;
	bool all = c->role == ROLE_INSURANCE || c->role == ROLE_SYSTEM_ADMIN;
	int rc;

	c->desk->n = 0;
	rc = local_cards(c, db, a);
	if (rc == 0 && holds(c, MAY_APPROVE_EXPORT)) {
		rc = desk_exports(db, county, division, c->account, &n);
		card(c, DESK_EXPORTS, n, false);
	}
	if (rc == 0 && holds(c, MAY_GRANT_ACCOUNT)) {
		rc = desk_accounts(db, county, c->account, &n);
		card(c, DESK_ACCOUNTS, n, false);
	}
	if (rc == 0 && holds(c, MAY_READ_JOBS)) {
		rc = desk_jobs(db, county, c->env->now - WEEK, all ? 0 : c->account, &n);
		card(c, DESK_JOBS, n, false);
	}
	return rc == 0 ? lists(c, db) : rc;
}

/* People of the area, and for a department those of its own categories; it is everybody's task that
 * none of them is missing (LB-04). */
static int special(struct call *c)
{
	const struct pack *p = c->policy->pack;
	const char *own = role_department(c->role);
	int department = own[0] ? vocab_code(&vocab_department, str_of(own)) : -1;
	uint64_t watched = 0;
	int64_t people;
	int rc;

	if (!holds(c, MAY_READ_MISSING) || c->env->scope.school.p)
		return 0;
	for (size_t k = 0; k < p->n_categories; k++)
		if (p->categories[k].special &&
			(department < 0 || (p->categories[k].certifiers & 1u << department)))
			watched |= UINT64_C(1) << k;
	rc = special_people_recent(
		c->env, c->policy, c->env->today, c->env->scope.division, watched, &people);
	if (rc == 0)
		card(c, DESK_SPECIAL, people, false);
	return rc;
}

/* The cell of a row by its column's key; REPORT_NONE when there is no such column. */
static int64_t figure(const struct report *r, size_t row, const char *key)
{
	for (size_t k = 0; k < r->n_columns; k++)
		if (str_is(str_of(r->columns[k].key), key))
			return r->cells[row * r->n_columns + k].number;
	return REPORT_NONE;
}

static int64_t ranked(const struct report *r)
{
	int64_t n = 0;

	for (size_t i = 0; i + 1 < r->n_rows; i++)
		n += figure(r, i, "rank") != REPORT_NONE;
	return n;
}

/* The own town's or village's line, the county's sum for the others. */
static int progress(struct call *c, struct arena *a, struct err *err)
{
	int64_t own = c->env->scope.division;
	bool village = own % 1000 != 0;
	struct report_request q = {
		.policy = c->policy, .on = c->env->today, .town = own / 1000 * 1000, .recent = true
	};
	struct report r;
	size_t row;
	int rc;

	if (!holds(c, MAY_READ_REPORTS) || c->env->scope.nothing)
		return 0;
	rc = (village ? report_villages : report_ranking)(c->env, &q, a, &r, err);
	if (rc < 0)
		return rc == FAULT_MISSING ? 0 : rc;
	for (row = 0; row + 1 < r.n_rows && own && report_row_code(&r, row) != own; row++)
		;
	if (!own)
		row = r.n_rows - 1;
	else if (row + 1 >= r.n_rows)
		return 0;
	c->desk->progress = (struct desk_progress){ .known = true,
		.planned = figure(&r, row, "target"),
		.rate = figure(&r, row, "rate"),
		.rank = own ? figure(&r, row, "rank") : REPORT_NONE,
		.of = own && !village ? ranked(&r) : REPORT_NONE,
		.enrolled = figure(&r, row, "enrolled"),
		.today = figure(&r, row, "today") };
	return 0;
}

int read_desk(const struct env *env, const struct policy *policy, enum role role, int64_t account,
	struct arena *a, struct desk *ret_desk, struct err *err)
{
	struct call c = {
		.env = env, .policy = policy, .role = role, .account = account, .desk = ret_desk
	};
	int rc;

	*ret_desk = (struct desk){ .n = 0 };
	rc = store_read(env->store, cards_tx, &c);
	if (rc == 0)
		rc = special(&c);
	if (rc == 0)
		rc = progress(&c, a, err);
	return rc < 0 ? err_set(err, (enum fault)rc, "%s", fault_text(rc)) : 0;
}
