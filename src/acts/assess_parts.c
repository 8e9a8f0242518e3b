/* SPDX-License-Identifier: Apache-2.0 */
/* Assessing by parts (分段核定): so many persons a transaction, by their ids, with the point to
 * resume at written in it.  Who pays between two parts is enrolled when theirs comes. */
#include <inttypes.h>
#include <stdlib.h>

#include "acts/assess_step.h"
#include "store/part.h"
#include "store/person.h"

#define ASSESS_PART 2000 /* persons: measured, docs/adr/005 */

struct work {
	struct assess_work step;
	const struct parts *parts;
	struct arena arena;
	int64_t done, last; /* person ids */
	int64_t next_audit; /* taken at the end of the act before: import_work.h */
	struct assess_report before;
};

#define COUNTS 13
static void counts_of(struct assess_report *r, int64_t *audit, int64_t *ret[COUNTS])
{
	int64_t *const all[COUNTS] = { audit, &r->people, &r->enrolled, &r->billed, &r->funded,
		&r->refused, &r->changed, &r->withdrawn, &r->unchanged, &r->deceased, &r->lapsed,
		&r->payable_fen, &r->subsidy_fen };

	for (size_t i = 0; i < COUNTS; i++)
		ret[i] = all[i];
}

static int point_write(struct work *w, struct arena *a, int64_t done)
{
	struct part p = { .rows_done = done };
	int64_t *values[COUNTS];
	struct buf b;

	counts_of(w->step.report, &w->next_audit, values);
	buf_init(&b, 1024);
	for (size_t i = 0; i < COUNTS; i++) {
		buf_addc(&b, i ? ',' : '[');
		buf_addi(&b, *values[i]);
	}
	buf_addc(&b, ']');
	p.report = arena_str(a, buf_str(&b));
	buf_release(&b);
	return p.report.p ? part_put(w->step.db, w->step.env->county, w->parts->job, &p)
			  : FAULT_MEMORY;
}

static int point_read(struct work *w, struct str text)
{
	int64_t *values[COUNTS];
	struct str part;

	counts_of(w->step.report, &w->step.audit, values);
	if (text.n < 2 || text.p[0] != '[' || text.p[text.n - 1] != ']')
		return FAULT_FORMAT;
	text = (struct str){ text.p + 1, text.n - 2 };
	for (size_t i = 0; i < COUNTS; i++)
		if (!str_cut(&text, STR(","), &part) || !str_int(part, values[i]))
			return FAULT_FORMAT;
	return 0;
}

static int begin_tx(struct db *db, struct arena *a, void *arg)
{
	struct work *w = arg;
	struct part p;
	int rc = part_of(db, a, w->step.env->county, w->parts->job, &p);

	if (rc == 1) {
		w->done = p.rows_done;
		rc = point_read(w, p.report);
	}
	return rc < 0 ? rc : person_last(db, w->step.env->county, &w->last);
}

static int part_of_county(struct work *w, struct arena *a, int64_t upto)
{
	struct assess_work *r = &w->step;
	int rc = dossier_prepare(r->db);

	if (rc == 0)
		rc = targets_load(r->db, a, r->env->county, r->policy->pack->code, &r->targets,
			&r->n_targets);
	if (rc == 0)
		rc = assess_step(r, w->done, upto);
	if (rc == 0)
		rc = tally_sum_write(&r->tallies, r->db, r->env->county, r->policy->pack->code, 0);
	if (rc == 0)
		rc = assess_audit(r, a, ",\"parts\":\"more\"");
	if (rc == 0)
		rc = audit_open(r->db, r->env->county, &w->next_audit);
	return rc < 0 ? rc : point_write(w, a, upto);
}

static int first_tx(struct db *db, struct arena *a, void *arg)
{
	struct work *w = arg;
	int rc = audit_open(db, w->step.env->county, &w->next_audit);

	w->step.db = db;
	return rc < 0 ? rc : point_write(w, a, 0);
}

