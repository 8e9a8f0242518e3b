/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/ytree.h"

#include <string.h>
#include <yaml.h>

#include "base/err.h"
#include "base/map.h"
#include "base/utf8.h"

#define DEPTH_MAX 32
#define KEYS_BY_EYE 16 /* up to so many keys of a map are compared pairwise */

struct reader {
	yaml_parser_t parser;
	yaml_event_t event; /* the current one; valid while `have` */
	bool have;
	struct arena *arena;
	struct diags *diags;
	struct str file, text;
	size_t nodes;
	int depth;
};

static struct mark mark_of(const struct reader *r, yaml_mark_t m)
{
	return (struct mark){ r->file, r->text, (uint32_t)m.line + 1, (uint32_t)m.column + 1 };
}

static struct mark here(const struct reader *r)
{
	return mark_of(r, r->event.start_mark);
}

/* libyaml's own words in Chinese, for those an author meets. */
static const char *problem_zh(const char *problem)
{
	static const char *const table[][2] = {
		{ "could not find expected ':'", "这里应有冒号（冒号后要有空格）" },
		{ "did not find expected key", "这里应是一个键；请看缩进是否对齐" },
		{ "did not find expected ',' or ']'", "方括号里缺逗号或缺 ]" },
		{ "did not find expected ',' or '}'", "花括号里缺逗号或缺 }" },
		{ "did not find expected '-' indicator", "列表里缺 -；请看缩进是否对齐" },
		{ "mapping values are not allowed in this context",
			"这里不能再有冒号；文字含冒号时请加引号" },
		{ "found character that cannot start any token",
			"文字不能以这个字符开头；缩进请用空格，不用制表符" },
		{ "found unexpected end of stream", "文件没有写完：引号或括号未闭合" },
		{ "block sequence entries are not allowed in this context",
			"列表的 - 不能写在这里" },
		{ "control characters are not allowed", "有不允许的控制字符" },
	};

	for (size_t i = 0; problem && i < ARRAY_LEN(table); i++)
		if (strcmp(problem, table[i][0]) == 0)
			return table[i][1];
	return "写法不合 YAML";
}

/* Move to the next event.  0, or a fault after reporting. */
static int next(struct reader *r)
{
	if (r->have)
		yaml_event_delete(&r->event);
	r->have = false;
	if (yaml_parser_parse(&r->parser, &r->event)) {
		r->have = true;
		return 0;
	}
	if (r->parser.error == YAML_MEMORY_ERROR)
		return FAULT_MEMORY;
	diag_error(r->diags, mark_of(r, r->parser.problem_mark), "%s / YAML: %s",
		problem_zh(r->parser.problem), r->parser.problem ? r->parser.problem : "?");
	return FAULT_FORMAT;
}

static struct ynode *node_new(struct reader *r, enum ynode_kind kind)
{
	struct ynode *n = ARENA_NEW(r->arena, struct ynode);

	if (n) {
		n->kind = kind;
		n->mark = here(r);
	}
	return n;
}

static void refuse_decoration(struct reader *r, const yaml_char_t *anchor, const yaml_char_t *tag)
{
	if (anchor)
		diag_error(r->diags, here(r), "不许用锚点 &%s / anchors are not allowed",
			(const char *)anchor);
	if (tag)
		diag_error(r->diags, here(r), "不许用标签 %s / tags are not allowed",
			(const char *)tag);
}

/* Copy the current scalar event's text.  False when out of memory. */
static bool scalar_text(struct reader *r, struct str *ret_text, bool *ret_quoted)
{
	struct str v = { (const char *)r->event.data.scalar.value, r->event.data.scalar.length };

	refuse_decoration(r, r->event.data.scalar.anchor, r->event.data.scalar.tag);
	*ret_quoted = r->event.data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
	if (v.n == 0 && !*ret_quoted)
		diag_error(r->diags, here(r), "这里缺一个值 / a value is missing here");
	if (v.n && memchr(v.p, '\0', v.n))
		diag_error(r->diags, here(r), "文字里有 NUL 字符 / a NUL character in the text");
	*ret_text = arena_str(r->arena, v);
	return ret_text->p != NULL;
}

static int read_node(struct reader *r, struct ynode **ret_node);

static int read_scalar(struct reader *r, struct ynode **ret_node)
{
	struct ynode *n = node_new(r, YNODE_SCALAR);

	if (!n || !scalar_text(r, &n->text, &n->quoted))
		return FAULT_MEMORY;
	*ret_node = n;
	return next(r);
}

