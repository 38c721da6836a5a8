/* SPDX-License-Identifier: MIT */
/* JSON objects of a request's body, written member by member; commas find their place. */
#ifndef AMP_SRC_WRITER_JSON_H
#define AMP_SRC_WRITER_JSON_H

#include "writer.h"

void amp__write_open(amp_writer_t *writer);
void amp__write_close(amp_writer_t *writer);

/* A member's name and its colon; the value is to follow. */
void amp__write_name(amp_writer_t *writer, const char *name);

/* What is asked of a text member. */
enum {
    AMP_IS_REQUIRED = 1, /* an empty text is refused, else the member is left out */
    /* The text becomes a member of a record. A text that does not fit there is refused: the request would
     * take effect, and its answer could not be read. */
    AMP_IS_REF = 2,  /* at most AMP_REF_SIZE - 1 bytes */
    AMP_IS_WORD = 4, /* at most AMP_WORD_SIZE - 1 bytes */
    AMP_IS_ID = 6    /* at most AMP_ID_SIZE - 1 bytes */
};

/* A text member, by its name in an error too. */
void amp__write_member(amp_writer_t *writer, const char *name, amp_str_t text, unsigned rules);

/* The text of one JSON object, checked and written as it is. */
void amp__write_json(amp_writer_t *writer, const char *field, amp_str_t text);

#endif
