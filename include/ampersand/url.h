/* SPDX-License-Identifier: MIT */
/* The base URL: where the service is. */
#ifndef AMPERSAND_URL_H
#define AMPERSAND_URL_H

#include "text.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Where the service is. The views are within the URL. */
typedef struct {
    amp_str_t host;      /* without brackets */
    amp_str_t authority; /* host and port as they stand, for the Host header */
    amp_str_t prefix;    /* "" or begins with a slash; no slash at its end */
    uint16_t port;       /* 443 when none is given */
} amp_url_t;

/* https://api.withampersand.com/v1, and https://api.eu.withampersand.com/v1 */
extern AMP_PUBLIC const amp_url_t amp_base_url;
extern AMP_PUBLIC const amp_url_t amp_base_url_eu;

/* For another place: takes https://host[:port][/prefix] apart. Returns AMP_OK, or AMP_ERR_VALUE
 * with *out_url untouched: another scheme, user information, a query, a fragment, dot
 * segments, or characters that do not belong. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_url_parse(amp_str_t text, amp_url_t *out_url);

#ifdef __cplusplus
}
#endif
#endif
