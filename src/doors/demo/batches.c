/* SPDX-License-Identifier: Apache-2.0 */
/* A channel's batch of a month: its first row says how many lines and how much, so the lines are
 * counted on one walk through the county and written on the next. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "doors/demo/files.h"
#include "doors/demo/forms.h"

enum { SERIAL, PART, BILL, NUMBER, NAME, AMOUNT, PAID, REMARK, COLUMNS };

static const char *const headers[2][COLUMNS] = {
	{ "流水号", "分笔序号", "应缴单号", "证件号码", "姓名", "金额", "缴费时间", "备注" },
	{ "交易流水号", "分笔序号", "应缴单号", "身份证号", "缴费人姓名", "缴费金额", "支付时间",
		"备注" },
};

static int month_of(day_t day)
{
	struct ymd d = day_to_ymd(day);

	return d.year * 12 + d.month - 1;
}

int batches_init(struct batches *b, struct arena *a, const struct world *w, struct err *err)
{
	*b = (struct batches){ .n_channels = w->pack->n_channels,
		.first_month = month_of(w->pack->regular_window.from) };
	if (b->n_channels == 0)
		return err_set(
			err, FAULT_FORMAT, "政策包里没有缴费渠道 / the policy has no channels");
	b->items = ARENA_ARRAY(a, struct batch, BATCH_MONTHS_MAX * b->n_channels);
	return b->items ? 0 : err_set(err, FAULT_MEMORY, "内存不足 / out of memory");
}

static struct batch *batch_of(struct batches *b, const struct payment *x)
{
	int month = month_of(x->on) - b->first_month;

	BUG_IF(month < 0 || month >= BATCH_MONTHS_MAX || x->channel >= b->n_channels);
	return &b->items[(size_t)month * b->n_channels + x->channel];
}

void batches_count(struct batches *b, const struct pay_plan *plan)
{
	for (size_t i = 0; i < plan->n; i++) {
		struct batch *batch = batch_of(b, &plan->items[i]);

		batch->lines++;
		batch->fen += plan->items[i].fen;
		tally_count(b->lines, pay_code(plan->items[i].kind), 1);
		tally_count(b->amounts, pay_code(plan->items[i].kind), plan->items[i].fen);
	}
}

static struct str yuan(int64_t fen, char ret[32])
{
	return (struct str){ ret,
		(size_t)snprintf(ret, 32, "%" PRId64 ".%02d", fen / 100, (int)(fen % 100)) };
}

/* 批次号, number, 笔数, count, 金额合计, yuan, 日期, last day of the month. */
static int first_rows(
	struct batch *x, const struct pack_channel *c, int month, size_t form, struct err *err)
{
	char id[96], count[24], sum[32], day[11];
	struct str cells[8] = { STR("批次号"), { NULL, 0 }, STR("笔数"), { NULL, 0 },
		STR("金额合计"), { NULL, 0 }, STR("日期"), { NULL, 0 } };
	struct str header[COLUMNS];
	day_t last;
	int rc;

	if (!day_from_ymd((struct ymd){ month / 12, month % 12 + 1,
				  day_month_length(month / 12, month % 12 + 1) },
		    &last))
		BUG_IF("a month without a last day");
	cells[1] = (struct str){ id, (size_t)snprintf(id, sizeof(id), "%.*s-%04d%02d",
					     STR_ARG(c->code), month / 12, month % 12 + 1) };
	cells[3] =
		(struct str){ count, (size_t)snprintf(count, sizeof(count), "%" PRId64, x->lines) };
	cells[5] = yuan(x->fen, sum);
	day_text(last, day);
	cells[7] = (struct str){ day, 10 };
	for (size_t i = 0; i < COLUMNS; i++)
		header[i] = str_of(headers[form][i]);
	rc = out_note_row(&x->out, cells, ARRAY_LEN(cells), err);
	return rc < 0 ? rc : out_note_row(&x->out, header, COLUMNS, err);
}

