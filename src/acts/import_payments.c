/* SPDX-License-Identifier: Apache-2.0 */
/* import payments: a channel's batch.  First row: 批次号, number, 笔数, count, 金额合计, yuan,
 * 日期, date.  Then a header and one line a payment.  A file whose count or sum is not what its
 * first row says is sent back whole; a line that cannot be credited to anybody goes to suspense,
 * never away.
 *
 * A school, an organisation or a household that pays for many in one order (LB-21) repeats the
 * order's serial and numbers the parts in 分笔序号: serial and part together are the payment's
 * identity. */
#include <inttypes.h>
#include <string.h>

#include "acts/bill_number.h"
#include "acts/imports.h"
#include "acts/holder.h"
#include "acts/take_payment.h"
#include "acts/token_set.h"
#include "store/dossier.h"
#include "store/place.h"

/* Lines come in no order of persons: the more at once, the fewer pages of large tables are gone
 * to twice. */
#define CHUNK 32768

enum { SERIAL, PART, BILL, NUMBER, NAME, AMOUNT, PAID, COLUMNS };

static const struct column columns[COLUMNS] = {
	[SERIAL] = { "流水号", "交易流水号|订单号|渠道流水号|业务流水号", true },
	[PART] = { "分笔序号", "分笔|笔序号", false },
	[BILL] = { "应缴单号", "缴费单号|单号", false },
	[NUMBER] = { "证件号码", HOLDER_NUMBER_ALIASES, false },
	[NAME] = { "姓名", HOLDER_NAME_ALIASES, false },
	[AMOUNT] = { "金额", "缴费金额|金额(元)|实缴金额|交易金额", true },
	[PAID] = { "缴费时间", "缴费日期|支付时间|支付日期|交易时间", true },
};

struct payments {
	struct take_batch batch;
	struct tally_sum tallies;
	struct take_line *lines; /* CHUNK */
	struct kept_row **kept;
	struct take_result *results;
	uint32_t *again;       /* row of this file that bore the serial before; 0: none */
	struct token_set seen; /* serials of this file */
	/* As the first row of the file says; -1: it does not. */
	int64_t said_count, said_fen;
	int64_t count, fen;
};

/* A cell of the first row: 笔数 → the next cell. */
static void title_pair(struct payments *st, struct str name, struct str value)
{
	struct money m;
	int64_t n;

	if (str_is(name, "笔数") && str_int(value, &n))
		st->said_count = n;
	else if ((str_is(name, "金额合计") || str_is(name, "总金额")) && money_parse(value, &m))
		st->said_fen = m.fen;
}

static int title(struct import *im, const struct sheet_row *row)
{
	struct payments *st = im->state;

	for (size_t i = 0; i + 1 < row->n; i++)
		title_pair(st, str_trim(row->cells[i]), str_trim(row->cells[i + 1]));
	return 0;
}

static int begin(struct import *im)
{
	struct payments *st = im->state;
	struct target *targets;
	int rc;

	if (st->said_count <= 0 && st->said_fen <= 0)
		return err_set(&im->report->err, FAULT_FORMAT,
			"%s：第一行应写明 批次号、笔数、金额合计、日期 / the first row must give batch, count, sum and date",
			im->table.source->name);
	st->batch = (struct take_batch){ .policy = im->req->policy,
		.channel = pack_channel_by_code(im->req->policy->pack, im->req->channel),
		.tallies = &st->tallies };
	if (st->batch.channel < 0)
		return err_set(&im->report->err, FAULT_FORMAT,
			"政策包里没有渠道“%.*s”；可用 canbao policy show 查看 / no such channel in the policy",
			STR_ARG(im->req->channel));
	st->lines = ARENA_ARRAY(im->a, struct take_line, CHUNK);
	st->kept = ARENA_ARRAY(im->a, struct kept_row *, CHUNK);
	st->again = ARENA_ARRAY(im->a, uint32_t, CHUNK);
	st->results = ARENA_ARRAY(im->a, struct take_result, CHUNK);
	if (!st->lines || !st->kept || !st->results || !st->again)
		return FAULT_MEMORY;
	rc = targets_load(im->db, im->a, im->env->county, im->req->policy->pack->code, &targets,
		&st->batch.n_targets);
	st->batch.targets = targets;
	return rc < 0 ? rc : 0;
}

static int open_batch(struct import *im)
{
	struct payments *st = im->state;

	st->batch.file = im->file;
	st->batch.audit = im->audit;
	tally_sum_init(&st->tallies, im->parts ? &im->chunk : im->a);
	return dossier_prepare(im->db);
}

