/* SPDX-License-Identifier: Apache-2.0 */
/* Invented names of people, villages and schools. */
#ifndef CANBAO_DOORS_DEMO_NAMES_H
#define CANBAO_DOORS_DEMO_NAMES_H

#include "doors/demo/profile.h"

#define NAME_BYTES 64

/* A surname as often as it occurs; about one in 800 is one of the rare ones (𠅤, 䶮). */
const char *name_surname(struct rng *r);
/* A full name into `ret`.  `surname`: the family's, used by the Han and half of the others. */
void name_person(struct rng *r, enum nation nation, bool female, int birth_year,
	const char *surname, char ret[NAME_BYTES]);
/* A village's name, different for every `i` below 400 of one town. */
void name_village(uint64_t seed, uint32_t town, uint32_t i, bool community, char ret[NAME_BYTES]);

#endif
