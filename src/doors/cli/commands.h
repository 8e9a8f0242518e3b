/* SPDX-License-Identifier: Apache-2.0 */
/* Every verb, declared once. */
#ifndef CANBAO_DOORS_CLI_COMMANDS_H
#define CANBAO_DOORS_CLI_COMMANDS_H

#include "doors/cli/cli.h"

extern const struct command command_account;
extern const struct command command_assess;
extern const struct command command_audit;
extern const struct command command_config;
extern const struct command command_client;
extern const struct command command_decide;
extern const struct command command_demo;
extern const struct command command_import;
extern const struct command command_init;
extern const struct command command_policy;
extern const struct command command_report;
extern const struct command command_serve;
extern const struct command command_why;

#endif
