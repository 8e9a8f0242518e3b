/* SPDX-License-Identifier: Apache-2.0 */
/* The log: one line a call on standard error, "LEVEL event key=value …".  The only output of base/.
 * Nothing personal goes in: no numbers, names, phones or accounts. */
#ifndef CANBAO_BASE_LOG_H
#define CANBAO_BASE_LOG_H

#include <stdint.h>

#include "base/bug.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

/* Lines below `level` are dropped; the default is LOG_WARN. */
void log_threshold(enum log_level level);
/* Put the instant in front of every line from now on, for programs that run long.  `ms` gives
 * milliseconds since 1970-01-01 UTC, from any thread: clocks come in at the doors.  NULL: no more.
 */
void log_clock(int64_t (*ms)(void));
void log_line(enum log_level level, const char *fmt, ...) PRINTF_LIKE(2, 3);

#endif
