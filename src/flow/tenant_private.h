/* SPDX-License-Identifier: MIT */
/* A look: one list request for a tenant's connections, evaluated record by record in the memory of one
 * amp_look_t. The functions below let the connect flow drive a look inside its own steps. */
#ifndef AMP_SRC_TENANT_PRIVATE_H
#define AMP_SRC_TENANT_PRIVATE_H

#include "ampersand/tenant.h"

/* The query of a look. All members may be 0. */
typedef struct {
    const amp_baseline_t *before; /* connections in it do not count, */
    uint8_t with_recovered;       /* unless this is 1 and they have become healthy since */
    amp_baseline_t *baseline;     /* output: gets every connection of the tenant */
    amp_connection_t *best;       /* output: gets the best connection that counts */
} amp_look_query_t;

/* Starts a look. Returns AMP_OK or an error. If this look is in progress already, returns AMP_ERR_STATE, and
 * the look continues unchanged. */
amp_status_t amp__look_start(amp_look_t *look, amp_client_t *client, const amp_tenant_t *tenant,
                             const amp_look_query_t *query);

/* Handles `status`, the result of amp_step. Returns AMP_PENDING, AMP_END or an error. */
amp_status_t amp__look_on_step(amp_look_t *look, amp_status_t status);

/* Evaluates the connection in look->current. Returns NULL, or the name of the member that is another
 * tenant's. */
const char *amp__look_evaluate(amp_look_t *look);

#endif
