/* SPDX-License-Identifier: MIT */
/* For event loops: returns the events that the next step waits for, and the time until the step is due. A
 * program that waits only by amp_wait does not link this file.
 *
 * Invariant: a step that returned AMP_PENDING with `wanted` 0 did not wait for anything, so the next step is
 * due at once. */
#include "../base/port_result.h"
#include "client_private.h"

/* Returns 1 when the last step waits for an event of the port, or for a token. */
static int is_waiting(const amp_client_t *client)
{
    return client->phase >= AMP_PHASE_TOKEN && client->phase <= AMP_PHASE_RECEIVE && client->wanted != 0;
}

/* Returns the port's time until a call is due, and the events of its descriptor in *out_wanted. */
static uint32_t ask_port(const amp_client_t *client, unsigned *out_wanted)
{
    *out_wanted = client->wanted & (AMP_WAIT_READ | AMP_WAIT_WRITE);
    if (*out_wanted == 0) {
        return AMP_POLL_MS; /* the token callback must be called again */
    }
    return amp__port_idle_ms(client->config->port, client->phase == AMP_PHASE_OPEN, out_wanted);
}

unsigned amp_wanted(const amp_client_t *client)
{
    unsigned wanted = 0;
    if (is_waiting(client)) {
        (void)ask_port(client, &wanted);
    }
    return wanted;
}

uint32_t amp_idle_ms(const amp_client_t *client)
{
    unsigned wanted;
    if (client->phase <= AMP_PHASE_IDLE || client->phase == AMP_PHASE_OVER) {
        return AMP_NEVER_MS;
    }
    if (!is_waiting(client) || (client->config->cancel != NULL && *client->config->cancel != 0)) {
        return 0;
    }
    uint32_t due_ms = ask_port(client, &wanted);
    uint32_t remaining_ms = amp__client_remaining_ms(client);
    return due_ms < remaining_ms ? due_ms : remaining_ms;
}
