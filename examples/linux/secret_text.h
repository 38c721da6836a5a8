/* SPDX-License-Identifier: MIT */
/* Credentials as editors and shells of every system write them. */
#ifndef CLI_SECRET_TEXT_H
#define CLI_SECRET_TEXT_H

#include <stddef.h>

#include "ampersand/text.h"

/* Bytes of a sentence below, its NUL included. */
#define SECRET_TEXT_SIZE 120u

/* The bytes of a UTF-8 byte order mark at the start of the text: 3 or 0. */
size_t secret_text_mark(const char *data, size_t len);

/* 1 when the text begins with a byte order mark of UTF-16. */
int secret_text_is_utf16(const char *data, size_t len);

/* Returns the credential in `len` bytes at `data`, without a byte order mark and without the blanks and line
 * ends around it. Returns {NULL, 0} when the text is UTF-16, or has a character other than `first` to '~'.
 * Then `out_why` says so, and names that one character: "has U+00A0 (no-break space) at byte 17, which no key
 * has". `noun` is the "key" in it. Bytes are counted from 1, with the byte order mark. */
amp_str_t secret_text_read(const char *data, size_t len, char first, const char *noun,
                           char out_why[SECRET_TEXT_SIZE]);

#endif
