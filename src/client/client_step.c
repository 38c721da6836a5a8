/* SPDX-License-Identifier: MIT */
/* The phases of a request up to its last byte sent, and amp_step. */
#include <string.h>

#include "../base/port_result.h"
#include "client_private.h"
#include "request.h"

/* Each step performs one action of its phase. `info.status` is the result of the last step; once it is an
 * error, later steps return it too. */

static amp_status_t step_token(amp_client_t *client)
{
    const amp_config_t *config = client->config;
    if (config->token != NULL && (client->flags & AMP_IS_ANONYMOUS) == 0) {
        amp_status_t status = config->token(config->token_ctx, client->renewed, &client->token);
        if (status == AMP_PENDING) {
            client->wanted = AMP_WAIT_TOKEN;
            return AMP_PENDING;
        }
        if (status != AMP_OK || !amp__header_value_fits(client->token)) {
            return amp__client_finish(client, AMP_ERR_TOKEN);
        }
    }
    amp_status_t status = amp__tx_check(client);
    if (status != AMP_OK) {
        return amp__client_finish(client, status);
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
        /* While the port opens a connection, work[0 .. to) holds the host's name. */
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

/* A kept connection that has ended, or on which bytes came that nobody asked for, is given up
 * before anything is sent over it. */
static void step_check(amp_client_t *client)
{
    const amp_port_t *port = client->config->port;
    client->info.stage = AMP_STAGE_SEND;
    if (port->recv(port->ctx, client->work, 1) != 0) {
        amp__client_reopen(client);
    } else {
        client->reused = 1;
        client->phase = AMP_PHASE_SEND;
    }
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
    int result = amp__port_moved(port->send(port->ctx, data, len), len);
    if (result < 0) {
        return amp__client_lost(client, (amp_status_t)result);
    }
    if (result == 0) {
        client->wanted = AMP_WAIT_WRITE;
    } else if (amp__tx_ack(client, (size_t)result)) {
        /* In the step that sent the last byte: who sees the request finds the head awaited. */
        ++client->info.requests;
        client->info.stage = AMP_STAGE_HEAD;
        client->phase = AMP_PHASE_RECEIVE;
    }
    return AMP_PENDING;
}

static amp_status_t step_phase(amp_client_t *client)
{
    switch (client->phase) {
    case AMP_PHASE_TOKEN:
        return step_token(client);
    case AMP_PHASE_OPEN:
        return step_open(client);
    case AMP_PHASE_CHECK:
        /* Both in one step: nothing may come, unseen, between the look and the request. */
        step_check(client);
        if (client->phase != AMP_PHASE_SEND || client->busy != AMP_BUSY_STEP) {
            return AMP_PENDING;
        }
        return step_send(client);
    case AMP_PHASE_SEND:
        return step_send(client);
    default:
        return amp__client_receive(client);
    }
}

static amp_status_t step_in_time(amp_client_t *client)
{
    const amp_config_t *config = client->config;
    if (config->cancel != NULL && *config->cancel != 0) {
        return amp__client_fail(client, AMP_ERR_CANCELLED);
    }
    if (amp__client_left_ms(client) == 0) {
        return amp__client_fail(client, AMP_ERR_DEADLINE);
    }
    return client->busy == AMP_BUSY_STEP ? step_phase(client) : AMP_PENDING; /* the clock may be a callback */
}

/* A callback called amp_reset or amp_close within the step that comes to `status`. */
static amp_status_t end_as_asked(amp_client_t *client, unsigned asked, amp_status_t status)
{
    if (client->phase < AMP_PHASE_LAST_ITEM) {
        status = amp__client_fail(client, AMP_ERR_STATE);
    }
    client->info.status = status;
    if (asked == AMP_BUSY_CLOSE) {
        amp_close(client);
    }
    return status;
}

amp_status_t amp_step(amp_client_t *client)
{
    if (client->busy != 0) {
        return AMP_ERR_STATE; /* called by a callback of the step in progress */
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
    amp_status_t status = step_in_time(client);
    unsigned asked = client->busy;
    client->busy = 0;
    if (asked != AMP_BUSY_STEP) {
        return end_as_asked(client, asked, status);
    }
    client->info.status = status;
    return status;
}
