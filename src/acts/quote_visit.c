/* SPDX-License-Identifier: Apache-2.0 */
/* Who somebody is by name and number, and the people of a visit with their household. */
#include <string.h>

#include "acts/holder.h"
#include "acts/name_mask.h"
#include "acts/quote_resident.h"
#include "base/utf8.h"
#include "store/explain.h"

#define NAME_BYTES_MAX 200

int quote_document(const struct env *env, struct str number, struct document *ret_document,
	unsigned char ret_token[TOKEN_BYTES], enum document_fault *ret_wrong)
{
	struct vault *v;
	int rc;

	*ret_wrong = document_check(document_guess(number), number, ret_document);
	if (*ret_wrong != DOCUMENT_FINE)
		return FAULT_FORMAT;
	rc = vault_new(store_keys(env->store), &v);
	if (rc < 0)
		return rc;
	holder_token(v, ret_document, ret_token);
	vault_free(v);
	return 0;
}

/* Marks for what a sender could not write agree with any character: nobody gets in by typing them.
 */
static bool written_out(struct str said)
{
	static const char *const marks[] = { "?", "*", "\xe2\x96\xa1", "\xef\xbf\xbd" };
	bool ok = said.n > 0 && said.n <= NAME_BYTES_MAX;
	struct buf b;

	buf_init(&b, 4096);
	utf8_fold(&b, said);
	for (size_t i = 0; ok && i < ARRAY_LEN(marks); i++)
		ok = str_find(buf_str(&b), str_of(marks[i])) < 0;
	ok = ok && b.n > 0;
	buf_release(&b);
	return ok;
}

struct identify {
	const struct env *env;
	struct str said;
	const unsigned char *token;
	int64_t person;
};

static int identify_tx(struct db *db, struct arena *a, void *arg)
{
	struct identify *i = arg;
	struct str name = STR("\xe3\x80\x87");
	int64_t person = 0;
	bool written = written_out(i->said), same;
	int rc = quote_by_token(db, a, i->env->county, i->token, &person, &name);

	if (rc < 0)
		return rc;
	/* The same comparison whether somebody was found or not. */
	same = holder_same_name(i->said, name);
	i->person = rc == 1 && same && written ? person : 0;
	return 0;
}

int quote_identify(const struct env *env, struct str name, const unsigned char token[TOKEN_BYTES],
	int64_t *ret_person)
{
	struct identify i = { .env = env, .said = name, .token = token };
	int rc = store_read(env->store, identify_tx, &i);

	if (rc < 0)
		return rc;
	*ret_person = i.person;
	return i.person ? 1 : 0;
}

struct people {
	const struct env *env;
	const struct policy *policy;
	const int64_t *persons;
	size_t n;
	struct arena *a; /* outlives the transaction */
	struct vault *vault;
	struct quote *quotes;
	struct quote_member *members;
	size_t n_members;
};

static void masked_number(struct vault *v, struct str seal, char ret[DOCUMENT_MAX + 1])
{
	char plain[SEAL_PLAIN_MAX];
	size_t n = 0;

	ret[0] = '\0';
	if (seal.p && vault_open(v, SEAL_DOCUMENT, seal, plain, &n) == 0 && n <= DOCUMENT_MAX)
		document_mask((struct str){ plain, n }, ret);
}

static bool asked_about(const struct people *p, int64_t person)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->persons[i] == person)
			return true;
	return false;
}

static int household(struct people *p, struct db *db, const struct quote_person *first)
{
	struct explain_member *m;
	size_t n;
	int rc;

	p->members = ARENA_ARRAY(p->a, struct quote_member, QUOTE_MEMBERS_MAX);
	if (!p->members)
		return FAULT_MEMORY;
	if (!first->household.n)
		return 0;
	rc = explain_household(db, p->a, p->env->county, first->village, first->household,
		p->policy->pack->benefit_year, &m, &n);
	for (size_t i = 0; rc == 0 && i < n && i < QUOTE_MEMBERS_MAX; i++) {
		if (m[i].died_on != DAY_NONE || asked_about(p, m[i].person))
			continue;
		p->members[p->n_members++] = (struct quote_member){ .person = m[i].person,
			.place = (int)i + 1,
			.name = name_mask(p->a, m[i].name),
			.relation = m[i].relation,
			.enrolled = m[i].enrolled };
	}
	return rc;
}

