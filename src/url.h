/* SPDX-License-Identifier: MIT */
/* The base URL: https://host[:port][/prefix]. */
#ifndef AMP_SRC_URL_H
#define AMP_SRC_URL_H

#include "ampersand/text.h"

typedef struct {
    amp_str_t host;      /* without brackets */
    amp_str_t authority; /* host and port as they stand, for the Host header */
    amp_str_t prefix;    /* "" or begins with a slash; no slash at its end */
    uint16_t port;
} amp_url_t;

/* Takes the URL apart; the views are within it. 0, or -1 when it is not such a URL: another
 * scheme, user information, a query, a fragment, dot segments, or characters that do not belong. */
int amp_url_parse(amp_str_t text, amp_url_t *out_url);

#endif
