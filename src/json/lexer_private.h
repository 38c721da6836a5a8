/* SPDX-License-Identifier: MIT */
/* States and functions that lexer.c and lexer_string.c share. */
#ifndef AMP_SRC_LEXER_PRIVATE_H
#define AMP_SRC_LEXER_PRIVATE_H

#include "lexer.h"

/* State between two bytes. The lexer can stop at any byte and continue in the next piece:
 * - state says what may come next. IN_… are inside a scalar, the others between scalars.
 * - keep and is_key are set when a scalar starts; with AMP_KEEP_VALUE every raw byte of it is
 *   in the sink before the byte counts as read. So FULL loses nothing.
 * - A number's states are odd where it may end. A digit leads from an even one to the odd one
 *   above it, except at the start, where a zero leads elsewhere than the other digits. */
enum {
    FIRST = AMP_JSON_FIRST,
    AFTER = AMP_JSON_AFTER,
    VALUE = AMP_JSON_BEFORE,
    KEY,
    COLON,
    OPENING_QUOTE,
    IN_ESCAPE,
    IN_HEX,
    IN_STRING, /* from here on bytes stand for themselves */
    IN_UTF8,
    IN_WORD,
    IN_NUMBER = 0x10,
    IN_MINUS = 0x12,
    IN_INTEGER = 0x13,
    IN_POINT = 0x14,
    IN_FRACTION = 0x15,
    IN_ZERO = 0x17,
    IN_E = 0x18,
    IN_EXPONENT = 0x19,
    IN_E_SIGN = 0x1a, /* the exponent after it is 0x1b */
    NUMBER_ENDS = 0x20,
    NUMBER_BAD
};

/* Keeps a raw byte of the current scalar if `keep` says so. The bytes of an escape are counted at its end.
 * Returns 1, or 0 if the sink is full. */
int amp__lexer_keep(amp_json_t *json, const uint8_t *p);

/* Keeps plain bytes of a string. Returns the number of bytes kept, which is fewer than len if the sink is
 * full. It keeps as many as fit, so a text is truncated at the same byte for every split into pieces. */
size_t amp__lexer_keep_run(amp_json_t *json, const uint8_t *data, size_t len);

/* Reads a byte of a string, after it was kept. Returns AMP_JSON_VALUE at the end of the string. */
amp_json_event_t amp__lexer_string_byte(amp_json_t *json, uint8_t c);

#endif
