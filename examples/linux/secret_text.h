/* SPDX-License-Identifier: MIT */
/* Reads a credential from text as editors and shells save it: with a byte order mark, or with whitespace
 * around it. */
#ifndef CLI_SECRET_TEXT_H
#define CLI_SECRET_TEXT_H

#include <stddef.h>

#include "ampersand/text.h"

/* Bytes of the longest reason of secret_text_read, with its NUL. */
#define SECRET_TEXT_SIZE 120u

/* Returns the length of a UTF-8 byte order mark at the start of the text: 3 or 0. */
size_t secret_text_mark(const char *data, size_t len);

/* Returns 1 when the text begins with a UTF-16 byte order mark. */
int secret_text_is_utf16(const char *data, size_t len);

/* Returns the credential in `len` bytes at `data`, without the byte order mark and the whitespace around it.
 * Returns {NULL, 0} when the text is UTF-16, or has a character outside the range from `first` to '~'. Then
 * `out_why` has the reason and that one character: "has U+00A0 (no-break space) at byte 17, which is not
 * allowed in a key". `noun` is the word "key" in this example. Bytes are counted from 1, and include the byte
 * order mark. */
amp_str_t secret_text_read(const char *data, size_t len, char first, const char *noun,
                           char out_why[SECRET_TEXT_SIZE]);

#endif
