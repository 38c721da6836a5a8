/* SPDX-License-Identifier: MIT */
/* The functions that response.c (lines) calls in response_framing.c (where the body ends). */
#ifndef AMP_SRC_RESPONSE_PRIVATE_H
#define AMP_SRC_RESPONSE_PRIVATE_H

#include "response.h"

/* Decides after a whole head where the body ends. Returns AMP_RESPONSE_HEAD for the final head,
 * AMP_RESPONSE_MORE after an interim one, AMP_RESPONSE_BAD when the end of the body is not certain. */
amp_response_event_t amp__framing_after_head(amp_response_t *response);

/* Reads a byte of a line with a chunk's size. Returns 1, or 0 when the byte is not valid there. */
int amp__framing_chunk_size(amp_response_t *response, uint8_t c);

#endif
