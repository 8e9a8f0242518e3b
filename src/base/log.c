/* SPDX-License-Identifier: Apache-2.0 */
#include "base/log.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>

#include "base/day.h"

static _Atomic int threshold = LOG_WARN;
static int64_t (*_Atomic clock_ms)(void);

void log_threshold(enum log_level level)
{
	atomic_store(&threshold, (int)level);
}

void log_clock(int64_t (*ms)(void))
{
	atomic_store(&clock_ms, ms);
}

/* "2023-12-15T02:03:04.567Z " */
static void stamp(char ret_text[64])
{
	int64_t (*ms)(void) = atomic_load(&clock_ms);
	int64_t at, in_day;
	struct ymd d;

	ret_text[0] = '\0';
	if (!ms)
		return;
	at = ms();
	d = day_to_ymd((day_t)(at / 86400000));
	in_day = at % 86400000;
	snprintf(ret_text, 64, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ ", d.year % 10000,
		d.month % 100, d.day % 100, (int)(in_day / 3600000), (int)(in_day / 60000 % 60),
		(int)(in_day / 1000 % 60), (int)(in_day % 1000));
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
