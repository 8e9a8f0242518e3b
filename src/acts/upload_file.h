/* SPDX-License-Identifier: Apache-2.0 */
/* 上传 files given to the service: remembered with who sent them, swept after a while.  The bytes
 * lie in the door's spool folder under the upload's number. */
#ifndef CANBAO_ACTS_UPLOAD_FILE_H
#define CANBAO_ACTS_UPLOAD_FILE_H

#include "acts/env.h"
#include "store/upload.h"

#define UPLOAD_NAME_MAX 200 /* characters */
#define UPLOADS_OF_ACCOUNT_MAX 200
#define UPLOAD_SECONDS (7 * 86400) /* kept so long */

/* Remember one: account, name, bytes and digest count.  FAULT_LIMIT when the account has
 * UPLOADS_OF_ACCOUNT_MAX already. */
MUST_USE int upload_note(const struct env *env, const struct upload *u, int64_t *ret_id);
/* 1 and the upload when it is this account's; 0; a fault.  Its name in `a`. */
MUST_USE int upload_find(const struct env *env, int64_t account, int64_t id, struct arena *a,
	struct upload *ret_upload);
/* Forget some of those that are too old; their ids, so that their bytes can go.  How many. */
MUST_USE int upload_sweep(const struct env *env, int64_t ret_ids[UPLOADS_SWEPT]);
/* Files that were taken in, newest first, below id `before`; of `kind`, empty: any; who sees only a
 * part of the county sees its own files. */
MUST_USE int import_files_page(const struct env *env, struct str kind, struct way way, size_t limit,
	struct arena *a, struct import_listed_file **ret_items, size_t *ret_n);

#endif
