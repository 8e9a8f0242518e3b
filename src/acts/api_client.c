/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/api_client.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <string.h>

#include "base/hex.h"
#include "base/utf8.h"
#include "store/vault.h"

#define OVERLAP_MAX ((int64_t)7 * 86400)

static bool is_id(struct str s)
{
	if (s.n < 3 || s.n > 32 || s.p[0] < 'a' || s.p[0] > 'z')
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!((s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= '0' && s.p[i] <= '9') ||
			    s.p[i] == '-' || s.p[i] == '_'))
			return false;
	return true;
}

struct call {
	int64_t county, now;
	struct str client, nonce;
	struct arena *a; /* outlives the transaction */
	struct api_client_row row;
};

static int read_client(struct db *db, struct arena *a, void *arg)
{
	struct call *c = arg;

	(void)a;
	return api_client_find(db, c->county, c->client, c->a, &c->row);
}

static int use_nonce(struct db *db, struct arena *a, void *arg)
{
	const struct call *c = arg;

	(void)a;
	return api_nonce_add(db, c->county, c->client, c->nonce, c->now);
}

/* Does the signature hold under the key of this seal? */
static int holds(struct vault *v, struct str seal, const struct api_request *q,
	const unsigned char signature[32])
{
	unsigned char right[32];
	char key[SEAL_PLAIN_MAX];
	size_t n;
	int rc = vault_open(v, SEAL_KEY, seal, key, &n);

	if (rc == 0 && n != API_KEY_BYTES)
		rc = FAULT_FORMAT;
	if (rc == 0) {
		api_sign((const unsigned char *)key, q, right);
		rc = CRYPTO_memcmp(right, signature, sizeof(right)) == 0;
	}
	OPENSSL_cleanse(key, sizeof(key));
	return rc;
}

static int check(struct store *st, const struct call *c, const struct api_request *q,
	const struct api_header *h)
{
	const struct api_client_row *row = &c->row;
	struct vault *v;
	int rc = vault_new(store_keys(st), &v);

	if (rc < 0)
		return rc;
	rc = holds(v, row->key_seal, q, h->signature);
	if (rc == 0 && row->old_key_seal.p && c->now < row->old_until)
		rc = holds(v, row->old_key_seal, q, h->signature);
	vault_free(v);
	return rc;
}

int api_client_verify(struct store *st, int64_t county, struct str authorization,
	const struct api_request *q, int64_t now, struct arena *a, struct who *ret_who)
{
	struct call c = { .county = county, .now = now, .a = a };
	struct api_request said = *q;
	struct who w = { 0 };
	struct api_header h;
	int rc;

	if (!api_header_parse(authorization, &h))
		return 0;
	if (h.time > now + API_TIME_SLACK || h.time < now - API_TIME_SLACK)
		return 0;
	said.time = h.time;
	said.nonce = h.nonce;
	c.client = h.client;
	c.nonce = h.nonce;
	rc = store_read(st, read_client, &c);
	if (rc != 1)
		return rc;
	if (!c.row.active || !role_parse(c.row.role, &w.role) || !role_is_client(w.role))
		return 0;
	rc = check(st, &c, &said, &h);
	/* The nonce last: only who holds the key may use one up. */
	if (rc == 1)
		rc = store_act(st, use_nonce, &c);
	if (rc != 1)
		return rc;
	w.login = c.row.id;
	w.name = c.row.name;
	w.unit = c.row.unit;
	w.scope = scope_of(w.role, 0, w.unit);
	*ret_who = w;
	return 1;
}

/* What changes a client: one of the three acts below. */
struct change {
	const struct env *env;
	const struct api_client_new *fresh; /* open */
	struct str id;                      /* the others */
	int64_t overlap;
	bool close;
	unsigned char seal[API_KEY_BYTES + SEAL_OVERHEAD];
	size_t seal_n;
	struct err *err;
};

/* A random key: its text for who asked, its seal for the store. */
static int make_key(const struct env *env, struct change *ch, struct api_client_key *ret_key)
{
	unsigned char raw[API_KEY_BYTES];
	struct vault *v;
	int rc = vault_new(store_keys(env->store), &v);

	if (rc < 0)
		return rc;
	BUG_IF(RAND_priv_bytes(raw, sizeof(raw)) != 1);
	rc = vault_seal(
		v, SEAL_KEY, (struct str){ (const char *)raw, sizeof(raw) }, ch->seal, &ch->seal_n);
	vault_free(v);
	hex_print(raw, sizeof(raw), ret_key->text);
	OPENSSL_cleanse(raw, sizeof(raw));
	return rc;
}

static struct str seal_of(const struct change *ch)
{
	return (struct str){ (const char *)ch->seal, ch->seal_n };
}

