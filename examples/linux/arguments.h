/* SPDX-License-Identifier: MIT */
/* Maps the names of the library's arguments to options and words of the command line. */
#ifndef CLI_ARGUMENTS_H
#define CLI_ARGUMENTS_H

#include "cli.h"

/* Writes the sentence of a failure about an argument, with the option or word that set the argument. Other
 * failures stay as they are. */
void arguments_explain(cli_t *cli);

#endif
