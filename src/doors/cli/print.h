/* SPDX-License-Identifier: Apache-2.0 */
/* A report as a table on the terminal, as JSON, or as a CSV or XLSX file. */
#ifndef CANBAO_DOORS_CLI_PRINT_H
#define CANBAO_DOORS_CLI_PRINT_H

#include "acts/report.h"
#include "doors/cli/cli.h"

/* Columns aligned by display width. */
void print_table(struct cli *c, const struct report *r);
/* {"report":…,"title":…,"rows":[{…}],"total":{…}}, amounts in fen, rates in hundredths of a per
 * cent. */
void print_json(struct cli *c, const struct report *r);
/* Write the table to `path`; CLI_OK or CLI_FAILED after the message. */
int print_file(struct cli *c, const struct report *r, enum sheet_format format, const char *path);

#endif
