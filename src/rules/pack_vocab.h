/* SPDX-License-Identifier: Apache-2.0 */
/* The closed vocabularies of policy packs: what a pack may say.  Every list makes the enum, the
 * stable code of the contracts and the Chinese word of the pack files at once.  A county that
 * needs another *number* edits its pack; one that needs another *word* is a change here and in
 * the rules. */
#ifndef CANBAO_RULES_PACK_VOCAB_H
#define CANBAO_RULES_PACK_VOCAB_H

#include "base/str.h"

/* X(name, stable code, word in a pack).  Who pays a subsidy. */
#define FUNDS(X) \
	X(MEDICAL_AID, "medical_aid", "医疗救助") \
	X(FISCAL, "fiscal", "财政资金") \
	X(HEALTH_DEPARTMENT, "health_department", "卫健部门") \
	X(VETERANS_BUREAU, "veterans_bureau", "退役军人部门") \
	X(CIVIL_AFFAIRS, "civil_affairs", "民政部门") \
	X(DISABLED_FEDERATION, "disabled_federation", "残联") \
	X(COLLECTIVE, "collective", "集体")

/* Who certifies, enters, releases, is told. */
#define DEPARTMENTS(X) \
	X(CIVIL_AFFAIRS, "civil_affairs", "民政") \
	X(RURAL_REVITALISATION, "rural_revitalisation", "乡村振兴") \
	X(HEALTH, "health", "卫健") \
	X(VETERANS, "veterans", "退役军人") \
	X(DISABLED_FEDERATION, "disabled_federation", "残联") \
	X(MEDICAL_INSURANCE, "medical_insurance", "医保") \
	X(TAX, "tax", "税务") \
	X(FINANCE, "finance", "财政") \
	X(EDUCATION, "education", "教育") \
	X(PUBLIC_SECURITY, "public_security", "公安") \
	X(STATISTICS, "statistics", "统计") \
	X(HUMAN_RESOURCES, "human_resources", "人社") \
	X(BANK, "bank", "金融") \
	X(GOVERNMENT, "government", "政府") \
	X(TOWN, "town", "乡镇") \
	X(VILLAGE, "village", "村社区")

/* What a person may bring with them (contract: circumstances). */
#define CIRCUMSTANCES(X) \
	X(EMPLOYEE_LAPSE, "employee_lapse", "职工医保中断") \
	X(DISCHARGED_SOLDIER, "discharged_soldier", "退役军人") \
	X(MILITARY_SPOUSE, "military_spouse", "随军配偶") \
	X(RELEASED_PRISONER, "released_prisoner", "刑满释放") \
	X(LEFT_OTHER_SCHEME, "left_other_scheme", "退出其他保障") \
	X(UNEMPLOYED_GRADUATE, "unemployed_graduate", "未就业毕业生") \
	X(MOVED_IN, "moved_in", "新迁入") \
	X(RETURNING_MIGRANT, "returning_migrant", "春节返乡农民工") \
	X(WELFARE_INSTITUTION, "welfare_institution", "福利机构儿童") \
	X(NEW_EMPLOYMENT, "new_employment", "新就业形态") \
	X(OBJECTIVE_REASON, "objective_reason", "客观原因")

/* Why the notice says no to an enrolment, in the order of the contract. */
#define REFUSALS(X) \
	X(IN_EMPLOYEE_INSURANCE, "in_employee_insurance", "属于职工医保参保范围", \
		"in employee insurance") \
	X(COLLEGE_ELSEWHERE, "college_elsewhere", "大中专学生应在学校所在地参保", \
		"college students enrol where their school is") \
	X(NOT_LOCAL, "not_local", "不属于本地参保对象", "does not belong here") \
	X(TIER_NOT_OPEN, "tier_not_open", "所选档次不对本人开放", \
		"the chosen tier is not open to this person") \
	X(BEFORE_WINDOW, "before_window", "缴费期尚未开始", "before the payment window") \
	X(OUTSIDE_WINDOW, "outside_window", "不在缴费期内", "outside the payment window") \
	X(NOT_STATED, "not_stated", "通知未载明，请转人工研究", \
		"the notice does not say; refer it to a person")

/* Why money is asked back. */
#define REFUND_REASONS(X) \
	X(DUPLICATE, "duplicate", "重复参保") \
	X(EMPLOYEE_INSURANCE, "employee_insurance", "参加职工医保") \
	X(INSURED_ELSEWHERE, "insured_elsewhere", "异地参保") \
	X(DEATH, "death", "死亡") \
	X(NEWLY_CERTIFIED, "newly_certified", "新增资助对象")

#define REFUND_EVIDENCES(X) \
	X(ENROLMENT_ENDED, "enrolment_ended", "终止参保") \
	X(DEATH_CERTIFICATE, "death_certificate", "死亡证明") \
	X(CREMATION_CERTIFICATE, "cremation_certificate", "火化证明")

#define REFUND_REFUSALS(X) \
	X(NOT_PROVIDED, "not_provided", "通知没有这种退费", "the notice provides no such refund") \
	X(ALREADY_SUBSIDISED, "already_subsidised", "已享受资助，不再追补", \
		"already subsidised; nothing is topped up") \
	X(EVIDENCE_MISSING, "evidence_missing", "缺少证明材料", "evidence is missing") \
	X(BENEFITS_STARTED, "benefits_started", "待遇期已开始", "benefits have started") \
	X(NOTHING_DUE, "nothing_due", "没有应退金额", "nothing is due") \
	X(NOT_STATED, "not_stated", "通知未载明，请转人工研究", \
		"the notice does not say; refer it to a person")

#define PAYERS(X) \
	X(SELF, "self", "本人") \
	X(FUND, "fund", "资金") \
	X(INSTITUTION, "institution", "机构")

