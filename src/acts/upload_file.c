/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/upload_file.h"

#include <inttypes.h>

struct note {
	const struct env *env;
	struct upload upload;
};

static int note_tx(struct db *db, struct arena *a, void *arg)
{
	struct note *n = arg;
	const struct env *env = n->env;
	struct str detail;
	int64_t audit, kept;
	int rc = upload_count(db, env->county, n->upload.account, &kept);

	if (rc == 0 && kept >= UPLOADS_OF_ACCOUNT_MAX)
		return FAULT_LIMIT;
	if (rc == 0)
		rc = audit_open(db, env->county, &audit);
	if (rc == 0)
		rc = counter_take(db, env->county, "upload", 1, &n->upload.id);
	if (rc == 0)
		rc = upload_add(db, env->county, &n->upload);
	if (rc < 0)
		return rc;
	detail = arena_printf(
		a, "{\"upload\":%" PRId64 ",\"bytes\":%" PRId64 "}", n->upload.id, n->upload.bytes);
	return detail.p ? env_audit(db, env, audit, "upload", n->upload.name, detail)
			: FAULT_MEMORY;
}

int upload_note(const struct env *env, const struct upload *u, int64_t *ret_id)
{
	struct note n = { .env = env, .upload = *u };
	int rc;

	n.upload.at = env->now;
	rc = store_act(env->store, note_tx, &n);
	if (rc == 0)
		*ret_id = n.upload.id;
	return rc;
}

struct find {
	const struct env *env;
	int64_t account, id;
	struct arena *arena;
	struct upload upload;
};

static int find_tx(struct db *db, struct arena *a, void *arg)
{
	struct find *f = arg;
	int rc = upload_load(db, f->arena, f->env->county, f->id, &f->upload);

	(void)a;
	return rc == 1 && f->upload.account != f->account ? 0 : rc;
}

int upload_find(const struct env *env, int64_t account, int64_t id, struct arena *a,
	struct upload *ret_upload)
{
	struct find f = { .env = env, .account = account, .id = id, .arena = a };
	int rc = store_read(env->store, find_tx, &f);

	if (rc == 1)
		*ret_upload = f.upload;
	return rc;
}

struct sweep {
	const struct env *env;
	int64_t *ids;
	int n;
};

static int sweep_tx(struct db *db, struct arena *a, void *arg)
{
	struct sweep *s = arg;
	int64_t audit;
	struct str detail;
	int rc;

	s->n = upload_oldest(db, s->env->county, s->env->now - UPLOAD_SECONDS, s->ids);
	if (s->n <= 0)
		return s->n;
	rc = audit_open(db, s->env->county, &audit);
	for (int i = 0; rc == 0 && i < s->n; i++)
		rc = upload_drop(db, s->env->county, s->ids[i]);
	detail = arena_printf(a, "{\"uploads\":%d}", s->n);
	if (rc == 0)
		rc = detail.p ? env_audit(db, s->env, audit, "upload_sweep",
					(struct str){ NULL, 0 }, detail)
			      : FAULT_MEMORY;
	return rc < 0 ? rc : s->n;
}

int upload_sweep(const struct env *env, int64_t ret_ids[UPLOADS_SWEPT])
{
	struct sweep s = { .env = env, .ids = ret_ids };

	return store_act(env->store, sweep_tx, &s);
}

struct page {
	const struct env *env;
	struct str kind;
	struct way way;
	size_t limit, n;
	struct arena *arena;
	struct import_listed_file *items;
};

static int page_tx(struct db *db, struct arena *a, void *arg)
{
	struct page *p = arg;
	const struct scope *s = &p->env->scope;
	bool part = s->division || s->department.p || s->school.p || s->channel.p;

	(void)a;
	return import_file_list(db, p->arena, p->env->county, p->kind,
		part ? p->env->actor : STR(""), p->way, p->limit, &p->items, &p->n);
}

int import_files_page(const struct env *env, struct str kind, struct way way, size_t limit,
	struct arena *a, struct import_listed_file **ret_items, size_t *ret_n)
{
	struct page p = { .env = env, .kind = kind, .way = way, .limit = limit, .arena = a };
	int rc = env->scope.nothing ? 0 : store_read(env->store, page_tx, &p);

	if (rc == 0) {
		*ret_items = p.items;
		*ret_n = p.n;
	}
	return rc;
}
