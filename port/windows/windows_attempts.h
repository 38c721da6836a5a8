/* SPDX-License-Identifier: MIT */
/* Connection attempts to the addresses of one name (RFC 8305, Happy Eyeballs v2, sections 4 and 5). Private
 * to the port of Windows sockets.
 *
 * Example: three addresses drop packets, and a fourth one answers. The attempts start after 0, 250 and 500
 * ms. After 750 ms the first one is closed and the fourth address is tried. */
#ifndef AMP_WINDOWS_ATTEMPTS_H
#define AMP_WINDOWS_ATTEMPTS_H

#include "windows_resolve.h"

typedef struct {
    SOCKET socket;
    ADDRESS_FAMILY family;
    uint32_t started_ms;
} amp_windows_attempt_t;

typedef struct {
    amp_windows_attempt_t open[AMP_WINDOWS_ATTEMPTS]; /* oldest first */
    SOCKADDR_INET addresses[AMP_WINDOWS_ADDRESSES];   /* in the order of the attempts */
    ADDRESS_FAMILY won_family; /* family of the last connection; AF_UNSPEC (0) before the first one */
    int error;                 /* number of the last failure, 0: none */
    uint8_t total;             /* addresses */
    uint8_t next;              /* index of the next address */
    uint8_t count;             /* attempts in `open` */
    uint8_t limit;             /* AMP_WINDOWS_ATTEMPTS, or fewer if the system had no more sockets */
    uint8_t is_due;            /* an attempt failed: the next one starts at once */
} amp_windows_attempts_t;

/* Prepares attempts to all addresses in `found`, and copies them. `found` has at least one. */
void amp_windows_attempts_begin(amp_windows_attempts_t *attempts, const amp_windows_found_t *found);

/* Starts the attempts that are due. Returns 1 when one has connected: its socket is stored in *out_socket,
 * and the others are closed. Returns 0 while attempts are in progress, or a negative amp_status_t with the
 * number in `error`. */
int amp_windows_attempts_step(amp_windows_attempts_t *attempts, uint32_t now_ms, SOCKET *out_socket);

/* Waits until an attempt ends or the next one is due, but not longer than `ms` milliseconds. */
void amp_windows_attempts_wait(const amp_windows_attempts_t *attempts, uint32_t now_ms, uint32_t ms);

/* Returns the socket of the latest attempt, or INVALID_SOCKET. */
SOCKET amp_windows_attempts_socket(const amp_windows_attempts_t *attempts);

/* Closes all sockets. */
void amp_windows_attempts_close(amp_windows_attempts_t *attempts);

#endif
