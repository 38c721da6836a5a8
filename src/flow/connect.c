/* SPDX-License-Identifier: MIT */
/* The connect flow: takes a baseline, requests the URL, then polls for the new connection until it exists or
 * the time is over. Each poll is a look (tenant_private.h). connect_watch.c schedules the looks and evaluates
 * their results.
 *
 * Invariants:
 * - The flow has at most one request in progress, always on connect->client.
 * - An error or AMP_END is final: later steps return it again.
 * - After an error `out` is zeroed. */
#include "ampersand/connect.h"

#include <string.h>

#include "../client/client_private.h"
#include "baseline.h"
#include "connect_watch.h"
#include "connection_words.h"
#include "tenant_private.h"

amp_status_t amp_connect_start(amp_connect_t *connect, amp_client_t *client, amp_connect_args_t *args)
{
    memset(connect, 0, sizeof *connect);
    connect->client = client;
    connect->args = args;
    connect->tenant.provider = args->request.provider;
    connect->tenant.group_ref = args->request.group_ref;
    connect->tenant.consumer_ref = args->request.consumer_ref;
    amp_status_t status = amp__connect_look(connect, AMP_CONNECT_BASELINE);
    connect->status = status == AMP_OK ? AMP_PENDING : status;
    return status;
}

/* Requests the URL after the baseline is complete. The URL comes from oauthUpdate if the best connection was
 * authorized in a browser and has bad credentials, otherwise from oauthConnect. */
static amp_status_t request_url(amp_connect_t *connect)
{
    const amp_connection_t *best = connect->args->out;
    connect->state = AMP_CONNECT_ASKING;
    if (connect->look.count > 0 && amp__is_refused(best->status) &&
        amp__is_browser_scheme(best->auth_scheme)) {
        amp__baseline_watch(&connect->baseline, best);
        connect->update.id = amp_str(best->id);
        return amp_oauth_update_start(connect->client, &connect->update, &connect->args->url);
    }
    return amp_oauth_connect_start(connect->client, &connect->args->request, &connect->args->url);
}

static amp_status_t wait_or_look(amp_connect_t *connect)
{
    const amp_config_t *config = connect->client->config;
    if (config == NULL) {
        return AMP_ERR_STATE; /* the application has closed the client */
    }
    if (config->cancel != NULL && *config->cancel != 0) {
        return AMP_ERR_CANCELLED;
    }
    if (amp__connect_remaining_ms(connect, connect->next_ms) > 0) {
        return AMP_PENDING;
    }
    amp_status_t status = amp__connect_look(connect, AMP_CONNECT_LOOKING);
    return status == AMP_OK ? AMP_PENDING : status;
}

/* Performs a step of the client. Returns AMP_ERR_STATE if a callback closed the client in the step that ended
 * the request, because the client then has no configuration. */
static amp_status_t step_client(amp_client_t *client)
{
    amp_status_t status = amp_step(client);
    return status >= 0 && client->config == NULL ? AMP_ERR_STATE : status;
}

/* Handles `status`, the result of a step of the request in progress. Returns the status of the flow. */
static amp_status_t on_client_step(amp_connect_t *connect, amp_status_t status)
{
    if (connect->state != AMP_CONNECT_ASKING) {
        status = amp__look_on_step(&connect->look, status);
    }
    if (status == AMP_PENDING) {
        return AMP_PENDING;
    }
    if (connect->state == AMP_CONNECT_LOOKING) {
        return amp__connect_judge(connect, status);
    }
    if (status < 0) {
        return status;
    }
    if (connect->state == AMP_CONNECT_ASKING) {
        return amp__connect_show(connect);
    }
    status = request_url(connect);
    return status == AMP_OK ? AMP_PENDING : status;
}

amp_status_t amp_connect_step(amp_connect_t *connect)
{
    if (connect->status < 0 || connect->status == AMP_END) {
        return connect->status;
    }
    amp_status_t status = connect->state == AMP_CONNECT_WAITING
                              ? wait_or_look(connect)
                              : on_client_step(connect, step_client(connect->client));
    if (status < 0) {
        /* `out` may hold the old connection, the one to authorize again. */
        memset(connect->args->out, 0, sizeof *connect->args->out);
        connect->state = AMP_CONNECT_FAILED;
    }
    connect->status = status;
    return status;
}

uint32_t amp_connect_idle_ms(const amp_connect_t *connect)
{
    if (connect->state >= AMP_CONNECT_CONNECTED) {
        return AMP_NEVER_MS;
    }
    if (connect->client->config == NULL) {
        return 0; /* the application has closed the client: the next step reports it */
    }
    if (connect->state == AMP_CONNECT_WAITING) {
        return amp__connect_remaining_ms(connect, connect->next_ms);
    }
    const uint32_t idle_ms = amp_idle_ms(connect->client);
    return idle_ms == AMP_NEVER_MS ? 0 : idle_ms; /* the application has reset the client: the same */
}

void amp_connect_wait(amp_connect_t *connect, uint32_t max_ms)
{
    const amp_config_t *config = connect->client->config;
    if (connect->state != AMP_CONNECT_WAITING) {
        amp_wait(connect->client, max_ms);
        return;
    }
    uint32_t ms = amp_connect_idle_ms(connect);
    ms = ms < max_ms ? ms : max_ms;
    if (ms > 0) {
        ms = config->cancel == NULL || ms < AMP_POLL_MS ? ms : AMP_POLL_MS;
        config->port->wait(config->port->ctx, 0, ms);
    }
}

amp_status_t amp_connect_next(amp_connect_t *connect)
{
    amp_status_t status;
    while ((status = amp_connect_step(connect)) == AMP_PENDING) {
        amp_connect_wait(connect, UINT32_MAX);
    }
    return status;
}
