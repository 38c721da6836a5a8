/* SPDX-License-Identifier: MIT */
/* Limits of a base URL, https://host[:port][/prefix], beyond the public header. */
#ifndef AMP_SRC_URL_H
#define AMP_SRC_URL_H

#include "ampersand/url.h"

/* Maximum length of a host name in bytes (RFC 1035, 2.3.4). The client checks it again for a URL that the
 * application filled in, because it copies the name to the work buffer. */
#define AMP_HOST_MAX 253u

#endif
