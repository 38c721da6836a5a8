/* SPDX-License-Identifier: MIT */
/* Name resolution by getaddrinfo (RFC 3493, section 6). Invariant: while a thread runs, only the thread
 * writes to `coming`, and this file starts no second one. */
#if defined(__unix__) || defined(__APPLE__) || defined(ESP_PLATFORM) || defined(__ZEPHYR__)

#if defined(__linux__) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE
#endif

#include "posix_resolve.h"

#include "ampersand/status.h"

#include <string.h>
#include <sys/socket.h>

#if defined(AMP_RESOLVE_ASYNC)
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>
#endif

void amp_resolve_forget(amp_resolve_t *resolve)
{
    if (resolve->answer.found != NULL) {
        freeaddrinfo(resolve->answer.found);
        resolve->answer.found = NULL;
    }
}

static void amp_resolve_fail(amp_resolve_answer_t *out_answer, int error, int number)
{
    out_answer->found = NULL;
    out_answer->error = error;
    out_answer->number = number;
}

/* Returns the errno of a failure of this system, or 0 for a failure of the name. Reason: glibc (tested with
 * 2.36) returns EAI_NONAME when it has no descriptor left for /etc/hosts or for the socket to the name
 * server. Only errno shows the difference. */
static int amp_resolve_number(int error, int number)
{
#if defined(EAI_SYSTEM)
    if (error == EAI_SYSTEM) {
        return number;
    }
#endif
#if defined(EAI_MEMORY)
    if (error == EAI_MEMORY) {
        return ENOMEM;
    }
#endif
    return amp_resolve_is_exhausted(number) ? number : 0;
}

static void amp_resolve_ask(const amp_resolve_t *resolve, const char *host, amp_resolve_answer_t *out_answer)
{
    errno = 0;
    int error = getaddrinfo(host, resolve->service, &resolve->hints, &out_answer->found);
    int number = errno;
    out_answer->error = 0;
    out_answer->number = 0;
    if (error != 0) {
        amp_resolve_fail(out_answer, error, amp_resolve_number(error, number));
    }
}

#if defined(AMP_RESOLVE_ASYNC)

static void *amp_resolve_run(void *ctx)
{
    amp_resolve_t *resolve = ctx;
    amp_resolve_ask(resolve, resolve->host, &resolve->coming);
    (void)!write(resolve->pipe[1], "", 1);
    return NULL;
}

static void amp_resolve_close_pipe(amp_resolve_t *resolve)
{
    (void)close(resolve->pipe[0]);
    (void)close(resolve->pipe[1]);
}

int amp_resolve_wait(amp_resolve_t *resolve, uint32_t ms)
{
    struct pollfd ended = {resolve->pipe[0], POLLIN, 0};
    if (!resolve->looking) {
        return 0;
    }
    return 1 + (poll(&ended, 1, ms < INT32_MAX ? (int)ms : INT32_MAX) > 0);
}

int amp_resolve_fd(const amp_resolve_t *resolve)
{
    return resolve->looking ? resolve->pipe[0] : -1;
}

/* Joins the thread if it has ended, and copies its result. */
static void amp_resolve_collect(amp_resolve_t *resolve)
{
    if (amp_resolve_wait(resolve, 0) < 2 || pthread_join(resolve->thread, NULL) != 0) {
        return;
    }
    amp_resolve_close_pipe(resolve);
    resolve->looking = 0;
    resolve->answer = resolve->coming;
}

int amp_resolve_idle(amp_resolve_t *resolve)
{
    if (resolve->looking) {
        amp_resolve_collect(resolve);
        if (!resolve->looking) {
            amp_resolve_forget(resolve);
        }
    }
    return !resolve->looking;
}

/* Returns 0, or -1 with errno set. */
static int amp_resolve_open_pipe(int fds[2])
{
#if defined(__linux__)
    return pipe2(fds, O_CLOEXEC);
#else
    int result = pipe(fds);
    for (unsigned i = 0; result == 0 && i < 2; ++i) {
        (void)fcntl(fds[i], F_SETFD, FD_CLOEXEC);
    }
    return result;
#endif
}

