/* SPDX-License-Identifier: Apache-2.0 */
/* CSV: the reader over an input that is INPUT_TEXT, and the writer. */
#ifndef CANBAO_DOORS_FILES_CSV_H
#define CANBAO_DOORS_FILES_CSV_H

#include "acts/sheet.h"
#include "doors/files/input.h"

/* Takes the input over (releases it on close, and on a fault here). */
MUST_USE int csv_source(struct input *in, struct err *err, struct sheet_source **ret_source);

/* UTF-8 with a BOM, or GB18030 without. */
MUST_USE int csv_sink(
	const char *path, bool gb18030, struct err *err, struct sheet_sink **ret_sink);

/* The text a cell stands for without its guard against computing: one leading apostrophe before
 * = + - @ tab CR (or before further apostrophes that lead to one), or the ="…" around it. */
struct str csv_unguard(struct str cell);
/* True when Excel would compute the cell, or csv_unguard change it: it needs an apostrophe. */
bool csv_needs_guard(struct str cell);

#endif
