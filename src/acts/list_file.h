/* SPDX-License-Identifier: Apache-2.0 */
/* 列表文件 lists that name no insured person, as a CSV or XLSX file: the trail, accounts, files
 * taken in, divisions.  The trail has which list and how many rows. */
#ifndef CANBAO_ACTS_LIST_FILE_H
#define CANBAO_ACTS_LIST_FILE_H

#include "acts/accounts.h"
#include "acts/read_trail.h"
#include "acts/upload_file.h"

struct list_file {
	const char *path; /* to be written; nothing is left of it after a fault */
	enum sheet_format format;
	bool english;
	int64_t rows_max; /* of the list; one line more says so when there are more */
};

/* As read_trail, account_list, import_files_page and read_grid from where the query begins to the
 * end, their `max` aside; phones masked. */
MUST_USE int list_file_trail(const struct env *env, const struct trail_query *q,
	const struct list_file *f, int64_t *ret_rows, struct err *err);
MUST_USE int list_file_accounts(const struct env *env, const struct account_filter *q,
	const struct list_file *f, int64_t *ret_rows, struct err *err);
MUST_USE int list_file_imports(const struct env *env, struct str kind, struct way way,
	const struct list_file *f, int64_t *ret_rows, struct err *err);
MUST_USE int list_file_divisions(const struct env *env, const struct policy *policy, int64_t parent,
	const struct list_file *f, int64_t *ret_rows, struct err *err);

#endif
