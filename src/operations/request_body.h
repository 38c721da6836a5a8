/* SPDX-License-Identifier: MIT */
/* The operations' bodies, and what of an answer a table cannot say. */
#ifndef AMP_SRC_REQUEST_BODY_H
#define AMP_SRC_REQUEST_BODY_H

#include "../client/endpoint.h"
#include "ampersand/operations.h"

/* The bodies. */
void amp__body_generate_connection(const amp_client_t *client, amp_writer_t *writer);
void amp__body_update_connection(const amp_client_t *client, amp_writer_t *writer);
void amp__body_oauth_connect(const amp_client_t *client, amp_writer_t *writer);
void amp__body_custom_auth_connect(const amp_client_t *client, amp_writer_t *writer);
void amp__body_update_installation(const amp_client_t *client, amp_writer_t *writer);
void amp__body_create_installation(const amp_client_t *client, amp_writer_t *writer);

/* The answer holds one of the two, and a URL that can be believed. AMP_OK or an error. */
amp_status_t amp__check_custom_auth(const amp_client_t *client, const char **out_field);

#endif
