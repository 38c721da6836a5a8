/* SPDX-License-Identifier: MIT */
/* The command that shows whether a change took effect. */
#ifndef CLI_ADVICE_H
#define CLI_ADVICE_H

#include "options.h"

/* Writes the command line to run after the command that was given, NUL-terminated, into out[0 .. size);
 * an empty text when there is none, or when it does not fit. Values are quoted for a shell. */
void advice_to_look(const args_t *args, char *out, size_t size);

#endif
