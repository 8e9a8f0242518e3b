/* SPDX-License-Identifier: Apache-2.0 */
/* The columns by which a row says whom it is about, read the same way in every kind of file. */
#ifndef CANBAO_ACTS_HOLDER_H
#define CANBAO_ACTS_HOLDER_H

#include "acts/import.h"
#include "rules/document.h"

#define HOLDER_NAME_ALIASES "参保人姓名|人员姓名|学生姓名|缴费人姓名"
#define HOLDER_NUMBER_ALIASES \
	"证件号|身份证号码|身份证号|身份证|公民身份号码|公民身份证号码|公民身份证号|居民身份证号码|有效证件号码|证件号码或身份证号"
#define HOLDER_KIND_ALIASES "证件种类|有效证件类型"

struct holder {
	struct document document;
	unsigned char token[TOKEN_BYTES];
};

/* The blind index of a document: the number itself where it is the person's own for life (citizen
 * numbers and those built like them), else kind and number, so that a passport never meets a pass.
 */
void holder_token(struct vault *v, const struct document *d, unsigned char ret_token[TOKEN_BYTES]);
/* Read a document number (and its kind, when the table has that column; `kind_column` < 0: it has
 * not) of the current row and make its token.  Complains and returns false when it is no good. */
bool holder_read(
	struct import *im, size_t number_column, int kind_column, struct holder *ret_holder);
/* Read a name: not empty, at most 50 characters, no control characters.  Complains. */
struct str holder_name(struct import *im, size_t name_column);

/* Is `said` the name of who is stored as `stored`?  Folded (space, dots of minority names, full
 * width); a character that a sender's system could not write (?, *, □, U+FFFD) agrees with any one
 * character. */
bool holder_same_name(struct str said, struct str stored);

#endif
