/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/try_policy.h"

#include <pthread.h>
#include <string.h>
#include <time.h>

#include "acts/read_population.h"

#define LOOK_AT_CLOCK 1024 /* people between two looks */

/* What is asked, as bytes that can be compared. */
struct key {
	int64_t county, personal;
	day_t on;
	char code[64];
	size_t n;
	struct amount_change changes[TRY_CHANGES_MAX];
};

static struct {
	pthread_mutex_t lock;    /* of the answers */
	pthread_mutex_t working; /* held while one is made */
	size_t next;
	struct kept {
		bool filled;
		int64_t made;
		struct key key;
		struct try_result result;
	} kept[TRY_KEPT];
} answers = { .lock = PTHREAD_MUTEX_INITIALIZER, .working = PTHREAD_MUTEX_INITIALIZER };

static int64_t seconds(void)
{
	struct timespec t;

	BUG_IF(clock_gettime(CLOCK_MONOTONIC, &t) != 0);
	return t.tv_sec;
}

static struct key key_of(const struct env *env, const struct try_request *q)
{
	struct str code = q->pack->code;
	struct key k;

	BUG_IF(q->n_changes > TRY_CHANGES_MAX);
	memset(&k, 0, sizeof(k));
	k.county = env->county;
	k.personal = q->personal.fen;
	k.on = q->on;
	memcpy(k.code, code.p, code.n < sizeof(k.code) ? code.n : sizeof(k.code) - 1);
	k.n = q->n_changes;
	for (size_t i = 0; i < q->n_changes; i++) {
		k.changes[i].category = q->changes[i].category;
		k.changes[i].subsidy = q->changes[i].subsidy;
	}
	return k;
}

static bool answered(const struct key *k, struct try_result *ret)
{
	bool found = false;

	pthread_mutex_lock(&answers.lock);
	for (size_t i = 0; i < TRY_KEPT && !found; i++) {
		const struct kept *a = &answers.kept[i];

		found = a->filled && seconds() - a->made < TRY_KEEP_SECONDS &&
			memcmp(&a->key, k, sizeof(*k)) == 0;
		if (found)
			*ret = a->result;
	}
	pthread_mutex_unlock(&answers.lock);
	return found;
}

static void keep(const struct key *k, const struct try_result *r)
{
	struct kept *to;

	pthread_mutex_lock(&answers.lock);
	to = &answers.kept[answers.next++ % TRY_KEPT];
	to->filled = true;
	to->made = seconds();
	to->result = *r;
	memcpy(&to->key, k, sizeof(*k)); /* compared as bytes */
	pthread_mutex_unlock(&answers.lock);
}

void try_forget(void)
{
	pthread_mutex_lock(&answers.lock);
	memset(answers.kept, 0, sizeof(answers.kept));
	pthread_mutex_unlock(&answers.lock);
}

struct work {
	const struct pack *before, *after;
	struct try_result result;
	int64_t until;
};

static int one(void *ctx, const struct facts *f, struct str town)
{
	struct work *w = ctx;
	struct try_result *t = &w->result;
	struct ruling b, a;

	(void)town;
	if (t->people++ % LOOK_AT_CLOCK == 0 && seconds() >= w->until)
		return FAULT_LIMIT;
	decide_enrol(w->before, f, &b);
	decide_enrol(w->after, f, &a);
	cost_add_ruling(w->before, &b, &t->before);
	cost_add_ruling(w->after, &a, &t->after);
	if (b.decision == RULING_ENROL && a.decision == RULING_ENROL) {
		t->pays_more += a.payable.fen > b.payable.fen;
		t->pays_less += a.payable.fen < b.payable.fen;
	}
	t->falls_out += b.decision == RULING_ENROL && a.decision == RULING_REFUSE;
	t->comes_in += b.decision == RULING_REFUSE && a.decision == RULING_ENROL;
	return 0;
}

static int make(
	const struct env *env, const struct try_request *q, struct try_result *ret, struct err *err)
{
	struct work w = { .before = q->pack, .until = seconds() + TRY_SECONDS_MAX };
	struct arena a;
	int64_t left_out;
	int rc;

	arena_init(&a, 16u << 20);
	rc = amounts_change(q->pack, &a, q->personal, q->changes, q->n_changes, &w.after);
	if (rc == 0)
		rc = read_population(env, q->pack, q->on, one, &w, &left_out, err);
	arena_release(&a);
	if (rc == 0)
		*ret = w.result;
	return rc;
}

int try_policy(const struct env *env, const struct try_request *q, struct try_result *ret_result,
	struct err *err)
{
	struct key k = key_of(env, q);
	int rc = 0;

	if (answered(&k, ret_result))
		return 0;
	if (pthread_mutex_trylock(&answers.working) != 0)
		return err_set(err, FAULT_RETRY,
			"另一个试算正在进行，请稍后再试 / another what-if is being made; try again soon");
	rc = make(env, q, ret_result, err);
	pthread_mutex_unlock(&answers.working);
	if (rc == FAULT_LIMIT)
		return err_set(err, FAULT_LIMIT,
			"人口太多，试算超时；请用 canbao policy try / too many people for a page; use canbao policy try");
	if (rc == 0)
		keep(&k, ret_result);
	return rc;
}
