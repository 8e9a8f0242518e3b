/* SPDX-License-Identifier: Apache-2.0 */
/* The shapes in which the same fact is written by different hands. */
#ifndef CANBAO_DOORS_DEMO_FORMS_H
#define CANBAO_DOORS_DEMO_FORMS_H

#include "doors/demo/world.h"

#define FORM_BYTES 96

/* 2024-02-29, 2024/2/29, 20240229, 2024.2.29, 2024年2月29日 by `form` modulo 5. */
struct str form_date(day_t day, unsigned form, char ret[FORM_BYTES]);
/* The number as the slip leaves it. */
struct str form_number(const struct resident *p, enum slip slip, char ret[FORM_BYTES]);
/* The town's name as the slip writes it. */
struct str form_town(const struct town *t, enum slip slip, char ret[FORM_BYTES]);
struct str form_name(const struct resident *p, enum slip slip, char ret[FORM_BYTES]);
/* Mobile, landline, 无 or nothing. */
struct str form_phone(const struct world *w, const struct resident *p, char ret[FORM_BYTES]);
/* A right number that nobody in the county bears. */
struct str form_stranger(const struct world *w, struct rng *r, day_t birth, char ret[FORM_BYTES]);
/* The town in which a household of a unit counted by register is registered; else its own town. */
size_t form_register_town(const struct world *w, const struct household *h);

#endif
