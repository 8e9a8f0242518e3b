/* SPDX-License-Identifier: Apache-2.0 */
/* Maps, lists and words of a pack. */
#include "rules/pack_read.h"

#include <string.h>

#include "base/utf8.h"

void *rd_array(struct pack_reader *r, size_t n, size_t size)
{
	void *items = n ? arena_array(r->a, n, size) : NULL;

	if (n && !items)
		r->oom = true;
	return items;
}

static const char *bare(const char *key)
{
	return *key == '!' ? key + 1 : key;
}

static const char *nearest_key(const char *const *keys, struct str key)
{
	const char *best = NULL;
	int best_distance = 3;

	for (size_t i = 0; keys[i]; i++) {
		int distance = edit_distance(key, str_of(bare(keys[i])), 2);

		if (distance < best_distance) {
			best = bare(keys[i]);
			best_distance = distance;
		}
	}
	return best;
}

static void check_key(struct pack_reader *r, const struct ynode *item, const char *const *keys)
{
	const char *near;

	for (size_t i = 0; keys[i]; i++)
		if (str_is(item->key, bare(keys[i])))
			return;
	near = nearest_key(keys, item->key);
	if (near)
		diag_error(r->d, item->key_mark,
			"不认识的键“%.*s”，是不是“%s”？ / unknown key; did you mean '%s'?",
			STR_ARG(item->key), near, near);
	else
		diag_error(
			r->d, item->key_mark, "不认识的键“%.*s” / unknown key", STR_ARG(item->key));
}

bool rd_keys(struct pack_reader *r, const struct ynode *n, const char *const *keys)
{
	if (!n)
		return false;
	if (n->kind != YNODE_MAP) {
		diag_error(r->d, n->mark, "这里应是一组“键: 值” / a map is expected here");
		return false;
	}
	for (size_t i = 0; i < n->n; i++)
		check_key(r, n->items[i], keys);
	for (size_t i = 0; keys[i]; i++)
		if (*keys[i] == '!' && !ynode_get(n, keys[i] + 1))
			diag_error(r->d, n->mark, "缺少“%s” / '%s' is missing", keys[i] + 1,
				keys[i] + 1);
	return true;
}

size_t rd_list(struct pack_reader *r, const struct ynode *n, size_t max)
{
	if (!n)
		return 0;
	if (n->kind != YNODE_SEQ) {
		diag_error(r->d, n->mark, "这里应是一个列表 / a list is expected here");
		return 0;
	}
	if (n->n > max) {
		diag_error(r->d, n->mark, "最多 %zu 项 / at most %zu items", max, max);
		return max;
	}
	return n->n;
}

size_t rd_items(const struct ynode *n)
{
	if (!n)
		return 0;
	return n->kind == YNODE_SEQ ? n->n : 1;
}

const struct ynode *rd_item(const struct ynode *n, size_t i)
{
	return n->kind == YNODE_SEQ ? n->items[i] : n;
}

struct str rd_text(struct pack_reader *r, const struct ynode *n)
{
	if (!n)
		return STR("");
	if (n->kind != YNODE_SCALAR) {
		diag_error(r->d, n->mark,
			"这里应是一个值，不是列表或一组键 / a single value is expected");
		return STR("");
	}
	return n->text;
}

struct str rd_code(struct pack_reader *r, const struct ynode *n)
{
	struct str s = rd_text(r, n);

	for (size_t i = 0; i < s.n; i++)
		if (!((s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= '0' && s.p[i] <= '9') ||
			    s.p[i] == '_' || s.p[i] == '-') ||
			s.n > 48) {
			diag_error(r->d, n->mark,
				"代码只用小写字母、数字和下划线，最多 48 个 / lower-case letters, digits, "
				"underscores");
			break;
		}
	return s;
}

void rd_codes_differ(struct pack_reader *r, const struct ynode *list)
{
	for (size_t i = 0; list && i < list->n; i++) {
		const struct ynode *code = ynode_get(list->items[i], "代码");

		for (size_t k = 0; code && k < i; k++) {
			const struct ynode *other = ynode_get(list->items[k], "代码");

			if (other && str_eq(other->text, code->text))
				diag_error(r->d, code->mark,
					"代码“%.*s”用了两次 / the code is used twice",
					STR_ARG(code->text));
		}
	}
}

