/* SPDX-License-Identifier: Apache-2.0 */
/* Packs of the source tree for tests, as they are or with one place changed. */
#ifndef CANBAO_TESTS_PACK_FIXTURE_H
#define CANBAO_TESTS_PACK_FIXTURE_H

#include "../check.h"

#include "base/err.h"
#include "rules/decide.h"

struct fixture {
	struct arena arena;
	struct diags diags;
	struct pack_sources sources;
	const struct pack *pack; /* NULL when it did not load */
	int rc;
};

static struct str fixture_read(struct arena *a, const char *code, const char *file)
{
	const char *root = getenv("CANBAO_ROOT");
	struct str path = arena_printf(a, "%s/packs/%s/%s", root ? root : ".", code, file);
	FILE *f = fopen(path.p, "rb");
	char *p = arena_alloc(a, 1 << 20);
	size_t n;

	assert_non_null(f);
	assert_non_null(p);
	n = fread(p, 1, 1 << 20, f);
	fclose(f);
	return (struct str){ p, n };
}

/* `text` with the first `find` made `put`; `find` must be there. */
static struct str fixture_change(
	struct arena *a, struct str text, const char *find, const char *put)
{
	ptrdiff_t at = str_find(text, str_of(find));

	if (at < 0)
		fail_row("not in the pack: %s", find);
	return arena_printf(a, "%.*s%s%.*s", (int)at, text.p, put,
		(int)(text.n - (size_t)at - strlen(find)), text.p + at + strlen(find));
}

/* Load a pack, changed in pack.yaml when `find` is given, under an overlay when that is given. */
static void fixture_load(
	struct fixture *f, const char *code, const char *find, const char *put, const char *overlay)
{
	*f = (struct fixture){ 0 };
	arena_init(&f->arena, (size_t)64 << 20);
	diags_init(&f->diags, &f->arena);
	f->sources.name = STR("pack.yaml");
	f->sources.text = fixture_read(&f->arena, code, "pack.yaml");
	f->sources.ledger_name = STR("clauses.yaml");
	f->sources.ledger_text = fixture_read(&f->arena, code, "clauses.yaml");
	if (find)
		f->sources.text = fixture_change(&f->arena, f->sources.text, find, put);
	if (overlay) {
		f->sources.overlay_name = STR("overlay.yaml");
		f->sources.overlay_text = str_of(overlay);
	}
	f->rc = pack_load(&f->arena, &f->sources, &f->diags, &f->pack);
}

static void fixture_release(struct fixture *f)
{
	arena_release(&f->arena);
}

static inline bool fixture_said(const struct fixture *f, const char *what)
{
	for (size_t i = 0; i < f->diags.n; i++)
		if (str_find(f->diags.items[i].message, str_of(what)) >= 0)
			return true;
	return false;
}

static inline void fixture_print(const struct fixture *f)
{
	struct buf b;

	buf_init(&b, 1 << 20);
	diags_print(&b, &f->diags);
	print_error("%.*s", (int)b.n, b.p ? b.p : "");
	buf_release(&b);
}

#endif
