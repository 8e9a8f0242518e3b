/* SPDX-License-Identifier: Apache-2.0 */
/* Reading settings: values, files, the command line. */
#include "doors/http/settings.h"

#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "doors/http/settings_table.h"

#define X(name, kind, value, low, high, reload, zh, en) \
	{ #name, SETTING_##kind, value, low, high, SETTING_##reload, zh, en, \
		offsetof(struct settings, name) },
const struct setting setting_table[] = { SETTINGS(X) };
#undef X
const size_t setting_count = ARRAY_LEN(setting_table);

void *setting_at(const struct settings *s, const struct setting *t)
{
	return (char *)s + t->offset;
}

static const struct setting *find(struct str name)
{
	for (size_t i = 0; i < setting_count; i++)
		if (str_is(name, setting_table[i].name))
			return &setting_table[i];
	return NULL;
}

/* Edits between two short words, at most 32 letters each. */
static int distance(struct str a, struct str b)
{
	int row[33];

	if (a.n > 32 || b.n > 32)
		return 99;
	for (size_t j = 0; j <= b.n; j++)
		row[j] = (int)j;
	for (size_t i = 1; i <= a.n; i++) {
		int corner = row[0];

		row[0] = (int)i;
		for (size_t j = 1; j <= b.n; j++) {
			int best = corner + (a.p[i - 1] != b.p[j - 1]);

			corner = row[j];
			if (row[j] + 1 < best)
				best = row[j] + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			row[j] = best;
		}
	}
	return row[b.n];
}

static const char *nearest(struct str name)
{
	const char *best = NULL;
	int least = 99;

	for (size_t i = 0; i < setting_count; i++) {
		int d = distance(name, str_of(setting_table[i].name));

		if (d < least) {
			least = d;
			best = setting_table[i].name;
		}
	}
	return least <= 3 ? best : NULL;
}

struct unit {
	const char *suffix;
	int64_t factor;
};
static const struct unit time_units[] = { { "s", 1 }, { "min", 60 }, { "h", 3600 },
	{ "d", 86400 } };
static const struct unit size_units[] = { { "KB", 1024 }, { "MB", 1 << 20 }, { "GB", 1 << 30 } };

/* A number with a unit; 0 may stand alone. */
static bool with_unit(struct str v, const struct unit *units, size_t n, int64_t *ret)
{
	for (size_t i = n; i-- > 0;) {
		struct str suffix = str_of(units[i].suffix);
		struct str digits = { v.p, v.n - suffix.n };
		int64_t number;

		if (v.n <= suffix.n || !str_ends(v, suffix) || !str_int(str_trim(digits), &number))
			continue;
		return !__builtin_mul_overflow(number, units[i].factor, ret);
	}
	return str_int(v, ret) && *ret == 0;
}

static const char *kind_words(enum setting_kind k)
{
	switch (k) {
	case SETTING_TEXT:
		return "太长 / too long";
	case SETTING_INT:
		return "要整数 / takes a whole number";
	case SETTING_FLAG:
		return "要 yes 或 no / takes yes or no";
	case SETTING_TIME:
		return "要时间，如 30s、15min、12h / takes a time like 30s, 15min, 12h";
	case SETTING_SIZE:
		return "要大小，如 256KB、8MB / takes a size like 256KB, 8MB";
	case SETTING_DAY:
		return "要日期，如 2023-12-15 / takes a day like 2023-12-15";
	}
	return "";
}

static bool parse_number(const struct setting *t, struct str value, int64_t *ret)
{
	switch (t->kind) {
	case SETTING_TIME:
		return with_unit(value, time_units, ARRAY_LEN(time_units), ret);
	case SETTING_SIZE:
		return with_unit(value, size_units, ARRAY_LEN(size_units), ret);
	default:
		return str_int(value, ret);
	}
}

