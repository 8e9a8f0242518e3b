/* SPDX-License-Identifier: Apache-2.0 */
#include "county.h"

#include <iconv.h>
#include <inttypes.h>

#include "doors/files/files.h"
#include "rules/diag.h"
#include "store/vault.h"

#define TEXT_MAX (8u << 20)
#define ARENA_MAX ((size_t)512 << 20)

static struct county counties[2];

day_t day(const char *text)
{
	day_t d;

	if (!day_parse(str_of(text), &d))
		fail_row("no day: %s", text);
	return d;
}

static struct str whole(struct county *c, const char *path)
{
	FILE *f = fopen(path, "rb");
	char *text = arena_alloc(&c->arena, TEXT_MAX);
	size_t n;

	if (!f)
		fail_row("%s cannot be opened", path);
	assert_non_null(text);
	n = fread(text, 1, TEXT_MAX, f);
	assert_true(n < TEXT_MAX);
	fclose(f);
	return (struct str){ text, n };
}

struct str county_file(struct county *c, const char *path)
{
	struct str s = whole(c, path);

	return arena_str(&c->arena, s);
}

static const char *formatted(struct county *c, const char *fmt, va_list ap)
{
	struct str s = arena_vprintf(&c->arena, fmt, ap);

	assert_non_null(s.p);
	return s.p;
}

const char *county_text(struct county *c, const char *fmt, ...)
{
	const char *text;
	va_list ap;

	va_start(ap, fmt);
	text = formatted(c, fmt, ap);
	va_end(ap);
	return text;
}

static const char *root(void)
{
	const char *v = getenv("CANBAO_ROOT");

	if (!v || !*v)
		fail_row("CANBAO_ROOT is not set");
	return v;
}

static void load_pack(struct county *c, const char *code)
{
	struct pack_sources s = { .name = STR("pack.yaml"), .ledger_name = STR("clauses.yaml") };
	struct diags d;
	struct buf b;

	s.text = whole(c, county_text(c, "%s/packs/%s/pack.yaml", root(), code));
	s.ledger_text = whole(c, county_text(c, "%s/packs/%s/clauses.yaml", root(), code));
	diags_init(&d, &c->arena);
	if (pack_load(&c->arena, &s, &d, &c->policy.pack) == 0)
		return;
	buf_init(&b, 1u << 20);
	diags_print(&b, &d);
	fail_row("%s: %.*s", code, STR_ARG(buf_str(&b)));
}

static void start(struct county *c, struct fixture *f, const char *code)
{
	int64_t county;

	arena_release(&c->arena);
	*c = (struct county){ .f = f };
	arena_init(&c->arena, ARENA_MAX);
	load_pack(c, code);
	assert_true(str_int(str_of(c->policy.pack->region), &county));
	memset(c->policy.digest, 7, sizeof(c->policy.digest));
	c->env = (struct env){ .store = f->st,
		.sheets = &files_sheets,
		.county = county,
		.actor = STR("tester"),
		.today = c->policy.pack->regular_window.from };
	c->env.now = (int64_t)c->env.today * 86400;
}

/* Divisions as the tree has them (the invented county has none), then two villages in each of the
 * first two towns: 一村 and 二村. */
static void divide(struct county *c, const char *code)
{
	static const char *const heads[] = { "sunan-2024", "lingbi-2023", "shuangqing-2023" };
	static const int64_t towns[][2] = { { 620721101, 620721102 }, { 341323100, 341323101 },
		{ 430502001, 430502002 } };
	const int64_t *t = NULL;

	for (size_t i = 0; i < ARRAY_LEN(heads); i++)
		if (strcmp(heads[i], code) == 0)
			t = towns[i];
	if (!t) {
		TAKES(c, divisions,
			.path = csv(c,
				"编码,名称\n%" PRId64 ",县\n%" PRId64 "100,甲镇\n%" PRId64
				"101,乙镇\n",
				c->env.county, c->env.county, c->env.county));
		return;
	}
	TAKES(c, divisions, .path = county_text(c, "%s/packs/%s/divisions.csv", root(), code));
	TAKES(c, divisions,
		.path = csv(c,
			"编码,名称\n%" PRId64 "201,一村\n%" PRId64 "202,二村\n%" PRId64
			"201,一村\n%" PRId64 "202,二村\n",
			t[0], t[0], t[1], t[1]));
	assert_int_equal(c->report.rejected, 0);
}

