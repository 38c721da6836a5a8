/* SPDX-License-Identifier: MIT */
/* TCP over POSIX sockets: Linux, lwIP's sockets as ESP-IDF has them, and Zephyr's.
 *
 * Names are resolved without blocking a step: the C library's getaddrinfo runs in a thread that
 * lives as long as one look-up. A literal address needs none. On ESP-IDF and Zephyr, where a thread
 * and its stack are dear, resolving blocks inside the step that opens the connection, for as long as the
 * platform's resolver takes.
 *
 * All addresses of a name are tried in turn. One that does not answer is given up after
 * AMP_POSIX_CONNECT_MS when another is left. SIGPIPE is never raised. */
#ifndef AMP_POSIX_H
#define AMP_POSIX_H

#include "ampersand/port.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Milliseconds for one address of several. */
#define AMP_POSIX_CONNECT_MS 5000u

/* The port's state, private. It must stay in place until amp_posix_idle says 1: a look-up that was
 * given up ends by itself, and until then may still be writing to it. Static memory is the easy
 * way. */
typedef struct {
    uint64_t contents[56];
} amp_posix_t;

/* Makes *out_port. Never fails. */
AMP_PUBLIC void amp_posix_init(amp_posix_t *port_state, amp_port_t *out_port);

/* 1 when nothing uses the state any more. After the port was closed only. */
AMP_PUBLIC int amp_posix_idle(amp_posix_t *port_state);

#ifdef __cplusplus
}
#endif
#endif
