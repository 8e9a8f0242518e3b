/* SPDX-License-Identifier: Apache-2.0 */
#include "doors/http/jwt.h"

#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <string.h>

#include "doors/http/seal.h"

#define RSA_BYTES_MIN 256 /* 2048 bits */
#define RSA_BYTES_MAX 1024
#define P256_BYTES 32

/* base64url of a token or key into `a`. */
static bool decode(struct arena *a, struct str text, struct str *ret)
{
	unsigned char *p = arena_alloc(a, text.n + 1);
	size_t n;

	if (!p || text.n == 0 || !base64url_read(text, p, &n))
		return false;
	*ret = (struct str){ (const char *)p, n };
	return true;
}

static struct str member(const json_t *o, const char *name)
{
	const json_t *v = json_object_get(o, name);

	return v && json_is_string(v) ? (struct str){ json_string_value(v), json_string_length(v) }
				      : (struct str){ NULL, 0 };
}

static EVP_PKEY *from_params(const char *type, OSSL_PARAM_BLD *bld)
{
	OSSL_PARAM *params = OSSL_PARAM_BLD_to_param(bld);
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, type, NULL);
	EVP_PKEY *key = NULL;

	if (!params || !ctx || EVP_PKEY_fromdata_init(ctx) != 1 ||
		EVP_PKEY_fromdata(ctx, &key, EVP_PKEY_PUBLIC_KEY, params) != 1)
		key = NULL;
	EVP_PKEY_CTX_free(ctx);
	OSSL_PARAM_free(params);
	return key;
}

static EVP_PKEY *rsa_key(struct arena *a, const json_t *jwk)
{
	OSSL_PARAM_BLD *bld = OSSL_PARAM_BLD_new();
	struct str n, e;
	EVP_PKEY *key = NULL;
	BIGNUM *bn = NULL, *be = NULL;

	if (bld && decode(a, member(jwk, "n"), &n) && decode(a, member(jwk, "e"), &e) &&
		n.n >= RSA_BYTES_MIN && n.n <= RSA_BYTES_MAX && e.n <= 8) {
		bn = BN_bin2bn((const unsigned char *)n.p, (int)n.n, NULL);
		be = BN_bin2bn((const unsigned char *)e.p, (int)e.n, NULL);
		if (bn && be && OSSL_PARAM_BLD_push_BN(bld, OSSL_PKEY_PARAM_RSA_N, bn) &&
			OSSL_PARAM_BLD_push_BN(bld, OSSL_PKEY_PARAM_RSA_E, be))
			key = from_params("RSA", bld);
	}
	BN_free(bn);
	BN_free(be);
	OSSL_PARAM_BLD_free(bld);
	return key;
}

static EVP_PKEY *ec_key(struct arena *a, const json_t *jwk)
{
	OSSL_PARAM_BLD *bld = OSSL_PARAM_BLD_new();
	unsigned char point[1 + 2 * P256_BYTES] = { 4 }; /* uncompressed */
	struct str x, y;
	EVP_PKEY *key = NULL;

	if (bld && str_is(member(jwk, "crv"), "P-256") && decode(a, member(jwk, "x"), &x) &&
		decode(a, member(jwk, "y"), &y) && x.n == P256_BYTES && y.n == P256_BYTES) {
		memcpy(point + 1, x.p, P256_BYTES);
		memcpy(point + 1 + P256_BYTES, y.p, P256_BYTES);
		if (OSSL_PARAM_BLD_push_utf8_string(
			    bld, OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) &&
			OSSL_PARAM_BLD_push_octet_string(
				bld, OSSL_PKEY_PARAM_PUB_KEY, point, sizeof(point)))
			key = from_params("EC", bld);
	}
	OSSL_PARAM_BLD_free(bld);
	return key;
}

/* A key that may be used for `alg` under the token's key name, which may be left out only when the
 * set leaves no choice. */
