/* SPDX-License-Identifier: MIT */
/* A bounded text that is put together from pieces. Pieces that do not fit are dropped. */
#ifndef AMP_SRC_EXPLAIN_TEXT_H
#define AMP_SRC_EXPLAIN_TEXT_H

#include "ampersand/text.h"

typedef struct {
    char *buf;
    size_t size;      /* bytes of `buf`, at least 1 */
    size_t len;       /* bytes written, without the NUL */
    amp_str_t secret; /* a piece from outside that contains it is replaced */
} amp_pieces_t;

void amp__pieces_init(amp_pieces_t *pieces, char *buf, size_t size, amp_str_t secret);

/* Appends a string of the program. */
void amp__pieces_add(amp_pieces_t *pieces, const char *text);

/* Appends the first `len` bytes of a string of the program. */
void amp__pieces_add_part(amp_pieces_t *pieces, const char *text, size_t len);

/* Appends the first `len` bytes of a string of the program; the first letter in upper case. */
void amp__pieces_add_sentence(amp_pieces_t *pieces, const char *text, size_t len);

/* Appends a string from the network. Controls, also those of bidirectional text, and invalid UTF-8 become
 * '?'. */
void amp__pieces_add_outside(amp_pieces_t *pieces, const char *text);

/* Appends a decimal number. */
void amp__pieces_add_number(amp_pieces_t *pieces, int32_t number);

/* Appends a number as mbedTLS prints it, such as -0x2700. */
void amp__pieces_add_hex(amp_pieces_t *pieces, int32_t number);

/* NUL-terminates the text, without an incomplete character. */
void amp__pieces_end(amp_pieces_t *pieces);

#endif