struct county *county_make(void **state, const char *code)
{
	struct fixture *f = need_store(state);

	start(&counties[0], f, code);
	divide(&counties[0], code);
	return &counties[0];
}

struct county *county_beside(struct county *c, const char *code)
{
	assert_ptr_equal(c, &counties[0]);
	start(&counties[1], c->f, code);
	counties[1].files = 10000;
	divide(&counties[1], code);
	return &counties[1];
}

static char check_character(const char *first17)
{
	static const int weights[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
	int sum = 0;

	for (int i = 0; i < 17; i++)
		sum += weights[i] * (first17[i] - '0');
	return "10X98765432"[sum % 11];
}

const char *citizen(const struct county *c, const char *ymd, int seq)
{
	char number[19];

	assert_int_equal(strlen(ymd), 8);
	/* The prefix decides nothing; an invented county borrows one that exists. */
	snprintf(number, sizeof(number), "%06d%s%03d",
		c->env.county / 10000 == 99 ? 110101 : (int)c->env.county % 1000000, ymd,
		seq % 1000);
	number[17] = check_character(number);
	number[18] = '\0';
	return county_text((struct county *)(uintptr_t)c, "%s", number);
}

const char *citizen15(const struct county *c, const char *ymd, int seq)
{
	return county_text(
		(struct county *)(uintptr_t)c, "%06d%s%03d", (int)c->env.county, ymd + 2, seq);
}

static const char *next_path(struct county *c, const char *ending)
{
	return county_text(c, "%s/f%d.%s", c->f->dir, c->files++, ending);
}

static const char *put(struct county *c, const char *ending, const void *bytes, size_t n)
{
	const char *path = next_path(c, ending);
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(bytes, 1, n, f), n);
	assert_int_equal(fclose(f), 0);
	return path;
}

const char *csv(struct county *c, const char *fmt, ...)
{
	const char *text;
	va_list ap;

	va_start(ap, fmt);
	text = formatted(c, fmt, ap);
	va_end(ap);
	return put(c, "csv", text, strlen(text));
}

const char *gb18030(struct county *c, const char *fmt, ...)
{
	iconv_t cd = iconv_open("GB18030", "UTF-8");
	char *out = arena_alloc(&c->arena, TEXT_MAX), *to = out;
	size_t left, room = TEXT_MAX;
	const char *text;
	va_list ap;
	char *from;

	va_start(ap, fmt);
	text = formatted(c, fmt, ap);
	va_end(ap);
	from = (char *)(uintptr_t)text;
	left = strlen(text);
	assert_non_null(out);
	assert_true(cd != (iconv_t)-1);
	assert_int_equal(iconv(cd, &from, &left, &to, &room), 0);
	iconv_close(cd);
	return put(c, "csv", out, TEXT_MAX - room);
}

const char *xlsx(struct county *c, const char *fmt, ...)
{
	const char *path = next_path(c, "xlsx");
	struct err err = { "" };
	struct sheet_sink *sink;
	struct str rest, line;
	va_list ap;

	va_start(ap, fmt);
	rest = str_of(formatted(c, fmt, ap));
	va_end(ap);
	assert_int_equal(files_sheets.create(path, SHEET_XLSX, "表", &err, &sink), 0);
	while (str_cut(&rest, STR("\n"), &line) && (line.n || rest.n)) {
		struct str cells[40];
		size_t n = 0;

		while (n < ARRAY_LEN(cells) && str_cut(&line, STR(","), &cells[n]))
			n++;
		assert_int_equal(sink->row(sink, cells, n, &err), 0);
	}
	assert_int_equal(sink->finish(sink, &err), 0);
	sink->close(sink);
	return path;
}

int county_import(struct county *c, const struct import_kind *kind, struct import_request q,
	bool must, const char *file, int line)
{
	int rc;

	if (!q.policy)
		q.policy = &c->policy;
	if (q.as_of == 0)
		q.as_of = c->env.today;
	rc = import_run(&c->env, &q, kind, &c->report);
	if (rc < 0 && must) {
		print_error("%s:%d: import %s: %s\n", file, line, kind->name, c->report.err.text);
		_fail(file, line);
	}
	return rc;
}