#define STUDENT_LEVELS(X) \
	X(COLLEGE, "college", "大中专") \
	X(SCHOOL, "school", "中小学") \
	X(NURSERY, "nursery", "幼儿园")

/* What a route costs. */
#define PRICES(X) \
	X(LESS_SUBSIDY, "individual_less_subsidy", "个人缴费 - 资助") \
	X(INDIVIDUAL, "individual", "个人缴费") \
	X(FULL_COST, "full_cost", "个人缴费 + 财政补助") \
	X(FULL_COST_LESS_SUBSIDY, "full_cost_less_subsidy", "个人缴费 + 财政补助 - 资助") \
	X(PRO_RATA, "pro_rata", "个人缴费 * 剩余月数 / 12") \
	X(FREE, "free", "免缴")

/* Proof of payment (SQ-35). */
#define RECEIPTS(X) \
	X(ELECTRONIC_ORDER, "electronic_order", "电子订单") \
	X(MACHINE_SLIP, "machine_slip", "机打小票") \
	X(BANK_RECEIPT, "bank_receipt", "银行收款凭单") \
	X(TAX_CERTIFICATE, "tax_certificate", "税务缴款凭证")

/* What a rate is measured against. */
#define DENOMINATORS(X) \
	X(PLAN, "plan", "计划数") \
	X(REGISTERED, "registered", "户籍人口") \
	X(RESIDENT, "resident", "常住人口") \
	X(SPECIAL, "special", "困难群众") \
	X(TWO_DISEASE, "two_disease", "两病患者") \
	X(ENROLLED, "enrolled", "参保人数")

/* How often something is reported. */
#define RHYTHMS(X) \
	X(DAILY, "daily", "每日") \
	X(WEEKLY, "weekly", "每周") \
	X(MONTHLY, "monthly", "每月") \
	X(REGULAR, "regular", "定期")

/* State of a reading (解释). */
#define READING_STATES(X) \
	X(OPEN, "open", "待确认") \
	X(CONFIRMED, "confirmed", "已确认") \
	X(REJECTED, "rejected", "不采纳")

enum fund {
#define X(n, c, w) FUND_##n,
	FUNDS(X)
#undef X
	FUND_COUNT
};
enum department {
#define X(n, c, w) DEPARTMENT_##n,
	DEPARTMENTS(X)
#undef X
	DEPARTMENT_COUNT
};
enum circumstance {
#define X(n, c, w) CIRCUMSTANCE_##n,
	CIRCUMSTANCES(X)
#undef X
	CIRCUMSTANCE_COUNT,
	CIRCUMSTANCE_NONE = 31
};
enum refusal {
#define X(n, c, zh, en) REFUSAL_##n,
	REFUSALS(X)
#undef X
	REFUSAL_COUNT
};
enum refund_reason {
#define X(n, c, w) REFUND_##n,
	REFUND_REASONS(X)
#undef X
	REFUND_REASON_COUNT
};
enum refund_evidence {
#define X(n, c, w) EVIDENCE_##n,
	REFUND_EVIDENCES(X)
#undef X
	EVIDENCE_COUNT
};
enum refund_refusal {
#define X(n, c, zh, en) REFUND_REFUSAL_##n,
	REFUND_REFUSALS(X)
#undef X
	REFUND_REFUSAL_COUNT
};
enum payer {
#define X(n, c, w) PAYER_##n,
	PAYERS(X)
#undef X
	PAYER_COUNT
};
enum student_level {
#define X(n, c, w) STUDENT_##n,
	STUDENT_LEVELS(X)
#undef X
	STUDENT_LEVEL_COUNT,
	STUDENT_NONE = 31
};
enum price {
#define X(n, c, w) PRICE_##n,
	PRICES(X)
#undef X
	PRICE_COUNT
};
enum receipt_kind {
#define X(n, c, w) RECEIPT_##n,
	RECEIPTS(X)
#undef X
	RECEIPT_COUNT
};
enum denominator {
#define X(n, c, w) DENOMINATOR_##n,
	DENOMINATORS(X)
#undef X
	DENOMINATOR_COUNT
};
enum rhythm {
#define X(n, c, w) RHYTHM_##n,
	RHYTHMS(X)
#undef X
	RHYTHM_COUNT
};
enum reading_state {
#define X(n, c, w) READING_##n,
	READING_STATES(X)
#undef X
	READING_STATE_COUNT
};

/* One word of a vocabulary: its stable code and its Chinese word. */
struct word {
	const char *code, *zh;
};

/* A vocabulary: words[i] belongs to enum value i. */
struct vocab {
	const char *name; /* Chinese, for messages: "资金" */
	const struct word *words;
	size_t n;
};

extern const struct vocab vocab_fund, vocab_department, vocab_circumstance, vocab_refund_reason,
	vocab_evidence, vocab_payer, vocab_student, vocab_price, vocab_receipt, vocab_denominator,
	vocab_rhythm, vocab_reading, vocab_document;

/* Index of the stable code, or -1. */
int vocab_code(const struct vocab *v, struct str code);
/* Index of the Chinese word, or -1. */
int vocab_word(const struct vocab *v, struct str zh);
/* Index of the word nearest to `text` by edit distance in code points, or -1 when none is near. */
int vocab_nearest(const struct vocab *v, struct str text);
/* Edit distance of two UTF-8 texts in code points, at most `limit` + 1; texts over 64 points
 * count as far. */
int edit_distance(struct str a, struct str b, int limit);

const char *refusal_code(enum refusal r);
const char *refusal_zh(enum refusal r);
const char *refusal_en(enum refusal r);
const char *refund_refusal_code(enum refund_refusal r);
const char *refund_refusal_zh(enum refund_refusal r);
const char *refund_refusal_en(enum refund_refusal r);

#endif
