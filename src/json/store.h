/* SPDX-License-Identifier: MIT */
/* Puts values from the window into the struct. */
#ifndef AMP_SRC_STORE_H
#define AMP_SRC_STORE_H

#include "ampersand/reader_state.h"

/* Finds the batched values in the window, each of which ends with a comma. Separate from
 * amp__store_store, so that the tokens are off the stack then. Returns AMP_PENDING or an error. */
amp_status_t amp__store_tokenize(amp_reader_t *reader);

/* Stores each of them where its row says; the window is overwritten. Returns AMP_PENDING, or an error
 * with reader->field set. */
amp_status_t amp__store_store(amp_reader_t *reader);

/* Zeroes *out, if there is one. */
void amp__store_clear(const amp_reader_t *reader);

#endif
