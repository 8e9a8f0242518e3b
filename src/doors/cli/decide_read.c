/* SPDX-License-Identifier: Apache-2.0 */
/* Strict reading of one line of `canbao decide`: a table of fields, a reader each. */
#include <stdio.h>
#include <string.h>

#include "doors/cli/decide_value.h"

#define OP_ENROL 1u
#define OP_REFUND 2u
#define OP_BOTH (OP_ENROL | OP_REFUND)
#define OP_POPULATION 4u /* an enrolment of a population */

static bool take_id(struct decide_line *l, const json_t *v)
{
	(void)l;
	(void)v; /* read before anything else, so that every answer can bear it */
	return true;
}

static bool take_on(struct decide_line *l, const json_t *v)
{
	const char *reason = json_read_day(v, &l->facts.on);

	l->refund.on = l->facts.on;
	return !reason || decide_wrong(l, "on", reason);
}

static bool take_birth(struct decide_line *l, const json_t *v)
{
	const char *reason = json_read_day(v, &l->facts.birth);

	return !reason || decide_wrong(l, "birth", reason);
}

static bool take_register(struct decide_line *l, const json_t *v)
{
	const char *reason = json_read_place(v, &l->facts.registered);

	return !reason || decide_wrong(l, "register", reason);
}

static bool take_residence(struct decide_line *l, const json_t *v)
{
	const char *reason = json_read_place(v, &l->facts.resident);

	return !reason || decide_wrong(l, "residence", reason);
}

/* The contract takes seven of the kinds that the register knows. */
static bool take_document(struct decide_line *l, const json_t *v)
{
	int kind = -1;
	const char *reason = json_read_word(v, &vocab_document, &kind);

	if (!reason && (kind == DOCUMENT_TAIWAN_PASS || kind == DOCUMENT_PASSPORT))
		reason = "不认识的代码 / an unknown code";
	if (!reason)
		l->facts.document = (uint8_t)kind;
	return !reason || decide_wrong(l, "document", reason);
}

static bool take_employee(struct decide_line *l, const json_t *v)
{
	const char *reason = json_read_bool(v, &l->facts.employee_insured);

	return !reason || decide_wrong(l, "employee_insured", reason);
}

static bool take_town(struct decide_line *l, const json_t *v)
{
	const char *reason = json_read_bool(v, &l->facts.town_extended);

	return !reason || decide_wrong(l, "town_extended", reason);
}

static bool take_working(struct decide_line *l, const json_t *v)
{
	const char *reason = json_read_bool(v, &l->facts.working);

	return !reason || decide_wrong(l, "working", reason);
}

static bool take_resident_since(struct decide_line *l, const json_t *v)
{
	const char *reason = json_read_day(v, &l->facts.resident_since);

	return !reason || decide_wrong(l, "resident_since", reason);
}

static bool take_student(struct decide_line *l, const json_t *v)
{
	json_t *level = json_object_get(v, "level"), *at = json_object_get(v, "at");
	const char *key, *reason;
	json_t *member;
	int kind = -1;

	if (!json_is_object(v))
		return decide_wrong(l, "student", "应是一个对象 / an object is expected");
	json_object_foreach((json_t *)v, key, member)
	{
		if (strcmp(key, "level") != 0 && strcmp(key, "at") != 0) {
			snprintf(l->field, sizeof(l->field), "student.%.200s", key);
			return decide_wrong(l, l->field, "不认识的字段 / an unknown field");
		}
	}
	if (!level || !at)
		return decide_wrong(l, level ? "student.at" : "student.level", "缺少 / is missing");
	reason = json_read_word(level, &vocab_student, &kind);
	if (reason)
		return decide_wrong(l, "student.level", reason);
	l->facts.student = (uint8_t)kind;
	reason = json_read_place(at, &l->facts.student_here);
	return !reason || decide_wrong(l, "student.at", reason);
}

