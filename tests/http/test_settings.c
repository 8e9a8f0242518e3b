/* SPDX-License-Identifier: Apache-2.0 */
/* Settings: every kind is read and printed alike, errors name file and line, a reload takes only
 * what may be taken. */
#include "check.h"

#include <unistd.h>

#include "doors/http/settings.h"

static struct settings s, other;
static struct err err;
static char path[] = "/tmp/canbao-settings.XXXXXX";

static int read_text(struct settings *to, const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
	settings_init(to);
	return settings_read(to, path, &err);
}

static void says(const char *words)
{
	if (!strstr(err.text, words))
		fail_row("\"%s\" does not say \"%s\"", err.text, words);
}

static void defaults_print_and_read_back(void **state)
{
	struct buf b;

	(void)state;
	settings_init(&s);
	assert_int_equal(s.workers, 8);
	assert_int_equal(s.session_idle, 1800);
	assert_int_equal(s.body_upload, 268435456);
	assert_int_equal(s.clock, DAY_NONE);
	assert_true(s.cookie_secure);
	buf_init(&b, 1 << 16);
	settings_print(&s, true, &b);
	assert_int_equal(read_text(&other, buf_str(&b).p), 0);
	assert_memory_equal(&s, &other, sizeof(s));
	buf_release(&b);
}

static void a_file_is_read(void **state)
{
	(void)state;
	assert_int_equal(read_text(&s, "# all of it\n\n workers = 3 # three\nlisten=[::1]:81\n"
				       "request_timeout = 5min\nbody_json = 64KB\ndemo = yes\n"
				       "clock = 2023-12-15\noidc_redirect = https://x/#y\n"),
		0);
	assert_int_equal(s.workers, 3);
	assert_string_equal(s.listen, "[::1]:81");
	assert_int_equal(s.request_timeout, 300);
	assert_int_equal(s.body_json, 65536);
	assert_true(s.demo);
	assert_int_equal(s.clock, 19706);
	/* A # inside a value is part of it. */
	assert_string_equal(s.oidc_redirect, "https://x/#y");
}

static void errors_name_the_line(void **state)
{
	static const struct {
		const char *text, *line, *words;
	} rows[] = {
		{ "workers = 3\nworker = 4\n", ":2: ", "workers" },
		{ "\n\nworkers = 0\n", ":3: ", "1" },
		{ "workers = many\n", ":1: ", "whole number" },
		{ "workers\n", ":1: ", "name = value" },
		{ "demo = true\n", ":1: ", "yes or no" },
		{ "demo = yes\ndemo = no\n", ":2: ", "twice" },
		{ "request_timeout = 30\n", ":1: ", "30s" },
		{ "request_timeout = 99999999999999999999d\n", ":1: ", "30s" },
		{ "body_json = 3.5MB\n", ":1: ", "8MB" },
		{ "clock = 2023-02-29\n", ":1: ", "2023-12-15" },
		{ "quite_another_thing = 1\n", ":1: ", "no setting" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		assert_int_equal(read_text(&s, rows[i].text), FAULT_FORMAT);
		says(rows[i].line);
		says(rows[i].words);
		says(path);
	}
	assert_int_equal(settings_read(&s, "/nonexistent/canbao.conf", &err), FAULT_IO);
}

static void what_only_the_whole_tells(void **state)
{
	static const struct {
		const char *text, *words;
	} rows[] = {
		{ "policy=p\nlisten = 0.0.0.0:80\n", "tls_proxy" },
		{ "policy=p\nlisten = [::]:80\n", "tls_proxy" },
		{ "policy=p\nlisten = 192.0.2.1:80\n", "tls_proxy" },
		{ "policy=p\nlisten = localhost\n", "listen" },
		{ "policy=p\nlisten = localhost:80\n", "listen" },
		{ "policy=p\nlisten = 127.0.0.1:70000\n", "listen" },
		{ "policy=p\nclock = 2023-12-15\n", "demo" },
		{ "policy=p\nlog_level = loud\n", "log_level" },
		{ "policy=p\nlanguage = fr\n", "language" },
		{ "policy=p\ncounty = 6207\n", "county" },
		{ "workers = 2\n", "policy" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		assert_int_equal(read_text(&s, rows[i].text), 0);
		if (settings_check(&s, &err) != FAULT_FORMAT)
			fail_row("%s was taken", rows[i].text);
		says(rows[i].words);
	}
	assert_int_equal(read_text(&s, "policy=p\ntls_proxy = yes\nlisten = 0.0.0.0:80\n"), 0);
	assert_int_equal(settings_check(&s, &err), 0);
	assert_int_equal(
		read_text(&s, "policy=p\nlisten = [::1]:80\ndemo=yes\nclock=2023-12-15\n"), 0);
	assert_int_equal(settings_check(&s, &err), 0);
}

static void the_command_line(void **state)
{
	(void)state;
	settings_init(&s);
	assert_int_equal(settings_set_pair(&s, "workers=5", &err), 0);
	assert_int_equal(settings_set_pair(&s, "db=postgresql://u:p@h/d?a=b", &err), 0);
	assert_int_equal(s.workers, 5);
	assert_string_equal(s.db, "postgresql://u:p@h/d?a=b");
	assert_int_equal(settings_set_pair(&s, "workers", &err), FAULT_FORMAT);
	assert_int_equal(settings_set_pair(&s, "lisen=1", &err), FAULT_FORMAT);
	says("listen");
}

/* The address of a database may hold a password: it is not printed. */
static void passwords_are_not_printed(void **state)
{
	struct buf b;

	(void)state;
	settings_init(&s);
	assert_int_equal(settings_set_pair(&s, "db=postgresql://u:sesame@h/d", &err), 0);
	buf_init(&b, 1 << 16);
	settings_print(&s, false, &b);
	assert_null(strstr(buf_str(&b).p, "sesame"));
	buf_release(&b);
}

static void a_reload_takes_what_it_may(void **state)
{
	struct buf kept;

	(void)state;
	assert_int_equal(read_text(&s, "workers = 3\nvisit_for = 10min\nlog_level = warn\n"), 0);
	assert_int_equal(read_text(&other, "workers = 9\nvisit_for = 20min\nlisten = 127.0.0.1:1\n"
					   "log_level = error\n"),
		0);
	buf_init(&kept, 4096);
	settings_reload(&s, &other, &kept);
	assert_str(buf_str(&kept), "listen workers");
	assert_int_equal(s.workers, 3);
	assert_int_equal(s.visit_for, 1200);
	assert_string_equal(s.log_level, "error");
	assert_string_equal(s.listen, "127.0.0.1:8080");
	buf_release(&kept);
}

static int make_file(void **state)
{
	int fd = mkstemp(path);

	(void)state;
	if (fd >= 0)
		close(fd);
	return fd < 0;
}

static int remove_file(void **state)
{
	(void)state;
	return unlink(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(defaults_print_and_read_back),
		cmocka_unit_test(a_file_is_read),
		cmocka_unit_test(errors_name_the_line),
		cmocka_unit_test(what_only_the_whole_tells),
		cmocka_unit_test(the_command_line),
		cmocka_unit_test(passwords_are_not_printed),
		cmocka_unit_test(a_reload_takes_what_it_may),
	};

	return cmocka_run_group_tests(tests, make_file, remove_file);
}
