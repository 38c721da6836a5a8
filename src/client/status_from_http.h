/* SPDX-License-Identifier: MIT */
/* The result for an HTTP status, such as AMP_ERR_NOT_FOUND for 404. */
#ifndef AMP_SRC_STATUS_FROM_HTTP_H
#define AMP_SRC_STATUS_FROM_HTTP_H

#include "ampersand/status.h"

/* Returns the error for an HTTP status of 400 or above. */
amp_status_t amp__status_from_http(unsigned http);

#endif