static bool take_tier(struct decide_line *l, const json_t *v)
{
	int tier = 0;

	if (!json_is_string(v))
		return decide_wrong(l, "tier", "应是文字 / a string is expected");
	if (l->pack->has_tiers)
		tier = pack_tier_by_code(l->pack, value_text(v));
	if (tier < 0)
		return decide_wrong(l, "tier", "这个政策包没有这一档 / this pack has no such tier");
	l->facts.tier = (uint8_t)tier;
	return true;
}

/* A number of years that only some packs use; others ignore what it says. */
static bool take_years(struct decide_line *l, const json_t *v, const char *field, bool used,
	int64_t least, int64_t most, uint8_t *ret_years)
{
	if (!json_is_integer(v))
		return decide_wrong(l, field, "应是整数 / a whole number is expected");
	if (!used)
		return true;
	if (json_integer_value(v) < least || json_integer_value(v) > most)
		return decide_wrong(l, field, "超出范围 / out of range");
	*ret_years = (uint8_t)json_integer_value(v);
	return true;
}

static bool take_missed(struct decide_line *l, const json_t *v)
{
	return take_years(l, v, "missed_years", l->pack->wait.used, 0, 200, &l->facts.missed_years);
}

static bool take_repaired(struct decide_line *l, const json_t *v)
{
	return take_years(
		l, v, "repaired_years", l->pack->wait.used, 0, 200, &l->facts.repaired_years);
}

static bool take_pay_years(struct decide_line *l, const json_t *v)
{
	return take_years(l, v, "pay_years", l->pack->n_years > 1, 1, (int64_t)l->pack->n_years,
		&l->facts.pay_years);
}

static bool take_reason(struct decide_line *l, const json_t *v)
{
	int k = -1;
	const char *reason = json_read_word(v, &vocab_refund_reason, &k);

	l->refund.reason = k < 0 ? 0 : (enum refund_reason)k;
	return !reason || decide_wrong(l, "reason", reason);
}

static bool take_paid_on(struct decide_line *l, const json_t *v)
{
	const char *reason = json_read_day(v, &l->refund.paid_on);

	return !reason || decide_wrong(l, "paid_on", reason);
}

static bool take_paid_fen(struct decide_line *l, const json_t *v)
{
	const char *reason = json_read_count(v, INT64_MAX, &l->refund.paid.fen);

	if (!reason && l->refund.paid.fen > MONEY_MAX_FEN)
		reason = "大于 10^12 分 / above 10^12 fen";
	return !reason || decide_wrong(l, "paid_fen", reason);
}

static bool take_evidence(struct decide_line *l, const json_t *v)
{
	if (!json_is_array(v))
		return decide_wrong(l, "evidence", "应是列表 / a list is expected");
	for (size_t i = 0; i < json_array_size(v); i++) {
		int k = -1;
		const char *reason = json_read_word(json_array_get(v, i), &vocab_evidence, &k);

		if (reason)
			return decide_wrong_in(l, "evidence", i, "", reason);
		l->refund.evidence |= 1u << k;
	}
	return true;
}

static bool take_died(struct decide_line *l, const json_t *v)
{
	const char *reason = json_read_day(v, &l->refund.died);

	return !reason || decide_wrong(l, "died", reason);
}

static bool take_subsidised(struct decide_line *l, const json_t *v)
{
	const char *reason = json_read_bool(v, &l->refund.subsidised_before);

	return !reason || decide_wrong(l, "subsidised_before", reason);
}

static bool take_population_town(struct decide_line *l, const json_t *v)
{
	if (!json_is_string(v))
		return decide_wrong(l, "town", "应是文字 / a string is expected");
	l->town = value_text(v);
	return true;
}

