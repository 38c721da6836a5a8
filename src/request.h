/* SPDX-License-Identifier: MIT */
/* The request's bytes: head and body. */
#ifndef AMP_SRC_REQUEST_H
#define AMP_SRC_REQUEST_H

#include "endpoint.h"

/* Writes the whole request of the client's operation. The same bytes each time. */
void amp_request_write(const amp_client_t *client, amp_writer_t *writer);

/* 1 when the service does the same however often it is sent. */
int amp_request_is_safe(const amp_client_t *client);

/* For the parts that an endpoint writes itself.
 * The project, as a segment of the path. */
void amp_write_project(const amp_client_t *client, amp_writer_t *writer);

/* What stands before a value of the query. */
void amp_write_query_name(amp_writer_t *writer, const char *name);

/* The members of the body that are arguments. */
void amp_write_members(const amp_client_t *client, amp_writer_t *writer);

#endif
