/* SPDX-License-Identifier: Apache-2.0 */
/* Impossible states.  A bug stops the program: money must not move past a false assumption. */
#ifndef CANBAO_BASE_BUG_H
#define CANBAO_BASE_BUG_H

#define MUST_USE __attribute__((warn_unused_result))
#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))
#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

/* Print file, line and what was false on standard error and abort.  Never returns. */
_Noreturn void bug(const char *file, int line, const char *what);

/* Abort when `cond` holds: "this cannot be".  Stays on in production; costs one branch. */
#define BUG_IF(cond)                                                                               \
	do {                                                                                       \
		if (__builtin_expect(!!(cond), 0))                                                 \
			bug(__FILE__, __LINE__, #cond);                                            \
	} while (0)

#endif
