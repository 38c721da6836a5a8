/* SPDX-License-Identifier: MIT */
/* Advice that names the next command to run. */
#ifndef CLI_ADVICE_H
#define CLI_ADVICE_H

#include "ampersand/health.h"
#include "options.h"

#define ADVICE_SIZE 800u /* bytes of a clause of advice, with its NUL */

/* Writes a command line into out[0 .. size), NUL-terminated. That command shows whether the user's command
 * took effect. Values are quoted for a shell. The text is empty when there is no such command, or when it
 * does not fit. */
void advice_to_check(const args_t *args, char *out, size_t size);

/* Writes the advice for a remedy into out[0 .. size), NUL-terminated: a clause, and the next command where
 * there is one. `id` is the id of the connection. A text that does not fit is replaced by amp_remedy_text().
 */
void advice_for_remedy(const args_t *args, amp_remedy_t remedy, const char *id, char *out, size_t size);

/* Writes a word of a command line into out[0 .. size), NUL-terminated and quoted for a POSIX shell. Returns
 * 0, or -1 when the word does not fit, or cannot be printed as it is. */
int advice_quote(const char *word, char *out, size_t size);

/* Returns the advice after a failure that changed nothing, or "" when the text of the status contains the
 * advice. */
const char *advice_for_status(amp_status_t status);

#endif
