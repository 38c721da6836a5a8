/* SPDX-License-Identifier: MIT */
/* The token source of --token-command: a shell command that prints a JWT. */
#ifndef CLI_TOKEN_H
#define CLI_TOKEN_H

#include "cli.h"

/* Sets the token callback of *config to run the command. `cli` and `command` must outlive the client. */
void token_configure(cli_t *cli, const char *command, amp_config_t *config);

/* Sets the failure after AMP_ERR_TOKEN: how the command failed. Returns its status. */
amp_status_t token_failure(cli_t *cli);

/* Wipes the token. */
void token_wipe(void);

#endif
