/* SPDX-License-Identifier: MIT */
/* The functions that wait. Each is a loop over amp_step and the port's wait function, so that a blocking and
 * a non-blocking program run the same code. */
#include "client_private.h"

void amp_wait(amp_client_t *client, uint32_t max_ms)
{
    const amp_port_t *port = client->config != NULL ? client->config->port : NULL;
    if (port == NULL || client->wanted == 0) {
        return;
    }
    uint32_t remaining_ms = amp__client_remaining_ms(client);
    uint32_t ms = max_ms < remaining_ms ? max_ms : remaining_ms;
    if (ms > AMP_POLL_MS && (client->config->cancel != NULL || client->wanted == AMP_WAIT_TOKEN)) {
        ms = AMP_POLL_MS;
    }
    if (remaining_ms > 0) {
        port->wait(port->ctx, client->wanted & (AMP_WAIT_READ | AMP_WAIT_WRITE), ms);
    }
}

amp_status_t amp_next(amp_client_t *client)
{
    for (;;) {
        amp_status_t status = amp_step(client);
        if (status != AMP_PENDING) {
            return status;
        }
        amp_wait(client, UINT32_MAX);
    }
}

amp_status_t amp_run(amp_client_t *client)
{
    amp_status_t status;
    do {
        status = amp_next(client);
    } while (status == AMP_ITEM);
    return status == AMP_END ? AMP_OK : status;
}
