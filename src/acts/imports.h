/* SPDX-License-Identifier: Apache-2.0 */
/* The kinds of file canbao takes in, one act each. */
#ifndef CANBAO_ACTS_IMPORTS_H
#define CANBAO_ACTS_IMPORTS_H

#include "acts/import.h"

extern const struct import_kind import_divisions;     /* 区划 */
extern const struct import_kind import_residents;     /* 户籍、常住人口 */
extern const struct import_kind import_categories;    /* 困难群众名单 */
extern const struct import_kind import_students;      /* 学生名册 */
extern const struct import_kind import_targets;       /* 目标任务、人口数 */
extern const struct import_kind import_coverage;      /* 职工参保、异地参保名单 */
extern const struct import_kind import_circumstances; /* 特殊情形及佐证 */
extern const struct import_kind import_payments;      /* 缴费明细 */

/* What a file is known by when it comes again: its bytes (`file`, SM3), and whose part of it goes
 * in. A county's list goes to every town, and each takes in its own people. */
void import_identity(
	const struct env *env, const unsigned char file[32], unsigned char ret_identity[32]);

#endif
