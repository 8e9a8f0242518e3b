/* SPDX-License-Identifier: Apache-2.0 */
/* The files door: CSV (UTF-8 or GB18030, with or without BOM) and XLSX, both ways. */
#ifndef CANBAO_DOORS_FILES_H
#define CANBAO_DOORS_FILES_H

#include "acts/sheet.h"

extern const struct sheet_port files_sheets;

#endif
