/* SPDX-License-Identifier: MIT */
/* Keeps of a JSON text what the schema wants: values go to the window, everything else is
 * validated and dropped as it streams by. */
#ifndef AMP_SRC_PROJECTION_H
#define AMP_SRC_PROJECTION_H

#include "json.h"

/* reader->schema is set, everything else in the reader is zero. */
void amp_projection_init(amp_reader_t *reader, void *window, size_t window_size);

/* Takes one event of the lexer. AMP_PENDING: go on. AMP_ITEM: *out is whole. Else an error. */
amp_status_t amp_projection_event(amp_reader_t *reader, amp_json_event_t event);

#if !defined(__OPTIMIZE_SIZE__)
/* Reads on as long as there are members that are plain, without white space and whole: what
 * most of a record is. Comes to nothing else than the lexer and its events would. */
amp_status_t amp_projection_ahead(amp_reader_t *reader, const uint8_t **at, const uint8_t *end);
#endif

#endif
