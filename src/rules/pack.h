/* SPDX-License-Identifier: Apache-2.0 */
/* A policy pack: what one county's notice says about one benefit year, compiled to day numbers,
 * bit masks and small tables.  The same compiled pack serves one person, a county's batch and a
 * what-if.
 *
 * Everything lives in the arena given to pack_load() and is read-only afterwards, so threads may
 * share it.  Money is whole fen, days are day_t (ranges are inclusive at both ends), indexes are
 * -1 or PACK_NONE when absent.  Texts are UTF-8 and NUL-terminated.
 *
 * Every rule carries the index of its basis (依据): the clauses it stands on and the numbered
 * readings (解释) it needs.  Use pack_basis() or ruling_cites() (decide.h) to get the words. */
#ifndef CANBAO_RULES_PACK_H
#define CANBAO_RULES_PACK_H

#include "base/day.h"
#include "base/map.h"
#include "base/money.h"
#include "rules/diag.h"
#include "rules/document.h"
#include "rules/pack_vocab.h"

#define PACK_CATEGORIES_MAX 64
#define PACK_ROUTES_MAX 32
#define PACK_TIERS_MAX 8
#define PACK_BANDS_MAX 8
#define PACK_YEARS_MAX 4
#define PACK_BASES_MAX 1000
#define PACK_CITES_MAX 400
#define PACK_READINGS_MAX 60
#define PACK_LIST_MAX 100 /* channels, targets, stages, deadlines … each */
#define BASIS_CITES_MAX 6
#define BASIS_READINGS_MAX 4
#define PACK_DAY_TABLE_MAX 2200
#define PACK_NONE 0xffff

struct ynode;
struct ledger;

/* What a rule stands on.  At least one of the two lists is not empty. */
struct pack_basis {
	uint8_t n_cites, n_readings;
	uint16_t cites[BASIS_CITES_MAX];      /* into pack.cites */
	uint8_t readings[BASIS_READINGS_MAX]; /* into pack.readings */
};

/* A numbered reading (解释): what rests on no clause, who says so, whether it is settled. */
struct pack_reading {
	struct str number; /* "J4" */
	struct str text, author;
	enum reading_state state;
};

/* Days from `from` to `to`, both inside.  from == DAY_NONE: not stated. */
struct day_range {
	day_t from, to;
};

/* Conditions on a person, all of which must hold.  An unset one holds for everybody. */
struct pack_when {
	uint32_t documents; /* bit mask of enum document_kind; 0: any */
	uint32_t students;  /* bit mask of enum student_level; 0: need not be one */
	uint64_t
		categories; /* bit mask of category indexes, one active is enough; 0: none needed */
	day_t certified_after;    /* … and certified after this day; DAY_NONE: any */
	int16_t age_from, age_to; /* whole years (周岁) at payment, inclusive; -1: open */
	int16_t resident_months;  /* living here at least so many months; 0: any */
	int8_t registered;        /* 1: registered here, 0: elsewhere, -1: either */
	int8_t resident;          /* 1: living here, 0: elsewhere, -1: either */
	int8_t student_here;      /* 1: at a school here, 0: elsewhere, -1: either */
	int8_t working;           /* 1, 0, -1: either */
	int8_t town_extended;     /* 1: the town's window must have been extended (镇延期) */
	bool any;                 /* some field above is set */
};

/* One way of belonging here (对象.属地), a person belongs when one of them holds. */
struct pack_belonging {
	struct pack_when when;
	uint16_t basis;
};

/* A payment tier (档次).  A pack without tiers has exactly one, with an empty code. */
struct pack_tier {
	struct str code, name;
	struct pack_when when; /* who may choose it */
	uint16_t basis;
};

/* An age band (年龄段).  A pack without bands has exactly one, 0 to 999. */
struct pack_band {
	struct str name;
	int16_t age_from, age_to; /* whole years, inclusive */
};

/* A part of the fiscal money (其中) or of a subsidy's funding. */
struct pack_share {
	struct str name; /* 中央, 省级, 市县级; the fund's word for a subsidy */
	struct money amount;
};

/* A category of person (身份), in the pack's order. */
struct pack_category {
	struct str code, name;
	const struct str *aliases; /* other spellings in lists and files */
	size_t n_aliases;
	uint32_t certifiers; /* bit mask of enum department whose list counts (LB-12) */
	uint32_t enterers;    /* … that may enter what others certified (LB-45) */
	int8_t fund;      /* enum fund, -1: not stated */
	bool fund_not_stated; /* 资金: 未载明 */
	bool amount_open;     /* 资助: 未定 (counts 0 until the county sets it) */
	bool special; /* must be covered completely (LB-04, SQ-02, SQ-03, SN-12) */
	bool full;    /* 全额: the whole individual standard, whatever the tier */
	bool tracked;    /* only followed up, no subsidy meant (两病) */
	uint8_t split_n; /* several payers: shares of the subsidy per mille, fund first */
	uint8_t split_fund[4];
	uint16_t split_permille[4];
	uint16_t basis, fund_basis;
};

