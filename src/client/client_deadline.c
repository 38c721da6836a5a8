/* SPDX-License-Identifier: MIT */
/* The deadline of a request: one limit for DNS, TCP, TLS, request and answer. amp_step checks it before each
 * action, and amp_wait never waits beyond it. */
#include "../base/tick.h"
#include "client_private.h"

uint32_t amp__client_remaining_ms(const amp_client_t *client)
{
    const amp_port_t *port = client->config->port;
    uint32_t now_ms = port->now_ms(port->ctx);
    uint32_t elapsed_ms = amp__ticks_passed(client->start_ms, now_ms);
    return elapsed_ms < client->limit_ms ? client->limit_ms - elapsed_ms : 0;
}
