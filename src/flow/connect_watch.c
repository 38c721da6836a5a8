/* SPDX-License-Identifier: MIT */
/* When a connect flow looks, and what it makes of what it sees. */
#include "connect_watch.h"

#include <string.h>

#include "../client/client_private.h"
#include "connection_words.h"
#include "tenant_private.h"

static uint32_t now_ms(const amp_connect_t *connect)
{
    const amp_port_t *port = connect->client->config->port;
    return port->now_ms(port->ctx);
}

uint32_t amp__connect_until(const amp_connect_t *connect, uint32_t ms)
{
    /* No time that is waited for is further away than a day: what seems to be has passed. */
    uint32_t left_ms = ms - now_ms(connect);
    return left_ms <= AMP_PACE_DAY_MS ? left_ms : 0;
}

/* Not within amp_connect_step: what is wished for would lie on the stack below every request. */
amp_status_t amp__connect_look(amp_connect_t *connect, amp_connect_state_t state)
{
    int is_first = state == AMP_CONNECT_BASELINE;
    const amp_look_query_t wish = {.before = is_first ? NULL : &connect->baseline,
                                   .with_recovered = 1,
                                   .baseline = is_first ? &connect->baseline : NULL,
                                   .best = connect->args->out};
    connect->state = state;
    return amp__look_start(&connect->look, connect->client, &connect->tenant, &wish);
}

static amp_status_t over(amp_connect_t *connect, amp_connect_state_t state)
{
    connect->state = state;
    return AMP_END;
}

static void plan(amp_connect_t *connect, uint32_t wait_ms)
{
    const uint32_t left_ms = amp__connect_until(connect, connect->end_ms);
    connect->next_ms = now_ms(connect) + (wait_ms < left_ms ? wait_ms : left_ms);
    connect->state = AMP_CONNECT_WAITING;
}

amp_status_t amp__connect_show(amp_connect_t *connect)
{
    const uint32_t timeout_ms =
        connect->args->timeout_ms > 0 ? connect->args->timeout_ms : AMP_CONNECT_TIMEOUT_MS;
    memset(connect->args->out, 0, sizeof *connect->args->out);
    connect->end_ms = now_ms(connect) + (timeout_ms < AMP_PACE_DAY_MS ? timeout_ms : AMP_PACE_DAY_MS);
    plan(connect, amp_pace_pending(connect->args->pace));
    return AMP_ITEM;
}

/* A look is over and saw nothing that decides, or could not see: `status` is AMP_END or the error. */
static amp_status_t look_later(amp_connect_t *connect, amp_status_t status)
{
    if (connect->client->config == NULL) {
        return status; /* closed: there is no clock to go on by */
    }
    int is_last = amp__connect_until(connect, connect->end_ms) == 0;
    if (status < 0) {
        const amp_client_t *client = connect->client;
        const amp_evidence_t evidence = {
            .result = status, .info = amp_client_info(client), .problem = amp_client_problem(client)};
        amp_health_t health;
        amp_health(&evidence, connect->args->pace, &health);
        if (is_last || (health.verdict != AMP_VERDICT_NETWORK && health.verdict != AMP_VERDICT_RETRY_AT)) {
            return status;
        }
        plan(connect, health.wait_ms);
        return AMP_PENDING;
    }
    memset(connect->args->out, 0, sizeof *connect->args->out);
    if (is_last) {
        return over(connect, AMP_CONNECT_EXPIRED);
    }
    plan(connect, amp_pace_pending(connect->args->pace));
    return AMP_PENDING;
}

amp_status_t amp__connect_judge(amp_connect_t *connect, amp_status_t status)
{
    const amp_connection_t *best = connect->args->out;
    if (status == AMP_END && connect->look.count > 0 && amp__is_healthy(best->status)) {
        return over(connect, AMP_CONNECT_CONNECTED);
    }
    if (status == AMP_END && connect->look.count > 0 && amp__is_refused(best->status)) {
        return over(connect, AMP_CONNECT_FAILED);
    }
    return look_later(connect, status);
}
