/* SPDX-License-Identifier: MIT */
/* Puts values from the window into the struct. */
#ifndef AMP_SRC_RECORD_H
#define AMP_SRC_RECORD_H

#include "ampersand/state.h"

/* Tokenizes the window, the batched values with a comma behind each, `len` bytes, and stores
 * each where its row says; the window is scratch then. AMP_PENDING, or an error with
 * reader->field set. */
amp_status_t amp_record_store(amp_reader_t *reader, uint8_t *text, size_t len);

/* Zeroes *out, if there is one. */
void amp_record_clear(const amp_reader_t *reader);

#endif
