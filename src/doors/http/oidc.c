/* SPDX-License-Identifier: Apache-2.0 */
#include "doors/http/oidc.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "doors/http/fetch.h"
#include "doors/http/jwt.h"
#include "doors/http/seal.h"

#define REMEMBER 3600 /* seconds */
#define ASK_AGAIN 10  /* seconds between two fetches of keys for an unknown key name */
#define LEEWAY 60     /* seconds clocks may differ */
#define URL_MAX 2048
#define SECRET_MAX 512
#define CODE_MAX 2048

/* What is known of the provider. */
static struct {
	pthread_mutex_t lock;
	int inside; /* log-ins that talk to it */
	char issuer[URL_MAX];
	int64_t fetched_at, keys_at;
	json_t *about, *keys;
} known = { .lock = PTHREAD_MUTEX_INITIALIZER };

static bool enter(void)
{
	bool in;

	pthread_mutex_lock(&known.lock);
	in = known.inside < OIDC_AT_ONCE;
	known.inside += in;
	pthread_mutex_unlock(&known.lock);
	return in;
}

static void leave(void)
{
	pthread_mutex_lock(&known.lock);
	known.inside--;
	pthread_mutex_unlock(&known.lock);
}

static struct str member(const json_t *o, const char *name)
{
	const json_t *v = json_object_get(o, name);

	return v && json_is_string(v) ? (struct str){ json_string_value(v), json_string_length(v) }
				      : (struct str){ NULL, 0 };
}

/* GET of an object; NULL when there is none. */
static json_t *get_object(const char *url)
{
	json_t *o = NULL;
	struct buf b;

	buf_init(&b, FETCH_BYTES_MAX);
	if (fetch_get(url, &b) == 200)
		o = json_loadb(b.p ? b.p : "", b.n, JSON_REJECT_DUPLICATES, NULL);
	buf_release(&b);
	if (o && !json_is_object(o)) {
		json_decref(o);
		o = NULL;
	}
	return o;
}

/* A member that is an address we may ask, as C text. */
static bool address_of(const json_t *about, const char *name, char ret[URL_MAX])
{
	struct str s = member(about, name);

	if (s.n == 0 || s.n >= URL_MAX || memchr(s.p, '\0', s.n))
		return false;
	memcpy(ret, s.p, s.n);
	ret[s.n] = '\0';
	return fetch_may(ret);
}

/* Under the lock: take over what was fetched; the old is dropped. */
static void keep(const char *issuer, json_t *about, json_t *keys, int64_t now)
{
	if (about) {
		json_decref(known.about);
		known.about = about;
		known.fetched_at = now;
		snprintf(known.issuer, sizeof(known.issuer), "%s", issuer);
	}
	if (keys) {
		json_decref(known.keys);
		known.keys = keys;
		known.keys_at = now;
	}
}

/* The provider's own page, remembered or fetched; a reference of the caller's. */
static json_t *about_provider(const struct oidc_provider *p, int64_t now)
{
	char url[URL_MAX];
	json_t *about = NULL;
	size_t n = strlen(p->issuer);

	pthread_mutex_lock(&known.lock);
	if (known.about && strcmp(known.issuer, p->issuer) == 0 &&
		now - known.fetched_at < REMEMBER && now >= known.fetched_at)
		about = json_incref(known.about);
	pthread_mutex_unlock(&known.lock);
	if (about)
		return about;
	snprintf(url, sizeof(url), "%s%s.well-known/openid-configuration", p->issuer,
		n && p->issuer[n - 1] == '/' ? "" : "/");
	about = fetch_may(url) ? get_object(url) : NULL;
	/* Whoever answers must be the one that was asked. */
	if (about && !str_is(member(about, "issuer"), p->issuer)) {
		json_decref(about);
		return NULL;
	}
	if (about) {
		pthread_mutex_lock(&known.lock);
		keep(p->issuer, json_incref(about), NULL, now);
		pthread_mutex_unlock(&known.lock);
	}
	return about;
}

