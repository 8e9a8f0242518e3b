/* SPDX-License-Identifier: Apache-2.0 */
/* Characters that must not reach a record as they are: invisible ones, and code points of the
 * private area that old GBK systems used for characters Unicode has had since (䶮 as U+E863). */
#ifndef CANBAO_DOORS_FILES_SCRUB_H
#define CANBAO_DOORS_FILES_SCRUB_H

#include "base/arena.h"

/* `s`, or a copy in `a` with
 *   - U+200B..U+200F, U+202A..U+202E, U+2060 and U+FEFF taken out,
 *   - U+E815..U+E864 replaced by the characters GB 18030-2005 and -2022 moved them to.
 * Other private code points stay as they are: nothing is dropped that a reader could see.
 * {NULL, 0} when out of memory and only then. */
MUST_USE struct str scrub(struct arena *a, struct str s);
/* The character that took the place of private code point `cp`, or 0. */
uint32_t scrub_private(uint32_t cp);

#endif
