/* SPDX-License-Identifier: MIT */
/* A list that comes in pages. */
#ifndef AMP_SRC_PAGINATION_H
#define AMP_SRC_PAGINATION_H

#include "../client/endpoint.h"
#include "ampersand/operations.h"

/* After a page, which is in the client's `out`: AMP_PENDING when the next is to be asked for,
 * AMP_END when it was the last, or an error when it cannot be gone on from. */
amp_status_t amp__pagination_next(amp_client_t *client);

/* Writes the size and the token of the page to ask for. */
void amp__pagination_query(const amp_client_t *client, amp_writer_t *writer);

#endif
