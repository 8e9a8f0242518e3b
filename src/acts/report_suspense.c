/* SPDX-License-Identifier: Apache-2.0 */
/* report suspense: money that could not be credited, so that it is not forgotten. */
#include "acts/report.h"
#include "acts/take_payment.h"
#include "store/place.h"
#include "store/progress.h"

#define CHINA_UTC_OFFSET (8 * 3600)

enum { PAID, CHANNEL, SERIAL, NAME, TOWN, AMOUNT, REASON, COLUMNS };

static const struct report_column columns[COLUMNS] = {
	[PAID] = { "paid_on", "缴费日", "Paid on", REPORT_TEXT },
	[CHANNEL] = { "channel", "渠道", "Channel", REPORT_TEXT },
	[SERIAL] = { "serial", "流水号", "Serial", REPORT_TEXT },
	[NAME] = { "name", "库里姓名", "Name on record", REPORT_TEXT },
	[TOWN] = { "town", "乡镇", "Town", REPORT_TEXT },
	[AMOUNT] = { "amount_fen", "金额", "Amount", REPORT_FEN },
	[REASON] = { "reason", "待查原因", "Why it waits", REPORT_TEXT },
};

struct reading {
	const struct env *env;
	const struct report_request *q;
	struct arena *a; /* outlives the transaction */
	struct places places;
	struct report *out;
	int64_t sum;
};

static struct str reason_text(struct str code)
{
	for (int i = 0; i < SUSPENSE_REASON_COUNT; i++)
		if (str_is(code, suspense_code((enum suspense_reason)i)))
			return str_of(suspense_zh((enum suspense_reason)i));
	return STR("?");
}

static struct str channel_name(const struct pack *p, struct arena *a, struct str code)
{
	int c = pack_channel_by_code(p, code);

	return c < 0 ? arena_str(a, code) : p->channels[c].name;
}

static int waiting_row(void *ctx, const struct waiting *w)
{
	struct reading *r = ctx;
	const struct place *town = w->town ? place_by_code(&r->places, w->town) : NULL;
	struct report_cell *row;
	char day[11];

	if (r->q->town && w->town != r->q->town)
		return 0;
	row = report_row(r->out);
	if (!row)
		return FAULT_MEMORY;
	day_text((day_t)((w->paid_at + CHINA_UTC_OFFSET) / 86400), day);
	row[PAID].text = arena_str(r->a, str_of(day));
	row[CHANNEL].text = channel_name(r->q->policy->pack, r->a, w->channel);
	row[SERIAL].text = arena_str(r->a, w->serial);
	row[NAME].text = w->name.p ? arena_str(r->a, w->name) : w->name;
	row[TOWN].text = town ? town->name : (struct str){ NULL, 0 };
	row[AMOUNT].number = w->fen;
	row[REASON].text = reason_text(w->reason);
	r->sum += w->fen;
	return row[SERIAL].text.p ? 0 : FAULT_MEMORY;
}

static int suspense_tx(struct db *db, struct arena *scratch, void *arg)
{
	struct reading *r = arg;
	struct progress_scope scope = { r->env->county, r->q->policy->pack->code,
		r->q->policy->pack->benefit_year, r->q->on };
	struct report_cell *total;
	int rc = places_load(db, r->a, r->env->county, &r->places);

	(void)scratch;
	report_begin(r->out, r->a, "suspense", columns, COLUMNS);
	r->sum = 0;
	if (rc == 0)
		rc = suspense_open(db, &scope, waiting_row, r);
	if (rc < 0)
		return rc;
	total = report_row(r->out);
	if (!total)
		return FAULT_MEMORY;
	total[PAID].text = STR("合计");
	total[AMOUNT].number = r->sum;
	r->out->has_total = true;
	return 0;
}

int report_suspense(const struct env *env, const struct report_request *q, struct arena *a,
	struct report *ret, struct err *err)
{
	struct reading r = { .env = env, .q = q, .a = a, .out = ret };
	int rc = store_read(env->store, suspense_tx, &r);

	if (rc < 0)
		return err_set(err, (enum fault)rc, "%s（%s）", fault_text(rc), store_message());
	report_titles(ret, a, q, q->on, "待查款项", "money in suspense");
	return 0;
}
