/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/posting.h"

static const struct {
	const char *code, *zh, *en;
} accounts[ACCOUNT_COUNT] = {
#define X(name, code, zh, en) { code, zh, en },
	ACCOUNTS(X)
#undef X
};

const char *account_code(enum account a)
{
	BUG_IF(a >= ACCOUNT_COUNT);
	return accounts[a].code;
}

const char *account_zh(enum account a)
{
	BUG_IF(a >= ACCOUNT_COUNT);
	return accounts[a].zh;
}

const char *account_en(enum account a)
{
	BUG_IF(a >= ACCOUNT_COUNT);
	return accounts[a].en;
}

struct posting_rule posting_rule(enum posting_event event, bool cash)
{
	enum account held = cash ? ACCOUNT_CASH : ACCOUNT_CHANNEL;

	switch (event) {
	case POST_RECEIVED:
		return (struct posting_rule){ "received", held, ACCOUNT_HELD };
	case POST_SUSPENDED:
		return (struct posting_rule){ "suspended", held, ACCOUNT_SUSPENSE };
	case POST_ENROLLED:
		return (struct posting_rule){ "enrolled", ACCOUNT_HELD, ACCOUNT_PERSONAL };
	default:
		bug(__FILE__, __LINE__, "no such event");
	}
}
