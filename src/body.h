/* SPDX-License-Identifier: MIT */
/* What of a body or an answer is more than the texts of a table of parameters. */
#ifndef AMP_SRC_BODY_H
#define AMP_SRC_BODY_H

#include "ampersand/operations.h"
#include "writer.h"

/* The members that follow the texts. `args` is the operation's struct. */
void amp_body_generate_connection(amp_writer_t *writer, const void *args);
void amp_body_update_connection(amp_writer_t *writer, const void *args);
void amp_body_oauth_connect(amp_writer_t *writer, const void *args);
void amp_body_custom_auth_connect(amp_writer_t *writer, const void *args);
void amp_body_update_installation(amp_writer_t *writer, const void *args);
void amp_body_create_installation(amp_writer_t *writer, const void *args);

/* The answer holds one of the two, and a URL that can be believed. AMP_OK or an error. */
amp_status_t amp_check_custom_auth(const void *out, const char **out_field);

#endif
