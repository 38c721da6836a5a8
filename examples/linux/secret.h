/* SPDX-License-Identifier: MIT */
/* The credential of the program: the API key, or the token command. Secrets are kept in static memory of
 * secret.c, token.c and credential_file.c only, and wiped when the program ends. */
#ifndef CLI_SECRET_H
#define CLI_SECRET_H

#include "cli.h"

/* Moves AMP_API_KEY out of the environment: no child process inherits it, and /proc does not show it. */
void secret_take_environment(void);

/* Sets config->api_key or config->token from the options and the environment. Returns AMP_OK or the failure's
 * status. */
amp_status_t secret_configure(cli_t *cli, amp_config_t *config);

/* Returns 1 when a credential is set by an option or in the environment. */
int secret_is_set(const cli_t *cli);

/* Reads a whole secret file, or standard input for "-". A file that is empty or does not fit is refused. A
 * file that other users can read or write causes a warning. Returns AMP_OK or the failure's status. */
amp_status_t secret_read_file(cli_t *cli, const char *option, const char *path, char *data, size_t size,
                              size_t *out_len);

/* Wipes the secrets of all modules. */
void secret_wipe(void);

#endif
