/* SPDX-License-Identifier: MIT */
/* Ends a request: its result, its report, and the possible effect of an unsafe request (RFC 9110, 9.2.2).
 *
 * Invariant: an unsafe request whose bytes were sent and which then fails ends as AMP_ERR_UNKNOWN_OUTCOME,
 * unless its answer settles whether it took effect (unknown_outcome.c). */
#include "client_private.h"
#include "request.h"
#include "unknown_outcome.h"

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
    /* In later phases the client sets the stage itself. A port may be the application's code, so its number
     * is checked. */
    if (client->phase == AMP_PHASE_OPEN && report.stage > AMP_STAGE_START && report.stage <= AMP_STAGE_TLS) {
        client->info.stage = report.stage;
    }
}
