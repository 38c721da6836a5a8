/* SPDX-License-Identifier: MIT */
/* Puts values from the window into the struct. */
#ifndef AMP_SRC_STORE_H
#define AMP_SRC_STORE_H

#include "ampersand/reader_state.h"

/* Finds the batched values in the window, which has a comma behind each. On its own, so that
 * the tokens are off the stack when the values are stored. AMP_PENDING, or an error. */
amp_status_t amp__store_tokenize(amp_reader_t *reader);

/* Stores each of them where its row says; the window is scratch then. AMP_PENDING, or an error
 * with reader->field set. */
amp_status_t amp__store_store(amp_reader_t *reader);

/* Zeroes *out, if there is one. */
void amp__store_clear(const amp_reader_t *reader);

#endif
