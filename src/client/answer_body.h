/* SPDX-License-Identifier: MIT */
/* Reads the body of an answer. The functions are not in the file of amp__rx_feed. If GCC inlines them there,
 * it repeats the code after the call for each result (28 bytes on a Cortex-M4). */
#ifndef AMP_SRC_ANSWER_BODY_H
#define AMP_SRC_ANSWER_BODY_H

#include "endpoint.h"

/* Values of client->reading: how the body is read. AMP_READ_NOTHING skips the body; AMP_READ_DONE ends the
 * answer without waiting for the body. */
enum { AMP_READ_NOTHING, AMP_READ_RECORD, AMP_READ_TEXT, AMP_READ_PROBLEM, AMP_READ_DONE };
typedef char amp_reading_fits_t[AMP_READ_DONE <= UINT8_MAX ? 1 : -1];

/* Chooses how to read the body of an answer from the service, after its head. Returns AMP_PENDING,
 * or AMP_ERR_MEMORY if the window is too small. */
amp_status_t amp__answer_begin(amp_client_t *client);

/* Reads a piece of the body. *out_used is the number of bytes that were read. It is less than `len` only if a
 * record of a list is complete, or if an error ended the reading. Returns AMP_PENDING, AMP_ITEM or an error.
 */
amp_status_t amp__answer_feed(amp_client_t *client, const uint8_t *data, size_t len, size_t *out_used);

/* Handles the end of a message, or of an error answer that is truncated. Returns the result of the request:
 * AMP_ITEM, AMP_END or an error. */
amp_status_t amp__answer_end(amp_client_t *client);

#endif
