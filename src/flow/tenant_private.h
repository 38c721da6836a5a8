/* SPDX-License-Identifier: MIT */
/* A question to a list of connections, as the flows above it drive it. */
#ifndef AMP_SRC_TENANT_PRIVATE_H
#define AMP_SRC_TENANT_PRIVATE_H

#include "ampersand/tenant.h"

/* What is wanted of the list; the members are those of amp_look_t. */
typedef struct {
    const amp_baseline_t *before;
    uint8_t with_recovered;
    amp_baseline_t *baseline;
    amp_connection_t *best;
} amp_look_query_t;

/* Starts a question. When it is under way already, AMP_ERR_STATE, and nothing is changed. */
amp_status_t amp__look_start(amp_look_t *look, amp_client_t *client, const amp_tenant_t *tenant,
                             const amp_look_query_t *wish);

/* Goes on with what amp_step has given: AMP_PENDING, AMP_END or an error. */
amp_status_t amp__look_go_on(amp_look_t *look, amp_status_t status);

/* Takes the connection in look->current. NULL, or the member by which it is another tenant's. */
const char *amp__look_take(amp_look_t *look);

#endif
