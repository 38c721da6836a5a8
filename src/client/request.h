/* SPDX-License-Identifier: MIT */
/* The request's bytes: head and body. */
#ifndef AMP_SRC_REQUEST_H
#define AMP_SRC_REQUEST_H

#include "endpoint.h"

/* Writes the whole request of the client's operation. The same bytes each time. */
void amp__request_write(const amp_client_t *client, amp_writer_t *writer);

/* 1 when the request changes nothing at the service, so that it may be sent a second time. */
int amp__request_is_safe(const amp_client_t *client);

/* For the parts that an endpoint writes itself.
 * The project, as a segment of the path. */
void amp__write_project(const amp_client_t *client, amp_writer_t *writer);

/* What stands before a value of the query. */
void amp__write_query_name(amp_writer_t *writer, const char *name);

/* The value of an argument. */
amp_str_t amp__argument(const amp_client_t *client, const amp_param_t *param);

/* The members of the body that are arguments. */
void amp__write_members(const amp_client_t *client, amp_writer_t *writer);

#endif
