/* SPDX-License-Identifier: Apache-2.0 */
#include "doors/http/problems.h"

#include "base/bug.h"

static const struct {
	int status;
	const char *code, *zh, *en;
} table[] = {
#define X(name, status, code, zh, en) { status, code, zh, en },
	PROBLEMS(X)
#undef X
};

int problem_status(enum problem p)
{
	BUG_IF(p >= PROBLEM_COUNT);
	return table[p].status;
}

const char *problem_code(enum problem p)
{
	BUG_IF(p >= PROBLEM_COUNT);
	return table[p].code;
}

const char *problem_zh(enum problem p)
{
	BUG_IF(p >= PROBLEM_COUNT);
	return table[p].zh;
}

const char *problem_en(enum problem p)
{
	BUG_IF(p >= PROBLEM_COUNT);
	return table[p].en;
}
