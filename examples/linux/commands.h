/* SPDX-License-Identifier: MIT */
/* The commands, one row each, and the help that is made of the rows. */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

#include "cli.h"

/* Ends with a row whose `run` is NULL. */
extern const command_t commands[];

/* Of one command, or with NULL of all. */
void commands_help(const command_t *command);

amp_status_t run_connection_get(cli_t *cli);
amp_status_t run_connection_list(cli_t *cli);
amp_status_t run_connection_generate(cli_t *cli);
amp_status_t run_decode(cli_t *cli);

#endif