/* When benefits start. */
enum start_from {
	START_YEAR,  /* 待遇期首日 */
	START_PAID,  /* 缴费当日 */
	START_NEXT,  /* 缴费次日 */
	START_EVENT, /* 出生日, 中断之日, 入院之日: the route's own event */
	START_FIXED  /* a date */
};
struct pack_start {
	enum start_from from;
	day_t fixed;       /* START_FIXED */
	struct span plus;  /* added to the start; count 0: nothing */
	uint8_t nth_month; /* N > 0: the first of the N-th month after that day (次月首日: 1) */
};

/* How `on` relates to the event of a route: its term. */
enum term_kind {
	TERM_NONE,
	TERM_WITHIN, /* from the event to its last day (event + span), inclusive */
	TERM_AFTER   /* any day after that last day */
};
enum route_event { EVENT_NONE, EVENT_BIRTH, EVENT_CIRCUMSTANCE };
enum wait_kind {
	WAIT_NONE,
	WAIT_GAP,   /* 断保: only somebody with missed years waits */
	WAIT_ALWAYS /* 固定加断保: everybody waits the fixed months, missed years add */
};

/* A way in (途径): when it is open, to whom, at what price, covered from when. */
struct pack_route {
	struct str code, name;
	enum route_event event;
	uint8_t circumstance;  /* enum circumstance when event is EVENT_CIRCUMSTANCE */
	struct day_range pays; /* days on which it can be open at all */
	bool pays_runs_on;     /* a newborn's term may run past the last day of `pays` */
	bool newborn;          /* 出生: 待遇期内 */
	struct day_range
		happens; /* the event must lie inside; from == DAY_NONE: any day up to payment */
	enum term_kind term;
	struct span span;
	int32_t months_min; /* continuous months before a lapse; 0: any */
	bool needs_first;   /* 首次: enrols here for the first time */
	struct pack_when when;
	enum price price;
	enum payer payer;
	struct pack_start start;
	enum wait_kind wait;
	uint8_t years;   /* benefit years paid at once on this route; 0: the pack's default */
	bool not_stated; /* 处理: 未载明, the case goes to a person */
	uint16_t basis;
};

/* Which day decides about a category (身份时点). */
enum identity_basis {
	IDENTITY_PAID_DAY,  /* active on the day of payment */
	IDENTITY_CUTOFF,    /* active at the end of a fixed day */
	IDENTITY_PAID_MONTH /* active on some day of the month of payment, up to the day itself */
};

/* 多重身份 */
enum overlap_rule { OVERLAP_HIGHEST, OVERLAP_LISTED };
/* 身份变化: what happens when somebody is certified after paying */
enum change_rule { CHANGE_NOT_STATED, CHANGE_REFUND_DIFFERENCE, CHANGE_ONE_CARD, CHANGE_NOTHING };

struct pack_subsidy_rule {
	enum identity_basis identity;
	day_t cutoff;          /* IDENTITY_CUTOFF */
	day_t last_day;        /* after this day only … DAY_NONE: no such rule (LB-16) */
	day_t certified_after; /* … those certified after this day are subsidised */
	uint16_t identity_basis_cite, last_day_basis;
	enum overlap_rule overlap;
	uint16_t overlap_basis;
	enum change_rule change; /* SN-16, LB-31 */
	uint16_t change_basis;
	bool elsewhere_paid_here; /* insured elsewhere: helped from here (SN-08, SQ-15) */
	bool elsewhere_if_none; /* … only when nothing was subsidised there (SQ-15) */
	uint16_t elsewhere_basis;
	uint16_t full_basis; /* fully subsidised people are enrolled by the bureau (SN-10) */
	bool enrolled_by_bureau;
};

/* Waiting for benefits after missed years. */
struct pack_wait {
	bool used;
	int16_t fixed_months;    /* 固定 */
	int16_t per_year_months; /* each missed year adds */
	bool first_year_counts;  /* whether the first missed year adds */
	bool repairable;         /* paying for a missed year takes its months away again */
	int16_t floor_years;     /* from so many missed years … 0: none */
	int16_t floor_months;    /* … at least so many months remain */
	uint16_t basis;
};

