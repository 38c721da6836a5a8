/* SPDX-License-Identifier: MIT */
/** @file
 * The base URL of the service. */
#ifndef AMPERSAND_URL_H
#define AMPERSAND_URL_H

#include "text.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A parsed base URL. The views point into the text that was parsed. */
typedef struct {
    amp_str_t host;      /**< Host name or literal address, without brackets. */
    amp_str_t authority; /**< Host and port as written in the URL, for the Host header. */
    amp_str_t prefix;    /**< Path: empty, or begins with a slash; does not end with one. */
    uint16_t port;       /**< Port; 443 if the URL has none. */
} amp_url_t;

/** https://api.withampersand.com/v1, the default. */
extern AMP_PUBLIC const amp_url_t amp_base_url;

/** https://api.eu.withampersand.com/v1, for projects in the EU region. */
extern AMP_PUBLIC const amp_url_t amp_base_url_eu;

/** Parses a base URL of the form https://host[:port][/prefix]. `text` must stay in place as long as *out_url
 * is used.
 *
 * Returns AMP_OK. Returns AMP_ERR_VALUE, with *out_url unchanged, for another scheme, user information, a
 * query, a fragment, or dot segments. It also does for invalid characters, an invalid port, or a host of more
 * than 253 bytes. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_url_parse(amp_str_t text, amp_url_t *out_url);

#ifdef __cplusplus
}
#endif
#endif
