/* SPDX-License-Identifier: MIT */
/* Name resolution that does not block where there are threads to spare: each look-up runs in one
 * of its own. Private to the POSIX port.
 *
 * Not glibc's getaddrinfo_a: under load it was seen never to finish a request that followed one
 * that had been given up, and it is glibc's alone. */
#ifndef AMP_POSIX_RESOLVE_H
#define AMP_POSIX_RESOLVE_H

#include <netdb.h>
#include <stddef.h>
#include <stdint.h>

#if !defined(ESP_PLATFORM) && !defined(__ZEPHYR__)
#define AMP_RESOLVE_ASYNC 1
#include <pthread.h>
#endif

#define AMP_RESOLVE_HOST_SIZE 254u

/* While `looking`, the thread owns `answer` and what it is made from: hints, service and host. A
 * byte in the pipe says that it has ended. */
typedef struct {
    struct addrinfo *found;
    int error; /* EAI_… of the last look-up */
    uint8_t looking;
    struct addrinfo hints;
    char service[6];
    char host[AMP_RESOLVE_HOST_SIZE];
#if defined(AMP_RESOLVE_ASYNC)
    struct addrinfo *answer;
    int answer_error;
    int pipe[2];
    pthread_t thread;
#endif
} amp_resolve_t;

/* 1 when no look-up is under way, not even one that was given up. */
int amp_resolve_idle(amp_resolve_t *resolve);

/* Begins, only when idle. A literal address is found at once. */
void amp_resolve_start(amp_resolve_t *resolve, const char *host, uint16_t port);

/* 1 when `found` has addresses, 0 when not yet, -1 when there are none: amp_resolve_error. */
int amp_resolve_poll(amp_resolve_t *resolve);
int amp_resolve_error(const amp_resolve_t *resolve);

/* Waits for the look-up that is under way; 0 when there is none. */
int amp_resolve_wait(amp_resolve_t *resolve, uint32_t ms);

/* Gives the addresses back; gives a look-up up. */
void amp_resolve_forget(amp_resolve_t *resolve);
void amp_resolve_cancel(amp_resolve_t *resolve);

#endif
