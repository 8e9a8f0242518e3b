/* SPDX-License-Identifier: Apache-2.0 */
#include "store/money_rows.h"

#include <string.h>

#include "store/trail.h"

static void id_or_null(struct bulk *w, int64_t id)
{
	if (id)
		bulk_int(w, id);
	else
		bulk_null(w);
}

static int payment_row(struct bulk *w, int64_t county, int64_t audit, const struct payment *p)
{
	BUG_IF(p->amount.fen <= 0 || p->id <= 0);
	BUG_IF(!p->suspense && p->person == 0);
	bulk_int(w, county);
	bulk_int(w, p->id);
	bulk_text(w, p->channel);
	bulk_text(w, p->serial);
	id_or_null(w, p->file);
	id_or_null(w, p->line);
	bulk_blob(w, p->payer_ref.p, p->payer_ref.n);
	id_or_null(w, p->person);
	bulk_text(w, p->policy);
	bulk_int(w, p->amount.fen);
	bulk_int(w, p->paid_at);
	bulk_text(w, p->suspense ? STR("suspense") : STR("posted"));
	bulk_int(w, audit);
	return bulk_row(w);
}

int payment_add_all(
	struct db *db, int64_t county, int64_t audit, const struct payment *rows, size_t n)
{
	struct bulk *w;
	int rc, end;

	if (n == 0)
		return 0;
	rc = bulk_begin(db, SQL_PAYMENT_ADD, &w);
	if (rc < 0)
		return rc;
	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = payment_row(w, county, audit, &rows[i]);
	end = bulk_end(w);
	return rc < 0 ? rc : end;
}

int suspense_add_all(
	struct db *db, int64_t county, int64_t audit, const struct suspense *rows, size_t n)
{
	struct bulk *w;
	int rc, end;

	if (n == 0)
		return 0;
	rc = bulk_begin(db, SQL_SUSPENSE_ADD, &w);
	if (rc < 0)
		return rc;
	for (size_t i = 0; rc == 0 && i < n; i++) {
		BUG_IF(rows[i].amount.fen <= 0);
		bulk_int(w, county);
		bulk_int(w, rows[i].payment);
		bulk_text(w, str_of(rows[i].reason));
		bulk_int(w, rows[i].amount.fen);
		bulk_text(w, STR("open"));
		bulk_int(w, audit);
		rc = bulk_row(w);
	}
	end = bulk_end(w);
	return rc < 0 ? rc : end;
}

int posting_add_all(
	struct db *db, int64_t county, int64_t audit, const struct posting *rows, size_t n)
{
	struct bulk *w;
	int rc, end;

	if (n == 0)
		return 0;
	rc = bulk_begin(db, SQL_POSTING_ADD, &w);
	if (rc < 0)
		return rc;
	for (size_t i = 0; rc == 0 && i < n; i++) {
		const struct posting *p = &rows[i];

		BUG_IF(p->amount.fen <= 0 || strcmp(p->debit, p->credit) == 0);
		bulk_int(w, county);
		bulk_int(w, p->id);
		bulk_int(w, p->day);
		bulk_text(w, str_of(p->event));
		bulk_text(w, str_of(p->debit));
		bulk_text(w, p->debit_key);
		bulk_text(w, str_of(p->credit));
		bulk_text(w, p->credit_key);
		bulk_int(w, p->amount.fen);
		id_or_null(w, p->payment);
		id_or_null(w, p->person);
		bulk_int(w, audit);
		rc = bulk_row(w);
	}
	end = bulk_end(w);
	return rc < 0 ? rc : end;
}

int receipt_add_all(struct db *db, int64_t county, const struct receipt *rows, size_t n)
{
	struct bulk *w;
	int rc, end;

	if (n == 0)
		return 0;
	rc = bulk_begin(db, SQL_RECEIPT_ADD, &w);
	if (rc < 0)
		return rc;
	for (size_t i = 0; rc == 0 && i < n; i++) {
		BUG_IF(rows[i].amount.fen <= 0 || rows[i].number <= 0);
		bulk_int(w, county);
		bulk_text(w, str_of(rows[i].series));
		bulk_int(w, rows[i].number);
		bulk_text(w, str_of(rows[i].kind));
		bulk_int(w, rows[i].payment);
		bulk_int(w, rows[i].amount.fen);
		rc = bulk_row(w);
	}
	end = bulk_end(w);
	return rc < 0 ? rc : end;
}
