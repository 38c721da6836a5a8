/* SPDX-License-Identifier: MIT */
/* Which option or word of a command gives what the library calls an argument. */
#ifndef CLI_ARGUMENTS_H
#define CLI_ARGUMENTS_H

#include "cli.h"

/* When the failure is about an argument: a sentence that names it as the command line does. */
void arguments_explain(cli_t *cli);

#endif
