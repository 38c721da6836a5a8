/* SPDX-License-Identifier: MIT */
/* TCP over POSIX sockets: Linux, lwIP's sockets as ESP-IDF has them, and Zephyr's.
 *
 * Names are resolved without blocking a step: the C library's getaddrinfo runs in a thread that
 * lives as long as one look-up. A literal address needs none. On ESP-IDF and Zephyr, where a thread
 * and its stack are dear, resolving blocks inside the step that opens the connection, for as long as the
 * platform's resolver takes.
 *
 * The addresses of a name are tried as RFC 8305 (Happy Eyeballs) says: IPv6 and IPv4 take turns, the
 * next address is tried after AMP_POSIX_DELAY_MS or when one fails, and the first to connect is used. Its
 * family is tried first the next time. An address that does not answer keeps its socket as long as no
 * other address needs it. So `open` fails when all addresses failed, or lasts until the client's deadline.
 *
 * What the report's code is: EAI_... with AMP_ERR_DNS; errno else. Too few descriptors, sockets or
 * memory are AMP_ERR_NETWORK with EMFILE, ENFILE, ENOBUFS or ENOMEM. SIGPIPE is never raised. */
#ifndef AMP_POSIX_H
#define AMP_POSIX_H

#include "ampersand/port.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Sockets at a time while a connection is opened, 1 to 3. Only the port's own files use it: a build
 * for a platform with few sockets may define it lower. */
#ifndef AMP_POSIX_ATTEMPTS
#define AMP_POSIX_ATTEMPTS 3
#endif
#if AMP_POSIX_ATTEMPTS < 1 || AMP_POSIX_ATTEMPTS > 3
#error "AMP_POSIX_ATTEMPTS must be 1, 2 or 3"
#endif

/* Milliseconds from one attempt to the next, and the age at which the oldest attempt makes room for
 * another address when all sockets are in use. */
#define AMP_POSIX_DELAY_MS 250u
#define AMP_POSIX_GIVE_UP_MS 750u

/* 64-bit words of the port's state. Boards need less: their look-ups have no thread. */
#if defined(ESP_PLATFORM) || defined(__ZEPHYR__)
#define AMP_POSIX_WORDS 32
#else
#define AMP_POSIX_WORDS 64
#endif

/* The port's state, private. It must stay in place until amp_posix_idle returns 1: a cancelled look-up
 * ends by itself, and until then may still be writing to it. Static memory is the easy way. */
typedef struct {
    uint64_t contents[AMP_POSIX_WORDS];
} amp_posix_t;

/* Makes *out_port. Never fails. */
AMP_PUBLIC void amp_posix_init(amp_posix_t *port_state, amp_port_t *out_port);

/* 1 when nothing uses the state any more. After the port was closed only. */
AMP_PUBLIC int amp_posix_idle(amp_posix_t *port_state);

#ifdef __cplusplus
}
#endif
#endif