static bool put(struct settings *s, const struct setting *t, struct str value)
{
	void *at = setting_at(s, t);
	int64_t number;

	switch (t->kind) {
	case SETTING_TEXT:
		if (value.n >= SETTING_TEXT_MAX || memchr(value.p, '\0', value.n))
			return false;
		memset(at, 0, SETTING_TEXT_MAX);
		memcpy(at, value.p, value.n);
		return true;
	case SETTING_FLAG:
		if (!str_is(value, "yes") && !str_is(value, "no"))
			return false;
		*(bool *)at = str_is(value, "yes");
		return true;
	case SETTING_DAY:
		if (value.n == 0) {
			*(day_t *)at = DAY_NONE;
			return true;
		}
		return day_parse(value, at);
	default:
		if (!parse_number(t, value, &number) || number < t->low || number > t->high)
			return false;
		__atomic_store_n((int64_t *)at, number, __ATOMIC_RELAXED);
		return true;
	}
}

void settings_init(struct settings *s)
{
	memset(s, 0, sizeof(*s));
	for (size_t i = 0; i < setting_count; i++)
		if (!put(s, &setting_table[i], str_of(setting_table[i].value)))
			bug(__FILE__, __LINE__, setting_table[i].name);
}

int settings_set(struct settings *s, struct str name, struct str value, struct err *err)
{
	const struct setting *t = find(name);

	if (!t) {
		const char *near = nearest(name);

		return err_set(err, FAULT_FORMAT, "没有设置“%.*s”%s%s%s / no setting '%.*s'%s%s%s",
			STR_ARG(name), near ? "，是不是“" : "", near ? near : "", near ? "”" : "",
			STR_ARG(name), near ? "; do you mean '" : "", near ? near : "",
			near ? "'?" : "");
	}
	if (put(s, t, value))
		return 0;
	if ((t->kind == SETTING_INT || t->kind == SETTING_TIME || t->kind == SETTING_SIZE) &&
		parse_number(t, value, &(int64_t){ 0 }))
		return err_set(err, FAULT_FORMAT,
			"设置 %s 要在 %" PRId64 " 到 %" PRId64 " 之间 / must lie between the two",
			t->name, t->low, t->high);
	return err_set(err, FAULT_FORMAT, "设置 %s %s", t->name, kind_words(t->kind));
}

int settings_set_pair(struct settings *s, const char *pair, struct err *err)
{
	struct str rest = str_of(pair), name;

	if (!strchr(pair, '=') || !str_cut(&rest, STR("="), &name))
		return err_set(err, FAULT_FORMAT, "要写成 名称=值：%s / write name=value", pair);
	return settings_set(s, str_trim(name), str_trim(rest), err);
}

/* A comment begins at the line's start or behind a blank, so that a value may hold a #. */
static struct str without_comment(struct str line)
{
	for (size_t i = 0; i < line.n; i++)
		if (line.p[i] == '#' && (i == 0 || line.p[i - 1] == ' ' || line.p[i - 1] == '\t'))
			return (struct str){ line.p, i };
	return line;
}

static int read_line(struct settings *s, const char *path, int number, struct str line, bool *seen,
	struct err *err)
{
	struct err inner = { "" };
	struct str name;
	const struct setting *t;

	line = str_trim(without_comment(line));
	if (line.n == 0)
		return 0;
	if (str_find(line, STR("=")) < 0 || !str_cut(&line, STR("="), &name))
		return err_set(err, FAULT_FORMAT, "%s:%d: 要写成 名称 = 值 / write name = value",
			path, number);
	name = str_trim(name);
	t = find(name);
	if (t && seen[t - setting_table])
		return err_set(err, FAULT_FORMAT, "%s:%d: %s 写了两次 / is given twice", path,
			number, t->name);
	if (t)
		seen[t - setting_table] = true;
	if (settings_set(s, name, str_trim(line), &inner) < 0)
		return err_set(err, FAULT_FORMAT, "%s:%d: %s", path, number, inner.text);
	return 0;
}

