/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes as lower-case hexadecimal digits and back. */
#ifndef CANBAO_BASE_HEX_H
#define CANBAO_BASE_HEX_H

#include "base/str.h"

/* `n` bytes as 2 * n digits and a NUL. */
void hex_print(const unsigned char *p, size_t n, char *ret_text);
/* Exactly 2 * n lower-case digits; false on anything else. */
MUST_USE bool hex_parse(struct str s, unsigned char *ret, size_t n);

#endif
