/* SPDX-License-Identifier: Apache-2.0 */
#include "doors/files/input.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "doors/files/encoding.h"

#define CHUNK (1u << 20)

static const struct {
	const char *magic;
	size_t n;
	const char *name;
} foreigners[] = {
	{ "%PDF-", 5, "PDF" },
	{ "Rar!", 4, "RAR" },
	{ "7z\xbc\xaf\x27\x1c", 6, "7z" },
	{ "\x1f\x8b", 2, "gzip" },
	{ "\x89PNG", 4, "PNG" },
	{ "\xff\xd8\xff", 3, "JPEG" },
	{ "<?xml", 5, "XML" },
	{ "<html", 5, "HTML" },
	{ "<HTML", 5, "HTML" },
	{ "<!DOCTYPE", 9, "HTML" },
	{ "<!doctype", 9, "HTML" },
	{ "<table", 6, "HTML" },
	{ "<TABLE", 6, "HTML" },
	{ "{\\rtf", 5, "RTF" },
};

static bool begins(const unsigned char *p, size_t n, const char *magic, size_t len)
{
	return n >= len && memcmp(p, magic, len) == 0;
}

/* What the first bytes say. */
static void sniff(struct input *in, const unsigned char *p, size_t n)
{
	size_t skip = begins(p, n, "\xef\xbb\xbf", 3) ? 3 : 0;

	if (begins(p, n, "PK\x03\x04", 4) || begins(p, n, "PK\x05\x06", 4)) {
		in->kind = INPUT_ZIP;
		return;
	}
	if (begins(p, n, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8)) {
		in->kind = INPUT_OLE;
		return;
	}
	while (skip < n && (p[skip] == ' ' || p[skip] == '\n' || p[skip] == '\r'))
		skip++;
	for (size_t i = 0; i < ARRAY_LEN(foreigners); i++) {
		if (!begins(p + skip, n - skip, foreigners[i].magic, foreigners[i].n))
			continue;
		in->kind = INPUT_OTHER;
		in->foreign = foreigners[i].name;
	}
}

/* The directory of a compound file names its streams in UTF-16. */
static bool names_encrypted_package(const unsigned char *p, size_t n)
{
	static const char name[] = "EncryptedPackage";
	unsigned char wide[2 * (sizeof(name) - 1)];

	for (size_t i = 0; i < sizeof(name) - 1; i++) {
		wide[2 * i] = (unsigned char)name[i];
		wide[2 * i + 1] = 0;
	}
	return memmem(p, n, wide, sizeof(wide)) != NULL;
}

static void find_bom(struct input *in, const unsigned char *p, size_t n)
{
	if (begins(p, n, "\xef\xbb\xbf", 3))
		in->bom = 3;
	else if (begins(p, n, "\x84\x31\x95\x33", 4))
		in->encoding = ENCODING_GB18030, in->bom = 4;
	else if (begins(p, n, "\xff\xfe", 2))
		in->encoding = ENCODING_UTF16LE, in->bom = 2;
	else if (begins(p, n, "\xfe\xff", 2))
		in->encoding = ENCODING_UTF16BE, in->bom = 2;
}

/* UTF-8 when all of it is; else GB18030 when all of it is; else the one that held out longer, so
 * that the error points at the damage. */
static void settle(struct input *in, const struct soundness *utf8, const struct soundness *gb)
{
	in->valid = in->size;
	if (in->encoding == ENCODING_UTF16LE || in->encoding == ENCODING_UTF16BE)
		return;
	if (in->encoding == ENCODING_UTF8 && utf8->broken && in->bom == 0 &&
		(!gb->broken || gb->sound > utf8->sound))
		in->encoding = ENCODING_GB18030;
	if (in->encoding == ENCODING_UTF8) {
		in->valid = utf8->sound;
		in->odd = utf8->odd;
	} else {
		in->valid = gb->sound;
	}
}

struct pass {
	EVP_MD_CTX *md;
	unsigned char *chunk;
	struct soundness utf8, gb;
};