/* An alias stands for text we refuse to look up: report it and put an empty scalar in its place. */
static int read_alias(struct reader *r, struct ynode **ret_node)
{
	struct ynode *n = node_new(r, YNODE_SCALAR);

	if (!n)
		return FAULT_MEMORY;
	diag_error(r->diags, here(r), "不许用别名 *%s / aliases are not allowed",
		(const char *)r->event.data.alias.anchor);
	n->text = STR("");
	*ret_node = n;
	return next(r);
}

static int append(struct reader *r, struct ynode *parent, size_t *cap, struct ynode *child)
{
	struct ynode **items =
		arena_grow(r->arena, parent->items, parent->n, cap, sizeof(*parent->items));

	if (!items)
		return FAULT_MEMORY;
	parent->items = items;
	items[parent->n++] = child;
	return 0;
}

static int read_seq(struct reader *r, struct ynode **ret_node)
{
	struct ynode *n = node_new(r, YNODE_SEQ), *child;
	size_t cap = 0;
	int rc;

	if (!n)
		return FAULT_MEMORY;
	refuse_decoration(r, r->event.data.sequence_start.anchor, r->event.data.sequence_start.tag);
	rc = next(r);
	while (rc == 0 && r->event.type != YAML_SEQUENCE_END_EVENT) {
		rc = read_node(r, &child);
		if (rc == 0)
			rc = append(r, n, &cap, child);
	}
	if (rc < 0)
		return rc;
	*ret_node = n;
	return next(r);
}

/* The key of the next pair; the value's event is current afterwards. */
static int read_key(struct reader *r, struct str *ret_key, struct mark *ret_mark)
{
	bool quoted;

	*ret_mark = here(r);
	if (r->event.type != YAML_SCALAR_EVENT) {
		diag_error(r->diags, *ret_mark, "键只能是一个词 / a key must be a scalar");
		return FAULT_FORMAT;
	}
	if (!scalar_text(r, ret_key, &quoted))
		return FAULT_MEMORY;
	if (!quoted && str_is(*ret_key, "<<"))
		diag_error(r->diags, *ret_mark, "不许用合并键 << / merge keys are not allowed");
	return next(r);
}

static int read_map(struct reader *r, struct ynode **ret_node)
{
	struct ynode *n = node_new(r, YNODE_MAP), *child = NULL;
	size_t cap = 0;
	struct mark at;
	struct str key;
	int rc;

	if (!n)
		return FAULT_MEMORY;
	refuse_decoration(r, r->event.data.mapping_start.anchor, r->event.data.mapping_start.tag);
	rc = next(r);
	while (rc == 0 && r->event.type != YAML_MAPPING_END_EVENT) {
		rc = read_key(r, &key, &at);
		if (rc == 0)
			rc = read_node(r, &child);
		if (rc < 0)
			break;
		child->key = key;
		child->key_mark = at;
		rc = append(r, n, &cap, child);
	}
	if (rc < 0)
		return rc;
	*ret_node = n;
	return next(r);
}

static void report_twice(struct reader *r, const struct ynode *again, const struct ynode *first)
{
	diag_error(r->diags, again->key_mark,
		"键“%.*s”重复，第 %u 行已有 / the key is already on line %u", STR_ARG(again->key),
		first->key_mark.line, first->key_mark.line);
}

static const struct ynode *find_before(const struct ynode *n, size_t end)
{
	for (size_t i = 0; i < end; i++)
		if (str_eq(n->items[i]->key, n->items[end]->key))
			return n->items[i];
	return NULL;
}

/* Report keys that stand twice and keep the first of each. */
static int drop_twins(struct reader *r, struct ynode *n)
{
	const struct ynode *first;
	struct map seen;
	size_t kept = 0;
	int64_t at;

	map_init(&seen, r->arena);
	for (size_t i = 0; i < n->n; i++) {
		n->items[kept] = n->items[i];
		first = NULL;
		if (n->n <= KEYS_BY_EYE)
			first = find_before(n, kept);
		else if (map_get(&seen, n->items[kept]->key, &at))
			first = n->items[at];
		else if (map_put(&seen, n->items[kept]->key, (int64_t)kept) < 0)
			return FAULT_MEMORY;
		if (first)
			report_twice(r, n->items[kept], first);
		else
			kept++;
	}
	n->n = kept;
	return 0;
}

