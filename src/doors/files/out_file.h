/* SPDX-License-Identifier: Apache-2.0 */
/* A file that appears under its name complete or not at all: written beside its place, flushed to
 * disk, then renamed. */
#ifndef CANBAO_DOORS_FILES_OUT_FILE_H
#define CANBAO_DOORS_FILES_OUT_FILE_H

#include "base/err.h"
#include "base/str.h"

struct out_file {
	int fd;
	char *path, *temp; /* owned */
	char *buf;
	size_t n;
};

/* Create the temporary file.  On a fault nothing is held. */
MUST_USE int out_file_open(struct out_file *f, const char *path, struct err *err);
MUST_USE int out_file_write(struct out_file *f, struct str bytes, struct err *err);
/* Flush, fsync, rename, fsync the folder.  Another program may have filled `temp` instead. */
MUST_USE int out_file_commit(struct out_file *f, struct err *err);
/* Close; remove the temporary file if it was not committed. */
void out_file_release(struct out_file *f);

#endif
