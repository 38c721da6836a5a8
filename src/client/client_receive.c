/* SPDX-License-Identifier: MIT */
/* AMP_PHASE_RECEIVE: reads the answer.
 *
 * Invariant: work[from .. to) holds the received bytes that were not parsed yet. They are wiped as soon as
 * they are parsed, because an answer may hold credentials. */
#include "../base/port_result.h"
#include "../http/response.h"
#include "client_private.h"
#include "request.h"
#include "unknown_outcome.h"

/* Sends the request again, with a new token (`renewed` is 1) or for the next page. */
static amp_status_t send_again(amp_client_t *client, uint8_t renewed)
{
    client->renewed = renewed;
    amp__exchange_begin(client);
    amp__wipe(client->work, client->work_size);
    client->phase = AMP_PHASE_TOKEN;
    return AMP_PENDING;
}

/* Handles a complete answer with the result `status`. Closes a connection that cannot serve another request:
 * bytes after the end of the answer belong to no request. */
static amp_status_t finish_answer(amp_client_t *client, amp_status_t status)
{
    if (client->response.closes || client->from < client->to) {
        amp__disconnect(client);
    }
    if (amp__client_renews_token(client)) {
        return send_again(client, 1);
    }
    if (status == AMP_END && client->endpoint->next_page != NULL) {
        status = client->endpoint->next_page(client);
        if (status == AMP_PENDING) {
            return send_again(client, 0);
        }
    }
    return amp__client_finish(client, status);
}

/* Handles `result`, an error of the port. The end of the connection may be the regular end of the answer. */
static amp_status_t end_of_connection(amp_client_t *client, int result)
{
    int was_closed = result == AMP_ERR_CLOSED;
    int may_be_end = was_closed || result == AMP_ERR_ABORTED || client->info.http >= 400u;
    amp_status_t status = may_be_end ? amp__rx_end(client, was_closed) : (amp_status_t)result;
    if (status > 0 || amp_class_of(status) == AMP_CLASS_SERVICE) {
        client->response.closes = 1;
        return finish_answer(client, status);
    }
    return amp__client_lost(client, status);
}

/* Handles an invalid answer. A 401 with an invalid body still renews the token, because its status is
 * enough. */
static amp_status_t reject_answer(amp_client_t *client, amp_status_t status)
{
    int is_refused = amp__request_is_safe(client) || amp__is_settled(client, status);
    if (client->info.http != AMP_HTTP_UNAUTHORIZED || !is_refused) {
        return amp__client_fail(client, status);
    }
    client->response.closes = 1;
    return finish_answer(client, status);
}

static amp_status_t read_bytes(amp_client_t *client)
{
    size_t used;
    amp_status_t status = amp__rx_feed(client, client->work + client->from, client->to - client->from, &used);
    amp__wipe(client->work + client->from, used);
    client->from += used;
    if (client->info.http == AMP_HTTP_REQUEST_TIMEOUT && amp__client_was_stale(client)) {
        amp__client_reopen(client);
        return AMP_PENDING;
    }
    if (status == AMP_PENDING || (status == AMP_ITEM && !client->item)) {
        return status;
    }
    return status < 0 && amp_class_of(status) != AMP_CLASS_SERVICE ? reject_answer(client, status)
                                                                   : finish_answer(client, status);
}

amp_status_t amp__client_receive(amp_client_t *client)
{
    const amp_port_t *port = client->config->port;
    if (client->from == client->to && !amp__response_is_done(&client->response)) {
        int result = amp__port_moved(port->recv(port->ctx, client->work, client->rx_size), client->rx_size);
        if (result == 0) {
            client->wanted = AMP_WAIT_READ;
            return AMP_PENDING;
        }
        if (result < 0) {
            return end_of_connection(client, result);
        }
        client->from = 0;
        client->to = (size_t)result;
    }
    return read_bytes(client);
}
