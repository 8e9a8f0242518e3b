/* SPDX-License-Identifier: Apache-2.0 */
/* Settings as a file, as documentation, and taken over while the service runs. */
#include <inttypes.h>
#include <string.h>

#include "doors/http/settings_table.h"

static void add_seconds(struct buf *b, int64_t v)
{
	if (v && v % 86400 == 0)
		buf_addf(b, "%" PRId64 "d", v / 86400);
	else if (v && v % 3600 == 0)
		buf_addf(b, "%" PRId64 "h", v / 3600);
	else if (v && v % 60 == 0)
		buf_addf(b, "%" PRId64 "min", v / 60);
	else
		buf_addf(b, "%" PRId64 "s", v);
}

static void add_bytes(struct buf *b, int64_t v)
{
	if (v && v % (1 << 30) == 0)
		buf_addf(b, "%" PRId64 "GB", v >> 30);
	else if (v && v % (1 << 20) == 0)
		buf_addf(b, "%" PRId64 "MB", v >> 20);
	else
		buf_addf(b, "%" PRId64 "KB", v >> 10);
}

static void add_value(struct buf *b, const struct settings *s, const struct setting *t)
{
	const void *at = setting_at(s, t);

	switch (t->kind) {
	case SETTING_TEXT:
		buf_addz(b, at);
		break;
	case SETTING_FLAG:
		buf_addz(b, *(const bool *)at ? "yes" : "no");
		break;
	case SETTING_DAY:
		if (*(const day_t *)at != DAY_NONE)
			day_print(b, *(const day_t *)at);
		break;
	case SETTING_TIME:
		add_seconds(b, *(const int64_t *)at);
		break;
	case SETTING_SIZE:
		add_bytes(b, *(const int64_t *)at);
		break;
	case SETTING_INT:
		buf_addi(b, *(const int64_t *)at);
		break;
	}
}

/* A database's address may hold a password. */
static bool is_secret(const struct settings *s, const struct setting *t)
{
	return strcmp(t->name, "db") == 0 && strncmp(s->db, "postgres", 8) == 0;
}

void settings_print(const struct settings *s, bool english, struct buf *b)
{
	for (size_t i = 0; i < setting_count; i++) {
		const struct setting *t = &setting_table[i];

		buf_addf(b, "%s# %s\n%s = ", i ? "\n" : "", english ? t->en : t->zh, t->name);
		if (is_secret(s, t))
			buf_addz(b, "postgresql://…");
		else
			add_value(b, s, t);
		buf_addc(b, '\n');
	}
}

void settings_markdown(struct buf *b)
{
	static struct settings defaults;

	settings_init(&defaults);
	buf_addz(b,
		"# 设置 Settings\n\n"
		"`canbao config --markdown` writes this page from the one table of settings\n"
		"(`src/doors/http/settings.h`); a test says when it is out of date.  A file `canbao.conf` holds\n"
		"lines `name = value`, comments begin with `#`, and `canbao serve --set name=value` lays a value\n"
		"over it.  Times are written `30s`, `15min`, `12h`, `7d`, sizes `256KB`, `8MB`, `1GB`.\n"
		"Settings marked ↻ are taken over by `SIGHUP`; the others need a new start.\n\n"
		"| 名称 name | 缺省 default | | 说明 | meaning |\n"
		"| --- | --- | --- | --- | --- |\n");
	for (size_t i = 0; i < setting_count; i++) {
		const struct setting *t = &setting_table[i];

		buf_addf(b, "| `%s` | ", t->name);
		if (t->value[0]) {
			buf_addc(b, '`');
			add_value(b, &defaults, t);
			buf_addc(b, '`');
		}
		buf_addf(b, " | %s | %s | %s |\n", t->reload == SETTING_RELOAD ? "↻" : "", t->zh,
			t->en);
	}
}

static size_t setting_bytes(const struct setting *t)
{
	switch (t->kind) {
	case SETTING_TEXT:
		return SETTING_TEXT_MAX;
	case SETTING_FLAG:
		return sizeof(bool);
	case SETTING_DAY:
		return sizeof(day_t);
	default:
		return sizeof(int64_t);
	}
}

void settings_reload(struct settings *s, const struct settings *fresh, struct buf *ret_kept)
{
	for (size_t i = 0; i < setting_count; i++) {
		const struct setting *t = &setting_table[i];
		void *mine = setting_at(s, t);
		const void *theirs = setting_at(fresh, t);

		if (memcmp(mine, theirs, setting_bytes(t)) == 0)
			continue;
		if (t->reload != SETTING_RELOAD)
			buf_addf(ret_kept, "%s%s", ret_kept->n ? " " : "", t->name);
		else if (t->kind == SETTING_TEXT || t->kind == SETTING_FLAG)
			memcpy(mine, theirs, setting_bytes(t));
		else
			__atomic_store_n(
				(int64_t *)mine, *(const int64_t *)theirs, __ATOMIC_RELAXED);
	}
}
