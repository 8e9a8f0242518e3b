/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/look.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "store/search.h"

#define TEXT_MAX 64
#define BATCH 2048 /* looks written by one act */

struct waiting {
	int64_t county;
	struct look look; /* texts below */
	char actor[TEXT_MAX], office[TEXT_MAX], reason[TEXT_MAX];
};

/* A ring, one a process, made when first needed. */
static struct {
	pthread_mutex_t lock;
	struct waiting *items;
	size_t first, n;
	pthread_mutex_t flushing;
} queue = { .lock = PTHREAD_MUTEX_INITIALIZER, .flushing = PTHREAD_MUTEX_INITIALIZER };

static struct str keep(char room[TEXT_MAX], struct str s)
{
	size_t n = s.n < TEXT_MAX ? s.n : TEXT_MAX - 1;

	if (!s.p)
		return s;
	/* Never half a character. */
	while (n > 0 && n < s.n && ((unsigned char)s.p[n] & 0xc0) == 0x80)
		n--;
	memcpy(room, s.p, n);
	return (struct str){ room, n };
}

bool look_later(int64_t county, const struct look *l)
{
	bool fits;

	BUG_IF(l->person <= 0 || l->actor.n == 0 || l->office.n == 0);
	pthread_mutex_lock(&queue.lock);
	if (!queue.items)
		queue.items = calloc(LOOK_QUEUE_MAX, sizeof(*queue.items));
	fits = queue.items && queue.n < LOOK_QUEUE_MAX;
	if (fits) {
		struct waiting *w = &queue.items[(queue.first + queue.n++) % LOOK_QUEUE_MAX];

		w->county = county;
		w->look = *l;
		w->look.actor = keep(w->actor, l->actor);
		w->look.office = keep(w->office, l->office);
		w->look.reason = keep(w->reason, l->reason);
	}
	pthread_mutex_unlock(&queue.lock);
	return fits;
}

size_t look_waiting(void)
{
	size_t n;

	pthread_mutex_lock(&queue.lock);
	n = queue.n;
	pthread_mutex_unlock(&queue.lock);
	return n;
}

/* Consecutive looks of the queue's head that belong to one county.  They stay where they are: only
 * the one who holds `flushing` takes them away. */
struct batch {
	int64_t county;
	size_t first, n;
};

static int write_batch(struct db *db, struct arena *a, void *arg)
{
	const struct batch *b = arg;
	struct look *looks = ARENA_ARRAY(a, struct look, b->n);

	if (!looks)
		return FAULT_MEMORY;
	for (size_t i = 0; i < b->n; i++)
		looks[i] = queue.items[(b->first + i) % LOOK_QUEUE_MAX].look;
	return look_add_all(db, b->county, looks, b->n);
}

static bool next_batch(struct batch *ret)
{
	struct batch b = { 0 };

	pthread_mutex_lock(&queue.lock);
	b.first = queue.first;
	if (queue.n)
		b.county = queue.items[b.first].county;
	while (b.n < queue.n && b.n < BATCH &&
		queue.items[(b.first + b.n) % LOOK_QUEUE_MAX].county == b.county)
		b.n++;
	pthread_mutex_unlock(&queue.lock);
	*ret = b;
	return b.n > 0;
}

int look_flush(struct store *st)
{
	struct batch b;
	int rc = 0;

	pthread_mutex_lock(&queue.flushing);
	while (rc == 0 && next_batch(&b)) {
		rc = store_act(st, write_batch, &b);
		if (rc == 0) {
			pthread_mutex_lock(&queue.lock);
			queue.first = (queue.first + b.n) % LOOK_QUEUE_MAX;
			queue.n -= b.n;
			pthread_mutex_unlock(&queue.lock);
		}
	}
	pthread_mutex_unlock(&queue.flushing);
	return rc;
}

struct one {
	int64_t county;
	const struct look *look;
};

static int write_one(struct db *db, struct arena *a, void *arg)
{
	const struct one *o = arg;

	(void)a;
	return look_add(db, o->county, o->look);
}

int look_now(struct store *st, int64_t county, const struct look *l)
{
	struct one o = { county, l };

	return store_act(st, write_one, &o);
}

struct reading {
	const struct scope_bind *within; /* NULL: whoever it is */
	int64_t county, person, before;
	size_t max;
	struct arena *a; /* outlives the transaction */
	struct look *items;
	size_t n;
};

static int read_looks(struct db *db, struct arena *a, void *arg)
{
	struct reading *r = arg;

	struct person ignored;
	int found = 0, rc = r->within ? person_within(db, a, r->within, r->person, &ignored) : 1;

	if (rc == 1)
		found = looks_of(
			db, r->county, r->person, r->before, r->max, r->a, &r->items, &r->n);
	return rc < 0 ? rc : found < 0 ? found : rc;
}

int look_list(const struct env *env, int64_t person, int64_t before, size_t max, struct arena *a,
	struct look **ret_items, size_t *ret_n)
{
	struct reading r = {
		.county = env->county, .person = person, .before = before, .max = max, .a = a
	};
	int rc = store_read(env->store, read_looks, &r);

	if (rc < 0)
		return rc;
	*ret_items = r.items;
	*ret_n = r.n;
	return 0;
}

int look_list_within(const struct env *env, int64_t person, int64_t before, size_t max,
	struct arena *a, struct look **ret_items, size_t *ret_n)
{
	struct scope_bind scope = env_scope(env);
	struct reading r = { .within = &scope,
		.county = env->county,
		.person = person,
		.before = before,
		.max = max,
		.a = a };
	int rc = store_read(env->store, read_looks, &r);

	if (rc != 1)
		return rc;
	*ret_items = r.items;
	*ret_n = r.n;
	return 1;
}