/* Nothing is posted of a file that cannot be read to its end, or does not add up. */
static bool strict(const struct import *im)
{
	(void)im;
	return true;
}

static int bad_line(struct import *im, const char *what)
{
	return err_set(&im->report->err, FAULT_FORMAT,
		"%s 第 %" PRIu32
		" 行：%s。缴费文件有一行不能读，整个文件退回，没有入账 / row %" PRIu32
		" cannot be read; the whole file is sent back, nothing was posted",
		im->table.source->name, im->table.row.number, what, im->table.row.number);
}

static int two(struct str s, size_t at, int64_t max, int64_t *ret)
{
	return at + 2 <= s.n && str_int((struct str){ s.p + at, 2 }, ret) && *ret <= max;
}

/* Local time of day behind the date, "… 15:04:05", "… 15:04" or "… 8:05"; 0 when there is none. */
static int64_t time_of_day(struct str s)
{
	int64_t h = 0, m = 0, sec = 0;
	ptrdiff_t colon = str_find(s, STR(":"));

	if (colon < 2 || !two(s, (size_t)colon + 1, 59, &m))
		return 0;
	if (!two(s, (size_t)colon - 2, 23, &h) &&
		!(s.p[colon - 2] == ' ' && str_int((struct str){ s.p + colon - 1, 1 }, &h)))
		return 0;
	if ((size_t)colon + 3 < s.n && s.p[colon + 3] == ':' &&
		!two(s, (size_t)colon + 4, 59, &sec))
		return 0;
	return h * 3600 + m * 60 + sec;
}

#define CHINA_UTC_OFFSET (8 * 3600)

/* Two lines of one serial in one file are two payments or a slip, never one payment: the second
 * goes back. */
static int note_serial(struct import *im, struct str serial)
{
	struct payments *st = im->state;
	unsigned char token[TOKEN_BYTES];
	uint32_t before = 0;
	int rc;

	vault_token(im->vault, SEAL_ACCOUNT, serial, token);
	rc = token_set_add(&st->seen, token, im->table.row.number, &before);
	st->again[im->chunk_rows] = rc == 0 ? before : 0;
	return rc < 0 ? rc : 0;
}

static int read_serial(struct import *im, struct take_line *l)
{
	struct str serial = table_cell(&im->table, SERIAL), part = table_cell(&im->table, PART);

	if (serial.n == 0)
		return bad_line(im, "流水号为空");
	if (str_find(serial, STR("#")) >= 0 || str_find(part, STR("#")) >= 0)
		return bad_line(im, "流水号和分笔序号里不能有 #");
	l->serial = part.n ? arena_printf(&im->chunk, "%.*s#%.*s", STR_ARG(serial), STR_ARG(part))
			   : arena_str(&im->chunk, serial);
	if (!l->serial.p)
		return FAULT_MEMORY;
	if (l->serial.n > TAKE_SERIAL_MAX)
		return bad_line(im, "流水号太长");
	return note_serial(im, l->serial);
}

/* By document when the line has one, else by bill number.  A number that is no number is kept as
 * its token: the money goes to suspense under it. */
static int read_payer(struct import *im, struct take_line *l)
{
	struct str number = table_cell(&im->table, NUMBER), bill = table_cell(&im->table, BILL);
	struct document d;
	unsigned char *token;
	int64_t by_bill = 0;
	int year;

	if (number.n == 0 && bill.n && bill_number_read(bill, &year, &l->person)) {
		if (year != im->req->policy->pack->benefit_year)
			l->person = 0;
		l->payer_ref = arena_str(&im->chunk, bill);
		return l->payer_ref.p ? 0 : FAULT_MEMORY;
	}
	if (number.n == 0 && bill.n == 0)
		return bad_line(im, "应缴单号和证件号码都为空");
	if (bill.n)
		l->bill_person = bill_number_read(bill, &year, &by_bill) &&
						 year == im->req->policy->pack->benefit_year
					 ? by_bill
					 : -1;
	token = arena_alloc(&im->chunk, TOKEN_BYTES);
	if (!token)
		return FAULT_MEMORY;
	l->token = token;
	l->payer_ref = (struct str){ (const char *)token, TOKEN_BYTES };
	if (number.n && document_check(document_guess(number), number, &d) == DOCUMENT_FINE) {
		holder_token(im->vault, &d, token);
		return 0;
	}
	if (number.n == 0 || number.n > SEAL_PLAIN_MAX)
		number = (struct str){ bill.p, bill.n < SEAL_PLAIN_MAX ? bill.n : SEAL_PLAIN_MAX };
	vault_token(im->vault, SEAL_DOCUMENT, number, token);
	return 0;
}

