/* SPDX-License-Identifier: Apache-2.0 */
/* The demo's chance: SplitMix64 seeded by what it is for, so that every person's fate is a pure
 * function of (seed, stream, index) and repeats on any machine.  No clock, no libc random. */
#ifndef CANBAO_DOORS_DEMO_RNG_H
#define CANBAO_DOORS_DEMO_RNG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a draw is for; draws of one stream do not move those of another. */
enum rng_stream {
	RNG_HOUSEHOLD = 1,
	RNG_PERSON,
	RNG_BELONG,
	RNG_MESS,
	RNG_PAY,
	RNG_VILLAGE,
	RNG_LIST,
	RNG_STRANGER
};

struct rng {
	uint64_t state;
};

static inline uint64_t rng_next(struct rng *r)
{
	uint64_t z = r->state += 0x9e3779b97f4a7c15ull;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ull;
	z = (z ^ z >> 27) * 0x94d049bb133111ebull;
	return z ^ z >> 31;
}

static inline struct rng rng_for(uint64_t seed, enum rng_stream stream, uint64_t index)
{
	struct rng r = { seed ^ (uint64_t)stream << 56 };

	r.state = rng_next(&r) ^ index;
	rng_next(&r);
	return r;
}

/* 0 … n-1; n at least 1. */
static inline uint32_t rng_below(struct rng *r, uint32_t n)
{
	return (uint32_t)((rng_next(r) >> 32) * n >> 32);
}

/* from … to, both inside. */
static inline int rng_between(struct rng *r, int from, int to)
{
	return from + (int)rng_below(r, (uint32_t)(to - from + 1));
}

/* True in `ppm` of a million cases. */
static inline bool rng_chance(struct rng *r, uint32_t ppm)
{
	return rng_below(r, 1000000) < ppm;
}

#endif
