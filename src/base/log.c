/* SPDX-License-Identifier: Apache-2.0 */
#include "base/log.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>

static _Atomic int threshold = LOG_WARN;
static _Atomic bool stamps;

void log_threshold(enum log_level level)
{
	atomic_store(&threshold, (int)level);
}

void log_stamps(bool on)
{
	atomic_store(&stamps, on);
}

/* "2023-12-15T02:03:04.567Z " */
static void stamp(char ret_text[64])
{
	struct timespec t;
	struct tm tm;

	ret_text[0] = '\0';
	if (!atomic_load(&stamps))
		return;
	clock_gettime(CLOCK_REALTIME, &t);
	gmtime_r(&t.tv_sec, &tm);
	snprintf(ret_text, 64, "%04d-%02d-%02dT%02d:%02d:%02d.%03ldZ ", (tm.tm_year + 1900) % 10000,
		(tm.tm_mon + 1) % 100, tm.tm_mday % 100, tm.tm_hour % 100, tm.tm_min % 100,
		tm.tm_sec % 100, t.tv_nsec / 1000000 % 1000);
}

void log_line(enum log_level level, const char *fmt, ...)
{
	static const char *const names[] = { "debug", "info", "warn", "error" };
	char text[2048], when[64];
	va_list ap;

	if ((int)level < atomic_load(&threshold))
		return;
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	for (char *p = text; *p; p++)
		if (*p == '\n' || *p == '\r')
			*p = ' ';
	stamp(when);
	fprintf(stderr, "%s%s %s\n", when, names[level], text);
}
