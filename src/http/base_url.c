/* SPDX-License-Identifier: MIT */
/* The base URLs of the service, parsed at compile time: a program that uses no other URL does not link the
 * URL parser. */
#include "ampersand/url.h"

/* Arrays, because the linker drops an array that is not used, but not a string literal of this file. */
static const char host[] = "api.withampersand.com";
static const char host_eu[] = "api.eu.withampersand.com";

#define BASE(host)                                                                                           \
    {                                                                                                        \
        {host, sizeof(host) - 1u}, {host, sizeof(host) - 1u}, {"/v1", 3}, 443                                \
    }

const amp_url_t amp_base_url = BASE(host);
const amp_url_t amp_base_url_eu = BASE(host_eu);
