/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/session.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/hex.h"
#include "store/account.h"

#define WAYS 4
#define SETS (SESSION_CACHE_MAX / WAYS)
#define SEEN_EVERY 60 /* seconds */
#define NAME_MAX_BYTES 208
#define UNIT_MAX_BYTES 328
#define LOGIN_MAX_BYTES 64

/* What is remembered of a session that was verified. */
struct memory {
	const struct store *store; /* NULL: an empty place */
	int64_t county;
	struct session_row row; /* its texts are below */
	int64_t read_at;
	bool unwritten; /* row.seen_at is newer than the store's */
	char login[LOGIN_MAX_BYTES], name[NAME_MAX_BYTES], role[32], unit[UNIT_MAX_BYTES];
};

/* One a process: sessions are found by 256 random bits, so stores cannot be mistaken for one
 * another.  `closings` tells a reader that something ended while it read. */
static struct {
	pthread_mutex_t lock;
	uint64_t closings;
	struct memory *places; /* SETS * WAYS, made when first needed */
} cache = { .lock = PTHREAD_MUTEX_INITIALIZER };

struct scope scope_of(enum role role, int64_t division, struct str unit)
{
	struct scope s = { 0 };

	switch (role_reach(role)) {
	case REACH_COUNTY:
		break;
	case REACH_DIVISION:
		s.division = division;
		s.nothing = division == 0;
		break;
	case REACH_DEPARTMENT:
		s.department = str_of(role_department(role));
		break;
	case REACH_SCHOOL:
		s.school = unit;
		s.nothing = unit.n == 0;
		break;
	case REACH_CHANNEL:
		s.channel = unit;
		s.nothing = unit.n == 0;
		break;
	case REACH_NOBODY:
		s.nothing = true;
		break;
	}
	return s;
}

void session_digest(struct str secret, unsigned char ret_digest[32])
{
	BUG_IF(EVP_Digest(secret.p, secret.n, ret_digest, NULL, EVP_sm3(), NULL) != 1);
}

static struct memory *set_of(const unsigned char digest[32])
{
	uint32_t h;

	memcpy(&h, digest, sizeof(h));
	return &cache.places[(size_t)(h % SETS) * WAYS];
}

static struct memory *place_of(const struct store *st, const unsigned char digest[32])
{
	struct memory *set = set_of(digest);

	for (int i = 0; i < WAYS; i++)
		if (set[i].store == st &&
			CRYPTO_memcmp(set[i].row.digest, digest, sizeof(set[i].row.digest)) == 0)
			return &set[i];
	return NULL;
}

static bool copy(struct str s, char *room, size_t cap, struct str *ret)
{
	if (s.n >= cap)
		return false;
	if (s.p)
		memcpy(room, s.p, s.n);
	*ret = (struct str){ s.p ? room : NULL, s.n };
	return true;
}

/* Where a session may be remembered: an empty place, or the one whose reading is oldest and that
 * has nothing left to write.  NULL when there is none. */
static struct memory *room_for(const unsigned char digest[32])
{
	struct memory *set = set_of(digest), *best = NULL;

	for (int i = 0; i < WAYS; i++) {
		if (!set[i].store)
			return &set[i];
		if (!set[i].unwritten && (!best || set[i].read_at < best->read_at))
			best = &set[i];
	}
	return best;
}

/* Remember what was read; a session whose texts are too long is not remembered.  A `seen_at` that
 * is not written yet outlives the reading: *row gets it too. */
static void remember(struct store *st, int64_t county, struct session_row *row, int64_t now)
{
	struct memory *m = place_of(st, row->digest);
	bool unwritten = m && m->unwritten && m->row.seen_at > row->seen_at;

	if (unwritten)
		row->seen_at = m->row.seen_at;
	if (!m)
		m = room_for(row->digest);
	if (!m)
		return;
	*m = (struct memory){
		.store = st, .county = county, .row = *row, .read_at = now, .unwritten = unwritten
	};
	if (!copy(row->login, m->login, sizeof(m->login), &m->row.login) ||
		!copy(row->name, m->name, sizeof(m->name), &m->row.name) ||
		!copy(row->role, m->role, sizeof(m->role), &m->row.role) ||
		!copy(row->unit, m->unit, sizeof(m->unit), &m->row.unit))
		m->store = NULL;
}

