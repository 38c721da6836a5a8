/* SPDX-License-Identifier: MIT */
/* Writes JSON strings, and JSON objects of request bodies, member by member. The functions for members insert
 * the commas. */
#ifndef AMP_SRC_WRITER_JSON_H
#define AMP_SRC_WRITER_JSON_H

#include "writer.h"

/* Writes a JSON string with its quotes (RFC 8259, 7). Refuses text that is not UTF-8 or has a NUL. */
void amp__write_string(amp_writer_t *writer, const amp_str_t *text);

/* Write the braces of an object. Objects can be nested. */
void amp__write_open(amp_writer_t *writer);
void amp__write_close(amp_writer_t *writer);

/* Writes a member's name and its colon. The caller writes the value next. */
void amp__write_name(amp_writer_t *writer, const char *name);

/* Rules for a string member. At most one of the last three can be combined with AMP_IS_REQUIRED. */
enum {
    AMP_IS_REQUIRED = 1, /* an empty text is refused; without this rule the member is left out */
    /* The service returns the text in a record. A text that does not fit in the record is refused: the
     * request would take effect, and its response could not be read. */
    AMP_IS_REF = 2,  /* at most AMP_REF_SIZE - 1 bytes */
    AMP_IS_WORD = 4, /* at most AMP_WORD_SIZE - 1 bytes */
    AMP_IS_ID = 6    /* at most AMP_ID_SIZE - 1 bytes */
};

/* Writes a string member, and refuses a text that breaks `rules`. An error reports the member's name. */
void amp__write_member(amp_writer_t *writer, const char *name, const amp_str_t *text, unsigned rules);

/* Writes the text of one JSON object unchanged. Refuses text that is not one valid JSON object. An error
 * reports `field`. */
void amp__write_json(amp_writer_t *writer, const char *field, const amp_str_t *text);

#endif