/* Its keys; `fresh`: not the remembered ones unless they are seconds old. */
static json_t *provider_keys(const json_t *about, int64_t now, bool fresh)
{
	char url[URL_MAX];
	json_t *keys = NULL;
	int64_t good = fresh ? ASK_AGAIN : REMEMBER;

	pthread_mutex_lock(&known.lock);
	if (known.keys && now - known.keys_at < good && now >= known.keys_at)
		keys = json_incref(known.keys);
	pthread_mutex_unlock(&known.lock);
	if (keys || !address_of(about, "jwks_uri", url))
		return keys;
	keys = get_object(url);
	if (keys) {
		pthread_mutex_lock(&known.lock);
		keep(NULL, NULL, json_incref(keys), now);
		pthread_mutex_unlock(&known.lock);
	}
	return keys;
}

void oidc_begin(int64_t now, struct oidc_try *ret_try)
{
	struct oidc_try t = { .at = now };

	BUG_IF(RAND_priv_bytes(t.state, sizeof(t.state)) != 1);
	BUG_IF(RAND_priv_bytes(t.nonce, sizeof(t.nonce)) != 1);
	BUG_IF(RAND_priv_bytes(t.verifier, sizeof(t.verifier)) != 1);
	*ret_try = t;
}

/* The 32 characters a secret of a try is shown as; long enough for a verifier once doubled. */
static void print_random(const unsigned char p[OIDC_RANDOM], struct buf *b)
{
	base64url_add(b, p, OIDC_RANDOM);
}

/* PKCE asks for 43 characters at least: the verifier is printed twice. */
static void print_verifier(const struct oidc_try *t, struct buf *b)
{
	print_random(t->verifier, b);
	print_random(t->verifier, b);
}

static void add_challenge(const struct oidc_try *t, struct buf *b)
{
	unsigned char digest[32];
	char text[80];
	struct buf v = { .p = text, .cap = sizeof(text), .ceiling = sizeof(text) - 1 };

	print_verifier(t, &v);
	BUG_IF(EVP_Digest(v.p, v.n, digest, NULL, EVP_sha256(), NULL) != 1);
	base64url_add(b, digest, sizeof(digest));
	OPENSSL_cleanse(text, sizeof(text));
}

int oidc_address(
	const struct oidc_provider *p, const struct oidc_try *t, int64_t now, struct buf *b)
{
	char url[URL_MAX];
	json_t *about;
	bool fine;

	if (!enter())
		return FAULT_RETRY;
	about = about_provider(p, now);
	leave();
	fine = about && address_of(about, "authorization_endpoint", url);
	json_decref(about);
	if (!fine)
		return FAULT_IO;
	buf_addz(b, url);
	buf_addz(b, strchr(url, '?') ? "&" : "?");
	buf_addz(b, "response_type=code&scope=openid&client_id=");
	fetch_encode(b, str_of(p->client_id));
	buf_addz(b, "&redirect_uri=");
	fetch_encode(b, str_of(p->redirect));
	buf_addz(b, "&state=");
	print_random(t->state, b);
	buf_addz(b, "&nonce=");
	print_random(t->nonce, b);
	buf_addz(b, "&code_challenge_method=S256&code_challenge=");
	add_challenge(t, b);
	return buf_bad(b) ? FAULT_MEMORY : 0;
}

/* Is `text` these bytes as they were printed? */
static bool same_random(const unsigned char p[OIDC_RANDOM], struct str text)
{
	char right[40];
	struct buf b = { .p = right, .cap = sizeof(right), .ceiling = sizeof(right) - 1 };

	print_random(p, &b);
	return text.n == b.n && CRYPTO_memcmp(text.p, right, b.n) == 0;
}

bool oidc_state_holds(const struct oidc_try *t, struct str state)
{
	return same_random(t->state, state);
}

/* The client's secret, without the line's end; false when its file cannot be read. */
static bool read_secret(const char *path, char ret[SECRET_MAX])
{
	FILE *f = fopen(path, "re");
	size_t n = f ? fread(ret, 1, SECRET_MAX - 1, f) : 0;

	if (f)
		fclose(f);
	while (n && (ret[n - 1] == '\n' || ret[n - 1] == '\r' || ret[n - 1] == ' '))
		n--;
	ret[n] = '\0';
	return n > 0;
}

/* POST the code; 1 and the provider's answer, 0 when it refuses, FAULT_IO. */
static int exchange(const struct oidc_provider *p, const struct oidc_try *t, const json_t *about,
	struct str code, json_t **ret_answer)
{
	char url[URL_MAX], secret[SECRET_MAX] = "";
	struct buf form, answer;
	int status = 0;

