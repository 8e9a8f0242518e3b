/* SPDX-License-Identifier: Apache-2.0 */
/* 查询应缴 what a resident sees: who shows a name and a document number learns what is to pay now,
 * or why nothing can be paid and what to do (LB-26).  Reads only, a handful of look-ups by key.
 *
 * A number nobody has and a number that is somebody else's are answered alike, after the same
 * one look-up: nobody finds out who is in the register. */
#ifndef CANBAO_ACTS_QUOTE_RESIDENT_H
#define CANBAO_ACTS_QUOTE_RESIDENT_H

#include "acts/bill_number.h"
#include "acts/person_ruling.h"
#include "rules/document.h"
#include "store/quote.h"

/* X(NAME, stable code).  RENEW: this county enrolled the person for the benefit year before, or the
 * register of other cover says that an insurance reached into it.  FIRST: it knows of none, which
 * is also the answer of a county whose records begin with this season; price and rights are the
 * same.  FUNDED: nothing is left to pay. */
#define QUOTE_STATES(X) \
	X(RENEW, "renew") \
	X(FIRST, "first") \
	X(ENROLLED, "enrolled") \
	X(FUNDED, "funded") \
	X(REFUSED, "refused") \
	X(NEW, "new")

enum quote_state {
#define X(name, code) QUOTE_##name,
	QUOTE_STATES(X)
#undef X
};
const char *quote_state_code(enum quote_state s);

/* X(NAME, stable code, what to do now in Chinese, in English).  The first ones are for states, the
 * others for reasons of refusal, under the same code. */
#define TODOS(X) \
	X(RENEW, "renew", "核对金额，选好缴费方式，在网上就能缴", \
		"Check the amount, choose how to pay, and pay online") \
	X(FIRST, "first", "核对金额，选好缴费方式，在网上就能缴；缴费后即完成参保", \
		"Check the amount and pay online; paying enrols you") \
	X(ENROLLED, "enrolled", "已经参保，不用再缴", "You are enrolled; nothing more to pay") \
	X(FUNDED, "funded", "由政府全额资助，本人不用缴费；没有办理的由医保局统一办理", \
		"Fully subsidised: nothing to pay; the insurance bureau enrols you") \
	X(NEW, "new", \
		"没有查到。请核对姓名和证件号码；都没错的，点“登记参保”，或带证件到乡镇医保办办理", \
		"Nothing was found. Check name and number; if both are right, register as new here or at the town office") \
	X(IN_EMPLOYEE_INSURANCE, "in_employee_insurance", \
		"您有职工医保，不用缴居民医保。已经停保的，请让原单位办停保，再到乡镇医保办登记", \
		"You are in employee insurance and need not pay here. If that ended, let the employer report it, then go to the town office") \
	X(COLLEGE_ELSEWHERE, "college_elsewhere", "请在学校所在地参保，问学校的医保老师", \
		"Enrol where your college is; ask there") \
	X(NOT_LOCAL, "not_local", \
		"户籍不在本县的，要有本县的居住证才能在这里参保。办好居住证后带到乡镇医保办登记", \
		"Without household registration here a residence permit of this county is needed; take it to the town office") \
	X(TIER_NOT_OPEN, "tier_not_open", "所选的缴费档次不适用，请到乡镇医保办改选", \
		"That tier is not open to you; the town office can change it") \
	X(BEFORE_WINDOW, "before_window", "缴费期还没开始，请到时再来", \
		"The payment window has not begun; come back then") \
	X(OUTSIDE_WINDOW, "outside_window", \
		"集中缴费期已过。有下列情形的还可以缴，请带证明到乡镇医保办", \
		"The payment window is over. Who is in one of the cases below may still pay: take the papers to the town office") \
	X(NOT_STATED, "not_stated", "通知没有写明您这种情况，请到乡镇医保办，由医保局研究答复", \
		"The notice does not say; ask the town office, the insurance bureau will answer") \
	X(ENROLLED_ELSEWHERE, "enrolled_elsewhere", \
		"您已在别的县参保，不用重复缴。要转到本县的，先在那边停保", \
		"You are enrolled in another county; do not pay twice. To move, end that first") \
	X(DECEASED, "deceased", "登记显示已去世。登记有误的，请带户口簿到乡镇医保办更正", \
		"The register says deceased. If that is wrong, take the household book to the town office")

enum todo {
#define X(name, code, zh, en) TODO_##name,
	TODOS(X)
#undef X
		TODO_COUNT
};
const char *todo_code(enum todo t);
const char *todo_zh(enum todo t);
const char *todo_en(enum todo t);

struct quote {
	enum quote_state state;
	int64_t person;  /* 0: QUOTE_NEW, and then nothing below but todo is filled */
	struct str name; /* as the register has it */
	char masked[DOCUMENT_MAX + 1];
	bool priced; /* the next three say something */
	int64_t standard_fen, subsidy_fen, payable_fen;
	const char *payer;          /* stable code; NULL unless priced */
	struct str category, route; /* names; {NULL,0}: none */
	day_t benefit_from, benefit_to;
	char bill[BILL_NUMBER_LENGTH + 1]; /* "" when nothing is to pay */
	/* QUOTE_REFUSED: a code of REFUSALS, or enrolled_elsewhere, deceased. */
	const char *reason, *reason_zh, *reason_en;
	struct str todo_zh, todo_en;
	const struct cited *cites;
	size_t n_cites;
	bool benefits_soon; /* a waiting period: see openapi.yaml */
	struct person_facts facts;
	struct ruling ruling;
	bool ruled; /* facts and ruling are filled */
};

/* Token of a number as typed; FAULT_FORMAT and *ret_wrong when it is no document number. */
MUST_USE int quote_document(const struct env *env, struct str number, struct document *ret_document,
	unsigned char ret_token[TOKEN_BYTES], enum document_fault *ret_wrong);
/* Whom `name` and the document of `token` together mean: 1 and *ret_person, 0 when nobody or
 * somebody of another name.  A `name` with marks for unwritable characters (?, *) proves nothing.
 */
MUST_USE int quote_identify(const struct env *env, struct str name,
	const unsigned char token[TOKEN_BYTES], int64_t *ret_person);

/* A member of the household who is not in the visit. */
struct quote_member {
	int64_t person;
	int place;       /* 1..QUOTE_MEMBERS_MAX, the same each time */
	struct str name; /* masked */
	struct str relation;
	bool enrolled;
};
#define QUOTE_MEMBERS_MAX 40

/* Quotes of these persons as of env->today, and the household of the first one without those that
 * are asked about (nor the dead).  Everything lives in `a`. */
MUST_USE int quote_people(const struct env *env, const struct policy *policy,
	const int64_t *persons, size_t n, struct arena *a, struct quote **ret_quotes,
	struct quote_member **ret_members, size_t *ret_n_members);
/* The same for one person inside a transaction; `masked` stays empty. */
MUST_USE int quote_person_in(struct db *db, struct arena *a, const struct env *env,
	const struct policy *policy, int64_t person, struct quote *ret_quote);
/* What is answered when nobody was found. */
void quote_nobody(struct quote *ret_quote);

/* The member `place` of the household of `first`, if the last four characters of the number are
 * `tail`: 1 and *ret_person, 0 when not. */
MUST_USE int quote_member_by_tail(const struct env *env, const struct policy *policy, int64_t first,
	int place, struct str tail, int64_t *ret_person);

#endif
