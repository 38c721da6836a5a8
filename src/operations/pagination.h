/* SPDX-License-Identifier: MIT */
/* A list that the service sends in pages. */
#ifndef AMP_SRC_PAGINATION_H
#define AMP_SRC_PAGINATION_H

#include "../client/endpoint.h"
#include "ampersand/operations.h"

/* Examines the page in the client's `out`. Returns AMP_PENDING if another page follows, or AMP_END after the
 * last one. Returns AMP_ERR_MISSING if the token of the next page is missing, or AMP_ERR_VALUE if the token
 * is the previous one. */
amp_status_t amp__pagination_next(amp_client_t *client);

/* Writes the query parameters pageSize and pageToken of the next page. */
void amp__pagination_query(const amp_client_t *client, amp_writer_t *writer);

#endif