static int people_tx(struct db *db, struct arena *scratch, void *arg)
{
	struct people *p = arg;
	struct quote_person row;
	int rc = 0;

	(void)scratch;
	p->n_members = 0;
	for (size_t i = 0; rc == 0 && i < p->n; i++) {
		rc = quote_person_in(db, p->a, p->env, p->policy, p->persons[i], &p->quotes[i]);
		if (rc < 0)
			return rc;
		rc = quote_person(db, p->a, p->env->county, p->persons[i], &row);
		if (rc < 0)
			return rc;
		masked_number(p->vault, row.doc_seal, p->quotes[i].masked);
		rc = i == 0 ? household(p, db, &row) : 0;
	}
	return rc;
}

int quote_people(const struct env *env, const struct policy *policy, const int64_t *persons,
	size_t n, struct arena *a, struct quote **ret_quotes, struct quote_member **ret_members,
	size_t *ret_n_members)
{
	struct people p = { .env = env, .policy = policy, .persons = persons, .n = n, .a = a };
	int rc;

	p.quotes = ARENA_ARRAY(a, struct quote, n ? n : 1);
	if (!p.quotes)
		return FAULT_MEMORY;
	rc = vault_new(store_keys(env->store), &p.vault);
	if (rc < 0)
		return rc;
	rc = store_read(env->store, people_tx, &p);
	vault_free(p.vault);
	if (rc < 0)
		return rc;
	*ret_quotes = p.quotes;
	*ret_members = p.members;
	*ret_n_members = p.n_members;
	return 0;
}

struct tail {
	const struct env *env;
	const struct policy *policy;
	struct vault *vault;
	int64_t first;
	int place;
	char want[5];
	int64_t person;
};

static int same_tail(struct tail *t, struct db *db, struct arena *a, int64_t person)
{
	struct quote_person row;
	char plain[SEAL_PLAIN_MAX];
	size_t n = 0;
	int rc = quote_person(db, a, t->env->county, person, &row);

	if (rc != 1)
		return rc;
	rc = vault_open(t->vault, SEAL_DOCUMENT, row.doc_seal, plain, &n);
	if (rc < 0)
		return rc;
	return n >= 4 && memcmp(plain + n - 4, t->want, 4) == 0;
}

static int tail_tx(struct db *db, struct arena *a, void *arg)
{
	struct tail *t = arg;
	struct quote_person first;
	struct explain_member *m;
	size_t n = 0;
	int rc = quote_person(db, a, t->env->county, t->first, &first);

	t->person = 0;
	if (rc != 1 || !first.household.n)
		return rc < 0 ? rc : 0;
	rc = explain_household(db, a, t->env->county, first.village, first.household,
		t->policy->pack->benefit_year, &m, &n);
	if (rc < 0 || t->place < 1 || (size_t)t->place > n || m[t->place - 1].died_on != DAY_NONE)
		return rc < 0 ? rc : 0;
	rc = same_tail(t, db, a, m[t->place - 1].person);
	if (rc == 1)
		t->person = m[t->place - 1].person;
	return rc < 0 ? rc : 0;
}

int quote_member_by_tail(const struct env *env, const struct policy *policy, int64_t first,
	int place, struct str tail, int64_t *ret_person)
{
	struct tail t = { .env = env, .policy = policy, .first = first, .place = place };
	int rc;

	if (tail.n != 4)
		return 0;
	memcpy(t.want, tail.p, 4);
	if (t.want[3] == 'x')
		t.want[3] = 'X';
	rc = vault_new(store_keys(env->store), &t.vault);
	if (rc < 0)
		return rc;
	rc = store_read(env->store, tail_tx, &t);
	vault_free(t.vault);
	if (rc < 0)
		return rc;
	*ret_person = t.person;
	return t.person ? 1 : 0;
}
