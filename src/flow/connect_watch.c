/* SPDX-License-Identifier: MIT */
/* Schedules the looks of the connect flow, and evaluates their results.
 *
 * Invariants:
 * - `next_ms` is never later than `end_ms`, so the last look takes place when the time is over.
 * - No time of the flow is more than AMP_PACE_DAY_MS ahead, as amp__ticks_remaining requires. */
#include "connect_watch.h"

#include <string.h>

#include "../base/tick.h"
#include "../client/client_private.h"
#include "connection_words.h"
#include "tenant_private.h"

static uint32_t now_ms(const amp_connect_t *connect)
{
    const amp_port_t *port = connect->client->config->port;
    return port->now_ms(port->ctx);
}

uint32_t amp__connect_remaining_ms(const amp_connect_t *connect, uint32_t end_ms)
{
    return amp__ticks_remaining(end_ms, now_ms(connect), AMP_PACE_DAY_MS);
}

/* A function of its own, not inlined in amp_connect_step: there `query` would add to the stack of every
 * request. */
amp_status_t amp__connect_look(amp_connect_t *connect, amp_connect_state_t state)
{
    int is_first = state == AMP_CONNECT_BASELINE;
    const amp_look_query_t query = {.before = is_first ? NULL : &connect->baseline,
                                    .with_recovered = 1,
                                    .baseline = is_first ? &connect->baseline : NULL,
                                    .best = connect->args->out};
    connect->state = state;
    return amp__look_start(&connect->look, connect->client, &connect->tenant, &query);
}

/* Ends the flow. */
static amp_status_t finish(amp_connect_t *connect, amp_connect_state_t state)
{
    connect->state = state;
    return AMP_END;
}

/* Schedules the next look in `wait_ms` milliseconds, or at `end_ms` if that is earlier. */
static void schedule(amp_connect_t *connect, uint32_t wait_ms)
{
    const uint32_t remaining_ms = amp__connect_remaining_ms(connect, connect->end_ms);
    connect->next_ms = now_ms(connect) + (wait_ms < remaining_ms ? wait_ms : remaining_ms);
    connect->state = AMP_CONNECT_WAITING;
}

amp_status_t amp__connect_show(amp_connect_t *connect)
{
    const uint32_t timeout_ms =
        connect->args->timeout_ms > 0 ? connect->args->timeout_ms : AMP_CONNECT_TIMEOUT_MS;
    memset(connect->args->out, 0, sizeof *connect->args->out);
    connect->end_ms = now_ms(connect) + (timeout_ms < AMP_PACE_DAY_MS ? timeout_ms : AMP_PACE_DAY_MS);
    schedule(connect, amp_pace_pending(connect->args->pace));
    return AMP_ITEM;
}

/* Handles a look that has ended without a decision. `status` is AMP_END if there is no new connection yet,
 * otherwise the error of the look. Returns AMP_PENDING with the next look scheduled, or the status that ends
 * the flow. */
static amp_status_t look_again_later(amp_connect_t *connect, amp_status_t status)
{
    if (connect->client->config == NULL) {
        return status; /* a closed client has no clock for another look */
    }
    int is_last = amp__connect_remaining_ms(connect, connect->end_ms) == 0;
    if (status < 0) {
        const amp_client_t *client = connect->client;
        const amp_evidence_t evidence = {
            .result = status, .info = amp_client_info(client), .problem = amp_client_problem(client)};
        amp_health_t health;
        amp_health(&evidence, connect->args->pace, &health);
        if (is_last || (health.verdict != AMP_VERDICT_NETWORK && health.verdict != AMP_VERDICT_RETRY_AT)) {
            return status;
        }
        schedule(connect, health.wait_ms);
        return AMP_PENDING;
    }
    memset(connect->args->out, 0, sizeof *connect->args->out);
    if (is_last) {
        return finish(connect, AMP_CONNECT_EXPIRED);
    }
    schedule(connect, amp_pace_pending(connect->args->pace));
    return AMP_PENDING;
}

amp_status_t amp__connect_judge(amp_connect_t *connect, amp_status_t status)
{
    const amp_connection_t *best = connect->args->out;
    if (status == AMP_END && connect->look.count > 0 && amp__is_healthy(best->status)) {
        return finish(connect, AMP_CONNECT_CONNECTED);
    }
    if (status == AMP_END && connect->look.count > 0 && amp__is_refused(best->status)) {
        return finish(connect, AMP_CONNECT_FAILED);
    }
    return look_again_later(connect, status);
}
