/* SPDX-License-Identifier: MIT */
/** @file
 * TCP over Windows sockets (Winsock 2): Windows 7 or newer, compiled by MinGW-w64. Link ws2_32.
 *
 * Name resolution does not block amp_step(): getaddrinfo runs in a thread that lives for one look-up. A
 * literal address needs no thread.
 *
 * The port tries the addresses of a name in the order of RFC 8305 (Happy Eyeballs): IPv6 and IPv4 alternate.
 * It tries the next address after AMP_WINDOWS_DELAY_MS, or when an attempt fails, and uses the first
 * connection. The next `open` starts with the family of that connection. An attempt without an answer keeps
 * its socket until another address needs it. `open` therefore returns an error only after all addresses have
 * failed; otherwise the client's deadline ends it. Windows reports a refused connection after about 2
 * seconds, because it asks again before.
 *
 * The code in amp_port_report_t is a number of Windows, such as 10061 (WSAECONNREFUSED) or 11001
 * (WSAHOST_NOT_FOUND), and its origin is AMP_ORIGIN_PORT. If Windows runs out of sockets or memory, the
 * result is AMP_ERR_NETWORK.
 *
 * `open` calls WSAStartup, and `close` calls WSACleanup. Windows counts these calls, so a program may call
 * both for its own sockets. Windows has no SIGPIPE. Child processes do not inherit the sockets. */
#ifndef AMP_WINDOWS_H
#define AMP_WINDOWS_H

#include "ampersand/port.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The number of sockets in use at a time while a connection opens. */
#define AMP_WINDOWS_ATTEMPTS 3
/** The addresses of a name that are tried; further ones are not. */
#define AMP_WINDOWS_ADDRESSES 16
/** Milliseconds from one attempt to the next. */
#define AMP_WINDOWS_DELAY_MS 250u
/** Milliseconds after which an attempt is closed for another address, when all sockets are in use. */
#define AMP_WINDOWS_GIVE_UP_MS 750u

/** Longest time between two steps, in milliseconds, while a connection opens. An event loop cannot wait for
 * the end of a look-up, and sees only one of the attempts. */
#define AMP_WINDOWS_IDLE_MS 20u

/** The size of the port's state in 64-bit words. */
#define AMP_WINDOWS_WORDS 160

/** The value of amp_windows_socket() without a socket; equals INVALID_SOCKET. */
#define AMP_WINDOWS_NO_SOCKET UINTPTR_MAX

/** The port's state, private. The caller owns the memory, which must stay in place until amp_windows_idle()
 * returns 1: the thread of a cancelled look-up may still write to it. Static memory always works. */
typedef struct {
    uint64_t contents[AMP_WINDOWS_WORDS]; /**< private */
} amp_windows_t;

/** Initializes *port_state and *out_port. Never fails. */
AMP_PUBLIC void amp_windows_init(amp_windows_t *port_state, amp_port_t *out_port);

/** Returns the SOCKET for select() or WSAEventSelect(), or AMP_WINDOWS_NO_SOCKET if there is none now.
 * amp_wanted(client) has the events to wait for.
 *
 * Ask again after every step: the socket changes until the connection is open. Until then amp_idle_ms is
 * short, so that no event is missed. Do not read, write or close the socket. WSAEventSelect() makes a socket
 * non-blocking, which it already is. */
AMP_PUBLIC uintptr_t amp_windows_socket(const amp_windows_t *port_state);

/** Writes the address of the connected peer as text, NUL-terminated; an empty text without a connection.
 * `port_state` is the amp_windows_t. 46 bytes hold every address. */
AMP_PUBLIC void amp_windows_address(void *port_state, char *out, size_t size);

/** Returns 1 when no thread uses the state. Call it only after the port was closed. */
AMP_PUBLIC int amp_windows_idle(amp_windows_t *port_state);

#ifdef __cplusplus
}
#endif
#endif
