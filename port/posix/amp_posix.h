/* SPDX-License-Identifier: MIT */
/** @file
 * TCP over POSIX sockets: Linux, macOS, lwIP's sockets as in ESP-IDF, and Zephyr's.
 *
 * Name resolution does not block amp_step(): the C library's getaddrinfo runs in a thread that lives for one
 * look-up. A literal address needs no thread. On ESP-IDF and Zephyr a thread and its stack are expensive.
 * There, resolution blocks the step that opens the connection, for as long as the platform's resolver takes.
 *
 * The port tries the addresses of a name in the order of RFC 8305 (Happy Eyeballs): IPv6 and IPv4 alternate.
 * It tries the next address after AMP_POSIX_DELAY_MS, or when an attempt fails, and uses the first
 * connection. The next `open` starts with the family of that connection. An attempt without an answer keeps
 * its socket until another address needs it. `open` therefore returns an error only after all addresses have
 * failed; otherwise the client's deadline ends it.
 *
 * The code in amp_port_report_t is EAI_... with AMP_ERR_DNS, and errno with other errors. If the system runs
 * out of descriptors, sockets or memory, the result is AMP_ERR_NETWORK with EMFILE, ENFILE, ENOBUFS or
 * ENOMEM. The port never raises SIGPIPE. */
#ifndef AMP_POSIX_H
#define AMP_POSIX_H

#include "ampersand/port.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The number of sockets in use at a time while a connection opens, 1 to 3. Only the files of this port read
 * it. Define a lower number for a platform with few sockets. */
#ifndef AMP_POSIX_ATTEMPTS
#define AMP_POSIX_ATTEMPTS 3
#endif
#if AMP_POSIX_ATTEMPTS < 1 || AMP_POSIX_ATTEMPTS > 3
#error "AMP_POSIX_ATTEMPTS must be 1, 2 or 3"
#endif

/** Milliseconds from one attempt to the next. */
#define AMP_POSIX_DELAY_MS 250u
/** Milliseconds after which an attempt is closed for another address, when all sockets are in use. */
#define AMP_POSIX_GIVE_UP_MS 750u

/** Longest time between two steps, in milliseconds, while more than one attempt is open: an event loop sees
 * only one of their descriptors. */
#define AMP_POSIX_IDLE_MS 20u

/** The size of the port's state in 64-bit words. Boards need fewer, because their look-ups have no thread. */
#if defined(ESP_PLATFORM) || defined(__ZEPHYR__)
#define AMP_POSIX_WORDS 32
#else
#define AMP_POSIX_WORDS 64
#endif

/** The port's state, private. The caller owns the memory, which must stay in place until amp_posix_idle()
 * returns 1: the thread of a cancelled look-up may still write to it. Static memory always works. */
typedef struct {
    uint64_t contents[AMP_POSIX_WORDS]; /**< private */
} amp_posix_t;

/** Initializes *port_state and *out_port. Never fails. */
AMP_PUBLIC void amp_posix_init(amp_posix_t *port_state, amp_port_t *out_port);

/** Returns the descriptor for poll(), select() or epoll, or -1 if there is none now. amp_wanted(client) has
 * the events to wait for. While a name is resolved, it is a pipe that becomes readable at the end.
 *
 * Ask again after every step: the descriptor changes until the connection is open. While several attempts are
 * open, amp_idle_ms is short, so that no connection is missed. Do not read, write or close the descriptor. */
AMP_PUBLIC int amp_posix_fd(const amp_posix_t *port_state);

/** Writes the address of the connected peer as text, NUL-terminated; an empty text without a
 * connection, and on Zephyr. `port_state` is the amp_posix_t. 46 bytes hold every address. */
AMP_PUBLIC void amp_posix_address(void *port_state, char *out, size_t size);

/** Returns 1 when no thread uses the state. Call it only after the port was closed. */
AMP_PUBLIC int amp_posix_idle(amp_posix_t *port_state);

#ifdef __cplusplus
}
#endif
#endif
