/* SPDX-License-Identifier: MIT */
/* Interprets the status line and the eight header fields of a response that matter. All other fields are
 * AMP_HEADER_OTHER and are skipped. */
#ifndef AMP_SRC_RESPONSE_HEADER_H
#define AMP_SRC_RESPONSE_HEADER_H

#include "ampersand/response_state.h"

/* In the order of the names in response_header.c. Each is also a bit number in response->seen. */
enum {
    AMP_HEADER_CONNECTION,
    AMP_HEADER_CONTENT_ENCODING,
    AMP_HEADER_CONTENT_LENGTH,
    AMP_HEADER_CONTENT_TYPE,
    AMP_HEADER_DATE,
    AMP_HEADER_LOCATION,
    AMP_HEADER_RETRY_AFTER,
    AMP_HEADER_TRANSFER_ENCODING,
    AMP_HEADER_OTHER
};

/* Reads a status line from response->line: "HTTP/1.0" or "HTTP/1.1", a space, three digits, then a space or
 * the end. Returns 1, or 0 when the line is invalid. */
int amp__status_line(amp_response_t *response);

/* Returns the first byte of [p, end) that cannot be in a header's name, or end. */
const uint8_t *amp__header_name_end(const uint8_t *p, const uint8_t *end);

/* Returns the header with this name, without regard to case, or AMP_HEADER_OTHER. The name has at least one
 * byte and only bytes that amp__header_name_end accepts. */
unsigned amp__header_find(const char *name, size_t len);

/* Interprets response->line as the value of response->header, which is not AMP_HEADER_OTHER. The value has no
 * blanks around it. Returns 1, or 0 when the value makes the message invalid. */
int amp__header_value(amp_response_t *response);

/* Returns 1 when the response had this header. */
static inline int amp__has_header(const amp_response_t *response, unsigned header)
{
    return (response->seen >> header & 1u) != 0;
}

#endif
