/* SPDX-License-Identifier: MIT */
/* The looks at a tenant's connections: status, baseline and reconcile. Each is one list request, and
 * tenant_pick.c evaluates its records one by one.
 *
 * Invariants:
 * - A record of another tenant ends the look with AMP_ERR_MISMATCH.
 * - After an error `count` is 0 and the outputs are zeroed. Only the status distinguishes it from "no
 *   connection". */
#include "ampersand/tenant.h"

#include <string.h>

#include "../client/client_private.h"
#include "../operations/endpoint_table.h"
#include "tenant_private.h"

/* Refuses a tenant without provider or groupRef: the list would contain connections of other tenants. */
static void require_tenant(const amp_client_t *client, amp_writer_t *writer)
{
    const amp_tenant_t *tenant = client->args;
    if (tenant->group_ref.len == 0) {
        writer->field = "groupRef";
        amp__writer_refuse(writer);
    }
    if (tenant->provider.len == 0) {
        writer->field = "provider";
        amp__writer_refuse(writer);
    }
}

static const amp_param_t tenant_params[] = {
    AMP_QUERY_PARAM("provider", amp_tenant_t, provider),
    AMP_QUERY_PARAM("groupRef", amp_tenant_t, group_ref),
    AMP_QUERY_PARAM("consumerRef", amp_tenant_t, consumer_ref),
};
static const amp_endpoint_t list = {
    .method = "GET",
    .path = AMP_CONNECTIONS_PATH,
    AMP_PARAMS(tenant_params),
    .schema = &amp_connections_schema,
    .query = require_tenant,
    .flags = AMP_IS_SAFE,
};

static void zero_outputs(amp_look_t *look)
{
    look->count = 0;
    if (look->best != NULL) {
        memset(look->best, 0, sizeof *look->best);
    }
    if (look->baseline != NULL) {
        memset(look->baseline, 0, sizeof *look->baseline);
    }
}

amp_status_t amp__look_on_step(amp_look_t *look, amp_status_t status)
{
    if (status == AMP_ITEM) {
        const char *field = amp__look_evaluate(look);
        if (field == NULL) {
            return AMP_PENDING;
        }
        status = amp__client_fail(look->client, AMP_ERR_MISMATCH);
        look->client->info.field = field;
    }
    if (status < 0) {
        zero_outputs(look);
    }
    return status;
}

amp_status_t amp_look_step(amp_look_t *look)
{
    return amp__look_on_step(look, amp_step(look->client));
}

amp_status_t amp__look_start(amp_look_t *look, amp_client_t *client, const amp_tenant_t *tenant,
                             const amp_look_query_t *query)
{
    amp_status_t status = amp__endpoint_start(client, &list, tenant, &look->current);
    if (status == AMP_ERR_STATE && client->out == &look->current) {
        return status; /* this very look is in progress: keep its results */
    }
    look->client = client;
    look->tenant = tenant;
    look->before = query->before;
    look->with_recovered = query->with_recovered;
    look->baseline = query->baseline;
    look->best = query->best;
    zero_outputs(look);
    return status;
}

/* Steps a look to its end. `status` is the result of its start. */
static amp_status_t finish(amp_look_t *look, amp_status_t status)
{
    if (status != AMP_OK) {
        return status;
    }
    while ((status = amp_look_step(look)) == AMP_PENDING) {
        amp_wait(look->client, UINT32_MAX);
    }
    return status == AMP_END ? AMP_OK : status;
}

amp_status_t amp_connection_status_start(amp_look_t *look, amp_client_t *client, const amp_tenant_t *tenant,
                                         amp_connection_t *out)
{
    const amp_look_query_t query = {.best = out};
    return amp__look_start(look, client, tenant, &query);
}

amp_status_t amp_connection_status(amp_look_t *look, amp_client_t *client, const amp_tenant_t *tenant,
                                   amp_connection_t *out)
{
    return finish(look, amp_connection_status_start(look, client, tenant, out));
}

amp_status_t amp_connection_baseline_start(amp_look_t *look, amp_client_t *client, const amp_tenant_t *tenant,
                                           amp_baseline_t *out)
{
    const amp_look_query_t query = {.baseline = out};
    return amp__look_start(look, client, tenant, &query);
}

amp_status_t amp_connection_baseline(amp_look_t *look, amp_client_t *client, const amp_tenant_t *tenant,
                                     amp_baseline_t *out)
{
    return finish(look, amp_connection_baseline_start(look, client, tenant, out));
}

amp_status_t amp_connection_reconcile_start(amp_look_t *look, amp_client_t *client,
                                            const amp_tenant_t *tenant, const amp_baseline_t *before,
                                            amp_connection_t *out)
{
    const amp_look_query_t query = {.before = before, .best = out};
    return amp__look_start(look, client, tenant, &query);
}

amp_status_t amp_connection_reconcile(amp_look_t *look, amp_client_t *client, const amp_tenant_t *tenant,
                                      const amp_baseline_t *before, amp_connection_t *out)
{
    return finish(look, amp_connection_reconcile_start(look, client, tenant, before, out));
}