static int copy_out(const struct session_row *row, struct arena *a, struct session_row *ret)
{
	*ret = *row;
	ret->login = arena_str(a, row->login);
	ret->name = arena_str(a, row->name);
	ret->role = arena_str(a, row->role);
	if (row->unit.p)
		ret->unit = arena_str(a, row->unit);
	return ret->login.p && ret->name.p && ret->role.p && (ret->unit.p || !row->unit.p)
		       ? 1
		       : FAULT_MEMORY;
}

/* 1 when the session was verified a moment ago. */
static int recall(const struct store *st, const unsigned char digest[32], int64_t now,
	struct arena *a, struct session_row *ret, uint64_t *ret_closings)
{
	const struct memory *m;
	int rc = 0;

	pthread_mutex_lock(&cache.lock);
	if (!cache.places)
		cache.places = calloc(SETS * WAYS, sizeof(*cache.places));
	m = cache.places ? place_of(st, digest) : NULL;
	if (m && now >= m->read_at && now - m->read_at <= SESSION_CACHE_SECONDS)
		rc = copy_out(&m->row, a, ret);
	*ret_closings = cache.closings;
	if (!cache.places)
		rc = FAULT_MEMORY;
	pthread_mutex_unlock(&cache.lock);
	return rc;
}

struct lookup {
	int64_t county;
	unsigned char digest[32];
	struct arena *a; /* outlives the transaction */
	struct session_row row;
};

static int read_session(struct db *db, struct arena *a, void *arg)
{
	struct lookup *l = arg;

	(void)a;
	return session_by_digest(db, l->county, l->digest, l->a, &l->row);
}

static int find(struct store *st, int64_t county, const unsigned char digest[32], int64_t now,
	struct arena *a, struct session_row *ret)
{
	struct lookup l = { .county = county, .a = a };
	uint64_t closings;
	int rc = recall(st, digest, now, a, ret, &closings);

	if (rc != 0)
		return rc;
	memcpy(l.digest, digest, sizeof(l.digest));
	rc = store_read(st, read_session, &l);
	if (rc != 1)
		return rc;
	pthread_mutex_lock(&cache.lock);
	if (closings == cache.closings)
		remember(st, county, &l.row, now);
	pthread_mutex_unlock(&cache.lock);
	*ret = l.row;
	return 1;
}

/* Note that the session was used; the store hears of it once a minute (session_flush). */
static void touch(const struct store *st, const unsigned char digest[32], int64_t now)
{
	struct memory *m;

	pthread_mutex_lock(&cache.lock);
	m = place_of(st, digest);
	if (m && now - m->row.seen_at >= SEEN_EVERY) {
		m->row.seen_at = now;
		m->unwritten = true;
	}
	pthread_mutex_unlock(&cache.lock);
}

static bool over(const struct login_limits *l, const struct session_row *row, int64_t now)
{
	return now - row->seen_at >= l->idle || now - row->made_at >= l->absolute;
}

