/* SPDX-License-Identifier: MIT */
/* The bodies of the operations, and the check of an answer that a schema cannot express. */
#ifndef AMP_SRC_REQUEST_BODY_H
#define AMP_SRC_REQUEST_BODY_H

#include "../client/endpoint.h"
#include "ampersand/operations.h"

/* Write the body of an operation: functions for `body` of an endpoint row. */
void amp__body_generate_connection(const amp_client_t *client, amp_writer_t *writer);
void amp__body_update_connection(const amp_client_t *client, amp_writer_t *writer);
void amp__body_oauth_connect(const amp_client_t *client, amp_writer_t *writer);
void amp__body_custom_auth_connect(const amp_client_t *client, amp_writer_t *writer);
void amp__body_update_installation(const amp_client_t *client, amp_writer_t *writer);
void amp__body_create_installation(const amp_client_t *client, amp_writer_t *writer);

/* The `check` of customAuthConnect. Returns AMP_OK, or an error unless the answer has exactly one of
 * `redirect` and `connection`, and the URL of a redirect is valid. */
amp_status_t amp__check_custom_auth(const amp_client_t *client, const char **out_field);

#endif
