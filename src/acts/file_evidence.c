/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/file_evidence.h"

#include <inttypes.h>
#include <string.h>

#include "acts/api_sign.h"
#include "store/look.h"
#include "store/quote.h"

bool evidence_kind_known(struct str kind)
{
#define X(name, code, zh, en) \
	if (str_is(kind, code)) \
		return true;
	EVIDENCE_KINDS(X)
#undef X
	return false;
}

const char *evidence_media(struct str bytes)
{
	static const struct {
		const char *magic;
		size_t n;
		const char *media;
	} kinds[] = { { "\xff\xd8\xff", 3, "image/jpeg" }, { "\x89PNG\r\n\x1a\n", 8, "image/png" },
		{ "%PDF-", 5, "application/pdf" } };

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (bytes.n > kinds[i].n && memcmp(bytes.p, kinds[i].magic, kinds[i].n) == 0)
			return kinds[i].media;
	return NULL;
}

struct call {
	const struct env *env;
	struct evidence_new e;
	struct err err;
};

static int file_tx(struct db *db, struct arena *a, void *arg)
{
	struct call *c = arg;
	int64_t county = c->env->county, audit, loose = 0, swept;
	int rc = audit_open(db, county, &audit);

	c->err.text[0] = '\0';
	if (rc < 0)
		return rc;
	swept = evidence_sweep(db, county, c->env->now - EVIDENCE_LOOSE_SECONDS);
	if (swept < 0)
		return (int)swept;
	rc = evidence_loose(db, county, &loose);
	if (rc < 0)
		return rc;
	if (loose + c->e.bytes > EVIDENCE_LOOSE_MAX)
		return err_set(&c->err, FAULT_LIMIT,
			"待处理的材料太多，请明天再传 / too many papers wait; try tomorrow");
	rc = counter_take(db, county, "evidence", 1, &c->e.id);
	if (rc == 0)
		rc = evidence_add(db, county, audit, &c->e);
	return rc < 0 ? rc
		      : env_audit(db, c->env, audit, "file_evidence",
				arena_printf(a, "evidence %" PRId64, c->e.id),
				arena_printf(a, "{\"bytes\":%" PRId64 ",\"swept\":%" PRId64 "}",
					c->e.bytes, swept));
}

int file_evidence(const struct env *env, const struct evidence_paper_new *q, struct err *err)
{
	struct call c = { .env = env,
		.e = { .code = q->code,
			.kind = q->kind,
			.media = q->media,
			.bytes = (int64_t)q->bytes.n,
			.at = env->now } };
	const char *media = evidence_media(q->bytes);
	unsigned char *sealed;
	struct vault *v;
	struct arena a;
	size_t n = 0;
	int rc;

	if (q->bytes.n > EVIDENCE_BYTES_MAX)
		return err_set(err, FAULT_LIMIT, "材料超过 8 MB / the paper is above 8 MiB");
	if (!media || !str_is(q->media, media) || !evidence_kind_known(q->kind))
		return err_set(err, FAULT_FORMAT,
			"文件不是所说的图片或 PDF，请重新拍照上传 / the file is not the picture or PDF it says");
	rc = vault_new(store_keys(env->store), &v);
	if (rc < 0)
		return rc;
	api_body_digest(q->bytes, c.e.digest);
	arena_init(&a, q->bytes.n + (1u << 16));
	sealed = arena_alloc(&a, q->bytes.n + SEAL_OVERHEAD);
	rc = sealed ? vault_seal_long(v, SEAL_EVIDENCE, q->bytes, sealed, &n) : FAULT_MEMORY;
	c.e.sealed = (struct str){ (const char *)sealed, n };
	if (rc == 0)
		rc = store_act(env->store, file_tx, &c);
	arena_release(&a);
	vault_free(v);
	if (rc >= 0)
		return 0;
	return err_set(err, (enum fault)rc, "%s", c.err.text[0] ? c.err.text : fault_text(rc));
}

struct list_call {
	const struct env *env;
	int64_t person;
	struct arena *a;
	struct evidence *items;
	size_t n;
};

static bool within(const struct env *env, int64_t town, int64_t village)
{
	int64_t own = env->scope.division;

	return !env->scope.nothing && (own == 0 || own == town || own == village);
}

static int list_tx(struct db *db, struct arena *scratch, void *arg)
{
	struct list_call *c = arg;
	struct quote_person who;
	int rc = quote_person(db, scratch, c->env->county, c->person, &who);

	if (rc < 0)
		return rc;
	if (rc == 0 || !within(c->env, who.town, who.village))
		return FAULT_MISSING;
	return evidence_of_person(db, c->a, c->env->county, c->person, &c->items, &c->n);
}

int read_evidence_list(const struct env *env, int64_t person, struct arena *a,
	struct evidence **ret_items, size_t *ret_n)
{
	struct list_call c = { .env = env, .person = person, .a = a };
	int rc = store_read(env->store, list_tx, &c);

	if (rc < 0)
		return rc;
	*ret_items = c.items;
	*ret_n = c.n;
	return 0;
}

struct read_call {
	const struct env *env;
	int64_t id;
	struct str office;
	struct arena *a;
	struct evidence_paper paper;
};

static int read_tx(struct db *db, struct arena *scratch, void *arg)
{
	struct read_call *c = arg;
	struct look l = { .at = c->env->now,
		.actor = c->env->actor,
		.office = c->office,
		.what = LOOK_EVIDENCE };
	int64_t audit;
	int rc = c->env->scope.nothing ? 0
				       : evidence_in_area(db, c->a, c->env->county, c->id,
						 c->env->scope.division, &c->paper);

	if (rc != 1)
		return rc < 0 ? rc : FAULT_MISSING;
	rc = audit_open(db, c->env->county, &audit);
	l.person = c->paper.person;
	if (rc == 0 && l.person)
		rc = look_add(db, c->env->county, &l);
	return rc < 0 ? rc
		      : env_audit(db, c->env, audit, "read_evidence",
				arena_printf(scratch, "evidence %" PRId64, c->id),
				(struct str){ NULL, 0 });
}

int read_evidence(const struct env *env, int64_t id, struct str office, struct arena *a,
	struct str *ret_media, struct str *ret_bytes)
{
	struct read_call c = { .env = env, .id = id, .office = office, .a = a };
	struct vault *v;
	char *plain;
	size_t n = 0;
	int rc = store_act(env->store, read_tx, &c);

	if (rc < 0)
		return rc;
	plain = arena_alloc(a, c.paper.sealed.n + 1);
	rc = plain ? vault_new(store_keys(env->store), &v) : FAULT_MEMORY;
	if (rc < 0)
		return rc;
	rc = vault_open_long(v, SEAL_EVIDENCE, c.paper.sealed, plain, &n);
	vault_free(v);
	if (rc < 0)
		return rc;
	*ret_media = c.paper.media;
	*ret_bytes = (struct str){ plain, n };
	return 0;
}
