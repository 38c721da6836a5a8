/* SPDX-License-Identifier: MIT */
/* Stores one value in the struct: jsmn finds its token, this file checks and converts it. */
#ifndef AMP_SRC_JSMN_VALUE_H
#define AMP_SRC_JSMN_VALUE_H

#include "ampersand/reader_state.h"

/* Ends a scalar value whose row is picked: stores it and sets its bits in the mask. `text` is the raw value
 * with its quotes, without the part that is in the window. Returns AMP_PENDING, or an error, for which
 * amp_reader_field and amp_reader_need are set. Returns AMP_END for a time: jsmn's token, reader->kept bytes,
 * is then in the window, and the caller calls amp__value_time next. */
amp_status_t amp__value_end(amp_reader_t *reader, const uint8_t *text, size_t len);

/* The same for a value that is an element of a list or the whole text, picked or not. */
amp_status_t amp__value_element_end(amp_reader_t *reader, const uint8_t *text, size_t len);

/* Converts and stores the time for which a function above returned AMP_END. It needs the most stack, so the
 * reader calls it when neither jsmn nor the automaton is on the stack. Returns AMP_PENDING or an error. */
amp_status_t amp__value_time(amp_reader_t *reader);

/* Appends a part of the current scalar to the window. Bytes without room there are only counted. */
void amp__value_keep(amp_reader_t *reader, const uint8_t *text, size_t len);

#endif
