/* SPDX-License-Identifier: Apache-2.0 */
/* Taking money (收款): what a channel says is stored, judged by the rules at the moment of
 * payment, posted and answered with an enrolment, or kept in suspense with a reason.  The same
 * channel serial again gets the first answer; with other content it is refused.  Nothing is ever
 * lost. */
#ifndef CANBAO_ACTS_TAKE_PAYMENT_H
#define CANBAO_ACTS_TAKE_PAYMENT_H

#include "acts/env.h"
#include "base/money.h"
#include "store/season.h"

/* X(name, stable code, Chinese, English): why money waits in suspense. */
#define SUSPENSE_REASONS(X) \
	X(UNKNOWN_PERSON, "unknown_person", "查无此人", "nobody has this number") \
	X(BILL_MISMATCH, "bill_mismatch", "应缴单号与证件号码不是同一人", \
		"bill and document are not one person's") \
	X(NAME_MISMATCH, "name_mismatch", "姓名与证件号码不符", \
		"the number is that of another name") \
	X(ALREADY_PAID, "already_paid", "本年度已参保，重复缴费", "enrolled this year already") \
	X(ENROLLED_ELSEWHERE, "enrolled_elsewhere", "已在外县参保", "enrolled in another county") \
	X(DECEASED, "deceased", "缴费日前已死亡", "died before paying") \
	X(OUTSIDE_WINDOW, "outside_window", "不在缴费期内", "outside the payment window") \
	X(NOT_ELIGIBLE, "not_eligible", "不符合参保条件", "not eligible") \
	X(NOTHING_DUE, "nothing_due", "全额资助，个人无需缴费", \
		"fully subsidised; nothing was due") \
	X(WRONG_AMOUNT, "wrong_amount", "金额与应缴不符", "the amount is not what was due") \
	X(CHANNEL_CLOSED, "channel_closed", "该渠道当日未开通", \
		"the channel was not open that day") \
	X(UNKNOWN_ORDER, "unknown_order", "渠道所说的订单不存在", \
		"nobody knows the order it was paid for")

enum suspense_reason {
#define X(name, code, zh, en) SUSPENSE_##name,
	SUSPENSE_REASONS(X)
#undef X
		SUSPENSE_REASON_COUNT
};
const char *suspense_code(enum suspense_reason r);
const char *suspense_zh(enum suspense_reason r);
const char *suspense_en(enum suspense_reason r);

#define TAKE_SERIAL_MAX 64
#define TAKE_CHUNK_MAX 65536

/* One payment as the channel reports it. */
struct take_line {
	int64_t line;               /* of the file; 0 */
	struct str serial;          /* the channel's number, 1..TAKE_SERIAL_MAX bytes */
	const unsigned char *token; /* of the document, or NULL */
	int64_t person;             /* by bill number, when there is no token; 0: unknown */
	struct str payer_ref;       /* what stood there: token bytes or bill number */
	int64_t bill_person; /* whom a bill number beside the document means; 0: none given, -1: it
				is no bill number */
	struct str name;     /* as the channel gave it; {NULL,0}: not given */
	struct money amount; /* > 0 */
	int64_t paid_at;     /* seconds since 1970-01-01 UTC */
	day_t paid_on;       /* local day of it */
	/* The caller knows already that this money must wait, whatever the rules say. */
	bool held;
	enum suspense_reason held_for;
};

enum take_outcome {
	TAKE_POSTED,    /* enrolled */
	TAKE_SUSPENDED, /* kept, with a reason */
	TAKE_REPEATED,  /* the same serial with the same content came before */
	TAKE_DIFFERS    /* the same serial with other content came before: not stored */
};

struct take_result {
	enum take_outcome outcome;
	enum suspense_reason reason; /* TAKE_SUSPENDED */
	int64_t payment;             /* id; of the first one when repeated */
	int64_t expected_fen;        /* what was due; -1 unknown */
	day_t benefit_from;          /* TAKE_POSTED */
	const char *receipt_kind;    /* TAKE_POSTED */
	int64_t receipt;             /* number in that kind's series */
};

/* The same for all lines of a call. */
struct take_batch {
	const struct policy *policy;
	int channel;  /* index in the pack */
	int64_t file; /* import_file; 0: none */
	int64_t audit;
	const struct target *targets; /* for extended windows */
	size_t n_targets;
	struct tally_sum *tallies; /* written by the caller when all is taken */
};

/* Inside a transaction (dossier_prepare done, unless it is one line): take up to TAKE_CHUNK_MAX
 * lines. */
MUST_USE int take_lines(struct db *db, struct arena *a, const struct env *env,
	const struct take_batch *b, const struct take_line *lines, size_t n,
	struct take_result *ret_results);

/* Take one payment as an act of its own. */
MUST_USE int take_payment(const struct env *env, const struct policy *policy, struct str channel,
	const struct take_line *line, struct take_result *ret_result, struct err *err);

#endif