static EVP_PKEY *find_key(struct arena *a, const json_t *keys, struct str alg, struct str kid)
{
	const char *kty = str_is(alg, "RS256") ? "RSA" : "EC";
	const json_t *all = json_object_get(keys, "keys"), *one = NULL, *jwk;
	size_t i, fits = 0;

	json_array_foreach(all, i, jwk)
	{
		struct str use = member(jwk, "use"), said = member(jwk, "alg");

		if (!str_is(member(jwk, "kty"), kty) || (use.p && !str_is(use, "sig")) ||
			(said.p && !str_eq(said, alg)) ||
			(kid.p && !str_eq(member(jwk, "kid"), kid)))
			continue;
		one = jwk;
		fits++;
	}
	if (fits != 1)
		return NULL;
	return kty[0] == 'R' ? rsa_key(a, one) : ec_key(a, one);
}

/* ES256 is two numbers side by side; OpenSSL takes them as DER. */
static bool to_der(struct arena *a, struct str raw, struct str *ret)
{
	ECDSA_SIG *sig = ECDSA_SIG_new();
	const unsigned char *p = (const unsigned char *)raw.p;
	BIGNUM *r, *s;
	unsigned char *der = arena_alloc(a, 80), *end = der;
	int n = 0;

	if (!sig || !der || raw.n != 2 * P256_BYTES) {
		ECDSA_SIG_free(sig);
		return false;
	}
	r = BN_bin2bn(p, P256_BYTES, NULL);
	s = BN_bin2bn(p + P256_BYTES, P256_BYTES, NULL);
	if (r && s && ECDSA_SIG_set0(sig, r, s))
		n = i2d_ECDSA_SIG(sig, &end);
	ECDSA_SIG_free(sig);
	*ret = (struct str){ (const char *)der, n > 0 ? (size_t)n : 0 };
	return n > 0;
}

static bool holds(EVP_PKEY *key, struct str text, struct str signature)
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	bool good = ctx && EVP_DigestVerifyInit(ctx, NULL, EVP_sha256(), NULL, key) == 1 &&
		    EVP_DigestVerify(ctx, (const unsigned char *)signature.p, signature.n,
			    (const unsigned char *)text.p, text.n) == 1;

	EVP_MD_CTX_free(ctx);
	return good;
}

static json_t *parse(struct arena *a, struct str text)
{
	struct str plain;
	json_t *o = decode(a, text, &plain)
			    ? json_loadb(plain.p, plain.n, JSON_REJECT_DUPLICATES, NULL)
			    : NULL;

	if (o && !json_is_object(o)) {
		json_decref(o);
		o = NULL;
	}
	return o;
}

static enum jwt_ruling check(struct arena *a, struct str alg, struct str kid, const json_t *keys,
	struct str text, struct str signature)
{
	enum jwt_ruling r = JWT_BAD;
	EVP_PKEY *key;

	if (!str_is(alg, "RS256") && !str_is(alg, "ES256"))
		return JWT_BAD;
	key = find_key(a, keys, alg, kid);
	if (!key)
		return JWT_NO_KEY;
	if ((str_is(alg, "RS256") || to_der(a, signature, &signature)) &&
		holds(key, text, signature))
		r = JWT_GOOD;
	EVP_PKEY_free(key);
	return r;
}

enum jwt_ruling jwt_verify(
	struct arena *a, struct str token, const json_t *keys, json_t **ret_claims)
{
	struct str rest = token, head, body, tail, text, signature;
	enum jwt_ruling r;
	json_t *h, *claims;

	if (token.n > JWT_BYTES_MAX || !str_cut(&rest, STR("."), &head) ||
		!str_cut(&rest, STR("."), &body) || !str_cut(&rest, STR("."), &tail) ||
		rest.n > 0 || !decode(a, tail, &signature))
		return JWT_BAD;
	text = (struct str){ token.p, head.n + 1 + body.n };
	h = parse(a, head);
	if (!h)
		return JWT_BAD;
	/* "crit" names what must be understood; nothing of that is. */
	r = json_object_get(h, "crit")
		    ? JWT_BAD
		    : check(a, member(h, "alg"), member(h, "kid"), keys, text, signature);
	json_decref(h);
	if (r != JWT_GOOD)
		return r;
	claims = parse(a, body);
	if (!claims)
		return JWT_BAD;
	*ret_claims = claims;
	return JWT_GOOD;
}
