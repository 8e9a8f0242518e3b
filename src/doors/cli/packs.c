/* SPDX-License-Identifier: Apache-2.0 */
#include "doors/cli/packs.h"

#include <dirent.h>
#include <errno.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "rules/ytree.h"

#ifndef CANBAO_PACKS_DIR
#define CANBAO_PACKS_DIR "/usr/local/share/canbao/packs"
#endif
#define PATH_BYTES 4096

/* Bytes of an open file, at most one above the ceiling; -1 when it cannot tell. */
static long file_size(FILE *f)
{
	long n;

	if (fseek(f, 0, SEEK_END) != 0 || (n = ftell(f)) < 0 || fseek(f, 0, SEEK_SET) != 0)
		return -1;
	return n > (long)YTREE_BYTES_MAX ? (long)YTREE_BYTES_MAX + 1 : n;
}

static int read_whole(
	struct arena *a, FILE *f, const char *path, struct err *err, struct str *ret_text)
{
	long size = file_size(f);
	char *text;

	if (size < 0)
		return err_set(
			err, FAULT_IO, "%s 读不出来：%s / cannot be read", path, strerror(errno));
	if (size > (long)YTREE_BYTES_MAX)
		return err_set(err, FAULT_LIMIT, "%s 太大 / is too large", path);
	text = arena_alloc(a, (size_t)size + 1);
	if (!text)
		return err_set(err, FAULT_MEMORY, "%s", fault_text(FAULT_MEMORY));
	if (fread(text, 1, (size_t)size, f) != (size_t)size)
		return err_set(err, FAULT_IO, "%s 读不出来 / cannot be read", path);
	*ret_text = (struct str){ text, (size_t)size };
	return 0;
}

int packs_read_file(struct arena *a, const char *path, struct err *err, struct str *ret_text)
{
	FILE *f = fopen(path, "rb");
	int rc;

	if (!f)
		return err_set(
			err, FAULT_IO, "%s 打不开：%s / cannot be opened", path, strerror(errno));
	rc = read_whole(a, f, path, err, ret_text);
	fclose(f);
	return rc;
}

static int read_named(struct arena *a, const char *folder, const char *file, struct err *err,
	struct str *ret_name, struct str *ret_text)
{
	struct str name = arena_printf(a, "%s/%s", folder, file);

	if (!name.p)
		return err_set(err, FAULT_MEMORY, "%s", fault_text(FAULT_MEMORY));
	*ret_name = name;
	return packs_read_file(a, name.p, err, ret_text);
}

int packs_load_folder(struct arena *a, const char *folder, const char *overlay, struct diags *d,
	struct err *err, const struct pack **ret_pack)
{
	struct pack_sources s = { 0 };
	int rc = read_named(a, folder, "pack.yaml", err, &s.name, &s.text);

	if (rc == 0)
		rc = read_named(a, folder, "clauses.yaml", err, &s.ledger_name, &s.ledger_text);
	if (rc == 0 && overlay) {
		s.overlay_name = str_of(overlay);
		rc = packs_read_file(a, overlay, err, &s.overlay_text);
		if (rc == 0 && s.overlay_text.n == 0)
			return err_set(err, FAULT_FORMAT, "%s 是空的 / is empty", overlay);
	}
	if (rc == 0 && (s.text.n == 0 || s.ledger_text.n == 0))
		return err_set(err, FAULT_FORMAT, "%s：文件是空的 / an empty file", folder);
	if (rc < 0)
		return rc;
	rc = pack_load(a, &s, d, ret_pack);
	if (rc < 0)
		return err_set(
			err, (enum fault)rc, "%s：政策包不能用 / the pack cannot be used", folder);
	return 0;
}

int packs_digest(struct arena *a, const char *folder, struct err *err, unsigned char ret_digest[32])
{
	static const char *const files[] = { "pack.yaml", "clauses.yaml" };
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	bool fine = ctx && EVP_DigestInit_ex(ctx, EVP_sm3(), NULL) == 1;
	int rc = 0;

	for (size_t i = 0; fine && rc == 0 && i < ARRAY_LEN(files); i++) {
		struct str name, text;

		rc = read_named(a, folder, files[i], err, &name, &text);
		if (rc == 0)
			fine = EVP_DigestUpdate(ctx, text.p, text.n) == 1;
	}
	if (fine && rc == 0)
		fine = EVP_DigestFinal_ex(ctx, ret_digest, NULL) == 1;
	EVP_MD_CTX_free(ctx);
	return fine || rc < 0 ? rc : err_set(err, FAULT_IO, "SM3");
}

