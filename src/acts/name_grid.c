/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/name_grid.h"

#include <inttypes.h>

#include "acts/phone_mask.h"
#include "store/vault.h"

struct reading {
	const struct env *env;
	struct str policy;
	int64_t parent;
	struct arena *a; /* outlives the transaction */
	struct grid_division *divisions;
	size_t n;
	struct grid_staff *staff;
	size_t n_staff;
};

static int read_tx(struct db *db, struct arena *scratch, void *arg)
{
	struct reading *r = arg;
	int64_t area = r->env->scope.division;
	int rc;

	(void)scratch;
	if (r->env->scope.nothing)
		return 0;
	rc = grid_divisions(
		db, r->a, r->env->county, r->policy, area, r->parent, &r->divisions, &r->n);
	return rc < 0 ? rc : grid_all(db, r->a, r->env->county, area, &r->staff, &r->n_staff);
}

/* Without a parent a county shows its towns, not all their villages. */
static bool shown(const struct reading *r, const struct grid_division *d)
{
	return r->parent || r->env->scope.division || d->level != PLACE_VILLAGE;
}

static int open_phone(
	struct vault *v, struct arena *a, struct str seal, bool whole, struct str *ret_phone)
{
	char plain[SEAL_PLAIN_MAX], masked[PHONE_MASK_MAX];
	size_t n;
	int rc;

	if (!seal.p)
		return 0;
	rc = vault_open(v, SEAL_PHONE, seal, plain, &n);
	if (rc < 0)
		return rc;
	phone_mask((struct str){ plain, n }, masked);
	*ret_phone = arena_str(a, whole ? (struct str){ plain, n } : str_of(masked));
	return ret_phone->p ? 0 : FAULT_MEMORY;
}

static int staff_of(const struct reading *r, struct vault *v, bool whole, struct grid_line *l)
{
	size_t first = 0, n = 0;
	int rc = 0;

	while (first < r->n_staff && r->staff[first].division < l->division.code)
		first++;
	while (first + n < r->n_staff && r->staff[first + n].division == l->division.code)
		n++;
	l->staff = ARENA_ARRAY(r->a, struct grid_person, n + 1);
	if (!l->staff)
		return FAULT_MEMORY;
	for (size_t i = 0; rc == 0 && i < n; i++) {
		const struct grid_staff *g = &r->staff[first + i];

		l->staff[i] = (struct grid_person){ .duty = g->duty, .name = g->name };
		rc = open_phone(v, r->a, g->phone_seal, whole, &l->staff[i].phone);
	}
	l->n_staff = n;
	return rc;
}

int read_grid(const struct env *env, const struct policy *policy, int64_t parent, bool whole_phones,
	struct arena *a, struct grid_line **ret_items, size_t *ret_n)
{
	struct reading r = { .env = env, .policy = policy->pack->code, .parent = parent, .a = a };
	struct grid_line *lines;
	size_t n = 0;
	struct vault *v;
	int rc = vault_new(store_keys(env->store), &v);

	if (rc < 0)
		return rc;
	rc = store_read(env->store, read_tx, &r);
	lines = ARENA_ARRAY(a, struct grid_line, r.n + 1);
	if (rc == 0 && !lines)
		rc = FAULT_MEMORY;
	for (size_t i = 0; rc == 0 && i < r.n; i++) {
		if (!shown(&r, &r.divisions[i]))
			continue;
		lines[n].division = r.divisions[i];
		rc = staff_of(&r, v, whole_phones, &lines[n++]);
	}
	vault_free(v);
	if (rc < 0)
		return rc;
	*ret_items = lines;
	*ret_n = n;
	return 0;
}

struct naming {
	const struct env *env;
	struct grid_staff staff;
};

static int name_tx(struct db *db, struct arena *a, void *arg)
{
	const struct naming *c = arg;
	const struct env *env = c->env;
	struct grid_division *d;
	size_t n, i = 0;
	int64_t audit;
	int rc = grid_divisions(db, a, env->county, STR(""), env->scope.division, 0, &d, &n);

	if (rc < 0)
		return rc;
	while (i < n && d[i].code != c->staff.division)
		i++;
	if (i == n || env->scope.nothing)
		return FAULT_MISSING;
	rc = audit_open(db, env->county, &audit);
	if (rc == 0)
		rc = grid_put(db, env->county, &c->staff, audit);
	return rc < 0 ? rc
		      : env_audit(db, env, audit, "name_grid",
				arena_printf(a, "division %" PRId64, c->staff.division),
				arena_printf(a, "{\"duty\":\"%.*s\"}", STR_ARG(c->staff.duty)));
}

/* Digits, blanks, hyphens and a plus: mobiles and landlines. */
static bool phone_fine(struct str s)
{
	size_t digits = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] >= '0' && s.p[i] <= '9')
			digits++;
		else if (s.p[i] != ' ' && s.p[i] != '-' && s.p[i] != '+')
			return false;
	}
	return digits >= 7 && s.n <= GRID_PHONE_MAX;
}

int name_grid(const struct env *env, int64_t division, struct str duty, struct str name,
	struct str phone, struct err *err)
{
	unsigned char seal[GRID_PHONE_MAX + SEAL_OVERHEAD];
	struct naming c = { .env = env, .staff = { division, duty, name, { NULL, 0 } } };
	struct vault *v = NULL;
	size_t n;
	int rc = 0;

	if (phone.p && !phone_fine(phone))
		return err_set(err, FAULT_FORMAT, "电话写法不对 / this is no phone number");
	if (phone.p)
		rc = vault_new(store_keys(env->store), &v);
	if (rc == 0 && phone.p)
		rc = vault_seal(v, SEAL_PHONE, phone, seal, &n);
	if (rc == 0 && phone.p)
		c.staff.phone_seal = (struct str){ (const char *)seal, n };
	if (rc == 0)
		rc = store_act(env->store, name_tx, &c);
	vault_free(v);
	return rc < 0 ? err_set(err, (enum fault)rc, "%s", fault_text(rc)) : 0;
}