	if (!address_of(about, "token_endpoint", url) ||
		(p->secret_file[0] && !read_secret(p->secret_file, secret)))
		return FAULT_IO;
	buf_init(&form, 16384);
	buf_init(&answer, FETCH_BYTES_MAX);
	buf_addz(&form, "grant_type=authorization_code&code=");
	fetch_encode(&form, code);
	buf_addz(&form, "&redirect_uri=");
	fetch_encode(&form, str_of(p->redirect));
	buf_addz(&form, "&client_id=");
	fetch_encode(&form, str_of(p->client_id));
	buf_addz(&form, "&code_verifier=");
	print_verifier(t, &form);
	if (!buf_bad(&form))
		status = fetch_form(url, secret[0] ? p->client_id : NULL, secret, &form, &answer);
	OPENSSL_cleanse(secret, sizeof(secret));
	*ret_answer = status == 200 ? json_loadb(answer.p ? answer.p : "", answer.n,
					      JSON_REJECT_DUPLICATES, NULL)
				    : NULL;
	buf_release(&form);
	buf_release(&answer);
	if (status >= 400 && status < 500)
		return 0;
	return *ret_answer ? 1 : FAULT_IO;
}

/* For us, and for us alone or by us. */
static bool for_us(const json_t *claims, const char *client_id)
{
	const json_t *aud = json_object_get(claims, "aud"), *one;
	struct str azp = member(claims, "azp");
	bool named = false;
	size_t i;

	if (aud && json_is_string(aud))
		named = str_is(member(claims, "aud"), client_id);
	json_array_foreach(aud, i, one) named =
		named || (json_is_string(one) && strcmp(json_string_value(one), client_id) == 0);
	if (json_array_size(aud) > 1 && !azp.p)
		return false;
	return named && (!azp.p || str_is(azp, client_id));
}

static bool claims_hold(
	const json_t *claims, const struct oidc_provider *p, const struct oidc_try *t, int64_t now)
{
	const json_t *exp = json_object_get(claims, "exp"), *iat = json_object_get(claims, "iat");
	struct str sub = member(claims, "sub");

	return str_is(member(claims, "iss"), p->issuer) && for_us(claims, p->client_id) && exp &&
	       json_is_integer(exp) && json_integer_value(exp) > now - LEEWAY && iat &&
	       json_is_integer(iat) && json_integer_value(iat) <= now + LEEWAY &&
	       same_random(t->nonce, member(claims, "nonce")) && sub.n > 0 && sub.n <= 200;
}

/* Verify with the keys we know, and once more with new ones when the token names another. */
static int judge(const struct oidc_provider *p, const struct oidc_try *t, const json_t *about,
	struct str token, int64_t now, struct arena *a, struct str *ret_subject)
{
	enum jwt_ruling r = JWT_NO_KEY;
	json_t *claims = NULL, *keys;
	int rc = 0;

	for (int round = 0; round < 2 && r == JWT_NO_KEY; round++) {
		keys = provider_keys(about, now, round > 0);
		if (!keys)
			return FAULT_IO;
		r = jwt_verify(a, token, keys, &claims);
		json_decref(keys);
	}
	if (r == JWT_GOOD && claims_hold(claims, p, t, now)) {
		*ret_subject = arena_str(a, member(claims, "sub"));
		rc = ret_subject->p ? 1 : FAULT_MEMORY;
	}
	json_decref(claims);
	return rc;
}

int oidc_finish(const struct oidc_provider *p, const struct oidc_try *t, struct str code,
	int64_t now, struct arena *a, struct str *ret_subject)
{
	json_t *about, *answer = NULL;
	int rc = FAULT_IO;

	if (code.n == 0 || code.n > CODE_MAX)
		return 0;
	if (!enter())
		return FAULT_RETRY;
	about = about_provider(p, now);
	if (about)
		rc = exchange(p, t, about, code, &answer);
	if (rc == 1)
		rc = judge(p, t, about, member(answer, "id_token"), now, a, ret_subject);
	leave();
	json_decref(answer);
	json_decref(about);
	return rc;
}