static int pass_over(struct input *in, struct pass *p, struct err *err)
{
	bool first = true;
	size_t n, skip;
	int rc;

	for (;;) {
		rc = input_read(in, p->chunk, CHUNK, &n, err);
		if (rc < 0)
			return rc;
		if (first) {
			sniff(in, p->chunk, n);
			find_bom(in, p->chunk, n);
		}
		if (n == 0)
			break;
		if (EVP_DigestUpdate(p->md, p->chunk, n) != 1)
			return err_set(err, FAULT_IO, "SM3 计算失败 / SM3 failed");
		if (in->kind == INPUT_OLE && names_encrypted_package(p->chunk, n))
			in->kind = INPUT_OLE_ENCRYPTED;
		if (in->kind != INPUT_TEXT)
			continue;
		/* The mark itself is skipped on reading, so it must not make the text "odd". */
		skip = first ? in->bom : 0;
		p->utf8.sound += skip;
		soundness_add(&p->utf8, (struct str){ (char *)p->chunk + skip, n - skip });
		soundness_add(&p->gb, (struct str){ (char *)p->chunk, n });
		first = false;
	}
	if (in->offset != in->size)
		return err_set(err, FAULT_CONFLICT,
			"%s：读取时文件被改动 / the file changed while it was read", in->name);
	soundness_end(&p->utf8);
	soundness_end(&p->gb);
	settle(in, &p->utf8, &p->gb);
	if (EVP_DigestFinal_ex(p->md, in->digest, NULL) != 1)
		return err_set(err, FAULT_IO, "SM3 计算失败 / SM3 failed");
	return 0;
}

static int first_pass(struct input *in, struct err *err)
{
	struct pass p = { .md = EVP_MD_CTX_new(), .chunk = malloc(CHUNK) };
	int rc;

	soundness_init(&p.utf8, false);
	soundness_init(&p.gb, true);
	if (!p.md || !p.chunk || EVP_DigestInit_ex(p.md, EVP_sm3(), NULL) != 1)
		rc = err_set(err, FAULT_MEMORY, "%s：内存不足 / out of memory", in->name);
	else
		rc = pass_over(in, &p, err);
	EVP_MD_CTX_free(p.md);
	free(p.chunk);
	in->offset = 0;
	return rc;
}

int input_open_file(struct input *in, const char *path, struct err *err)
{
	const char *slash = strrchr(path, '/');
	int rc;

	*in = (struct input){ .fd = -1, .name = strdup(slash ? slash + 1 : path) };
	if (!in->name)
		return err_set(err, FAULT_MEMORY, "内存不足 / out of memory");
	in->fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (in->fd < 0 || fstat(in->fd, &in->at_open) != 0)
		rc = err_set(err, errno == ENOENT ? FAULT_MISSING : FAULT_IO,
			"%s：打不开 / cannot open: %s", in->name, strerror(errno));
	else if (!S_ISREG(in->at_open.st_mode))
		rc = err_set(err, FAULT_FORMAT, "%s：不是普通文件 / not a regular file", in->name);
	else if ((uint64_t)in->at_open.st_size > INPUT_BYTES_MAX)
		rc = err_set(err, FAULT_LIMIT, "%s：超过 8 GB / larger than 8 GB", in->name);
	else {
		in->size = (uint64_t)in->at_open.st_size;
		rc = first_pass(in, err);
	}
	if (rc < 0)
		input_release(in);
	return rc;
}

int input_open_memory(struct input *in, const void *bytes, size_t n, struct err *err)
{
	int rc;

	*in = (struct input){ .fd = -1, .mem = bytes, .size = n, .name = strdup("memory") };
	if (!in->name)
		return err_set(err, FAULT_MEMORY, "内存不足 / out of memory");
	rc = first_pass(in, err);
	if (rc < 0)
		input_release(in);
	return rc;
}

void input_release(struct input *in)
{
	if (in->fd >= 0)
		close(in->fd);
	free(in->name);
	in->fd = -1;
	in->name = NULL;
}

int input_read(struct input *in, void *dst, size_t cap, size_t *ret_n, struct err *err)
{
	uint64_t left = in->size - in->offset;
	ssize_t got;

	if (cap > left)
		cap = (size_t)left;
	if (in->fd < 0) {
		if (cap)
			memcpy(dst, in->mem + in->offset, cap);
		got = (ssize_t)cap;
	} else {
		do
			got = pread(in->fd, dst, cap, (off_t)in->offset);
		while (got < 0 && errno == EINTR);
		if (got < 0)
			return err_set(err, FAULT_IO, "%s：读取失败 / cannot read: %s", in->name,
				strerror(errno));
	}
	in->offset += (uint64_t)got;
	*ret_n = (size_t)got;
	return 0;
}

int input_unchanged(const struct input *in, struct err *err)
{
	struct stat now;

	if (in->fd < 0)
		return 0;
	if (fstat(in->fd, &now) != 0)
		return err_set(err, FAULT_IO, "%s：%s", in->name, strerror(errno));
	if (now.st_size == in->at_open.st_size &&
		now.st_mtim.tv_sec == in->at_open.st_mtim.tv_sec &&
		now.st_mtim.tv_nsec == in->at_open.st_mtim.tv_nsec)
		return 0;
	return err_set(err, FAULT_CONFLICT,
		"%s：读取时文件被改动 / the file changed while it was read", in->name);
}
