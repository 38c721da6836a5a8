/* SPDX-License-Identifier: MIT */
/* Keeps of a JSON text what the schema wants: values go to the window, everything else is
 * validated and dropped as it streams by. */
#ifndef AMP_SRC_PROJECTOR_H
#define AMP_SRC_PROJECTOR_H

#include "lexer.h"

/* reader->schema is set, everything else in the reader is zero. */
void amp__projector_init(amp_reader_t *reader, void *window, size_t window_size);

/* Takes one event of the lexer. AMP_PENDING: go on. AMP_ITEM: *out is whole. Else an error. */
amp_status_t amp__projector_event(amp_reader_t *reader, amp_json_event_t event);

/* The mask of the record at `base` in *out. */
static inline amp_mask_t *amp__projector_mask(const amp_reader_t *reader, uint16_t base)
{
    void *at = reader->out + base;
    return at;
}

/* For the short cut (ahead.h) alone.
 * Decides what becomes of the value to come, which has this name. */
amp_status_t amp__projector_select(amp_reader_t *reader, const char *name, size_t len);

/* Stores the values of the batch, and moves what has come of the next one to the front. */
amp_status_t amp__projector_store(amp_reader_t *reader);

#endif
