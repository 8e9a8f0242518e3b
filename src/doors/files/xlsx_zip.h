/* SPDX-License-Identifier: Apache-2.0 */
/* The ZIP around an XLSX, read with ceilings: entries, inflated bytes, and how much more comes out
 * than went in.  Nothing is ever written to disk, so names in it can lead nowhere. */
#ifndef CANBAO_DOORS_FILES_XLSX_ZIP_H
#define CANBAO_DOORS_FILES_XLSX_ZIP_H

#include <stdio.h>
#include <zip.h>

#include "doors/files/input.h"

#define XLSX_ENTRIES_MAX 10000
#define XLSX_INFLATED_MAX (6ull << 30) /* bytes of all entries read */
#define XLSX_RATIO_MAX 300             /* inflated : packed of one entry, beyond the free part */
#define XLSX_RATIO_FREE (16ull << 20)  /* bytes an entry may inflate to at any ratio */

struct xlsx_zip {
	zip_t *za;
	const char *name;  /* of the file, for messages */
	uint64_t inflated; /* by all entries so far */
};

struct xlsx_entry {
	struct xlsx_zip *zip;
	zip_file_t *file;
	uint64_t packed, size, inflated; /* size: what the archive claims it inflates to */
};

MUST_USE int xlsx_zip_open(struct xlsx_zip *z, const struct input *in, struct err *err);
void xlsx_zip_release(struct xlsx_zip *z);
/* 1 when the entry is there and open, 0 when there is none, a fault. */
MUST_USE int xlsx_entry_open(
	struct xlsx_zip *z, const char *path, struct xlsx_entry *ret_entry, struct err *err);
void xlsx_entry_close(struct xlsx_entry *e);
MUST_USE int xlsx_entry_read(
	struct xlsx_entry *e, void *dst, size_t cap, size_t *ret_n, struct err *err);

#endif
