/* SPDX-License-Identifier: Apache-2.0 */
#include "doors/http/rates.h"

#include <openssl/rand.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/err.h"
#include "doors/http/service.h"

#define SETS 4096 /* a power of two */
#define WAYS 8
#define LOCKS 64
#define TOKEN 1000000ll /* one token, so that parts of it can be given back */

struct bucket {
	uint64_t key; /* 0: free */
	int64_t at;   /* ms when `tokens` was true */
	int64_t tokens;
};

struct rates {
	pthread_mutex_t locks[LOCKS];
	uint64_t seed; /* nobody outside can choose keys that meet in one set */
	struct bucket sets[SETS][WAYS];
};

int rates_new(struct rates **ret_rates)
{
	struct rates *r = calloc(1, sizeof(*r));

	if (!r)
		return FAULT_MEMORY;
	BUG_IF(RAND_bytes((unsigned char *)&r->seed, sizeof(r->seed)) != 1);
	for (size_t i = 0; i < LOCKS; i++)
		pthread_mutex_init(&r->locks[i], NULL);
	*ret_rates = r;
	return 0;
}

void rates_free(struct rates *r)
{
	if (!r)
		return;
	for (size_t i = 0; i < LOCKS; i++)
		pthread_mutex_destroy(&r->locks[i]);
	free(r);
}

static uint64_t mix(uint64_t x)
{
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ull;
	x = (x ^ (x >> 27)) * 0x94d049bb133111ebull;
	return x ^ (x >> 31);
}

static uint64_t key_of(const struct rates *r, enum rate_kind kind, struct str key)
{
	uint64_t h = r->seed ^ ((uint64_t)kind + 1) * 0x9e3779b97f4a7c15ull;

	for (size_t i = 0; i < key.n; i += 8) {
		uint64_t part = 0;

		memcpy(&part, key.p + i, key.n - i < 8 ? key.n - i : 8);
		h = mix(h ^ part) + 0x9e3779b97f4a7c15ull;
	}
	h = mix(h ^ key.n);
	return h ? h : 1;
}

/* The key's bucket; a new one takes the place of who asked longest ago. */
static struct bucket *find(struct bucket *set, uint64_t key, int64_t full, int64_t now_ms)
{
	struct bucket *oldest = set;

	for (size_t i = 0; i < WAYS; i++) {
		if (set[i].key == key)
			return &set[i];
		if (set[i].key == 0 || (oldest->key != 0 && set[i].at < oldest->at))
			oldest = &set[i];
	}
	*oldest = (struct bucket){ .key = key, .at = now_ms, .tokens = full };
	return oldest;
}

bool rates_take_at(struct rates *r, enum rate_kind kind, struct str key, int64_t per,
	int64_t seconds, int64_t now_ms)
{
	uint64_t h = key_of(r, kind, key);
	size_t set = h >> 20 & (SETS - 1);
	int64_t full = per * TOKEN, passed;
	struct bucket *b;
	bool fine;

	if (per == 0)
		return true;
	pthread_mutex_lock(&r->locks[set % LOCKS]);
	b = find(r->sets[set], h, full, now_ms);
	passed = now_ms - b->at;
	if (passed < 0)
		passed = 0;
	if (passed >= seconds * 1000)
		b->tokens = full;
	else
		b->tokens += passed * per * (TOKEN / 1000) / seconds;
	if (b->tokens > full)
		b->tokens = full;
	b->at = now_ms;
	fine = b->tokens >= TOKEN;
	if (fine)
		b->tokens -= TOKEN;
	pthread_mutex_unlock(&r->locks[set % LOCKS]);
	return fine;
}

bool rates_take(struct service *service, enum rate_kind kind, struct str key)
{
	const struct settings *s = &service->settings;
	struct timespec t;
	int64_t per = 0, seconds = 60;

	switch (kind) {
#define X(name, setting, span) \
	case RATE_##name: \
		per = s->setting; \
		seconds = span; \
		break;
		RATES(X)
#undef X
	case RATE_COUNT:
		break;
	}
	clock_gettime(CLOCK_MONOTONIC, &t);
	if (rates_take_at(service->rates, kind, key, per, seconds,
		    (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000))
		return true;
	metrics_add(service->metrics, METRIC_RATE_LIMITED, 1);
	return false;
}
