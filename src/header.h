/* SPDX-License-Identifier: MIT */
/* The few headers of an answer that matter. */
#ifndef AMP_SRC_HEADER_H
#define AMP_SRC_HEADER_H

#include "ampersand/client.h"

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

/* Which header the name in response->line is. */
unsigned amp_header_find(const amp_response_t *response);

/* Takes the value in response->line of the header response->header. 0 when the message cannot
 * be trusted for it. */
int amp_header_value(amp_response_t *response);

/* 1 when the header was there. */
int amp_has_header(const amp_response_t *response, unsigned header);

#endif