const char *packs_default_folder(void)
{
	const char *v = getenv("CANBAO_PACKS");

	if (v && *v)
		return v;
	return access("packs", X_OK) == 0 ? "packs" : CANBAO_PACKS_DIR;
}

static bool has_pack(const char *folder)
{
	char path[PATH_BYTES];
	int n = snprintf(path, sizeof(path), "%s/pack.yaml", folder);

	return n > 0 && n < (int)sizeof(path) && access(path, F_OK) == 0;
}

/* Load one pack and keep it in code order. */
static int load_one(struct cli *c, struct packs *p, const char *folder)
{
	const struct pack *pack = NULL;
	struct policy policy;
	struct err err = { "" };
	struct diags d;
	struct buf out;
	size_t at;
	int rc;

	diags_init(&d, &p->arena);
	rc = packs_load_folder(&p->arena, folder, NULL, &d, &err, &pack);
	if (rc == 0)
		rc = packs_digest(&p->arena, folder, &err, policy.digest);
	if (rc < 0) {
		buf_init(&out, 1 << 20);
		diags_print(&out, &d);
		fwrite(out.p ? out.p : "", 1, out.n, c->err);
		buf_release(&out);
		return cli_fail_text(c, err.text);
	}
	policy.pack = pack;
	for (at = p->n; at > 0 && str_cmp(p->items[at - 1]->code, pack->code) > 0; at--) {
		p->items[at] = p->items[at - 1];
		p->policies[at] = p->policies[at - 1];
	}
	p->items[at] = pack;
	p->policies[at] = policy;
	p->n++;
	if (at > 0 && str_eq(p->items[at - 1]->code, pack->code))
		return cli_fail(c, "有两个政策包的代码都是 %.*s", "two packs have the code %.*s",
			STR_ARG(pack->code));
	return CLI_OK;
}

static int load_below(struct cli *c, const char *folder, DIR *dir, struct packs *p)
{
	struct dirent *entry;
	int status = CLI_OK;

	while (status == CLI_OK && (entry = readdir(dir)) != NULL) {
		char path[PATH_BYTES];
		int n = snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);

		if (entry->d_name[0] == '.' || n >= (int)sizeof(path) || !has_pack(path))
			continue;
		if (p->n == PACKS_MAX)
			return cli_fail(c, "政策包多于 %d 个", "more than %d packs", PACKS_MAX);
		status = load_one(c, p, path);
	}
	return status;
}

int packs_load_all(struct cli *c, const char *folder, struct packs *ret_packs)
{
	struct packs *p = ret_packs;
	int status;
	DIR *dir;

	*p = (struct packs){ 0 };
	arena_init(&p->arena, PACKS_BYTES_MAX * 16);
	p->items = ARENA_ARRAY(&p->arena, const struct pack *, PACKS_MAX);
	p->policies = ARENA_ARRAY(&p->arena, struct policy, PACKS_MAX);
	if (!p->items || !p->policies)
		return cli_fail_text(c, fault_text(FAULT_MEMORY));
	if (has_pack(folder))
		return load_one(c, p, folder);
	dir = opendir(folder);
	if (!dir)
		return cli_fail(c, "政策包文件夹 %s 打不开：%s",
			"cannot open the folder of packs %s: %s", folder, strerror(errno));
	status = load_below(c, folder, dir, p);
	closedir(dir);
	if (status == CLI_OK && p->n == 0)
		return cli_fail(c, "%s 里没有政策包", "no pack in %s", folder);
	return status;
}

void packs_release(struct packs *p)
{
	arena_release(&p->arena);
	*p = (struct packs){ 0 };
}

const struct pack *packs_find(const struct packs *p, struct str code)
{
	size_t low = 0, high = p->n;

	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = str_cmp(p->items[middle]->code, code);

		if (order == 0)
			return p->items[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

static int port_load(const char *folder, bool english, struct policy_set *ret_set)
{
	struct cli c = { .out = stdout, .err = stderr, .english = english, .prog = "canbao" };
	struct packs *p = calloc(1, sizeof(*p));

	if (!p)
		return FAULT_MEMORY;
	if (packs_load_all(&c, folder && *folder ? folder : packs_default_folder(), p) != CLI_OK) {
		packs_release(p);
		free(p);
		return FAULT_FORMAT;
	}
	*ret_set = (struct policy_set){ p->policies, p->n, p };
	return 0;
}

static void port_release(struct policy_set *set)
{
	if (!set->owner)
		return;
	packs_release(set->owner);
	free(set->owner);
	*set = (struct policy_set){ NULL, 0, NULL };
}

const struct policy_port packs_port = { .load = port_load, .release = port_release };
