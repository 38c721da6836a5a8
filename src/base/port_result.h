/* SPDX-License-Identifier: MIT */
/* Checks a result of a port, which may be the application's code, before it is used as a length. Asks a port
 * how long it can wait. */
#ifndef AMP_SRC_PORT_RESULT_H
#define AMP_SRC_PORT_RESULT_H

#include "ampersand/port.h"

/* Returns `result`, the return value of a port's send or recv of `len` bytes. Returns AMP_ERR_NETWORK instead
 * when the result is more than `len`. */
static inline int amp__port_moved(int result, size_t len)
{
    return result > 0 && (size_t)result > len ? (int)AMP_ERR_NETWORK : result;
}

/* How often a port without idle_ms is called while it opens a connection, in ms: it may have no descriptor.
 */
#define AMP_OPENING_POLL_MS 50u

/* Calls idle_ms of a port that the caller waits for. Without one the events stay as they are, and nothing is
 * due once the connection is open. */
static inline uint32_t amp__port_idle_ms(const amp_port_t *port, int is_opening, unsigned *wanted)
{
    if (port->idle_ms != NULL) {
        return port->idle_ms(port->ctx, wanted);
    }
    return is_opening ? AMP_OPENING_POLL_MS : AMP_NEVER_MS;
}

#endif
