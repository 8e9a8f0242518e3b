/* SPDX-License-Identifier: Apache-2.0 */
#include "base/bug.h"

#include <stdio.h>
#include <stdlib.h>

_Noreturn void bug(const char *file, int line, const char *what)
{
	fprintf(stderr, "canbao: BUG %s:%d: %s\n", file, line, what);
	abort();
}
