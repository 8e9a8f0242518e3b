/* SPDX-License-Identifier: Apache-2.0 */
/* The bytes of one file being read, from a descriptor or from memory, and what its first pass over
 * all of them found: digest, kind and encoding. */
#ifndef CANBAO_DOORS_FILES_INPUT_H
#define CANBAO_DOORS_FILES_INPUT_H

#include <sys/stat.h>

#include "base/err.h"
#include "base/str.h"

#define INPUT_BYTES_MAX (8ull << 30) /* a file larger than this is refused */

enum input_kind {
	INPUT_TEXT,
	INPUT_ZIP,
	INPUT_OLE,           /* an old .xls */
	INPUT_OLE_ENCRYPTED, /* an .xlsx with a password */
	INPUT_OTHER          /* a known format that is no table; `foreign` names it */
};
enum encoding { ENCODING_UTF8, ENCODING_GB18030, ENCODING_UTF16LE, ENCODING_UTF16BE };

struct input {
	int fd; /* -1 when the bytes are in memory */
	const unsigned char *mem;
	uint64_t size, offset; /* offset: next byte to read */
	struct stat at_open;
	char *name; /* without its folder; owned */
	unsigned char digest[32];
	enum input_kind kind;
	const char *foreign;
	enum encoding encoding; /* of INPUT_TEXT */
	size_t bom;             /* bytes of byte order mark to skip */
	uint64_t valid;         /* bytes from the start that are sound in `encoding` */
	bool odd;               /* UTF-8 with characters that scrub.h changes */
};

/* Open and make the first pass.  On a fault nothing is held. */
MUST_USE int input_open_file(struct input *in, const char *path, struct err *err);
MUST_USE int input_open_memory(struct input *in, const void *bytes, size_t n, struct err *err);
void input_release(struct input *in);
/* Up to `cap` bytes from in->offset on; *ret_n is 0 at the end. */
MUST_USE int input_read(struct input *in, void *dst, size_t cap, size_t *ret_n, struct err *err);
/* A fault when the file was changed since it was opened. */
MUST_USE int input_unchanged(const struct input *in, struct err *err);

#endif
