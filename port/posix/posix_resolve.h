/* SPDX-License-Identifier: MIT */
/* Name resolution that does not block where threads are cheap: each look-up runs in a thread of its
 * own. Private to the POSIX port.
 *
 * Not glibc's getaddrinfo_a: under load it was seen never to finish a request that followed a
 * cancelled one, and it exists in glibc alone. */
#ifndef AMP_POSIX_RESOLVE_H
#define AMP_POSIX_RESOLVE_H

#include <errno.h>
#include <netdb.h>
#include <stddef.h>
#include <stdint.h>

#if !defined(ESP_PLATFORM) && !defined(__ZEPHYR__)
#define AMP_RESOLVE_ASYNC 1
#include <pthread.h>
#endif

#define AMP_RESOLVE_HOST_SIZE 254u

/* What getaddrinfo returned: `error` is 0 or EAI_…, `number` the errno of a failure of this system. */
typedef struct {
    struct addrinfo *found;
    int error;
    int number;
} amp_resolve_answer_t;

/* While `looking` is 1, the thread owns `coming` and its arguments: hints, service and host. The thread
 * writes a byte to the pipe when it ends. */
typedef struct {
    amp_resolve_answer_t answer;
    struct addrinfo hints;
    char service[6];
#if defined(AMP_RESOLVE_ASYNC)
    uint8_t looking;
    char host[AMP_RESOLVE_HOST_SIZE];
    amp_resolve_answer_t coming;
    int pipe[2];
    pthread_t thread;
#endif
} amp_resolve_t;

/* 1 when no look-up is in progress, not even a cancelled one. */
int amp_resolve_idle(amp_resolve_t *resolve);

/* Starts a look-up, only when idle. A literal address is found at once. */
void amp_resolve_start(amp_resolve_t *resolve, const char *host, uint16_t port);

/* Returns 1 when answer.found has addresses, 0 when not yet, or a negative amp_status_t. Then
 * amp_resolve_code returns EAI_… for AMP_ERR_DNS and errno for AMP_ERR_NETWORK. */
int amp_resolve_poll(amp_resolve_t *resolve);
int amp_resolve_code(const amp_resolve_t *resolve);

/* Waits for the look-up in progress. Returns 0 when there is none. */
int amp_resolve_wait(amp_resolve_t *resolve, uint32_t ms);

/* Frees the addresses; cancels a look-up. */
void amp_resolve_forget(amp_resolve_t *resolve);
void amp_resolve_cancel(amp_resolve_t *resolve);

/* 1 when errno `error` says that this system ran out of descriptors, sockets or memory. lwIP's
 * socket() fails with ENFILE or ENOBUFS, Zephyr's with ENFILE or ENOMEM. */
static inline int amp_resolve_is_exhausted(int error)
{
    return error == EMFILE || error == ENFILE || error == ENOMEM || error == ENOBUFS;
}

#endif