bool rd_yes(struct pack_reader *r, const struct ynode *n)
{
	struct str s = rd_text(r, n);

	if (!n || str_is(s, "否"))
		return false;
	if (!str_is(s, "是"))
		diag_error(r->d, n->mark, "只能写“是”或“否” / only 是 or 否");
	return true;
}

int rd_local(struct pack_reader *r, const struct ynode *n)
{
	struct str s = rd_text(r, n);

	if (!n)
		return -1;
	if (str_is(s, "本地"))
		return 1;
	if (!str_is(s, "外地"))
		diag_error(r->d, n->mark, "只能写“本地”或“外地” / only 本地 or 外地");
	return 0;
}

int rd_word(struct pack_reader *r, const struct ynode *n, const struct vocab *v)
{
	struct str s = rd_text(r, n);
	int i = n ? vocab_word(v, s) : -1, near;

	if (!n || i >= 0)
		return i;
	near = vocab_nearest(v, s);
	if (near >= 0)
		diag_error(r->d, n->mark,
			"%s里没有“%.*s”，是不是“%s”？ / unknown word; did you mean '%s'?", v->name,
			STR_ARG(s), v->words[near].zh, v->words[near].zh);
	else
		diag_error(r->d, n->mark, "%s里没有“%.*s” / unknown word", v->name, STR_ARG(s));
	return -1;
}

uint32_t rd_words(struct pack_reader *r, const struct ynode *n, const struct vocab *v)
{
	uint32_t mask = 0;

	for (size_t i = 0; i < rd_items(n); i++) {
		int w = rd_word(r, rd_item(n, i), v);

		if (w >= 0 && (mask & 1u << w))
			diag_error(r->d, rd_item(n, i)->mark, "“%s”写了两次 / named twice",
				v->words[w].zh);
		if (w >= 0)
			mask |= 1u << w;
	}
	return mask;
}

/* Is `s` one of the words YAML 1.1 readers turn into something else? */
static bool treacherous(struct str s)
{
	static const char *const words[] = { "no", "yes", "on", "off", "true", "false", "null", "y",
		"n", "~" };
	char low[8];

	if (s.n >= sizeof(low))
		return false;
	for (size_t i = 0; i < s.n; i++)
		low[i] = (char)(s.p[i] >= 'A' && s.p[i] <= 'Z' ? s.p[i] + 32 : s.p[i]);
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_eq((struct str){ low, s.n }, str_of(words[i])))
			return true;
	return false;
}

static bool has_fullwidth_digit(struct str s)
{
	for (size_t i = 0; i + 2 < s.n; i++)
		if ((unsigned char)s.p[i] == 0xef && (unsigned char)s.p[i + 1] == 0xbc &&
			(unsigned char)s.p[i + 2] >= 0x90 && (unsigned char)s.p[i + 2] <= 0x99)
			return true;
	return false;
}

static void lint_scalar(struct pack_reader *r, const struct ynode *n)
{
	struct str s = n->text;

	if (has_fullwidth_digit(s))
		diag_error(r->d, n->mark,
			"有全角数字，请改成半角 / full-width digits; write ASCII ones");
	if (n->quoted)
		return;
	if (treacherous(s))
		diag_error(r->d, n->mark,
			"“%.*s”在 YAML 里另有含义，请写“是”或“否” / write 是 or 否", STR_ARG(s));
	if (s.n > 1 && s.p[0] == '0' && s.p[1] >= '0' && s.p[1] <= '9')
		diag_error(r->d, n->mark,
			"以 0 开头的数字会被当成八进制，请去掉 0 或加引号 / a leading zero reads as octal");
}

void rd_lint(struct pack_reader *r, const struct ynode *n)
{
	if (n->key.n && has_fullwidth_digit(n->key))
		diag_error(r->d, n->key_mark, "键里有全角数字 / full-width digits in a key");
	if (n->kind == YNODE_SCALAR)
		lint_scalar(r, n);
	for (size_t i = 0; i < n->n; i++)
		rd_lint(r, n->items[i]);
}
