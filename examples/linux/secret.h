/* SPDX-License-Identifier: MIT */
/* The program's own credential: the API key, or the token of a command. It stands in static
 * memory of these modules only, and is wiped when the program ends. */
#ifndef CLI_SECRET_H
#define CLI_SECRET_H

#include "cli.h"

/* Moves AMP_API_KEY out of the environment: no child inherits it and /proc does not show it. */
void secret_take_environment(void);

/* Sets config's api_key or token from options and environment: exactly one of them. */
amp_status_t secret_configure(cli_t *cli, amp_config_t *config);

/* Reads a whole secret file ("-": standard input). Refuses one that is empty or does not fit, and warns of
 * one that other users may read or write. */
amp_status_t secret_read_file(cli_t *cli, const char *option, const char *path, char *data, size_t size,
                              size_t *out_len);

/* Wipes what all modules hold. */
void secret_wipe(void);

#endif
