/* SPDX-License-Identifier: MIT */
/* Connection attempts to the addresses of one name (RFC 8305, Happy Eyeballs v2, sections 4 and 5). Private
 * to the POSIX port.
 *
 * Example: three addresses drop packets, and a fourth one answers. The attempts start after 0,
 * 250 and 500 ms. After 750 ms the first one is closed and the fourth address is tried. */
#ifndef AMP_POSIX_ATTEMPTS_H
#define AMP_POSIX_ATTEMPTS_H

#include <netdb.h>
#include <stdint.h>

#include "amp_posix.h"

typedef struct {
    int fd;
    int family;
    uint32_t started_ms;
} amp_attempt_t;

typedef struct {
    amp_attempt_t open[AMP_POSIX_ATTEMPTS]; /* oldest first */
    const struct addrinfo *next[2];         /* [0]: in the first family, [1]: in the other families */
    int first_family;
    int won_family; /* family of the last connection; AF_UNSPEC (0) before the first one */
    int error;      /* errno of the last failure, 0: none */
    uint8_t count;  /* attempts in `open` */
    uint8_t limit;  /* AMP_POSIX_ATTEMPTS, or fewer if the system had no more sockets */
    uint8_t turn;   /* the index in `next` of the next address */
    uint8_t is_due; /* an attempt failed: the next one starts at once */
} amp_attempts_t;

/* Prepares attempts to all addresses in `found`. The list must stay valid until the attempts end. */
void amp_attempts_begin(amp_attempts_t *attempts, const struct addrinfo *found);

/* Starts the attempts that are due. Returns 1 when one has connected: its socket is stored in *out_fd, and
 * the others are closed. Returns 0 while attempts are in progress, or a negative amp_status_t with the errno
 * in `error`. */
int amp_attempts_step(amp_attempts_t *attempts, uint32_t now_ms, int *out_fd);

/* Waits until an attempt ends or the next one is due, but not longer than `ms` milliseconds. */
void amp_attempts_wait(amp_attempts_t *attempts, uint32_t now_ms, uint32_t ms);

/* Returns the socket of the latest attempt, or -1. */
int amp_attempts_fd(const amp_attempts_t *attempts);

/* Returns the milliseconds until amp_attempts_step has something to do without an event on amp_attempts_fd;
 * UINT32_MAX: never. */
uint32_t amp_attempts_idle_ms(const amp_attempts_t *attempts, uint32_t now_ms);

/* Closes all sockets. */
void amp_attempts_close(amp_attempts_t *attempts);

#endif
