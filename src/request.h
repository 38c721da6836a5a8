/* SPDX-License-Identifier: MIT */
/* The request's bytes: head and body. */
#ifndef AMP_SRC_REQUEST_H
#define AMP_SRC_REQUEST_H

#include "operation.h"

/* Writes the whole request of the client's operation. The same bytes each time. */
void amp_request_write(const amp_client_t *client, amp_writer_t *writer);

#endif
