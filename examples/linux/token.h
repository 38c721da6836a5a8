/* SPDX-License-Identifier: MIT */
/* The JWT that a command prints. */
#ifndef CLI_TOKEN_H
#define CLI_TOKEN_H

#include "cli.h"

/* Makes config ask the command for a token. The command and cli stay in place. */
void token_configure(cli_t *cli, const char *command, amp_config_t *config);

/* After AMP_ERR_TOKEN: tells what the command did. */
amp_status_t token_failure(cli_t *cli);

void token_wipe(void);

#endif