void county_report(const struct county *c, int64_t rows, int64_t added, int64_t changed,
	int64_t unchanged, int64_t rejected, const char *file, int line)
{
	const struct import_report *r = &c->report;

	if (r->rows == rows && r->added == added && r->changed == changed &&
		r->unchanged == unchanged && r->rejected == rejected)
		return;
	print_error("%s:%d: rows %" PRId64 " added %" PRId64 " changed %" PRId64
		    " unchanged %" PRId64 " rejected %" PRId64 " (errors in %s)\n",
		file, line, r->rows, r->added, r->changed, r->unchanged, r->rejected,
		r->errors_path);
	_fail(file, line);
}

/* The crowd's names: 甲, 乙 … for the first ten of crowd 0, so that lists about them can say who
 * they mean. */
static const char *name_of(int i, int seq)
{
	static const char *const stems[] = { "甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬",
		"癸" };
	static char rest[40];

	if (seq == 0 && i < (int)(sizeof(stems) / sizeof(stems[0])))
		return stems[i];
	snprintf(rest, sizeof(rest), "居民%d", seq + i);
	return rest;
}

const char **county_crowd(struct county *c, const char *town, int n, int seq)
{
	const char **numbers = ARENA_ARRAY(&c->arena, const char *, n);
	bool village =
		county_ask(c,
			"SELECT count(*) FROM division v JOIN division t ON t.code = v.parent "
			"WHERE t.county = %d AND t.name = '%s' AND v.name = '一村'",
			(int)c->env.county, town) > 0;
	struct buf b;

	assert_non_null(numbers);
	buf_init(&b, TEXT_MAX);
	buf_addz(&b, "姓名,证件号码,乡镇,村\n");
	for (int i = 0; i < n; i++) {
		const char *born = county_text(c, "19%02d0101", 40 + (seq + i) / 900);

		numbers[i] = citizen(c, born, 1 + (seq + i) % 900);
		buf_addf(&b, "%s,%s,%s,%s\n", name_of(i, seq), numbers[i], town,
			village ? "一村" : "");
	}
	TAKES(c, residents, .path = csv(c, "%.*s", STR_ARG(buf_str(&b))));
	buf_release(&b);
	if (c->report.added != n)
		fail_row("%s", county_file(c, c->report.errors_path).p);
	return numbers;
}

const char *county_batch(struct county *c, const struct slip *slips, size_t n)
{
	int64_t fen = 0;
	const char *path;
	struct buf b;

	buf_init(&b, TEXT_MAX);
	for (size_t i = 0; i < n; i++) {
		struct money m = { 0 };

		assert_true(money_parse(str_of(slips[i].yuan), &m));
		fen += m.fen;
	}
	buf_addf(&b, "批次号,B%d,笔数,%zu,金额合计,%" PRId64 ".%02d,日期,2023-10-01\n", c->files, n,
		fen / 100, (int)(fen % 100));
	buf_addz(&b, "流水号,分笔序号,应缴单号,证件号码,金额,缴费时间\n");
	for (size_t i = 0; i < n; i++)
		buf_addf(&b, "%s,%s,%s,%s,%s,%s\n", slips[i].serial,
			slips[i].part ? slips[i].part : "", slips[i].bill ? slips[i].bill : "",
			slips[i].number ? slips[i].number : "", slips[i].yuan, slips[i].at);
	path = csv(c, "%.*s", STR_ARG(buf_str(&b)));
	buf_release(&b);
	return path;
}

int county_pay_raw(struct county *c, const char *channel, const char *serial, const char *number,
	int64_t fen, const char *on, struct take_result *ret_result)
{
	unsigned char token[TOKEN_BYTES];
	struct take_line l = { .serial = str_of(serial), .token = token, .amount = { fen } };
	struct err err = { "" };
	struct vault *v;
	day_t paid_on;

	if (vault_new(store_keys(c->env.store), &v) < 0 || !day_parse(str_of(on), &paid_on))
		return FAULT_MEMORY;
	vault_token(v, SEAL_DOCUMENT, str_of(number), token);
	vault_free(v);
	l.payer_ref = (struct str){ (const char *)token, TOKEN_BYTES };
	l.paid_on = paid_on;
	l.paid_at = (int64_t)paid_on * 86400 - 8 * 3600; /* midnight in China */
	return take_payment(&c->env, &c->policy, str_of(channel), &l, ret_result, &err);
}