static int open_client(struct db *db, struct arena *a, void *arg)
{
	struct change *ch = arg;
	const struct api_client_new *n = ch->fresh;
	struct api_client_row row = { .id = n->id,
		.name = n->name,
		.role = str_of(role_code(n->role)),
		.unit = n->unit,
		.active = true,
		.key_seal = seal_of(ch) };
	struct api_client_row other;
	int rc = api_client_find(db, ch->env->county, n->id, a, &other);

	if (rc == 1)
		return err_set(ch->err, FAULT_CONFLICT,
			"这个接口系统代码已被使用 / this client id is taken");
	if (rc == 0)
		rc = audit_open(db, ch->env->county, &row.audit);
	if (rc == 0)
		rc = api_client_insert(db, ch->env->county, &row);
	if (rc < 0)
		return rc;
	return env_audit(db, ch->env, row.audit, "client_open", n->id, (struct str){ NULL, 0 });
}

static int check_new(const struct api_client_new *n, struct err *err)
{
	if (!is_id(n->id))
		return err_set(err, FAULT_FORMAT,
			"代码须为 3 到 32 个小写字母、数字、- 或 _，以字母开头 / the id is 3 to 32 of a-z, 0-9, - and _, a letter first");
	if (!role_is_client(n->role))
		return err_set(
			err, FAULT_FORMAT, "这不是接口系统的角色 / not a role of an API client");
	if (utf8_count(n->name) < 1 || utf8_count(n->name) > 80)
		return err_set(err, FAULT_FORMAT,
			"名称须为 1 到 80 个字 / the name has 1 to 80 characters");
	if ((role_reach(n->role) == REACH_CHANNEL) != (n->unit.n > 0))
		return err_set(err, FAULT_FORMAT,
			"缴费渠道须写明渠道代码，其他系统不写 / a channel names its code, others none");
	return 0;
}

int api_client_open(const struct env *env, const struct api_client_new *n,
	struct api_client_key *ret_key, struct err *err)
{
	struct change ch = { .env = env, .fresh = n, .err = err };
	struct api_client_key key;
	int rc = check_new(n, err);

	if (rc == 0)
		rc = make_key(env, &ch, &key);
	if (rc == 0)
		rc = store_act(env->store, open_client, &ch);
	if (rc == 0)
		*ret_key = key;
	OPENSSL_cleanse(&key, sizeof(key));
	return rc;
}

static int change_client(struct db *db, struct arena *a, void *arg)
{
	struct change *ch = arg;
	struct api_client_row row;
	int rc = api_client_find(db, ch->env->county, ch->id, a, &row);

	if (rc < 0)
		return rc;
	if (rc == 0)
		return err_set(ch->err, FAULT_MISSING, "没有这个接口系统 / no such client");
	if (!row.active)
		return err_set(
			ch->err, FAULT_CONFLICT, "这个接口系统已停用 / this client is closed");
	if (ch->close) {
		row.active = false;
		row.old_until = 0;
	} else {
		row.old_key_seal = row.key_seal;
		row.old_until = env_wall(ch->env) + ch->overlap;
		row.key_seal = seal_of(ch);
	}
	rc = audit_open(db, ch->env->county, &row.audit);
	if (rc == 0)
		rc = api_client_update(db, ch->env->county, &row);
	if (rc < 0)
		return rc;
	return env_audit(db, ch->env, row.audit, ch->close ? "client_close" : "client_rotate",
		ch->id, (struct str){ NULL, 0 });
}

int api_client_rotate(const struct env *env, struct str id, int64_t overlap,
	struct api_client_key *ret_key, struct err *err)
{
	struct change ch = { .env = env, .id = id, .overlap = overlap, .err = err };
	struct api_client_key key;
	int rc;

	BUG_IF(overlap < 0 || overlap > OVERLAP_MAX);
	rc = make_key(env, &ch, &key);
	if (rc == 0)
		rc = store_act(env->store, change_client, &ch);
	if (rc == 0)
		*ret_key = key;
	OPENSSL_cleanse(&key, sizeof(key));
	return rc;
}

int api_client_close(const struct env *env, struct str id, struct err *err)
{
	struct change ch = { .env = env, .id = id, .close = true, .err = err };

	return store_act(env->store, change_client, &ch);
}

struct listed {
	int64_t county;
	struct arena *a;
	struct api_client_row *items;
	size_t n;
};

static int read_all(struct db *db, struct arena *a, void *arg)
{
	struct listed *l = arg;

	(void)a;
	return api_client_all(db, l->county, API_CLIENTS_MAX, l->a, &l->items, &l->n);
}

int api_client_list(
	const struct env *env, struct arena *a, struct api_client_row **ret_items, size_t *ret_n)
{
	struct listed l = { .county = env->county, .a = a };
	int rc = store_read(env->store, read_all, &l);

	if (rc < 0)
		return rc;
	*ret_items = l.items;
	*ret_n = l.n;
	return 0;
}

struct old {
	int64_t county, before;
};

static int clear_nonces(struct db *db, struct arena *a, void *arg)
{
	const struct old *o = arg;

	(void)a;
	return api_nonce_clear(db, o->county, o->before);
}

int api_nonce_sweep(struct store *st, int64_t county, int64_t now)
{
	/* A request's own time may be ahead of ours by the slack and is good for the slack again.
	 */
	struct old o = { county, now - 2 * API_TIME_SLACK - 1 };

	return store_act(st, clear_nonces, &o);
}
