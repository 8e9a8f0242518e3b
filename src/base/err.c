/* SPDX-License-Identifier: Apache-2.0 */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>

int err_set(struct err *err, enum fault fault, const char *fmt, ...)
{
	va_list ap;

	BUG_IF(fault >= 0);
	if (err) {
		va_start(ap, fmt);
		vsnprintf(err->text, sizeof(err->text), fmt, ap);
		va_end(ap);
	}
	return fault;
}

const char *fault_code(int fault)
{
	switch (fault) {
#define X(name, number, code, zh, en)                                                              \
	case number:                                                                               \
		return code;
		FAULTS(X)
#undef X
	default:
		return "unknown";
	}
}

const char *fault_text(int fault)
{
	switch (fault) {
#define X(name, number, code, zh, en)                                                              \
	case number:                                                                               \
		return zh " / " en;
		FAULTS(X)
#undef X
	default:
		return "未知故障 / unknown fault";
	}
}
