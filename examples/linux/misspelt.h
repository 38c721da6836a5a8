/* SPDX-License-Identifier: MIT */
/* Refuses a word of the command line that is in no table, and suggests the nearest word that is. */
#ifndef CLI_MISSPELT_H
#define CLI_MISSPELT_H

#include "options.h"

/* Refuses the unknown option `arg`. A value after its "=" is not printed. Returns AMP_ERR_ARGUMENT. */
amp_status_t misspelt_option(failure_t *failure, const char *arg);

/* Refuses words that begin no command. Returns AMP_ERR_ARGUMENT. */
amp_status_t misspelt_command(failure_t *failure, const args_t *args);

#endif
