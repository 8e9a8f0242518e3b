/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/listing.h"

int listing_begin(struct import *im, struct listing *l)
{
	l->rows = ARENA_ARRAY(im->a, struct listing_row, IMPORT_CHUNK);
	l->keys = ARENA_ARRAY(im->a, struct dossier_key, IMPORT_CHUNK);
	return l->rows && l->keys ? 0 : FAULT_MEMORY;
}

int listing_open(struct import *im)
{
	return dossier_prepare(im->db);
}

struct listing_row *listing_add(
	struct import *im, struct listing *l, const struct holder *h, struct str name, void *data)
{
	struct listing_row *r = &l->rows[im->chunk_rows];

	*r = (struct listing_row){ .kept = import_keep(im),
		.holder = *h,
		.name = arena_str(&im->chunk, name),
		.data = data };
	return r->kept && r->name.p ? r : NULL;
}

/* A number that is right but somebody else's must not give that person what the list means for
 * another. */
static int check_person(struct import *im, const struct listing_row *r, struct dossier *d)
{
	if (im->env->scope.division &&
		(d->person == 0 || !import_in_scope(im, d->town, d->village))) {
		/* The same words for both: a sender learns nothing about others' people. */
		d->person = 0;
		return import_reject_kept(im, r->kept,
			"本辖区居民库里没有这个证件号码；请核对号码，别处的居民请报县医保局导入 / nobody of your area has "
			"this number; check it, or send it to the bureau");
	}
	if (d->person == 0)
		return import_reject_kept(im, r->kept,
			"本县居民库里没有这个证件号码；请核对号码，或先导入该居民 / nobody here has this number; check "
			"it, or import the resident first");
	if (holder_same_name(r->name, d->name))
		return 0;
	d->person = 0;
	return import_reject_kept(im, r->kept,
		"姓名与居民库里这个证件号码的人不一致；请核对姓名和号码 / the number is that of somebody of another name");
}

int listing_resolve(struct import *im, struct listing *l, const struct policy *policy,
	struct dossier **ret_dossiers)
{
	struct dossier_scope scope = { .county = im->env->county,
		.policy = policy ? policy->pack->code : STR(""),
		.benefit_year = policy ? policy->pack->benefit_year : 0 };
	struct dossier *d;
	int rc;

	for (size_t i = 0; i < im->chunk_rows; i++)
		l->keys[i] = (struct dossier_key){ .token = l->rows[i].holder.token };
	rc = dossier_load(im->db, &im->chunk, &scope, l->keys, im->chunk_rows, &d);
	for (size_t i = 0; rc == 0 && i < im->chunk_rows; i++)
		rc = check_person(im, &l->rows[i], &d[i]);
	if (rc == 0)
		*ret_dossiers = d;
	return rc;
}