/* Called by the main thread only. */
int settings_read(struct settings *s, const char *path, struct err *err)
{
	static char text[SETTINGS_FILE_MAX + 1];
	bool seen[ARRAY_LEN(setting_table)] = { false };
	FILE *f = fopen(path, "rb");
	struct str rest, line;
	int rc = 0, number = 0;
	size_t n;

	if (!f)
		return err_set(
			err, FAULT_IO, "%s 打不开：%s / cannot be opened", path, strerror(errno));
	n = fread(text, 1, sizeof(text), f);
	if (ferror(f))
		rc = err_set(err, FAULT_IO, "%s 读不出来 / cannot be read", path);
	fclose(f);
	if (rc == 0 && n > SETTINGS_FILE_MAX)
		rc = err_set(err, FAULT_LIMIT, "%s 太大 / is too large", path);
	rest = (struct str){ text, n };
	while (rc == 0 && str_cut(&rest, STR("\n"), &line))
		rc = read_line(s, path, ++number, line, seen, err);
	return rc;
}

bool settings_address(const char *listen, char ret_host[64], uint16_t *ret_port, bool *ret_loopback)
{
	const char *colon = strrchr(listen, ':');
	struct in6_addr six;
	struct in_addr four;
	int64_t port;
	size_t n;

	if (!colon || !str_int(str_of(colon + 1), &port) || port > 65535)
		return false;
	n = (size_t)(colon - listen);
	if (n >= 2 && listen[0] == '[' && listen[n - 1] == ']') {
		listen++;
		n -= 2;
	}
	if (n == 0 || n >= 64)
		return false;
	memcpy(ret_host, listen, n);
	ret_host[n] = '\0';
	*ret_port = (uint16_t)port;
	if (inet_pton(AF_INET, ret_host, &four) == 1)
		*ret_loopback = (ntohl(four.s_addr) >> 24) == 127;
	else if (inet_pton(AF_INET6, ret_host, &six) == 1)
		*ret_loopback = IN6_IS_ADDR_LOOPBACK(&six);
	else
		return false;
	return true;
}

static bool one_of(const char *v, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(v, words[i]) == 0)
			return true;
	return false;
}

int settings_check(const struct settings *s, struct err *err)
{
	static const char *const levels[] = { "debug", "info", "warn", "error" };
	static const char *const languages[] = { "zh", "en" };
	char host[64];
	uint16_t port;
	bool loopback;

	if (!settings_address(s->listen, host, &port, &loopback))
		return err_set(err, FAULT_FORMAT,
			"listen 要写成 127.0.0.1:8080 或 [::1]:8080 / listen takes an address and a port");
	if (!loopback && !s->tls_proxy)
		return err_set(err, FAULT_FORMAT,
			"listen = %s 不是本机地址：前面要有 HTTPS 反向代理，并写 tls_proxy = yes / "
			"is not loopback: put an HTTPS proxy in front and set tls_proxy = yes",
			s->listen);
	if (!one_of(s->log_level, levels, ARRAY_LEN(levels)))
		return err_set(err, FAULT_FORMAT,
			"log_level 要 debug、info、warn 或 error / takes debug, info, warn or error");
	if (!one_of(s->language, languages, ARRAY_LEN(languages)))
		return err_set(err, FAULT_FORMAT, "language 要 zh 或 en / takes zh or en");
	if (s->clock != DAY_NONE && !s->demo)
		return err_set(err, FAULT_FORMAT,
			"clock 只在 demo = yes 时可用 / clock is for demo = yes only");
	if (s->county != 0 && s->county < 100000)
		return err_set(err, FAULT_FORMAT, "county 要六位区划代码 / takes six digits");
	if (s->policy[0] == '\0')
		return err_set(err, FAULT_FORMAT,
			"请写明 policy，如 policy = sunan-2024 / name the season's policy pack");
	return 0;
}
