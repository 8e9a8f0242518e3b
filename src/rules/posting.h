/* SPDX-License-Identifier: Apache-2.0 */
/* Accounts and what each event moves between them (double entry, whole fen).
 *
 * Assets: A1 on its way from a channel, A5 cash in the hands of an agent or school.  Liabilities
 * and income: L1 held for payers, L2 personal contributions collected, L6 suspense. */
#ifndef CANBAO_RULES_POSTING_H
#define CANBAO_RULES_POSTING_H

#include <stdbool.h>

#include "base/bug.h"

/* X(name, account, Chinese, English) */
#define ACCOUNTS(X) \
	X(CHANNEL, "A1", "渠道在途", "in transit at the channel") \
	X(BANK, "A2", "待报解社会保险费", "bank account awaiting declaration") \
	X(TREASURY, "A3", "已入库", "deposited in the treasury") \
	X(SUBSIDY_DUE, "A4", "应收资助", "subsidy receivable") \
	X(CASH, "A5", "代收现金", "cash held by an agent or school") \
	X(HELD, "L1", "代缴费人持有", "held for payers") \
	X(PERSONAL, "L2", "个人缴费收入", "personal contributions collected") \
	X(SUBSIDY, "L3", "资助收入", "subsidies collected") \
	X(REFUND, "L4", "应付退费", "refunds payable") \
	X(SUSPENSE, "L6", "待查款项", "suspense")

enum account {
#define X(name, code, zh, en) ACCOUNT_##name,
	ACCOUNTS(X)
#undef X
		ACCOUNT_COUNT
};

const char *account_code(enum account a);
const char *account_zh(enum account a);
const char *account_en(enum account a);

/* What happened to money that came in. */
enum posting_event { POST_RECEIVED, POST_SUSPENDED, POST_ENROLLED, POST_EVENT_COUNT };

struct posting_rule {
	const char *event;          /* stable code, stored with each row */
	enum account debit, credit; /* `debit` of money received is CHANNEL or, for cash, CASH */
};

/* What an event moves.  `cash`: an agent or a school holds the money, not a channel. */
struct posting_rule posting_rule(enum posting_event event, bool cash);

#endif
