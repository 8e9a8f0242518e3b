/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/assess.h"

#include <inttypes.h>
#include <string.h>

#include "acts/assess_step.h"
#include "store/person.h"

static int all_steps(struct assess_work *r)
{
	int64_t last;
	int rc = person_last(r->db, r->env->county, &last);

	for (int64_t at = 0; rc == 0 && at < last; at += ASSESS_STEP) {
		rc = assess_step(r, at, at + ASSESS_STEP < last ? at + ASSESS_STEP : last);
		if (rc == 0 && r->env->progress)
			r->env->progress(r->env->progress_ctx,
				(uint64_t)(at + ASSESS_STEP < last ? at + ASSESS_STEP : last),
				(uint64_t)last);
	}
	return rc;
}

int assess_audit(struct assess_work *r, struct arena *a, const char *more)
{
	const struct assess_report *p = r->report;
	struct str detail = arena_printf(a,
		"{\"people\":%" PRId64 ",\"billed\":%" PRId64 ",\"funded\":%" PRId64
		",\"refused\":%" PRId64 ",\"changed\":%" PRId64 ",\"withdrawn\":%" PRId64 "%s}",
		p->people, p->billed, p->funded, p->refused, p->changed, p->withdrawn, more);

	return detail.p
		       ? env_audit(r->db, r->env, r->audit, "assess", r->policy->pack->code, detail)
		       : FAULT_MEMORY;
}

int assess_record(struct assess_work *r, struct arena *a)
{
	const struct assess_report *p = r->report;
	struct assess_run row = { .policy = r->policy->pack->code,
		.assessed_on = r->on,
		.people = p->people,
		.billed = p->billed,
		.funded = p->funded,
		.refused = p->refused,
		.changed = p->changed };
	int rc = counter_take(r->db, r->env->county, "assess_run", 1, &row.id);

	if (rc < 0)
		return rc;
	memcpy(row.digest, r->policy->digest, sizeof(row.digest));
	rc = pack_remember(r->db, row.policy, row.digest, r->env->now);
	if (rc == 0)
		rc = assess_run_add(r->db, r->env->county, r->audit, &row);
	return rc < 0 ? rc : assess_audit(r, a, "");
}

struct call {
	const struct env *env;
	const struct policy *policy;
	day_t on;
	struct assess_report *report;
};

static int work(struct assess_work *r, struct arena *a)
{
	int rc = audit_open(r->db, r->env->county, &r->audit);

	if (rc == 0)
		rc = assess_prepare(r, a);
	tally_sum_init(&r->tallies, a);
	if (rc == 0)
		rc = dossier_prepare(r->db);
	if (rc == 0)
		rc = targets_load(r->db, a, r->env->county, r->policy->pack->code, &r->targets,
			&r->n_targets);
	if (rc == 0)
		rc = all_steps(r);
	if (rc == 0)
		rc = tally_sum_write(&r->tallies, r->db, r->env->county, r->policy->pack->code, 0);
	if (rc == 0)
		rc = assess_record(r, a);
	return rc < 0 ? rc : statistics_refresh(r->db);
}

static int assess_tx(struct db *db, struct arena *a, void *arg)
{
	struct call *c = arg;
	struct assess_work *r = ARENA_NEW(a, struct assess_work);
	int rc;

	if (!r)
		return FAULT_MEMORY;
	*c->report = (struct assess_report){ 0 };
	*r = (struct assess_work){
		.env = c->env, .policy = c->policy, .on = c->on, .report = c->report, .db = db
	};
	arena_init(&r->round, STORE_ARENA_MAX / 2);
	rc = work(r, a);
	arena_release(&r->round);
	return rc;
}

int assess(const struct env *env, const struct policy *policy, day_t on, struct assess_report *ret)
{
	struct call c = { .env = env, .policy = policy, .on = on, .report = ret };
	char first[11];
	int rc;

	ret->err.text[0] = '\0';
	if (!policy_fits(policy->pack, env->county))
		return err_set(&ret->err, FAULT_FORMAT,
			"政策包是别的县的 / the policy is another county's");
	if (on < policy->pack->regular_window.from) {
		day_text(policy->pack->regular_window.from, first);
		return err_set(&ret->err, FAULT_FORMAT,
			"缴费期从 %s 开始；核定日期请用这一天或以后的日子 / the window opens on that day; assess on it or "
			"later",
			first);
	}
	rc = env->parts ? assess_by_parts(env, policy, on, ret)
			: store_bulk_act(env->store, assess_tx, &c);
	if (rc < 0 && ret->err.text[0] == '\0') {
		int set = err_set(
			&ret->err, (enum fault)rc, "%s（%s）", fault_text(rc), store_message());

		BUG_IF(set != rc);
	}
	return rc;
}
