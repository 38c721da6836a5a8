/* SPDX-License-Identifier: MIT */
/* The state machine of a request: amp_step, and the phases until the last byte is sent. Other files have the
 * token (client_token_renewal.c) and the check of a kept connection (client_stale_connection.c).
 * client_receive.c reads the answer, and client_end.c ends the request.
 *
 * Invariants:
 * - Each step performs one action of the current phase and never waits.
 * - `info.status` is the result of the last step. An error is sticky: later steps return it too.
 * - A callback cannot start, step or end a request in the middle of a step: see `busy`. */
#include <string.h>

#include "../base/port_result.h"
#include "client_private.h"
#include "request.h"

static amp_status_t step_token(amp_client_t *client)
{
    amp_status_t status = amp__client_get_token(client);
    if (status == AMP_OK) {
        status = amp__tx_check(client);
    }
    if (status != AMP_OK) {
        return status == AMP_PENDING ? AMP_PENDING : amp__client_finish(client, status);
    }
    client->phase = client->open ? AMP_PHASE_CHECK : AMP_PHASE_OPEN;
    return AMP_PENDING;
}

static amp_status_t step_open(amp_client_t *client)
{
    const amp_port_t *port = client->config->port;
    const amp_url_t *url = client->url;
    char *host = (char *)client->work;
    if (client->to == 0) {
        /* While the port opens a connection, work[0 .. to) holds the NUL-terminated host name. */
        memcpy(host, url->host.ptr, url->host.len);
        host[url->host.len] = '\0';
        client->to = url->host.len + 1u;
        client->info.stage = AMP_STAGE_CONNECT;
    }
    int result = port->open(port->ctx, host, url->port);
    amp__client_report(client);
    if (result < 0) {
        return amp__client_fail(client, (amp_status_t)result);
    }
    if (result > 0) {
        client->to = 0;
        client->info.code = 0;
        client->open = 1;
        client->reused = 0;
        ++client->info.connects;
        client->info.stage = AMP_STAGE_SEND;
        client->phase = AMP_PHASE_SEND;
    } else {
        client->wanted = AMP_WAIT_READ | AMP_WAIT_WRITE;
    }
    return AMP_PENDING;
}

static amp_status_t step_send(amp_client_t *client)
{
    const amp_port_t *port = client->config->port;
    const uint8_t *data;
    size_t len;
    amp_status_t status = amp__tx_buf(client, &data, &len);
    if (status != AMP_OK) {
        return amp__client_fail(client, status);
    }
    int result = port->send(port->ctx, data, len);
    if (result > 0) {
        client->on_wire = 1; /* also if the port reports more than `len`: it may have sent something */
    }
    result = amp__port_moved(result, len);
    if (result < 0) {
        return amp__client_lost(client, (amp_status_t)result);
    }
    if (result == 0) {
        client->wanted = AMP_WAIT_WRITE;
    } else if (amp__tx_ack(client, (size_t)result)) {
        /* The stage changes in the same step, so that it is already AMP_STAGE_HEAD when the server has the
         * whole request. */
        ++client->info.requests;
        client->info.stage = AMP_STAGE_HEAD;
        client->phase = AMP_PHASE_RECEIVE;
    }
    return AMP_PENDING;
}

static amp_status_t step_phase(amp_client_t *client)
{
    if (client->phase == AMP_PHASE_CHECK) {
        /* The check and the first send are one step. Between two steps the application may do other work, and
         * the peer could close the connection unnoticed. */
        amp__client_check(client);
        if (client->phase != AMP_PHASE_SEND || client->busy != AMP_BUSY_STEP) {
            return AMP_PENDING;
        }
    }
    switch (client->phase) {
    case AMP_PHASE_TOKEN:
        return step_token(client);
    case AMP_PHASE_OPEN:
        return step_open(client);
    case AMP_PHASE_SEND:
        return step_send(client);
    default:
        return amp__client_receive(client);
    }
}

static amp_status_t step_before_deadline(amp_client_t *client)
{
    const amp_config_t *config = client->config;
    if (config->cancel != NULL && *config->cancel != 0) {
        return amp__client_fail(client, AMP_ERR_CANCELLED);
    }
    if (amp__client_remaining_ms(client) == 0) {
        return amp__client_fail(client, AMP_ERR_DEADLINE);
    }
    /* The port's now_ms may have called amp_reset or amp_close. */
    return client->busy == AMP_BUSY_STEP ? step_phase(client) : AMP_PENDING;
}

/* Performs the amp_reset or amp_close that a callback called during a step. `status` is the result of that
 * step, `call` is AMP_BUSY_RESET or AMP_BUSY_CLOSE. A request that the step has already ended keeps its
 * result. */
static amp_status_t end_by_callback(amp_client_t *client, unsigned call, amp_status_t status)
{
    if (client->phase < AMP_PHASE_LAST_ITEM) {
        status = amp__client_fail(client, AMP_ERR_STATE);
    }
    client->info.status = status;
    if (call == AMP_BUSY_CLOSE) {
        amp_close(client);
    }
    return status;
}

amp_status_t amp_step(amp_client_t *client)
{
    if (client->busy != 0) {
        return AMP_ERR_STATE; /* a callback called amp_step during a step */
    }
    if (client->info.status < 0) {
        return client->info.status;
    }
    if (client->phase <= AMP_PHASE_IDLE) {
        return AMP_ERR_STATE;
    }
    if (client->phase == AMP_PHASE_LAST_ITEM || client->phase == AMP_PHASE_OVER) {
        client->phase = AMP_PHASE_OVER;
        client->info.status = AMP_END;
        return AMP_END;
    }
    client->wanted = 0;
    client->busy = AMP_BUSY_STEP;
    amp_status_t status = step_before_deadline(client);
    unsigned call = client->busy;
    client->busy = 0;
    if (call != AMP_BUSY_STEP) {
        return end_by_callback(client, call, status);
    }
    client->info.status = status;
    return status;
}
