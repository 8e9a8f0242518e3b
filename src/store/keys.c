/* SPDX-License-Identifier: Apache-2.0 */
/* The key file: text, one line a key, its own check sum at the end.
 *
 *     canbao-keys 1
 *     index 64 hexadecimal digits
 *     seal 1 32 digits for SM4, 64 for HMAC-SM3
 *     seal 2 ...
 *     check the first 16 bytes of SM3 of all above */
#include "store/keys.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/hex.h"

#define FILE_MAX (16u * 1024u)
#define PATH_MAX_BYTES 4096
#define CHECK_BYTES 16

static void add_hex(struct buf *b, const unsigned char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		buf_addf(b, "%02x", p[i]);
}

static void check_sum(struct str body, unsigned char ret[32])
{
	BUG_IF(EVP_Digest(body.p, body.n, ret, NULL, EVP_sm3(), NULL) != 1);
}

static void print_keys(struct buf *b, const struct keys *k)
{
	unsigned char sum[32];

	buf_addz(b, "canbao-keys 1\nindex ");
	add_hex(b, k->index, sizeof(k->index));
	for (int i = 0; i < k->n; i++) {
		buf_addf(b, "\nseal %d ", i + 1);
		add_hex(b, k->generations[i].cipher, KEY_CIPHER_BYTES);
		buf_addc(b, ' ');
		add_hex(b, k->generations[i].mac, KEY_MAC_BYTES);
	}
	buf_addc(b, '\n');
	check_sum(buf_str(b), sum);
	buf_addz(b, "check ");
	add_hex(b, sum, CHECK_BYTES);
	buf_addc(b, '\n');
}

static bool take_seal(struct keys *k, struct str line)
{
	struct generation *g;
	struct str number, cipher;
	int64_t n;

	if (k->n >= KEYS_MAX || !str_cut(&line, STR(" "), &number) ||
		!str_cut(&line, STR(" "), &cipher) || !str_int(number, &n) || n != k->n + 1)
		return false;
	g = &k->generations[k->n];
	if (!hex_parse(cipher, g->cipher, KEY_CIPHER_BYTES) ||
		!hex_parse(line, g->mac, KEY_MAC_BYTES))
		return false;
	k->n++;
	return true;
}

/* False on anything that print_keys would not have written. */
static bool parse_keys(struct str text, struct keys *k)
{
	unsigned char sum[32], want[CHECK_BYTES];
	struct str rest = text, line, word;
	bool index = false;

	if (!str_ends(text, STR("\n")) || !str_cut(&rest, STR("\n"), &line) ||
		!str_is(line, "canbao-keys 1"))
		return false;
	while (str_cut(&rest, STR("\n"), &line)) {
		struct str body = { text.p, (size_t)(line.p - text.p) };

		if (!str_cut(&line, STR(" "), &word))
			return false;
		if (str_is(word, "check")) {
			check_sum(body, sum);
			return index && k->n > 0 && rest.n == 0 &&
			       hex_parse(line, want, CHECK_BYTES) &&
			       memcmp(sum, want, CHECK_BYTES) == 0;
		}
		if (str_is(word, "index") && !index)
			index = hex_parse(line, k->index, KEY_MAC_BYTES);
		else if (!str_is(word, "seal") || !take_seal(k, line))
			return false;
	}
	return false;
}

static int write_all(int fd, struct str s)
{
	while (s.n > 0) {
		ssize_t n = write(fd, s.p, s.n);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return FAULT_IO;
		s.p += n;
		s.n -= (size_t)n;
	}
	return fsync(fd) == 0 ? 0 : FAULT_IO;
}

/* The name in the folder must outlive a power cut too. */
static int sync_folder(const char *path)
{
	char copy[PATH_MAX_BYTES];
	int fd, rc;

	snprintf(copy, sizeof(copy), "%s", path);
	fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return FAULT_IO;
	rc = fsync(fd) == 0 ? 0 : FAULT_IO;
	close(fd);
	return rc;
}

/* Write beside `path`, then put in place: with link(), which never replaces, or rename(), which
 * does. */
static int put_file(const char *path, struct str text, bool replace)
{
	char beside[PATH_MAX_BYTES];
	int rc, fd;

	if (snprintf(beside, sizeof(beside), "%s.%ld.new", path, (long)getpid()) >=
		(int)sizeof(beside))
		return FAULT_LIMIT;
	fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return FAULT_IO;
	rc = write_all(fd, text);
	close(fd);
	if (rc == 0 && (replace ? rename(beside, path) : link(beside, path)) != 0)
		rc = errno == EEXIST ? FAULT_CONFLICT : FAULT_IO;
	if (rc < 0 || !replace)
		unlink(beside);
	return rc == 0 ? sync_folder(path) : rc;
}

