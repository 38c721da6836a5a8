/* SPDX-License-Identifier: MIT */
/* Checks the bytes inside strings and literals: escapes, UTF-8, true, false, null (RFC 8259, sections 3 and
 * 7). */
#ifndef AMP_SRC_STRING_BYTES_H
#define AMP_SRC_STRING_BYTES_H

#include <string.h>

#include "ampersand/reader_state.h"

/* Returns the reader of an automaton that watches. The automaton is the first member of the reader. */
static inline amp_reader_t *amp__json_reader(amp_json_t *json)
{
    void *reader = json;
    return reader;
}

/* Values of json->part: the part of a character that is in progress in a string. AMP_PART_END: the string has
 * ended. AMP_PART_BAD: the next byte is not JSON. */
enum { AMP_PART_NONE, AMP_PART_UTF8, AMP_PART_ESCAPE, AMP_PART_HEX, AMP_PART_END, AMP_PART_BAD };

/* The kind of a string: in a container that is not watched or of a member without a row, a watched name, a
 * picked text. */
enum { AMP_STRING_IGNORED, AMP_STRING_NAME, AMP_STRING_TEXT };

/* Reads the rest of a string from p on, which is before `end`: escapes, UTF-8 and plain text. The characters
 * of a watched name go to the window, unescaped, including the plain text from `from` to p. For a picked
 * text, reader->saved counts the bytes by which unescaping makes the text shorter. Returns the place after
 * the closing quote, with AMP_PART_END in json->part; or the byte that is not JSON, with AMP_PART_BAD; or
 * end. */
const uint8_t *amp__json_string(amp_json_t *json, const uint8_t *from, const uint8_t *p, const uint8_t *end,
                                unsigned in);

/* Returns 1 if the four bytes at p are those of `word`. */
static inline int amp__json_is_word(const uint8_t *p, const char *word)
{
    uint32_t found;
    uint32_t wanted;
    memcpy(&found, p, sizeof found);
    memcpy(&wanted, word, sizeof wanted);
    return found == wanted;
}

/* Returns the end of the literal that begins at p. Returns p if fewer than 5 bytes are before `end`, or if
 * they are not a literal. The caller then calls amp__json_literal. */
static inline const uint8_t *amp__json_whole_literal(const uint8_t *p, const uint8_t *end)
{
    if (end - p < 5) {
        return p;
    }
    if (amp__json_is_word(p, "true") || amp__json_is_word(p, "null")) {
        return p + 4;
    }
    return amp__json_is_word(p, "fals") && p[4] == 'e' ? p + 5 : p;
}

/* Reads true, false or null, as far as it is before `end`, from p on. json->place is 0 at the start of a
 * literal and after it. Returns the first byte that was not read; if that is not JSON, json->part is
 * AMP_PART_BAD. */
const uint8_t *amp__json_literal(amp_json_t *json, const uint8_t *p, const uint8_t *end);

#endif
