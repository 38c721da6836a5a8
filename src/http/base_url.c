/* SPDX-License-Identifier: MIT */
/* Where the service is, taken apart beforehand: a program that goes nowhere else needs no parser. */
#include "ampersand/url.h"

/* Arrays and not literals, which a linker would keep for both. */
static const char host[] = "api.withampersand.com";
static const char host_eu[] = "api.eu.withampersand.com";

#define BASE(host)                                                                                           \
    {                                                                                                        \
        {host, sizeof(host) - 1u}, {host, sizeof(host) - 1u}, {"/v1", 3}, 443                                \
    }

const amp_url_t amp_base_url = BASE(host);
const amp_url_t amp_base_url_eu = BASE(host_eu);