static void amp_resolve_look_up(amp_resolve_t *resolve, const char *host)
{
    sigset_t all;
    sigset_t before;
    /* Copy the name: a look-up may outlive the request that started it. */
    memcpy(resolve->host, host, strlen(host) + 1u);
    if (amp_resolve_open_pipe(resolve->pipe) != 0) {
        amp_resolve_fail(&resolve->answer, EAI_SYSTEM, errno);
        return;
    }
    /* Block all signals in this thread: the application's threads handle them. */
    (void)sigfillset(&all);
    (void)pthread_sigmask(SIG_SETMASK, &all, &before);
    int number = pthread_create(&resolve->thread, NULL, amp_resolve_run, resolve);
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    resolve->looking = number == 0;
    if (number != 0) {
        amp_resolve_close_pipe(resolve);
        amp_resolve_fail(&resolve->answer, EAI_SYSTEM, number);
    }
}

static int amp_resolve_is_looking(amp_resolve_t *resolve)
{
    if (resolve->looking) {
        amp_resolve_collect(resolve);
    }
    return resolve->looking;
}

void amp_resolve_cancel(amp_resolve_t *resolve)
{
    /* getaddrinfo cannot be interrupted. amp_resolve_idle() joins the thread later. */
    (void)amp_resolve_idle(resolve);
}

#else

int amp_resolve_idle(amp_resolve_t *resolve)
{
    (void)resolve;
    return 1;
}

static void amp_resolve_look_up(amp_resolve_t *resolve, const char *host)
{
    amp_resolve_ask(resolve, host, &resolve->answer);
}

static int amp_resolve_is_looking(amp_resolve_t *resolve)
{
    (void)resolve;
    return 0;
}

int amp_resolve_wait(amp_resolve_t *resolve, uint32_t ms)
{
    (void)resolve;
    (void)ms;
    return 0;
}

int amp_resolve_fd(const amp_resolve_t *resolve)
{
    (void)resolve;
    return -1;
}

void amp_resolve_cancel(amp_resolve_t *resolve)
{
    (void)resolve;
}

#endif

/* Writes a port number as decimal digits, NUL-terminated. */
static void amp_resolve_put_service(char *text, uint16_t port)
{
    unsigned digits = port >= 10000u ? 5u : port >= 1000u ? 4u : port >= 100u ? 3u : port >= 10u ? 2u : 1u;
    text[digits] = '\0';
    while (digits > 0) {
        text[--digits] = (char)('0' + port % 10u);
        port = (uint16_t)(port / 10u);
    }
}

void amp_resolve_start(amp_resolve_t *resolve, const char *host, uint16_t port)
{
    amp_resolve_fail(&resolve->answer, EAI_NONAME, 0);
    if (strlen(host) >= AMP_RESOLVE_HOST_SIZE) {
        return;
    }
    memset(&resolve->hints, 0, sizeof resolve->hints);
    resolve->hints.ai_family = AF_UNSPEC;
    resolve->hints.ai_socktype = SOCK_STREAM;
    resolve->hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
    amp_resolve_put_service(resolve->service, port);
    amp_resolve_ask(resolve, host, &resolve->answer);
    if (resolve->answer.error != 0) {
        resolve->hints.ai_flags = AI_NUMERICSERV;
        amp_resolve_look_up(resolve, host);
    }
}

int amp_resolve_poll(amp_resolve_t *resolve)
{
    if (amp_resolve_is_looking(resolve)) {
        return 0;
    }
    if (resolve->answer.found != NULL) {
        return 1;
    }
    return resolve->answer.number != 0 ? AMP_ERR_NETWORK : AMP_ERR_DNS;
}

int amp_resolve_code(const amp_resolve_t *resolve)
{
    return resolve->answer.number != 0 ? resolve->answer.number : resolve->answer.error;
}

#else
typedef int amp_resolve_is_not_for_this_platform;
#endif
