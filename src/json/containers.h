/* SPDX-License-Identifier: MIT */
/* From the events of the automaton to rows of the schema table: which container is known, which value is
 * stored. Each function returns AMP_PENDING, AMP_ITEM if *out is a whole record, or an error. */
#ifndef AMP_SRC_CONTAINERS_H
#define AMP_SRC_CONTAINERS_H

#include "ampersand/reader_state.h"

/* Returns the innermost open container that the table knows. There is one: reader->levels > 0. */
static inline amp_level_t *amp__level_top(amp_reader_t *reader)
{
    return &reader->level[reader->levels - 1u];
}

/* Returns the mask of the record at `base` in *out. */
static inline amp_mask_t *amp__level_mask(const amp_reader_t *reader, uint16_t base)
{
    void *at = reader->out + base;
    return at;
}

/* An object or array opened in a watched container, or closed. json.depth is the depth afterwards. */
amp_status_t amp__level_open(amp_reader_t *reader, int is_array);
amp_status_t amp__level_close(amp_reader_t *reader);

/* Picks the row of an array's next element, by a name such as `[0]`. Does nothing in an object. */
amp_status_t amp__level_next_element(amp_reader_t *reader);

/* The picked member has a value that cannot be stored. Returns the error `status` and sets its field; or
 * AMP_PENDING if the table is lenient and the member counts as absent. An element of a list is no member. */
amp_status_t amp__level_refuse(amp_reader_t *reader, amp_status_t status);

/* The picked member is null. */
amp_status_t amp__level_null(amp_reader_t *reader);

/* Zeroes *out, if there is one. */
void amp__level_clear(const amp_reader_t *reader);

#endif
