/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/password.h"

#include <argon2.h>
#include <malloc.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <pthread.h>
#include <string.h>

#include "base/utf8.h"

#define SALT_BYTES 16
#define HASH_BYTES 32
#define GIVE_BACK_BYTES (4 << 20)

static const struct {
	const char *zh, *en;
} flaws[] = { { "", "" },
#define X(name, zh, en) { zh, en },
	PASSWORD_FLAWS(X)
#undef X
};

const char *password_flaw_zh(enum password_flaw f)
{
	BUG_IF((size_t)f >= ARRAY_LEN(flaws));
	return flaws[f].zh;
}

const char *password_flaw_en(enum password_flaw f)
{
	BUG_IF((size_t)f >= ARRAY_LEN(flaws));
	return flaws[f].en;
}

/* Stems that people reach for first; a password that is one of them with a few digits or marks
 * around it is common too. */
static const char *const common[] = { "password", "passw0rd", "p@ssw0rd", "admin", "administrator",
	"canbao", "woaini", "iloveyou", "qwerty", "qwertyuiop", "asdfgh", "asdfghjkl", "zxcvbn",
	"zxcvbnm", "qazwsx", "qazwsxedc", "1qaz2wsx", "1qaz2wsx3edc", "qwer", "asdf", "abc", "abcd",
	"abcdef", "welcome", "letmein", "changeme", "test", "user", "root", "guest", "system",
	"yibao", "shuiwu", "caizheng", "minzheng", "china", "beijing", "5201314", "1314520",
	"woaizuguo", "zhongguo", "dragon", "monkey", "football", "sunshine", "princess", "hello" };

/* Few different characters, or each one step from the one before: 1111111111, abcabcabc,
 * 1234567890. */
static bool monotonous(struct str s)
{
	bool seen[256] = { false };
	size_t kinds = 0, steps = 0;

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		int step = i ? c - (unsigned char)s.p[i - 1] : 0;

		kinds += !seen[c];
		seen[c] = true;
		steps += i && (step == 1 || step == -1 || step == 0 || step == 9 || step == -9);
	}
	return kinds < 5 || (s.n > 1 && steps >= s.n - 2);
}

static bool is_mark(char c)
{
	return (c >= '0' && c <= '9') || (c > ' ' && c < '0') || c == '@' || c == '_' || c == '?';
}

/* Without digits and marks at both ends. */
static struct str stem(struct str s)
{
	while (s.n && is_mark(s.p[0]))
		s = (struct str){ s.p + 1, s.n - 1 };
	while (s.n && is_mark(s.p[s.n - 1]))
		s.n--;
	return s;
}

static bool is_common(struct str folded)
{
	struct str inner = stem(folded);

	if (inner.n == 0)
		return folded.n <= 14; /* digits alone: dates, phones */
	for (size_t i = 0; i < ARRAY_LEN(common); i++)
		if (str_is(inner, common[i]) || str_is(folded, common[i]))
			return true;
	return monotonous(folded);
}

enum password_flaw password_check(struct str plain, struct str login)
{
	char room[4 * PASSWORD_BYTES_MAX], name[256];
	struct buf b = { .p = room, .cap = sizeof(room), .ceiling = sizeof(room) - 1 };
	struct buf l = { .p = name, .cap = sizeof(name), .ceiling = sizeof(name) - 1 };
	enum password_flaw f = PASSWORD_FINE;

	if (plain.n > PASSWORD_BYTES_MAX || !utf8_valid(plain))
		return PASSWORD_LONG;
	if (utf8_count(plain) < PASSWORD_CHARS_MIN)
		return PASSWORD_SHORT;
	utf8_fold(&b, plain);
	utf8_fold(&l, login);
	if (login.n >= 3 && str_find(buf_str(&b), buf_str(&l)) >= 0)
		f = PASSWORD_LOGIN;
	else if (is_common(buf_str(&b)))
		f = PASSWORD_COMMON;
	OPENSSL_cleanse(room, sizeof(room));
	return f;
}

