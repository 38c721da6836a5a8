/* SPDX-License-Identifier: MIT */
/* Writes the bytes of a request: head and body. */
#ifndef AMP_SRC_REQUEST_H
#define AMP_SRC_REQUEST_H

#include "endpoint.h"

/* Writes the whole request of the client's operation. Each call writes the same bytes. */
void amp__request_write(const amp_client_t *client, amp_writer_t *writer);

/* Returns 1 if the request changes no state of the service, so that it may be sent a second time. */
static inline int amp__request_is_safe(const amp_client_t *client)
{
    return (client->flags & AMP_IS_SAFE) != 0;
}

/* The functions below are for the parts of a request that an endpoint writes itself. */

/* Writes the configured project as one segment of the path. */
void amp__write_project(const amp_client_t *client, amp_writer_t *writer);

/* Writes "?name=" for the first parameter of the query and "&name=" for the others. */
void amp__write_query_name(amp_writer_t *writer, const char *name);

/* Returns the argument for `param`, a view into the caller's argument struct. */
static inline const amp_str_t *amp__argument(const amp_client_t *client, const amp_param_t *param)
{
    const void *member = (const uint8_t *)client->args + param->offset;
    return member;
}

/* Writes the members of the body that have a row in the parameter table. */
void amp__write_members(const amp_client_t *client, amp_writer_t *writer);

#endif
