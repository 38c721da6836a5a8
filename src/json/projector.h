/* SPDX-License-Identifier: MIT */
/* Keeps the values of a JSON text that the schema lists: they go to the window. All other text is validated
 * and dropped. */
#ifndef AMP_SRC_PROJECTOR_H
#define AMP_SRC_PROJECTOR_H

#include "lexer.h"

/* reader->schema is set, everything else in the reader is zero. */
void amp__projector_init(amp_reader_t *reader, void *window, size_t window_size);

/* Handles one event of the lexer. Returns AMP_PENDING to continue, AMP_ITEM if *out is whole, or an error. */
amp_status_t amp__projector_event(amp_reader_t *reader, amp_json_event_t event);

/* Returns the mask of the record at `base` in *out. */
static inline amp_mask_t *amp__projector_mask(const amp_reader_t *reader, uint16_t base)
{
    void *at = reader->out + base;
    return at;
}

/* For the fast path (ahead.h) only. Selects the row of the next value, whose member has this name. */
amp_status_t amp__projector_select(amp_reader_t *reader, const char *name, size_t len);

/* Stores the values of the batch, and moves the bytes of the next value to the front. */
amp_status_t amp__projector_store(amp_reader_t *reader);

#endif
