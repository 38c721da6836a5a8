/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "client_private.h"
#include "request.h"
#include "../http/response.h"

#define HTTP_UNAUTHORIZED 401u
#define HTTP_REQUEST_TIMEOUT 408u

/* A request's way. Each step does one thing of its phase; `info.status` is what the last one
 * gave and is what later calls give once it is an error.
 *
 * A connection that is kept may have been closed by the peer in the meantime. That is found out
 * before sending where it can be (AMP_PHASE_CHECK). One new connection replaces it: always when nothing
 * has left; for a safe request also when bytes have left and no byte of an answer came, or the answer is
 * 408. Any other request that changes something ends in AMP_ERR_UNKNOWN_OUTCOME, unless its answer settles
 * what came of it (amp_is_settled). */

static amp_status_t finish(amp_client_t *client, amp_status_t status)
{
    if (status < 0) {
        amp_exchange_clear(client);
    }
    if (status != AMP_ERR_REDIRECT && status != AMP_ERR_NOT_API) {
        client->info.note[0] = '\0';
    }
    if (status < 0 && client->left && !amp_request_is_safe(client) && !amp_is_settled(client, status)) {
        client->info.cause = status;
        status = AMP_ERR_UNKNOWN_OUTCOME;
    }
    client->phase = status == AMP_ITEM ? AMP_PHASE_LAST_ITEM : AMP_PHASE_OVER;
    client->info.status = status;
    amp_client_wipe(client);
    return status;
}

amp_status_t amp_client_fail(amp_client_t *client, amp_status_t status)
{
    amp_disconnect(client);
    return finish(client, status);
}

static void report(amp_client_t *client)
{
    const amp_port_t *port = client->config->port;
    amp_port_report_t report = {AMP_STAGE_START, 0};
    if (port->report != NULL) {
        port->report(port->ctx, &report);
    }
    client->info.code = report.code;
    if (client->phase == AMP_PHASE_OPEN && report.stage != AMP_STAGE_START) {
        client->info.stage = report.stage;
    }
}

/* What cannot be sent is found out before a connection is made or used for it. */
static amp_status_t check_request(amp_client_t *client)
{
    const uint8_t *data;
    size_t len;
    amp_status_t status = amp_tx_buf(client, &data, &len);
    amp_wipe(client->work, client->work_size);
    client->to = 0;
    return status;
}