static int part_tx(struct db *db, struct arena *a, void *arg)
{
	struct work *w = arg;
	struct assess_work *r = &w->step;
	int64_t rows = w->parts->rows ? (int64_t)w->parts->rows : ASSESS_PART;
	int64_t upto = w->last - w->done > rows ? w->done + rows : w->last;

	BUG_IF(rows > ASSESS_STEP);
	r->db = db;
	*r->report = w->before;
	r->n_bills = r->n_refusals = r->n_enrolments = 0;
	arena_reset(&r->round);
	tally_sum_init(&r->tallies, a);
	return part_of_county(w, a, upto);
}

static int end_tx(struct db *db, struct arena *a, void *arg)
{
	struct work *w = arg;
	int rc;

	w->step.db = db;
	rc = assess_record(&w->step, a);
	return rc < 0 ? rc : part_drop(db, w->step.env->county, w->parts->job);
}

static int stop_tx(struct db *db, struct arena *a, void *arg)
{
	struct work *w = arg;
	int rc;

	w->step.db = db;
	rc = part_drop(db, w->step.env->county, w->parts->job);
	return rc < 0 ? rc : assess_audit(&w->step, a, ",\"parts\":\"stopped\"");
}

static int last_tx(struct db *db, struct arena *a, void *arg)
{
	struct work *w = arg;

	(void)a;
	return person_last(db, w->step.env->county, &w->last);
}

static int statistics_tx(struct db *db, struct arena *a, void *arg)
{
	(void)a;
	(void)arg;
	return statistics_refresh(db);
}

static int patient(struct work *w, act_fn fn)
{
	int rc = FAULT_RETRY;

	for (int i = 0; i < PARTS_PATIENCE && rc == FAULT_RETRY; i++)
		rc = store_act(w->step.env->store, fn, w);
	return rc;
}

static int one_part(struct work *w)
{
	const struct env *env = w->step.env;
	int64_t rows = w->parts->rows ? (int64_t)w->parts->rows : ASSESS_PART;
	int rc;

	w->before = *w->step.report;
	rc = patient(w, part_tx);
	store_rest(env->store);
	if (rc < 0) {
		struct err err = w->step.report->err;

		*w->step.report = w->before;
		w->step.report->err = err;
		return rc;
	}
	w->step.audit = w->next_audit;
	w->done = w->last - w->done > rows ? w->done + rows : w->last;
	if (env->progress)
		env->progress(env->progress_ctx, (uint64_t)w->done, (uint64_t)w->last);
	/* People may have come in meanwhile; a one-act assessment sees none such. */
	return w->done == w->last ? store_read(env->store, last_tx, w) : 0;
}

static int run(struct work *w)
{
	const struct parts *p = w->parts;
	struct assess_report *report = w->step.report;
	int rc = assess_prepare(&w->step, &w->arena), end;

	if (rc == 0)
		rc = store_read(w->step.env->store, begin_tx, w);
	if (rc == 0 && w->step.audit == 0) {
		rc = patient(w, first_tx);
		w->step.audit = w->next_audit;
	}
	while (rc == 0 && (report->stopped = p->ask ? p->ask(p->ctx) : PARTS_GO) == PARTS_GO &&
		w->done < w->last)
		rc = one_part(w);
	if (rc == 0 && report->stopped == PARTS_PAUSE)
		return 0;
	if (rc == 0 && report->stopped == PARTS_GO) {
		rc = patient(w, end_tx);
		return rc < 0 ? rc : store_bulk_act(w->step.env->store, statistics_tx, NULL);
	}
	/* Of two faults the first is the one to tell. */
	end = patient(w, stop_tx);
	return rc < 0 ? rc : end;
}

int assess_by_parts(
	const struct env *env, const struct policy *policy, day_t on, struct assess_report *ret)
{
	struct work *w = calloc(1, sizeof(*w));
	int rc;

	*ret = (struct assess_report){ 0 };
	if (!w)
		return FAULT_MEMORY;
	w->step = (struct assess_work){ .env = env, .policy = policy, .on = on, .report = ret };
	w->parts = env->parts;
	arena_init(&w->arena, STORE_ARENA_MAX);
	arena_init(&w->step.round, STORE_ARENA_MAX / 2);
	rc = run(w);
	arena_release(&w->step.round);
	arena_release(&w->arena);
	free(w);
	return rc;
}