/* 退费, one a reason. */
enum refund_amount { REFUND_ALL, REFUND_PAID_LESS_DUE, REFUND_SUBSIDY };
struct pack_refund {
	bool provided, not_stated;
	uint32_t evidence_all, evidence_any; /* bit masks of enum refund_evidence */
	day_t apply_by;                      /* last day of application; DAY_NONE: any */
	day_t died_by;                       /* last day of death; DAY_NONE: any */
	day_t certified_by; /* last day of certification that counts; DAY_NONE: any */
	enum refund_amount amount;
	bool one_card;        /* paid next month on the 一卡通 instead of refunded */
	bool once_subsidised; /* nothing for somebody already subsidised (SN-16) */
	uint16_t basis, subsidised_basis;
};

struct pack_channel {
	struct str code, name;
	bool online;
	bool registers;        /* takes registrations and queries, not only payments (LB-22) */
	struct day_range open; /* from == DAY_NONE: the whole season */
	int8_t receipt;        /* enum receipt_kind, -1: not stated */
	bool school_cash;      /* may take cash into a virtual account: colleges only (SQ-36) */
	uint16_t basis;
};

struct pack_target {
	struct str name; /* as the notice writes it: 马蹄乡 */
	int64_t persons;
	uint16_t basis;
};

/* A statistical unit that is counted elsewhere (SN-18). */
struct pack_assignment {
	struct str unit_code, unit_name; /* 9-digit statistical code */
	struct str towns[4];             /* names of the reporting units */
	uint8_t n_towns;
	bool by_register; /* several towns: the one of the household register */
	uint16_t basis;
};

/* A rate towns are measured by. */
struct pack_rate {
	struct str code, name; /* overall, special, two_disease, certificate */
	enum denominator denominator;
	int32_t target_permille; /* 1000 = 100 % */
	bool counts_employees;   /* employee insurance counts too (SQ-01) */
	bool costs_work_fund;    /* missing it costs work funds in proportion (SQ-26) */
	uint16_t basis;
};

struct pack_stage {
	struct str name;
	struct day_range days;
	uint16_t basis;
};

struct pack_award {
	struct str name;
	int32_t places; /* 0: everybody else who met the target */
	struct money amount;
	uint16_t basis;
};

struct pack_work_fund {
	bool used;
	struct money per_person; /* a year */
	bool at_least;           /* "不低于" */
	bool loses_in_proportion;
	struct str payee; /* who gets it */
	uint16_t basis;
};

struct pack_report {
	struct str code, name;
	enum rhythm rhythm;
	int32_t weeks_behind; /* so many weeks behind: flagged; 0: none (LB-43) */
	uint16_t basis;
};

/* Something that must be done by a day. */
struct pack_deadline {
	struct str code, name;
	day_t from; /* DAY_NONE: from the start */
	day_t by;
	uint32_t who; /* bit mask of enum department */
	bool monthly; /* every month from `from` to `by` (SQ-31) */
	uint16_t basis;
};

/* Any other stated rule that needs no figure of its own: 参保地, 家庭参保, 学生参保, 社会资助 … */
struct pack_practice {
	struct str code, text;
	uint16_t basis;
};

struct pack {
	struct str code;        /* sunan-2024 */
	char region[7];         /* 620721 */
	struct str region_name; /* 肃南裕固族自治县 */
	struct str document_no; /* 文号 */
	struct str label;       /* what the notice calls the year: 2023年度 */
	int16_t benefit_year;   /* year of the first benefit day */
	int16_t collection_year;
	struct day_range benefit;
	uint16_t benefit_basis;
	struct day_range validity; /* of the notice; from == DAY_NONE: not stated (SQ-38) */
	uint16_t validity_basis;
	bool invented; /* an example county that does not exist */

	const struct pack_tier *tiers;
	size_t n_tiers;
	bool has_tiers;
	const struct pack_band *bands;
	size_t n_bands;
	bool has_bands, bands_at_year_start;
	size_t n_years;       /* benefit years that can be paid at once, at least 1 */
	size_t default_years; /* paid when nothing is said */
	uint16_t years_basis;
	/* Amounts, index pack_price_index(); subsidies pack_subsidy_index(). */
	const struct money *individual, *fiscal;
	const struct money *subsidy;
	const struct pack_share *fiscal_shares;
	size_t n_fiscal_shares;
	uint16_t individual_basis, fiscal_basis;

	const struct pack_category *categories;
	size_t n_categories;
	struct map names;         /* folded name or alias -> index; use pack_category_by_name() */
	uint64_t paid_categories; /* bit mask of those with an amount above 0 anywhere */
	struct pack_subsidy_rule rule;

	bool refuses_employees, refuses_college_elsewhere;
	uint16_t employees_basis, college_basis, not_local_basis;
	const struct pack_belonging *belongings;
	size_t n_belongings;