int batches_open(struct batches *b, const struct world *w, struct manifest *m, struct err *err)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < BATCH_MONTHS_MAX * b->n_channels; i++) {
		const struct pack_channel *c = &w->pack->channels[i % b->n_channels];
		int month = b->first_month + (int)(i / b->n_channels);
		bool xlsx = !c->online && w->profile->xlsx_register;
		struct batch *x = &b->items[i];

		if (x->lines == 0)
			continue;
		snprintf(x->name, sizeof(x->name), "payments/%04d-%02d-%.*s.%s", month / 12,
			month % 12 + 1, STR_ARG(c->code), xlsx ? "xlsx" : "csv");
		rc = out_open(&x->out, m, x->name, "payments", xlsx ? SHEET_XLSX : SHEET_CSV, NULL,
			NULL, 0, err);
		x->out.department = c->code.p;
		if (rc == 0)
			rc = first_rows(x, c, month, i % b->n_channels % 2, err);
	}
	return rc;
}

/* A household that pays at a counter or through an agent has one serial and numbered parts. */
static void serials(const struct world *w, const struct household *h, const struct payment *x,
	char serial[40], char part[8])
{
	const struct pack_channel *c = &w->pack->channels[x->channel];
	struct ymd d = day_to_ymd(x->on);
	bool order = x->together && !c->online;

	part[0] = '\0';
	if (order) {
		snprintf(serial, 40, "%04d%02d%02dH%08u", d.year, d.month, d.day, h->index);
		snprintf(part, 8, "%zu", x->member + 1);
		return;
	}
	/* A repeated line bears the serial of the line it repeats. */
	snprintf(serial, 40, "%04d%02d%02d%09u%d", d.year, d.month, d.day,
		h->members[x->member].index, x->kind == PAY_REPEATED ? PAY_GOOD : (int)x->kind);
}

static int payment_row(struct batches *b, const struct world *w, const struct household *h,
	const struct payment *x, struct err *err)
{
	const struct resident *p = &h->members[x->member];
	struct rng r = rng_for(w->seed, RNG_STRANGER, (2ull << 40) + p->index);
	char serial[40], part[8], amount[32], paid[32], day[11], stranger[FORM_BYTES];
	struct batch *batch = batch_of(b, x);
	struct str cells[COLUMNS];
	int rc;

	serials(w, h, x, serial, part);
	day_text(x->on, day);
	snprintf(paid, sizeof(paid), "%s %02d:%02d:%02d", day, x->second / 3600,
		x->second / 60 % 60, x->second % 60);
	cells[SERIAL] = str_of(serial);
	cells[PART] = str_of(part);
	cells[BILL] = STR("");
	cells[NUMBER] = str_of(p->number);
	cells[NAME] = str_of(p->name);
	cells[AMOUNT] = yuan(x->fen, amount);
	cells[PAID] = str_of(paid);
	cells[REMARK] = STR("");
	if (x->kind == PAY_UNKNOWN) {
		cells[NUMBER] = form_stranger(w, &r, p->birth, stranger);
		cells[NAME] = STR("查无此人");
	}
	rc = out_row(&batch->out, cells, COLUMNS, err);
	if (x->kind != PAY_GOOD && x->kind != PAY_CIRCUMSTANCE && x->kind != PAY_REPEATED)
		out_rejected(&batch->out, pay_code(x->kind));
	else if (x->kind != PAY_GOOD)
		out_tolerated(&batch->out, pay_code(x->kind));
	return rc;
}

int batches_write(struct batches *b, const struct world *w, const struct household *h,
	const struct pay_plan *plan, struct err *err)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < plan->n; i++)
		rc = payment_row(b, w, h, &plan->items[i], err);
	return rc;
}

int batches_close(struct batches *b, const struct world *w, struct manifest *m, struct err *err)
{
	int rc = 0;

	(void)w;
	for (size_t i = 0; rc == 0 && i < BATCH_MONTHS_MAX * b->n_channels; i++) {
		if (!b->items[i].out.sink)
			continue;
		BUG_IF(b->items[i].out.data != b->items[i].lines);
		rc = out_close(&b->items[i].out, m, err);
	}
	return rc;
}

void batches_release(struct batches *b)
{
	for (size_t i = 0; b->items && i < BATCH_MONTHS_MAX * b->n_channels; i++)
		out_release(&b->items[i].out);
}
