/* SPDX-License-Identifier: Apache-2.0 */
#include "../check.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/err.h"
#include "base/log.h"

static void faults_have_code_and_text(void **state)
{
	static const int faults[] = {
#define X(name, number, code, zh, en) FAULT_##name,
		FAULTS(X)
#undef X
	};
	struct err e;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(faults); i++) {
		assert_true(faults[i] < 0);
		assert_string_not_equal(fault_code(faults[i]), "unknown");
		assert_non_null(strstr(fault_text(faults[i]), " / "));
		for (size_t k = 0; k < i; k++)
			assert_string_not_equal(fault_code(faults[i]), fault_code(faults[k]));
	}
	assert_string_equal(fault_code(0), "unknown");
	assert_string_equal(fault_code(-999), "unknown");
	assert_int_equal(err_set(&e, FAULT_IO, "读不了 %s / cannot read", "x"), FAULT_IO);
	assert_string_equal(e.text, "读不了 x / cannot read");
	assert_int_equal(err_set(NULL, FAULT_IO, "x"), FAULT_IO);
	assert_int_equal(err_set(&e, FAULT_IO, "%2000d", 1), FAULT_IO);
	assert_int_equal(strlen(e.text), sizeof(e.text) - 1);
}

/* Run `fn` in a child with its standard error caught. */
static int child(void (*fn)(void), char *text, size_t size)
{
	int fd[2], status;
	ssize_t n, all = 0;
	pid_t pid;

	assert_int_equal(pipe(fd), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		dup2(fd[1], 2);
		signal(SIGABRT, SIG_DFL);
		fn();
		_exit(0);
	}
	close(fd[1]);
	while ((n = read(fd[0], text + all, size - 1 - (size_t)all)) > 0)
		all += n;
	text[all] = '\0';
	close(fd[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return status;
}

static void a_bug(void)
{
	int paid = 2;

	BUG_IF(paid > 1);
}

static void no_bug(void)
{
	BUG_IF(false);
}

static void bugs_abort_and_say_where(void **state)
{
	char text[4096];
	int status = child(a_bug, text, sizeof(text));

	(void)state;
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
	assert_non_null(strstr(text, "test_err.c"));
	assert_non_null(strstr(text, "paid > 1"));
	status = child(no_bug, text, sizeof(text));
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void log_some(void)
{
	log_line(LOG_INFO, "hidden");
	log_line(LOG_WARN, "import rows=%d\nlevel=forged", 3);
	log_threshold(LOG_DEBUG);
	log_line(LOG_DEBUG, "shown");
}

/* One line a call, whatever the text: a log cannot be forged by a newline. */
static void log_lines(void **state)
{
	char text[4096];

	(void)state;
	child(log_some, text, sizeof(text));
	assert_string_equal(text, "warn import rows=3 level=forged\ndebug shown\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(faults_have_code_and_text),
		cmocka_unit_test(bugs_abort_and_say_where),
		cmocka_unit_test(log_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
