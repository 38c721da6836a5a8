/* SPDX-License-Identifier: MIT */
/* Compares the record of an answer with the one that was requested. */
#ifndef AMP_SRC_IDENTITY_H
#define AMP_SRC_IDENTITY_H

#include "../client/endpoint.h"
#include "ampersand/operations.h"

/* The `check` of an endpoint whose last parameter is the id of the record in its answer. Returns AMP_OK,
 * or AMP_ERR_MISMATCH with the field "id" when the record has another id. */
amp_status_t amp__check_id(const amp_client_t *client, const char **out_field);

#endif