static amp_status_t step_token(amp_client_t *client)
{
    const amp_config_t *config = client->config;
    if (config->token != NULL && (client->flags & AMP_IS_ANONYMOUS) == 0) {
        amp_status_t status = config->token(config->token_ctx, client->renewed, &client->token);
        if (status == AMP_PENDING) {
            client->wanted = AMP_WAIT_TOKEN;
            return AMP_PENDING;
        }
        if (status != AMP_OK || !amp_header_value_fits(client->token)) {
            return finish(client, AMP_ERR_TOKEN);
        }
    }
    amp_status_t status = check_request(client);
    if (status != AMP_OK) {
        return finish(client, status);
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
    report(client);
    if (result < 0) {
        return amp_client_fail(client, (amp_status_t)result);
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

static void reopen(amp_client_t *client)
{
    amp_disconnect(client);
    amp_exchange_begin(client);
    amp_wipe(client->work, client->work_size);
    client->phase = AMP_PHASE_OPEN;
}

/* A kept connection that has ended, or on which bytes came that nobody asked for, is given up
 * before anything is sent over it. */
static void step_check(amp_client_t *client)
{
    const amp_port_t *port = client->config->port;
    client->info.stage = AMP_STAGE_SEND;
    if (port->recv(port->ctx, client->work, 1) != 0) {
        reopen(client);
    } else {
        client->reused = 1;
        client->phase = AMP_PHASE_SEND;
    }
}

/* 1 when the kept connection was stale, and the request may be sent over a new one. RFC 9110, 15.5.9: a
 * server that gives up an idle connection may answer 408 to a request that it has not seen. */
static int was_stale(const amp_client_t *client)
{
    int is_safe = amp_request_is_safe(client);
    return client->reused && ((!client->answered && (is_safe || !client->left)) ||
                              (is_safe && client->info.http == HTTP_REQUEST_TIMEOUT));
}

/* The connection ended or failed. */
static amp_status_t connection_lost(amp_client_t *client, amp_status_t status)
{
    if (was_stale(client)) {
        reopen(client);
        return AMP_PENDING;
    }
    report(client);
    return amp_client_fail(client, status);
}

/* What the port says that it has moved. More than there was is a port that cannot be believed. */
static int moved(int result, size_t len)
{
    return result > 0 && (size_t)result > len ? (int)AMP_ERR_NETWORK : result;
}

static amp_status_t step_send(amp_client_t *client)
{
    const amp_port_t *port = client->config->port;
    const uint8_t *data;
    size_t len;
    amp_status_t status = amp_tx_buf(client, &data, &len);
    if (status != AMP_OK) {
        return amp_client_fail(client, status);
    }
    int result = moved(port->send(port->ctx, data, len), len);
    if (result < 0) {
        return connection_lost(client, (amp_status_t)result);
    }
    if (result == 0) {
        client->wanted = AMP_WAIT_WRITE;
    } else if (amp_tx_ack(client, (size_t)result)) {
        /* In the step that sent the last byte: who sees the request finds the head awaited. */
        ++client->info.requests;
        client->info.stage = AMP_STAGE_HEAD;
        client->phase = AMP_PHASE_RECEIVE;
    }
    return AMP_PENDING;
}

/* Sends a request again: with another token, or for another page. */
static amp_status_t again(amp_client_t *client, uint8_t renewed)
{
    client->renewed = renewed;
    amp_exchange_begin(client);
    amp_wipe(client->work, client->work_size);
    client->phase = AMP_PHASE_TOKEN;
    return AMP_PENDING;
}

/* The answer is whole, whatever it says. */
static amp_status_t answered(amp_client_t *client, amp_status_t status)
{
    if (client->response.closes || client->from < client->to) {
        amp_disconnect(client);
    }
    if (client->info.http == HTTP_UNAUTHORIZED && client->config->token != NULL && !client->renewed) {
        return again(client, 1);
    }
    if (status == AMP_END && client->endpoint->turn != NULL) {
        status = client->endpoint->turn(client);
        if (status == AMP_PENDING) {
            return again(client, 0);
        }
    }
    return finish(client, status);
}

static amp_status_t step_receive(amp_client_t *client)
{
    const amp_port_t *port = client->config->port;
    amp_status_t status;
    if (client->from == client->to && !amp_response_is_done(&client->response)) {
        int result = moved(port->recv(port->ctx, client->work, client->rx_size), client->rx_size);
        if (result == 0) {
            client->wanted = AMP_WAIT_READ;
            return AMP_PENDING;
        }
        if (result < 0) {
            int was_closed = result == AMP_ERR_CLOSED;
            int may_be_end = was_closed || result == AMP_ERR_CUT || client->info.http >= 400u;
            status = may_be_end ? amp_rx_end(client, was_closed) : (amp_status_t)result;
            if (status > 0 || amp_class_of(status) == AMP_CLASS_SERVICE) {
                client->response.closes = 1;
                return answered(client, status);
            }
            return connection_lost(client, status);
        }
        client->from = 0;
        client->to = (size_t)result;
    }
    size_t used;
    status = amp_rx_feed(client, client->work + client->from, client->to - client->from, &used);
    amp_wipe(client->work + client->from, used);
    client->from += used;
    if (client->info.http == HTTP_REQUEST_TIMEOUT && was_stale(client)) {
        reopen(client);
        return AMP_PENDING;
    }
    if (status == AMP_PENDING || (status == AMP_ITEM && !client->item)) {
        return status;
    }
    if (status < 0 && amp_class_of(status) != AMP_CLASS_SERVICE) {
        int is_refused = amp_request_is_safe(client) || amp_is_settled(client, status);
        if (client->info.http != HTTP_UNAUTHORIZED || !is_refused) {
            return amp_client_fail(client, status);
        }
        client->response.closes = 1;
    }
    return answered(client, status);
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
        return step_receive(client);
    }
}

static amp_status_t step_in_time(amp_client_t *client)
{
    const amp_config_t *config = client->config;
    if (config->cancel != NULL && *config->cancel != 0) {
        return amp_client_fail(client, AMP_ERR_CANCELLED);
    }
    if (amp_client_left_ms(client) == 0) {
        return amp_client_fail(client, AMP_ERR_DEADLINE);
    }
    return client->busy == AMP_BUSY_STEP ? step_phase(client) : AMP_PENDING; /* the clock may be a callback */
}

/* A callback called amp_reset or amp_close within the step that comes to `status`. */
static amp_status_t end_as_asked(amp_client_t *client, unsigned asked, amp_status_t status)
{
    if (client->phase < AMP_PHASE_LAST_ITEM) {
        status = amp_client_fail(client, AMP_ERR_STATE);
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
