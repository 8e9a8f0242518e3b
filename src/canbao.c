/* SPDX-License-Identifier: Apache-2.0 */
/* The program: wires the doors together and runs one verb. */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "doors/cli/cli.h"
#include "doors/demo/demo.h"
#include "doors/files/files.h"
#include "doors/http/serve.h"

static bool wants_english(void)
{
	static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		const char *v = getenv(names[i]);

		if (v && *v)
			return strncmp(v, "en", 2) == 0;
	}
	return false;
}

static day_t local_day(time_t now)
{
	struct tm tm;
	day_t day = 0;

	localtime_r(&now, &tm);
	if (!day_from_ymd((struct ymd){ tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday }, &day))
		bug(__FILE__, __LINE__, "the clock is outside 1900 to 2199");
	return day;
}

int main(int argc, char **argv)
{
	time_t now = time(NULL);
	struct cli c = {
		.in = stdin,
		.out = stdout,
		.err = stderr,
		.sheets = &files_sheets,
		.demo = &demo_county,
		.serve = &http_serve,
		.today = local_day(now),
		.now = (int64_t)now,
		.english = wants_english(),
		.prog = "canbao",
	};
	int status;

	setlocale(LC_CTYPE, "C.UTF-8");
	status = cli_main(&c, argc, argv);
	if (fflush(stdout) != 0 || ferror(stdout))
		return cli_fail(&c, "标准输出写不出去", "cannot write standard output");
	return status;
}
