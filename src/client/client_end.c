/* SPDX-License-Identifier: MIT */
/* Ends a request, or sends it again over a new connection (RFC 9110, 9.2.2; RFC 9112, 9.3.1).
 *
 * The peer may close a kept connection between two requests. AMP_PHASE_CHECK usually detects this before
 * anything is sent. A new connection replaces a stale one, at most once per request:
 * - for every request, if none of its bytes were sent;
 * - for a safe request, also if no byte of an answer arrived, or if the answer is 408.
 * Every other request whose bytes were sent and which then fails ends as AMP_ERR_UNKNOWN_OUTCOME, unless its
 * answer settles whether it took effect (amp__is_settled). */
#include "client_private.h"
#include "request.h"

amp_status_t amp__client_finish(amp_client_t *client, amp_status_t status)
{
    if (status < 0) {
        amp__exchange_clear(client);
    }
    if (status != AMP_ERR_REDIRECT && status != AMP_ERR_NOT_API) {
        client->info.note[0] = '\0';
    }
    if (status < 0 && client->on_wire && !amp__request_is_safe(client) && !amp__is_settled(client, status)) {
        client->info.cause = status;
        status = AMP_ERR_UNKNOWN_OUTCOME;
    }
    client->phase = status == AMP_ITEM ? AMP_PHASE_LAST_ITEM : AMP_PHASE_OVER;
    client->info.status = status;
    amp__client_wipe(client);
    return status;
}

amp_status_t amp__client_fail(amp_client_t *client, amp_status_t status)
{
    amp__disconnect(client);
    return amp__client_finish(client, status);
}

void amp__client_report(amp_client_t *client)
{
    const amp_port_t *port = client->config->port;
    amp_port_report_t report = {AMP_STAGE_START, AMP_ORIGIN_PORT, 0};
    if (port->report != NULL) {
        port->report(port->ctx, &report);
    }
    client->info.code = report.code;
    client->info.origin = (uint8_t)report.origin;
    /* In later phases the stage is the client's own. */
    if (client->phase == AMP_PHASE_OPEN && report.stage != AMP_STAGE_START) {
        client->info.stage = report.stage;
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
