/* SPDX-License-Identifier: MIT */
/* Name resolution. Each look-up runs in its own thread, and does not block the caller. Platforms where
 * threads are expensive resolve in the caller's thread. Private to the POSIX port.
 *
 * glibc's getaddrinfo_a is not used. Under load, a request after a cancelled one never finished, and only
 * glibc has the function. */
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

/* The result of getaddrinfo. `error`: 0 or EAI_…. `number`: 0, or errno if the system failed. */
typedef struct {
    struct addrinfo *found;
    int error;
    int number;
} amp_resolve_answer_t;

/* While `looking` is 1, the thread owns `coming`, hints, service and host. The thread writes a byte to the
 * pipe when it ends. */
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

/* Returns 1 when no look-up is in progress, including cancelled ones. */
int amp_resolve_idle(amp_resolve_t *resolve);

/* Starts a look-up. Call it only when idle. A literal address is resolved at once. */
void amp_resolve_start(amp_resolve_t *resolve, const char *host, uint16_t port);

/* Returns 1 when answer.found has addresses, 0 while the look-up is in progress, or a negative amp_status_t.
 * After a failure amp_resolve_code() returns EAI_… for AMP_ERR_DNS and errno for AMP_ERR_NETWORK. */
int amp_resolve_poll(amp_resolve_t *resolve);
int amp_resolve_code(const amp_resolve_t *resolve);

/* Waits up to `ms` milliseconds for the look-up in progress. Returns 0 at once when there is none, otherwise
 * 1, or 2 when the look-up has ended. */
int amp_resolve_wait(amp_resolve_t *resolve, uint32_t ms);

/* Returns a descriptor that becomes readable when the look-up in progress ends, or -1 when there is none. */
int amp_resolve_fd(const amp_resolve_t *resolve);

/* amp_resolve_forget() frees the addresses. amp_resolve_cancel() abandons the look-up in progress; its thread
 * ends later. */
void amp_resolve_forget(amp_resolve_t *resolve);
void amp_resolve_cancel(amp_resolve_t *resolve);

/* Returns 1 when the errno `error` means that the system has no descriptor, socket or memory left. lwIP's
 * socket() fails with ENFILE or ENOBUFS, Zephyr's with ENFILE or ENOMEM. */
static inline int amp_resolve_is_exhausted(int error)
{
    return error == EMFILE || error == ENFILE || error == ENOMEM || error == ENOBUFS;
}

#endif
