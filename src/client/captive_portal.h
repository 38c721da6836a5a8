/* SPDX-License-Identifier: MIT */
/* Refuses redirects, and answers of captive portals and proxies. */
#ifndef AMP_SRC_CAPTIVE_PORTAL_H
#define AMP_SRC_CAPTIVE_PORTAL_H

#include "ampersand/client.h"

/* Checks a complete head. Returns AMP_OK if the answer may be from the service, otherwise AMP_ERR_REDIRECT or
 * AMP_ERR_NOT_API. */
amp_status_t amp__refuse_foreign(const amp_client_t *client);

#endif