	const struct pack_route *routes;
	size_t n_routes;
	int regular; /* the route whose first day parts before_window from outside_window */
	uint8_t pay_day_from, pay_day_to; /* days of the month that take payments, 1..31 */
	uint16_t pay_days_basis;
	struct pack_wait wait;
	struct day_range regular_window;
	struct day_range late_window; /* 延长期; from == DAY_NONE: none */

	/* Compiled for speed: bit r of open[day - open_first]: route r may be open that day. */
	const uint32_t *open;
	day_t open_first, open_last;
	uint32_t by_circumstance[CIRCUMSTANCE_COUNT]; /* routes that need the kind */
	uint32_t without_circumstance;                /* routes that need none */
	uint32_t newborn_routes;
	day_t closes[PACK_ROUTES_MAX]; /* last day whose payment still buys some benefits */
	day_t newborn_birth_min; /* nobody born earlier is a newborn */

	struct pack_refund refunds[REFUND_REASON_COUNT];

	const struct pack_channel *channels;
	size_t n_channels;
	int64_t target_total; /* persons; 0: not stated */
	uint16_t target_basis;
	const struct pack_target *targets;
	size_t n_targets;
	const struct pack_assignment *assignments;
	size_t n_assignments;
	const struct pack_rate *rates;
	size_t n_rates;
	const struct pack_stage *stages;
	size_t n_stages;
	day_t assessment_cutoff; /* only what was done by then counts (LB-36), or DAY_NONE */
	uint16_t assessment_basis;
	struct pack_work_fund work_fund;
	const struct pack_award *awards;
	size_t n_awards;
	const struct pack_report *reports;
	size_t n_reports;
	const struct pack_deadline *deadlines;
	size_t n_deadlines;
	const struct pack_practice *practices;
	size_t n_practices;

	const struct str *uncoded; /* clauses 未编码 names */
	size_t n_uncoded;
	const unsigned char
		*seen; /* a flag for each figure of the ledger that some rule cites; NULL without */

	const struct str *cites;
	size_t n_cites;
	const struct pack_reading *readings;
	size_t n_readings;
	const struct pack_basis *bases;
	size_t n_bases;

	struct str overlay;          /* name of the what-if overlay, empty: none */
	const struct ynode *root;    /* the tree it was compiled from */
	const struct ledger *ledger; /* NULL: loaded without */
};

/* The texts a pack is made of; all must outlive the arena's use. */
struct pack_sources {
	struct str name, text; /* pack.yaml: name for messages, content */
	struct str ledger_name,
		ledger_text; /* clauses.yaml; empty text: citations are not checked */
	struct str overlay_name, overlay_text; /* what-if overlay; empty: none */
};

/* Load, check and compile a pack.  Everything that is wrong is reported into `d`, not only the
 * first. Returns 0 with *ret_pack; FAULT_FORMAT when `d` holds an error; FAULT_MEMORY.  Findings
 * that do not stop the pack (routes that overlap without an order, uncovered days) are warnings
 * in `d`. */
MUST_USE int pack_load(struct arena *a, const struct pack_sources *s, struct diags *d,
	const struct pack **ret_pack);

/* Index of a category by its code; by code, name or alias (folded as file headers are); -1:
 * none. */
int pack_category_by_code(const struct pack *p, struct str code);
int pack_category_by_name(const struct pack *p, struct str name);
int pack_route_by_code(const struct pack *p, struct str code);
int pack_tier_by_code(const struct pack *p, struct str code);
int pack_channel_by_code(const struct pack *p, struct str code);

/* The clauses and readings of a basis (index from any rule). */
static inline const struct pack_basis *pack_basis(const struct pack *p, uint16_t basis)
{
	BUG_IF(basis >= p->n_bases);
	return &p->bases[basis];
}

/* Individual and fiscal standard: pack->individual[pack_price_index(p, tier, band, year)]. */
static inline size_t pack_price_index(const struct pack *p, size_t tier, size_t band, size_t year)
{
	return (tier * p->n_bands + band) * p->n_years + year;
}

static inline size_t pack_subsidy_index(
	const struct pack *p, size_t category, size_t tier, size_t band, size_t year)
{
	return ((category * p->n_tiers + tier) * p->n_bands + band) * p->n_years + year;
}

/* The ordinary standard: first tier, first band, first year. */
static inline struct money pack_individual(const struct pack *p)
{
	return p->individual[0];
}

/* Subsidy of a category in the ordinary case. */
static inline struct money pack_category_subsidy(const struct pack *p, size_t category)
{
	return p->subsidy[pack_subsidy_index(p, category, 0, 0, 0)];
}

#endif