static int save(const char *path, const struct keys *k, bool replace, struct err *err)
{
	char text[FILE_MAX];
	/* On the stack and never moved: a buffer that grew would leave copies of the keys
	 * behind. */
	struct buf b = { .p = text, .cap = sizeof(text), .ceiling = sizeof(text) - 1 };
	int rc = FAULT_MEMORY;

	print_keys(&b, k);
	if (!buf_bad(&b))
		rc = put_file(path, buf_str(&b), replace);
	OPENSSL_cleanse(text, sizeof(text));
	if (rc < 0)
		rc = err_set(err, rc, "写不了密钥文件 / cannot write the key file %s: %s", path,
			rc == FAULT_CONFLICT ? "已存在 / it exists" : strerror(errno));
	return rc;
}

static void new_generation(struct keys *k)
{
	struct generation *g = &k->generations[k->n++];

	BUG_IF(RAND_priv_bytes(g->cipher, sizeof(g->cipher)) != 1);
	BUG_IF(RAND_priv_bytes(g->mac, sizeof(g->mac)) != 1);
}

int keys_create(const char *path, struct err *err)
{
	struct keys k = { 0 };
	int rc;

	BUG_IF(RAND_priv_bytes(k.index, sizeof(k.index)) != 1);
	new_generation(&k);
	rc = save(path, &k, false, err);
	OPENSSL_cleanse(&k, sizeof(k));
	return rc;
}

int keys_rotate(const char *path, struct err *err)
{
	struct keys *k;
	int rc = keys_load(path, err, &k);

	if (rc < 0)
		return rc;
	if (k->n >= KEYS_MAX) {
		rc = err_set(err, FAULT_LIMIT, "密钥已换过 %d 次 / %d generations are the limit",
			KEYS_MAX, KEYS_MAX);
	} else {
		new_generation(k);
		rc = save(path, k, true, err);
	}
	keys_free(k);
	return rc;
}

static int open_file(const char *path, struct err *err)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return err_set(err, errno == ENOENT ? FAULT_MISSING : FAULT_IO,
			"打不开密钥文件 / cannot open the key file %s: %s", path, strerror(errno));
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		close(fd);
		return err_set(err, FAULT_FORMAT,
			"密钥文件不是普通文件 / the key file is not a file: %s", path);
	}
	if (st.st_mode & 077) {
		close(fd);
		return err_set(err, FAULT_FORMAT,
			"密钥文件他人可读，请 chmod 600 / others may read the key file; chmod 600 %s",
			path);
	}
	return fd;
}

static int read_all(int fd, char *buf, size_t cap, size_t *ret_n)
{
	size_t n = 0;

	for (;;) {
		ssize_t got = read(fd, buf + n, cap - n);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return FAULT_IO;
		n += (size_t)got;
		if (got == 0)
			break;
		if (n == cap)
			return FAULT_LIMIT;
	}
	*ret_n = n;
	return 0;
}

int keys_load(const char *path, struct err *err, struct keys **ret_keys)
{
	char text[FILE_MAX];
	struct keys *k;
	size_t n = 0;
	int fd = open_file(path, err);
	int rc;

	if (fd < 0)
		return fd;
	rc = read_all(fd, text, sizeof(text), &n);
	close(fd);
	k = calloc(1, sizeof(*k));
	if (rc < 0 || !k || !parse_keys((struct str){ text, n }, k)) {
		keys_free(k);
		rc = err_set(err, rc < 0 ? rc : FAULT_FORMAT,
			"密钥文件已损坏 / the key file is damaged: %s", path);
	} else {
		*ret_keys = k;
	}
	OPENSSL_cleanse(text, sizeof(text));
	return rc;
}

void keys_free(struct keys *k)
{
	if (!k)
		return;
	OPENSSL_cleanse(k, sizeof(*k));
	free(k);
}

void keys_id(const struct keys *k, unsigned char ret_id[16])
{
	static const unsigned char what[] = "\0canbao key file";
	unsigned char mac[32];
	unsigned n = sizeof(mac);

	/* Its first byte is 0, which is no seal_kind: no token is ever made of this text. */
	BUG_IF(!HMAC(EVP_sm3(), k->index, sizeof(k->index), what, sizeof(what), mac, &n));
	memcpy(ret_id, mac, 16);
}
