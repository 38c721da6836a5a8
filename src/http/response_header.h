/* SPDX-License-Identifier: MIT */
/* The status line, and the few headers of an answer that matter. */
#ifndef AMP_SRC_RESPONSE_HEADER_H
#define AMP_SRC_RESPONSE_HEADER_H

#include "ampersand/response_state.h"

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

static inline int amp__is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Reads "HTTP/1.1 200", then a space or the end, from response->line. 0 when it is no such line. */
int amp__status_line(amp_response_t *response);

/* The first byte of [p, end) that no name has, or end. */
const uint8_t *amp__header_name_end(const uint8_t *p, const uint8_t *end);

/* Which header has this name. */
unsigned amp__header_find(const char *name, size_t len);

/* Takes the value in response->line, without blanks around it, of the header response->header. 0 when the
 * message cannot be trusted for it. */
int amp__header_value(amp_response_t *response);

/* 1 when the header was there. */
int amp__has_header(const amp_response_t *response, unsigned header);

#endif