struct field {
	const char *name;
	unsigned ops, required; /* OP_… masks */
	bool (*take)(struct decide_line *l, const json_t *v);
};
enum { FIELD_DIED = 16, FIELD_CATEGORIES = 8 };
static const struct field fields[] = {
	{ "id", OP_BOTH, OP_BOTH, take_id },
	{ "policy", OP_BOTH, OP_BOTH, take_id },
	{ "op", OP_BOTH, 0, take_id },
	{ "on", OP_BOTH, OP_BOTH, take_on },
	{ "birth", OP_ENROL, OP_ENROL, take_birth },
	{ "register", OP_ENROL, OP_ENROL, take_register },
	{ "residence", OP_ENROL, OP_ENROL, take_residence },
	{ "document", OP_ENROL, 0, take_document },
	[FIELD_CATEGORIES] = { "categories", OP_BOTH, 0, decide_take_categories },
	{ "circumstances", OP_ENROL, 0, decide_take_circumstances },
	{ "employee_insured", OP_ENROL, 0, take_employee },
	{ "student", OP_ENROL, 0, take_student },
	{ "town_extended", OP_ENROL, 0, take_town },
	{ "reason", OP_REFUND, OP_REFUND, take_reason },
	{ "paid_on", OP_REFUND, OP_REFUND, take_paid_on },
	{ "paid_fen", OP_REFUND, OP_REFUND, take_paid_fen },
	[FIELD_DIED] = { "died", OP_REFUND, 0, take_died },
	{ "evidence", OP_REFUND, 0, take_evidence },
	{ "subsidised_before", OP_REFUND, 0, take_subsidised },
	{ "tier", OP_ENROL, 0, take_tier },
	{ "missed_years", OP_ENROL, 0, take_missed },
	{ "repaired_years", OP_ENROL, 0, take_repaired },
	{ "pay_years", OP_ENROL, 0, take_pay_years },
	{ "resident_since", OP_ENROL, 0, take_resident_since },
	{ "working", OP_ENROL, 0, take_working },
	{ "town", OP_POPULATION, 0, take_population_town },
};

static bool take_fields(struct decide_line *l)
{
	unsigned op = l->op == DECIDE_REFUND ? OP_REFUND
		      : l->with_town         ? OP_ENROL | OP_POPULATION
					     : OP_ENROL;
	const char *key;
	json_t *v;

	json_object_foreach(l->root, key, v)
	{
		size_t i = 0;

		while (i < ARRAY_LEN(fields) && strcmp(fields[i].name, key) != 0)
			i++;
		if (i == ARRAY_LEN(fields) || !(fields[i].ops & op)) {
			snprintf(l->field, sizeof(l->field), "%.200s", key);
			return decide_wrong(l, l->field,
				i == ARRAY_LEN(fields) || !(fields[i].ops & OP_BOTH)
					? "不认识的字段 / an unknown field"
					: "这个字段属于另一种 op / a field of the other op");
		}
		if (json_is_null(v))
			return decide_wrong(l, fields[i].name, "不能为 null / must not be null");
		if (!fields[i].take(l, v))
			return false;
		l->given |= 1u << i;
	}
	for (size_t i = 0; i < ARRAY_LEN(fields); i++)
		if (fields[i].required & op && !(l->given & 1u << i))
			return decide_wrong(l, fields[i].name, "缺少 / is missing");
	return true;
}

/* What no field can tell by itself. */
static bool fits_together(struct decide_line *l)
{
	if (l->op == DECIDE_ENROL) {
		if (l->facts.birth > l->facts.on)
			return decide_wrong(l, "birth", "晚于 on / is after `on`");
		if (l->facts.repaired_years > l->facts.missed_years)
			return decide_wrong(l, "repaired_years",
				"多于 missed_years / more than `missed_years`");
		return true;
	}
	if (l->refund.paid_on > l->refund.on)
		return decide_wrong(l, "paid_on", "晚于 on / is after `on`");
	if (l->given & 1u << FIELD_DIED && l->refund.died > l->refund.on)
		return decide_wrong(l, "died", "晚于 on / is after `on`");
	if (l->refund.reason == REFUND_DEATH && !(l->given & 1u << FIELD_DIED))
		return decide_wrong(l, "died", "缺少 / is missing");
	if (l->refund.reason != REFUND_DEATH)
		l->refund.died = DAY_NONE;
	if (l->refund.reason == REFUND_NEWLY_CERTIFIED && !(l->given & 1u << FIELD_CATEGORIES))
		return decide_wrong(l, "categories", "缺少 / is missing");
	return true;
}

