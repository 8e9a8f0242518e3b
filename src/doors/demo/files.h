/* SPDX-License-Identifier: Apache-2.0 */
/* One writer a kind of file.  Each is begun, fed every household in order, and ended. */
#ifndef CANBAO_DOORS_DEMO_FILES_H
#define CANBAO_DOORS_DEMO_FILES_H

#include "doors/demo/out.h"
#include "doors/demo/pay.h"
#include "doors/demo/world.h"

#define DEMO_DEPARTMENTS 16

/* register.c: the household register of public security, and the corrections of the rows it got
 * wrong. */
struct register_files {
	struct out all, corrected;
	int64_t persons; /* that a careful reader takes from the register */
};
MUST_USE int register_begin(
	struct register_files *f, const struct world *w, struct manifest *m, struct err *err);
MUST_USE int register_household(struct register_files *f, const struct world *w,
	const struct household *h, struct err *err);
MUST_USE int register_end(
	struct register_files *f, const struct world *w, struct manifest *m, struct err *err);
void register_release(struct register_files *f);

/* lists.c: each department's list of people in hardship, its later changes, and one that must be
 * refused. */
struct list_files {
	struct out base[DEMO_DEPARTMENTS], monthly[DEMO_DEPARTMENTS], blank;
	char names[DEMO_DEPARTMENTS][2][64];
	int64_t memberships, added, ended;
};
MUST_USE int lists_begin(
	struct list_files *f, const struct world *w, struct manifest *m, struct err *err);
MUST_USE int lists_household(struct list_files *f, const struct world *w, const struct household *h,
	const struct pay_plan *plan, struct err *err);
MUST_USE int lists_end(struct list_files *f, struct manifest *m, struct err *err);
void lists_release(struct list_files *f);

/* rosters.c: employee insurance, schools, circumstances. */
struct roster_files {
	struct out employees, students, circumstances;
	int64_t covered, pupils;
};
MUST_USE int rosters_begin(
	struct roster_files *f, const struct world *w, struct manifest *m, struct err *err);
MUST_USE int rosters_household(struct roster_files *f, const struct world *w,
	const struct household *h, const struct pay_plan *plan, struct err *err);
MUST_USE int rosters_end(struct roster_files *f, struct manifest *m, struct err *err);
void rosters_release(struct roster_files *f);

/* official.c: names and spellings from the table at `path`, when there is one. */
MUST_USE int towns_official(struct world *w, struct arena *a, const struct sheet_port *sheets,
	const char *path, struct err *err);

/* places.c */
MUST_USE int places_write(const struct world *w, struct manifest *m, struct err *err);
/* After the walk, when populations are known. */
MUST_USE int targets_write(const struct world *w, struct manifest *m, struct err *err);

/* batches.c: the channels' payment files.  Count on the first walk, write on the second. */
#define BATCH_MONTHS_MAX 18
struct batch {
	struct out out;
	char name[96];
	int64_t lines, fen;
};
struct batches {
	struct batch *items; /* [BATCH_MONTHS_MAX][n_channels], in an arena */
	size_t n_channels;
	int first_month; /* year * 12 + month - 1 */
	struct tally_of lines[NOTE_CODES_MAX],
		amounts[NOTE_CODES_MAX]; /* by what a line is; amounts in fen */
};
MUST_USE int batches_init(
	struct batches *b, struct arena *a, const struct world *w, struct err *err);
void batches_count(struct batches *b, const struct pay_plan *plan);
MUST_USE int batches_open(
	struct batches *b, const struct world *w, struct manifest *m, struct err *err);
MUST_USE int batches_write(struct batches *b, const struct world *w, const struct household *h,
	const struct pay_plan *plan, struct err *err);
MUST_USE int batches_close(
	struct batches *b, const struct world *w, struct manifest *m, struct err *err);
void batches_release(struct batches *b);

#endif
