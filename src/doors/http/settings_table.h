/* SPDX-License-Identifier: Apache-2.0 */
/* The rows behind settings.h, for the two files that walk them. */
#ifndef CANBAO_DOORS_HTTP_SETTINGS_TABLE_H
#define CANBAO_DOORS_HTTP_SETTINGS_TABLE_H

#include <stddef.h>

#include "doors/http/settings.h"

enum { SETTING_FIXED, SETTING_RELOAD };

struct setting {
	const char *name;
	enum setting_kind kind;
	const char *value; /* default */
	int64_t low, high;
	int reload;
	const char *zh, *en;
	size_t offset;
};

extern const struct setting setting_table[];
extern const size_t setting_count;
/* Where a setting's value stands. */
void *setting_at(const struct settings *s, const struct setting *t);

#endif
