/* SPDX-License-Identifier: Apache-2.0 */
/* A bounded set of connections, opened when first needed. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "store/store_impl.h"

#define POOL_MAX 64

struct pool {
	char *uri;
	enum db_role role;
	int max, open; /* `open` counts those in use too */
	int idle_n;
	struct db *idle[POOL_MAX];
	pthread_mutex_t lock;
	pthread_cond_t given;
};

int pool_new(const char *uri, enum db_role role, int max, struct pool **ret_pool)
{
	struct pool *p;

	BUG_IF(max < 1 || max > POOL_MAX);
	p = calloc(1, sizeof(*p));
	if (!p)
		return FAULT_MEMORY;
	p->uri = strdup(uri);
	if (!p->uri) {
		free(p);
		return FAULT_MEMORY;
	}
	p->role = role;
	p->max = max;
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->given, NULL);
	*ret_pool = p;
	return 0;
}

void pool_free(struct pool *p)
{
	if (!p)
		return;
	BUG_IF(p->idle_n != p->open);
	for (int i = 0; i < p->idle_n; i++)
		db_close(p->idle[i]);
	pthread_cond_destroy(&p->given);
	pthread_mutex_destroy(&p->lock);
	free(p->uri);
	free(p);
}

/* One fewer is open: somebody who waits may open another. */
static void pool_forget(struct pool *p)
{
	pthread_mutex_lock(&p->lock);
	p->open--;
	pthread_cond_signal(&p->given);
	pthread_mutex_unlock(&p->lock);
}

int pool_take(struct pool *p, struct err *err, struct db **ret_db)
{
	int rc;

	pthread_mutex_lock(&p->lock);
	while (p->idle_n == 0 && p->open >= p->max)
		pthread_cond_wait(&p->given, &p->lock);
	if (p->idle_n > 0) {
		*ret_db = p->idle[--p->idle_n];
		pthread_mutex_unlock(&p->lock);
		return 0;
	}
	p->open++;
	pthread_mutex_unlock(&p->lock);
	rc = db_open_as(p->uri, p->role, false, err, ret_db);
	if (rc < 0)
		pool_forget(p);
	return rc;
}

void pool_give(struct pool *p, struct db *db)
{
	BUG_IF(db->in_tx || db->bulk_open);
	if (db->lost) {
		db_close(db);
		pool_forget(p);
		return;
	}
	pthread_mutex_lock(&p->lock);
	BUG_IF(p->idle_n >= p->max);
	p->idle[p->idle_n++] = db;
	pthread_cond_signal(&p->given);
	pthread_mutex_unlock(&p->lock);
}