static pthread_mutex_t turn_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t turn_free = PTHREAD_COND_INITIALIZER;
static int turns_out, turns_waiting, waiting_max = ARGON2_WAITING;

void password_waiting(int n)
{
	pthread_mutex_lock(&turn_lock);
	waiting_max = n;
	pthread_mutex_unlock(&turn_lock);
}

/* The memory of a hash goes back to the system at once.  Left to itself, the C library would learn
 * to keep it: 19 MiB for every thread that ever verified a password. */
static pthread_once_t give_back_once = PTHREAD_ONCE_INIT;

static void give_back(void)
{
	(void)mallopt(M_MMAP_THRESHOLD, GIVE_BACK_BYTES);
}

int password_turn_take(void)
{
	int rc = 0;

	pthread_once(&give_back_once, give_back);
	pthread_mutex_lock(&turn_lock);
	if (turns_out >= ARGON2_AT_ONCE && turns_waiting >= waiting_max) {
		rc = FAULT_RETRY;
	} else {
		turns_waiting++;
		while (turns_out >= ARGON2_AT_ONCE)
			pthread_cond_wait(&turn_free, &turn_lock);
		turns_waiting--;
		turns_out++;
	}
	pthread_mutex_unlock(&turn_lock);
	return rc;
}

void password_turn_give(void)
{
	pthread_mutex_lock(&turn_lock);
	BUG_IF(turns_out <= 0);
	turns_out--;
	pthread_cond_signal(&turn_free);
	pthread_mutex_unlock(&turn_lock);
}

int password_hash(struct str plain, char ret_hash[PASSWORD_HASH_MAX])
{
	unsigned char salt[SALT_BYTES];
	int rc;

	BUG_IF(RAND_bytes(salt, sizeof(salt)) != 1);
	rc = argon2id_hash_encoded(ARGON2_PASSES, ARGON2_KIB, 1, plain.p, plain.n, salt,
		sizeof(salt), HASH_BYTES, ret_hash, PASSWORD_HASH_MAX);
	BUG_IF(rc != ARGON2_OK && rc != ARGON2_MEMORY_ALLOCATION_ERROR);
	return rc == ARGON2_OK ? 0 : FAULT_MEMORY;
}

/* What an account that does not exist is verified against: of a text nobody knows. */
static char nobody[PASSWORD_HASH_MAX];
static pthread_once_t nobody_once = PTHREAD_ONCE_INIT;

static void make_nobody(void)
{
	char plain[PASSWORD_FIRST];

	password_first(plain);
	if (password_hash(str_of(plain), nobody) < 0)
		nobody[0] = '\0';
}

int password_verify(struct str plain, struct str hash)
{
	char encoded[PASSWORD_HASH_MAX];
	bool real = str_starts(hash, STR("$argon2id$")) && hash.n < sizeof(encoded);
	int rc;

	pthread_once(&nobody_once, make_nobody);
	if (real)
		memcpy(encoded, hash.p, hash.n);
	encoded[real ? hash.n : 0] = '\0';
	rc = argon2id_verify(real ? encoded : nobody, plain.p, plain.n);
	if (rc == ARGON2_MEMORY_ALLOCATION_ERROR)
		return FAULT_MEMORY;
	return real && rc == ARGON2_OK;
}

void password_first(char ret_plain[PASSWORD_FIRST])
{
	static const char letters[] = "abcdefghijkmnpqrstuvwxyz23456789"; /* no l, o, 0, 1 */
	unsigned char r[PASSWORD_FIRST - 1];

	_Static_assert(sizeof(letters) == 33, "five bits a character, without bias");
	BUG_IF(RAND_priv_bytes(r, sizeof(r)) != 1);
	for (size_t i = 0; i < sizeof(r); i++)
		ret_plain[i] = letters[r[i] & 31];
	ret_plain[sizeof(r)] = '\0';
	OPENSSL_cleanse(r, sizeof(r));
}