static int too_much(struct reader *r)
{
	if (++r->nodes > YTREE_NODES_MAX)
		diag_error(r->diags, here(r), "内容超过 %d 项 / more than %d nodes",
			YTREE_NODES_MAX, YTREE_NODES_MAX);
	else if (r->depth >= DEPTH_MAX)
		diag_error(r->diags, here(r), "嵌套超过 %d 层 / nested deeper than %d", DEPTH_MAX,
			DEPTH_MAX);
	else
		return 0;
	return FAULT_FORMAT;
}

static int read_node(struct reader *r, struct ynode **ret_node)
{
	int rc = too_much(r);

	if (rc < 0)
		return rc;
	r->depth++;
	switch (r->event.type) {
	case YAML_SCALAR_EVENT:
		rc = read_scalar(r, ret_node);
		break;
	case YAML_ALIAS_EVENT:
		rc = read_alias(r, ret_node);
		break;
	case YAML_SEQUENCE_START_EVENT:
		rc = read_seq(r, ret_node);
		break;
	case YAML_MAPPING_START_EVENT:
		rc = read_map(r, ret_node);
		if (rc == 0)
			rc = drop_twins(r, *ret_node);
		break;
	default:
		diag_error(r->diags, here(r), "这里缺内容 / content is missing here");
		rc = FAULT_FORMAT;
	}
	r->depth--;
	return rc;
}

static int read_document(struct reader *r, struct ynode **ret_root)
{
	struct ynode *root = NULL;
	int rc = next(r); /* stream start */

	if (rc == 0)
		rc = next(r);
	if (rc < 0)
		return rc;
	if (r->event.type == YAML_STREAM_END_EVENT) {
		diag_error(r->diags, here(r), "文件是空的 / the file is empty");
		return FAULT_FORMAT;
	}
	if (r->event.data.document_start.version_directive ||
		r->event.data.document_start.tag_directives.start !=
			r->event.data.document_start.tag_directives.end)
		diag_error(r->diags, here(r), "不许用 %% 指令 / directives are not allowed");
	rc = next(r);
	if (rc == 0)
		rc = read_node(r, &root);
	if (rc == 0)
		rc = next(r); /* document end is current: go past it */
	if (rc < 0)
		return rc;
	if (r->event.type != YAML_STREAM_END_EVENT)
		diag_error(r->diags, here(r), "一个文件只能有一份文档 / only one document a file");
	*ret_root = root;
	return 0;
}

/* Where the first byte that is not UTF-8 stands. */
static struct mark bad_byte(struct str file, struct str text)
{
	struct mark m = { file, text, 1, 1 };
	uint32_t cp;
	size_t n;

	while (text.n && (n = utf8_next(text, &cp)) > 0) {
		m.col = cp == '\n' ? 1 : m.col + 1;
		m.line += cp == '\n';
		text.p += n;
		text.n -= n;
	}
	return m;
}

int ytree_parse(
	struct arena *a, struct str file, struct str text, struct diags *d, struct ynode **ret_root)
{
	struct reader r = { .arena = a, .diags = d, .file = file, .text = text };
	int rc;

	if (text.n > YTREE_BYTES_MAX) {
		diag_error(d, (struct mark){ .file = file },
			"文件超过 %u 字节 / larger than %u bytes", YTREE_BYTES_MAX,
			YTREE_BYTES_MAX);
		return FAULT_FORMAT;
	}
	if (!utf8_valid(text)) {
		diag_error(d, bad_byte(file, text), "文件不是 UTF-8 编码 / the file is not UTF-8");
		return FAULT_FORMAT;
	}
	if (str_starts(text, STR("\xef\xbb\xbf")))
		r.text = text = (struct str){ text.p + 3, text.n - 3 };
	if (!yaml_parser_initialize(&r.parser))
		return FAULT_MEMORY;
	yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&r.parser, (const unsigned char *)text.p, text.n);
	rc = read_document(&r, ret_root);
	if (r.have)
		yaml_event_delete(&r.event);
	yaml_parser_delete(&r.parser);
	return rc;
}

struct ynode *ynode_get(const struct ynode *n, const char *key)
{
	if (!n || n->kind != YNODE_MAP)
		return NULL;
	for (size_t i = 0; i < n->n; i++)
		if (str_is(n->items[i]->key, key))
			return n->items[i];
	return NULL;
}