struct take_result county_pay(struct county *c, const char *channel, const char *serial,
	const char *number, int64_t fen, const char *on)
{
	struct take_result r;

	assert_int_equal(county_pay_raw(c, channel, serial, number, fen, on, &r), 0);
	return r;
}

const struct assess_report *county_assess(struct county *c, const char *on)
{
	struct assess_report *r = ARENA_NEW(&c->arena, struct assess_report);

	assert_non_null(r);
	if (assess(&c->env, &c->policy, day(on), r) < 0)
		fail_row("assess: %s", r->err.text);
	return r;
}

const struct explanation *county_explain(struct county *c, const char *number, const char *on)
{
	struct explanation *x = ARENA_NEW(&c->arena, struct explanation);
	struct err err = { "" };

	assert_non_null(x);
	if (explain(&c->env, &c->policy, str_of(number), day(on), &c->arena, x, &err) < 0)
		fail_row("explain: %s", err.text);
	if (!x->found)
		fail_row("nobody has %s", number);
	return x;
}

const char *county_ruling(struct county *c, const char *number, const char *on)
{
	const struct ruling *r = &county_explain(c, number, on)->ruling;

	if (r->decision == RULING_REFUSE)
		return refusal_code(r->refusal);
	return county_text(c, "%.*s", STR_ARG(c->policy.pack->routes[r->route].code));
}

struct report *county_read(struct county *c, county_report_fn fn, const char *on)
{
	struct report_request q = { .policy = &c->policy, .on = day(on) };
	struct report *r = ARENA_NEW(&c->arena, struct report);
	struct err err = { "" };

	assert_non_null(r);
	if (fn(&c->env, &q, &c->arena, r, &err) < 0)
		fail_row("report: %s", err.text);
	return r;
}

static size_t column_of(const struct report *r, const char *key)
{
	for (size_t k = 0; k < r->n_columns; k++)
		if (strcmp(r->columns[k].key, key) == 0)
			return k;
	fail_row("report %s has no column %s", r->name, key);
	return 0;
}

static bool holds(const struct report *r, size_t row, const char *text)
{
	for (size_t k = 0; k < r->n_columns; k++)
		if (r->columns[k].type == REPORT_TEXT &&
			str_is(r->cells[row * r->n_columns + k].text, text))
			return true;
	return false;
}

const struct report_cell *report_at(const struct report *r, const char *text, const char *key)
{
	size_t k = column_of(r, key);

	for (size_t i = 0; i < r->n_rows; i++)
		if (holds(r, i, text))
			return &r->cells[i * r->n_columns + k];
	fail_row("report %s has no row of %s", r->name, text);
	return NULL;
}

size_t report_count(const struct report *r, const char *text)
{
	size_t n = 0;

	for (size_t i = 0; i < r->n_rows; i++)
		n += holds(r, i, text);
	return n;
}

const struct report_cell *report_total(const struct report *r, const char *key)
{
	assert_true(r->has_total && r->n_rows > 0);
	return &r->cells[(r->n_rows - 1) * r->n_columns + column_of(r, key)];
}

const struct audit_report *county_audit(struct county *c)
{
	struct audit_report *r = ARENA_NEW(&c->arena, struct audit_report);
	struct err err = { "" };

	assert_non_null(r);
	if (audit_books(&c->env, &c->policy, 1, &c->arena, r, &err) < 0)
		fail_row("audit: %s", err.text);
	return r;
}

void county_clean(struct county *c)
{
	const struct audit_report *r = county_audit(c);

	for (size_t i = 0; i < r->n; i++)
		print_error("%s: %.*s: expected %" PRId64 ", found %" PRId64 "\n",
			r->items[i].check, STR_ARG(r->items[i].subject), r->items[i].expected,
			r->items[i].found);
	assert_true(r->checks > 10);
	assert_int_equal(r->n, 0);
}