/* id, op and policy: what the other fields are read by. */
static bool take_head(struct decide_line *l)
{
	static const char *const ops[] = { "enrol", "refund" };
	const json_t *id = json_object_get(l->root, "id"), *op = json_object_get(l->root, "op");
	const json_t *policy = json_object_get(l->root, "policy");
	size_t k = 0;
	const char *reason = op ? json_read_code(op, ops, ARRAY_LEN(ops), &k) : NULL;

	if (json_is_string(id)) {
		l->has_id = true;
		l->id = value_text(id);
	}
	if (!id)
		return decide_wrong(l, "id", "缺少 / is missing");
	if (!l->has_id)
		return decide_wrong(l, "id", "应是文字 / a string is expected");
	if (reason)
		return decide_wrong(l, "op", reason);
	l->op = (enum decide_op)k;
	if (!policy)
		return decide_wrong(l, "policy", "缺少 / is missing");
	if (!json_is_string(policy))
		return decide_wrong(l, "policy", "应是文字 / a string is expected");
	l->pack = packs_find(l->packs, value_text(policy));
	return l->pack || decide_wrong(l, "policy", "没有这个政策包 / there is no such pack");
}

/* The line is not JSON: say where, and keep its id when only a doubled key is in the way. */
static bool not_json(struct decide_line *l, struct str text, const json_error_t *error)
{
	bool doubled = json_error_code(error) == json_error_duplicate_key;
	const json_t *id;
	json_error_t ignored;

	json_path_at(text, error->position > 0 ? (size_t)error->position : 0, l->field);
	decide_wrong(l, l->field,
		doubled ? "同一个键出现两次 / a key is given twice"
			: "不是合格的 JSON / not valid JSON");
	if (!doubled || strcmp(l->field, "id") == 0)
		return false;
	l->root = json_loadb(text.p, text.n, JSON_ALLOW_NUL, &ignored);
	id = json_object_get(l->root, "id");
	if (json_is_string(id)) {
		l->has_id = true;
		l->id = value_text(id);
	}
	return false;
}

bool decide_line_read(struct decide_line *l, struct str text)
{
	json_error_t error;

	l->root = NULL;
	l->has_id = false;
	l->reason = NULL;
	l->op = DECIDE_ENROL;
	l->pack = NULL;
	l->given = 0;
	l->town = STR("");
	l->n_holdings = l->n_happenings = 0;
	l->facts = (struct facts){
		.document = DOCUMENT_CITIZEN_ID, .student = STUDENT_NONE, .resident_since = DAY_NONE
	};
	l->refund = (struct refund_facts){ .died = DAY_NONE };
	if (text.n > DECIDE_LINE_MAX)
		return decide_wrong(l, "line", "一行超过 64 KiB / a line over 64 KiB");
	if (str_trim(text).n == 0)
		return decide_wrong(l, "line", "空行 / an empty line");
	l->root = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);
	if (!l->root)
		return not_json(l, text, &error);
	if (!json_is_object(l->root))
		return decide_wrong(l, "line", "应是一个 JSON 对象 / one JSON object is expected");
	if (!take_head(l) || !take_fields(l) || !fits_together(l))
		return false;
	l->facts.holdings = l->refund.holdings = l->holdings;
	l->facts.n_holdings = l->refund.n_holdings = (uint16_t)l->n_holdings;
	l->facts.happenings = l->happenings;
	l->facts.n_happenings = (uint16_t)l->n_happenings;
	return true;
}

void decide_line_release(struct decide_line *l)
{
	json_decref(l->root);
	l->root = NULL;
}
