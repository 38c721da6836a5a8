/* SPDX-License-Identifier: MIT */
/* Replaces a stale connection: the peer may close a kept connection between two requests (RFC 9112, 9.3.1;
 * RFC 9110, 9.2.2).
 *
 * AMP_PHASE_CHECK usually detects this before anything is sent. A new connection replaces a stale one, at
 * most once per request:
 * - for every request, if no byte of it was sent;
 * - for a safe request, also if no byte of an answer arrived, or if the answer is 408. */
#include "client_private.h"
#include "request.h"

void amp__client_check(amp_client_t *client)
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

void amp__client_reopen(amp_client_t *client)
{
    amp__disconnect(client);
    amp__exchange_begin(client);
    amp__wipe(client->work, client->work_size);
    client->phase = AMP_PHASE_OPEN;
}

/* RFC 9110, 15.5.9: a server that closes an idle connection may send 408 before it has read a request. */
int amp__client_was_stale(const amp_client_t *client)
{
    int is_safe = amp__request_is_safe(client);
    return client->reused && ((!client->got_bytes && (is_safe || !client->on_wire)) ||
                              (is_safe && client->info.http == AMP_HTTP_REQUEST_TIMEOUT));
}

amp_status_t amp__client_lost(amp_client_t *client, amp_status_t status)
{
    if (amp__client_was_stale(client)) {
        amp__client_reopen(client);
        return AMP_PENDING;
    }
    amp__client_report(client);
    return amp__client_fail(client, status);
}
