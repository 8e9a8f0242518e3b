/* SPDX-License-Identifier: Apache-2.0 */
/* Which separator a CSV uses. */
#ifndef CANBAO_DOORS_FILES_CSV_DIALECT_H
#define CANBAO_DOORS_FILES_CSV_DIALECT_H

#include "base/str.h"

struct csv_dialect {
	char delimiter; /* ',' ';' or tab */
	size_t skip;    /* bytes of a leading "sep=;" line, Excel's own declaration */
};

/* Judged by the first lines of `sample`: the separator that stands equally often on most of them
 * wins; a comma when none stands anywhere. */
struct csv_dialect csv_dialect(struct str sample);

#endif
