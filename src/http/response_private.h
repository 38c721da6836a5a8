/* SPDX-License-Identifier: MIT */
/* The states of the response parser, shared by response.c (lines) and response_framing.c (where the body
 * ends). */
#ifndef AMP_SRC_RESPONSE_PRIVATE_H
#define AMP_SRC_RESPONSE_PRIVATE_H

#include "response.h"

/* Values of response->state: the kind of the current line, or of the body bytes that are next. The order
 * matters: states before CHUNK_SIZE also occur in a trailer, and from BODY_BY_CLOSE to CHUNK_DATA the next
 * byte belongs to the body. */
enum {
    AMP_STATE_STATUS_LINE,
    AMP_STATE_NAME,
    AMP_STATE_VALUE_START, /* skips blanks after a colon or a fold */
    AMP_STATE_VALUE,
    AMP_STATE_VALUE_END, /* a line end was read; the next byte shows if the value continues */
    AMP_STATE_CHUNK_SIZE,
    AMP_STATE_CHUNK_EXTENSION,
    AMP_STATE_CHUNK_DATA_END,
    AMP_STATE_BODY_BY_CLOSE,
    AMP_STATE_BODY_BY_LENGTH,
    AMP_STATE_CHUNK_DATA,
    AMP_STATE_DONE,
    AMP_STATES
};
typedef char amp_response_states_fit_t[AMP_STATES <= UINT8_MAX ? 1 : -1];

/* Decides after a whole head where the body ends. Returns AMP_RESPONSE_HEAD for the final head,
 * AMP_RESPONSE_MORE after an interim one, AMP_RESPONSE_BAD when the end of the body is not certain. */
amp_response_event_t amp__framing_after_head(amp_response_t *response);

/* Reads a byte of a line with a chunk's size. Returns 1, or 0 when the byte is not valid there. */
int amp__framing_chunk_size(amp_response_t *response, uint8_t c);

#endif
