/* SPDX-License-Identifier: Apache-2.0 */
/* Answers kept for an Idempotency-Key: one of many gets to work, the others its answer. */
#include "check.h"

#include <pthread.h>

#include "store/answered.h"
#include "store/fixture.h"

#define RIVALS 8

struct ask {
	struct answered_key key;
	int64_t now, status;
	char body[64];
};

static struct ask ask_of(const char *key, unsigned char content, int64_t now)
{
	struct ask q = { .now = now };

	q.key = (struct answered_key){
		.county = 620721, .caller = STR("account:1"), .key = str_of(key)
	};
	memset(q.key.digest, content, sizeof(q.key.digest));
	return q;
}

static int reserve_tx(struct db *db, struct arena *a, void *arg)
{
	struct ask *q = arg;
	struct str body = { NULL, 0 };
	int rc = answered_reserve(db, a, &q->key, q->now, &q->status, &body);

	if (rc == ANSWERED_BEFORE)
		snprintf(q->body, sizeof(q->body), "%.*s", STR_ARG(body));
	return rc;
}

static int put_tx(struct db *db, struct arena *a, void *arg)
{
	const struct ask *q = arg;

	(void)a;
	return answered_put(db, &q->key, 201, STR("{\"n\":1}"));
}

static int drop_tx(struct db *db, struct arena *a, void *arg)
{
	const struct ask *q = arg;

	(void)a;
	return answered_drop(db, &q->key);
}

static int sweep_tx(struct db *db, struct arena *a, void *arg)
{
	(void)a;
	return (int)answered_sweep(db, 620721, *(const int64_t *)arg);
}

static void the_first_answer_again(void **state)
{
	struct fixture *f = need_store(state);
	struct ask q = ask_of("k", 1, 1000), other = ask_of("k", 2, 1001);

	assert_int_equal(store_act(f->st, reserve_tx, &q), ANSWERED_MINE);
	assert_int_equal(store_act(f->st, reserve_tx, &q), ANSWERED_WORKING);
	assert_int_equal(store_act(f->st, reserve_tx, &other), ANSWERED_OTHER);
	assert_int_equal(store_act(f->st, put_tx, &q), 0);
	assert_int_equal(store_act(f->st, reserve_tx, &q), ANSWERED_BEFORE);
	assert_int_equal(q.status, 201);
	assert_string_equal(q.body, "{\"n\":1}");
	assert_int_equal(store_act(f->st, reserve_tx, &other), ANSWERED_OTHER);
	/* The same key of somebody else is another key. */
	q.key.caller = STR("account:2");
	assert_int_equal(store_act(f->st, reserve_tx, &q), ANSWERED_MINE);
	q.key.caller = STR("account:1");
	q.key.county = 341323;
	assert_int_equal(store_act(f->st, reserve_tx, &q), ANSWERED_MINE);
}

static void a_key_given_back_is_free(void **state)
{
	struct fixture *f = need_store(state);
	struct ask q = ask_of("k", 1, 1000), other = ask_of("k", 2, 1001);

	assert_int_equal(store_act(f->st, reserve_tx, &q), ANSWERED_MINE);
	assert_int_equal(store_act(f->st, drop_tx, &q), 0);
	assert_int_equal(store_act(f->st, reserve_tx, &other), ANSWERED_MINE);
	assert_int_equal(store_act(f->st, put_tx, &other), 0);
	/* What was answered cannot be given back. */
	assert_int_equal(store_act(f->st, drop_tx, &other), 0);
	assert_int_equal(store_act(f->st, reserve_tx, &other), ANSWERED_BEFORE);
}

/* The server died between the reservation and the answer: its key is not lost for ever. */
static void a_dead_server_s_key(void **state)
{
	struct fixture *f = need_store(state);
	struct ask q = ask_of("k", 1, 1000);

	assert_int_equal(store_act(f->st, reserve_tx, &q), ANSWERED_MINE);
	q.now = 1000 + ANSWERED_STALE_SECONDS;
	assert_int_equal(store_act(f->st, reserve_tx, &q), ANSWERED_WORKING);
	q.now++;
	assert_int_equal(store_act(f->st, reserve_tx, &q), ANSWERED_MINE);
	assert_int_equal(store_act(f->st, reserve_tx, &q), ANSWERED_WORKING);
}

static void old_answers_go(void **state)
{
	struct fixture *f = need_store(state);
	struct ask old = ask_of("old", 1, 1000), young = ask_of("young", 1, 2000);
	int64_t before = 2000;

	assert_int_equal(store_act(f->st, reserve_tx, &old), ANSWERED_MINE);
	assert_int_equal(store_act(f->st, put_tx, &old), 0);
	assert_int_equal(store_act(f->st, reserve_tx, &young), ANSWERED_MINE);
	assert_int_equal(store_act(f->st, put_tx, &young), 0);
	assert_int_equal(store_act(f->st, sweep_tx, &before), 1);
	assert_int_equal(store_act(f->st, reserve_tx, &old), ANSWERED_MINE);
	assert_int_equal(store_act(f->st, reserve_tx, &young), ANSWERED_BEFORE);
}

struct rival {
	struct store *st;
	struct ask ask;
	int rc;
};

static void *rival_main(void *arg)
{
	struct rival *r = arg;

	r->rc = store_act(r->st, reserve_tx, &r->ask);
	return NULL;
}

static void one_of_many(void **state)
{
	struct fixture *f = need_store(state);
	struct rival rivals[RIVALS];
	pthread_t threads[RIVALS];
	char key[16];

	for (int round = 0; round < 20; round++) {
		int mine = 0;

		snprintf(key, sizeof(key), "k%d", round);
		for (int i = 0; i < RIVALS; i++) {
			rivals[i] = (struct rival){ .st = f->st, .ask = ask_of(key, 1, 1000) };
			assert_int_equal(
				pthread_create(&threads[i], NULL, rival_main, &rivals[i]), 0);
		}
		for (int i = 0; i < RIVALS; i++) {
			pthread_join(threads[i], NULL);
			assert_true(
				rivals[i].rc == ANSWERED_MINE || rivals[i].rc == ANSWERED_WORKING);
			mine += rivals[i].rc == ANSWERED_MINE;
		}
		assert_int_equal(mine, 1);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(the_first_answer_again),
		BOTH(a_key_given_back_is_free),
		BOTH(a_dead_server_s_key),
		BOTH(old_answers_go),
		BOTH(one_of_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