static int row(struct import *im)
{
	struct payments *st = im->state;
	struct take_line *l = &st->lines[im->chunk_rows];
	struct str paid = table_cell(&im->table, PAID);
	int rc;

	*l = (struct take_line){ .line = im->table.row.number };
	if (im->n_problems)
		return bad_line(im, "有公式，请粘贴为数值");
	if (!money_parse(table_cell(&im->table, AMOUNT), &l->amount) || l->amount.fen == 0)
		return bad_line(im, "金额应为大于 0 的元数，最多两位小数");
	if (!day_parse_loose(paid, &l->paid_on) || l->paid_on > im->env->today + 1)
		return bad_line(im, "缴费时间不是日期，或在今天之后");
	l->paid_at = (int64_t)l->paid_on * 86400 + time_of_day(paid) - CHINA_UTC_OFFSET;
	l->name = arena_str(&im->chunk, table_cell(&im->table, NAME));
	rc = read_serial(im, l);
	if (rc == 0)
		rc = read_payer(im, l);
	if (rc < 0)
		return rc;
	st->count++;
	if (__builtin_add_overflow(st->fen, l->amount.fen, &st->fen))
		return FAULT_LIMIT;
	st->kept[im->chunk_rows] = import_keep(im);
	return st->kept[im->chunk_rows] ? 0 : FAULT_MEMORY;
}

/* What became of one line: into the counts, and back to the sender when it needs eyes. */
static int settle(struct import *im, size_t i)
{
	struct payments *st = im->state;
	const struct take_result *r = &st->results[i];
	struct import_report *rep = im->report;

	switch (r->outcome) {
	case TAKE_POSTED:
		rep->added++;
		rep->posted++;
		rep->fen_posted += st->lines[i].amount.fen;
		return 0;
	case TAKE_REPEATED:
		if (st->again[i])
			return import_reject_kept(im, st->kept[i],
				"流水号与本文件第 %" PRIu32
				" 行相同，未入账；确是两笔请用分笔序号区分 / the same serial "
				"stands in row %" PRIu32 " of this file; not taken",
				st->again[i], st->again[i]);
		rep->unchanged++;
		return 0;
	case TAKE_SUSPENDED:
		rep->added++;
		rep->suspended++;
		rep->fen_suspense += st->lines[i].amount.fen;
		if (r->expected_fen > 0)
			return import_return_kept(im, st->kept[i],
				"已入待查：%s，应缴 %" PRId64 ".%02d 元 / in suspense: %s",
				suspense_zh(r->reason), r->expected_fen / 100,
				(int)(r->expected_fen % 100), suspense_en(r->reason));
		return import_return_kept(im, st->kept[i], "已入待查：%s / in suspense: %s",
			suspense_zh(r->reason), suspense_en(r->reason));
	default:
		return import_reject_kept(im, st->kept[i],
			"同一流水号以前来过，内容不同，未入账；请向渠道核实 / the same serial came before with other "
			"content; not taken");
	}
}

static int flush(struct import *im)
{
	struct payments *st = im->state;
	int rc = take_lines(
		im->db, &im->chunk, im->env, &st->batch, st->lines, im->chunk_rows, st->results);

	for (size_t i = 0; rc == 0 && i < im->chunk_rows; i++)
		rc = settle(im, i);
	return rc;
}

static int check(struct import *im)
{
	const struct payments *st = im->state;

	if (st->count != st->said_count || st->fen != st->said_fen)
		return err_set(&im->report->err, FAULT_FORMAT,
			"%s：第一行写 %" PRId64 " 笔、%" PRId64 ".%02d 元，明细是 %" PRId64
			" 笔、%" PRId64
			".%02d 元；整个文件退回，没有入账 / count or sum do not agree; nothing was posted",
			im->table.source->name, st->said_count, st->said_fen / 100,
			(int)(st->said_fen % 100), st->count, st->fen / 100, (int)(st->fen % 100));
	return 0;
}

static int close_batch(struct import *im)
{
	struct payments *st = im->state;

	return tally_sum_write(
		&st->tallies, im->db, im->env->county, im->req->policy->pack->code, 0);
}

static void release(struct import *im)
{
	struct payments *st = im->state;

	token_set_release(&st->seen);
}

const struct import_kind import_payments = {
	.name = "payments",
	.act = "import_payments",
	.columns = columns,
	.n_columns = COLUMNS,
	.key = SERIAL,
	.chunk = CHUNK,
	.state_size = sizeof(struct payments),
	.title = title,
	.begin = begin,
	.open = open_batch,
	.strict = strict,
	.row = row,
	.flush = flush,
	.close = close_batch,
	.check = check,
	.release = release,
};