static int64_t smaller(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

int session_verify(struct store *st, int64_t county, const struct login_limits *limits,
	struct str secret, int64_t now, struct arena *a, struct who *ret_who)
{
	unsigned char raw[SESSION_SECRET_TEXT / 2], digest[32];
	struct session_row row;
	struct who w = { 0 };
	int rc;

	if (!hex_parse(secret, raw, sizeof(raw)))
		return 0;
	session_digest(secret, digest);
	rc = find(st, county, digest, now, a, &row);
	if (rc != 1)
		return rc;
	if (over(limits, &row, now) || !role_parse(row.role, &w.role))
		return 0;
	touch(st, digest, now);
	w.account = row.account;
	w.login = row.login;
	w.name = row.name;
	w.division = row.division;
	w.unit = row.unit;
	w.scope = scope_of(w.role, row.division, row.unit);
	w.must_change =
		row.must_change || (limits->password_days > 0 &&
					   now - row.changed_at >= limits->password_days * 86400);
	w.has_totp = row.has_totp;
	w.strong = row.has_totp && row.strong_at > 0 && now - row.strong_at < limits->strong_for;
	w.made_at = row.made_at;
	w.seen_at = row.seen_at;
	w.ends_at = smaller(now + limits->idle, row.made_at + limits->absolute);
	memcpy(w.session, digest, sizeof(w.session));
	*ret_who = w;
	return 1;
}

void session_secret(char ret_secret[SESSION_SECRET_TEXT + 1])
{
	unsigned char raw[SESSION_SECRET_TEXT / 2];

	BUG_IF(RAND_priv_bytes(raw, sizeof(raw)) != 1);
	hex_print(raw, sizeof(raw), ret_secret);
	OPENSSL_cleanse(raw, sizeof(raw));
}

void session_csrf(struct str secret, char ret_token[65])
{
	unsigned char mac[32];
	unsigned n = sizeof(mac);

	BUG_IF(secret.n != SESSION_SECRET_TEXT);
	BUG_IF(!HMAC(
		EVP_sm3(), secret.p, (int)secret.n, (const unsigned char *)"csrf", 4, mac, &n));
	hex_print(mac, sizeof(mac), ret_token);
}

bool session_csrf_holds(struct str secret, struct str token)
{
	char right[65];

	if (secret.n != SESSION_SECRET_TEXT || token.n != 64)
		return false;
	session_csrf(secret, right);
	return CRYPTO_memcmp(right, token.p, 64) == 0;
}

void session_forget(int64_t account)
{
	pthread_mutex_lock(&cache.lock);
	cache.closings++;
	for (size_t i = 0; cache.places && i < SESSION_CACHE_MAX; i++)
		if (account == 0 || cache.places[i].row.account == account)
			cache.places[i].store = NULL;
	pthread_mutex_unlock(&cache.lock);
}

struct ending {
	const struct env *env;
	unsigned char digest[32];
	int64_t account;
};

static int end_session(struct db *db, struct arena *a, void *arg)
{
	struct ending *e = arg;
	struct session_row row;
	int64_t audit, n;
	int rc = session_by_digest(db, e->env->county, e->digest, a, &row);

	if (rc <= 0)
		return rc;
	e->account = row.account;
	rc = audit_open(db, e->env->county, &audit);
	if (rc < 0)
		return rc;
	n = session_delete(db, e->env->county, e->digest);
	if (n < 0)
		return (int)n;
	return env_audit(db, e->env, audit, "log_out", row.login, (struct str){ NULL, 0 });
}

int session_end(const struct env *env, const unsigned char digest[32])
{
	struct ending e = { .env = env };
	int rc;

	memcpy(e.digest, digest, sizeof(e.digest));
	rc = store_act(env->store, end_session, &e);
	if (rc >= 0 && e.account)
		session_forget(e.account);
	return rc < 0 ? rc : 0;
}

/* Times that wait to be written. */
struct seen {
	int64_t county;
	struct {
		unsigned char digest[32];
		int64_t at;
	} * items;
	size_t n;
};

static int write_seen(struct db *db, struct arena *a, void *arg)
{
	const struct seen *s = arg;
	int rc = 0;

	(void)a;
	for (size_t i = 0; rc == 0 && i < s->n; i++)
		rc = session_seen(db, s->county, s->items[i].digest, s->items[i].at);
	return rc;
}

static void collect(const struct store *st, int64_t county, struct seen *s)
{
	pthread_mutex_lock(&cache.lock);
	for (size_t i = 0; cache.places && i < SESSION_CACHE_MAX; i++) {
		struct memory *m = &cache.places[i];

		if (m->store != st || m->county != county || !m->unwritten)
			continue;
		memcpy(s->items[s->n].digest, m->row.digest, sizeof(m->row.digest));
		s->items[s->n++].at = m->row.seen_at;
	}
	pthread_mutex_unlock(&cache.lock);
}

static void settle(const struct store *st, const struct seen *s)
{
	pthread_mutex_lock(&cache.lock);
	for (size_t i = 0; i < s->n; i++) {
		struct memory *m = place_of(st, s->items[i].digest);

		if (m && m->row.seen_at == s->items[i].at)
			m->unwritten = false;
	}
	pthread_mutex_unlock(&cache.lock);
}

int session_flush(struct store *st, int64_t county)
{
	struct seen s = { .county = county };
	int rc = 0;

	s.items = calloc(SESSION_CACHE_MAX, sizeof(*s.items));
	if (!s.items)
		return FAULT_MEMORY;
	collect(st, county, &s);
	if (s.n > 0)
		rc = store_act(st, write_seen, &s);
	if (rc >= 0)
		settle(st, &s);
	free(s.items);
	return rc;
}

struct sweep {
	int64_t county, seen, made;
};

static int delete_over(struct db *db, struct arena *a, void *arg)
{
	const struct sweep *s = arg;

	(void)a;
	return session_delete_over(db, s->county, s->seen, s->made);
}

int session_sweep(struct store *st, int64_t county, const struct login_limits *limits, int64_t now)
{
	/* What was seen a minute ago may not be written yet. */
	struct sweep s = { county, now - limits->idle - SEEN_EVERY, now - limits->absolute };

	return store_act(st, delete_over, &s);
}
