/* SPDX-License-Identifier: MIT */
#if defined(__unix__) || defined(__APPLE__) || defined(ESP_PLATFORM) || defined(__ZEPHYR__)

#if defined(__linux__) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE
#endif

#include "resolve.h"

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
    if (resolve->found != NULL) {
        freeaddrinfo(resolve->found);
        resolve->found = NULL;
    }
}

#if defined(AMP_RESOLVE_ASYNC)

static void *run(void *ctx)
{
    amp_resolve_t *resolve = ctx;
    resolve->answer_error = getaddrinfo(resolve->host, resolve->service, &resolve->hints, &resolve->answer);
    (void)!write(resolve->pipe[1], "", 1);
    return NULL;
}

static void close_pipe(amp_resolve_t *resolve)
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

/* Takes the result of a thread that has ended. */
static void collect(amp_resolve_t *resolve)
{
    if (amp_resolve_wait(resolve, 0) < 2 || pthread_join(resolve->thread, NULL) != 0) {
        return;
    }
    close_pipe(resolve);
    resolve->looking = 0;
    resolve->error = resolve->answer_error;
    resolve->found = resolve->error == 0 ? resolve->answer : NULL;
}

int amp_resolve_idle(amp_resolve_t *resolve)
{
    if (resolve->looking) {
        collect(resolve);
        if (!resolve->looking) {
            amp_resolve_forget(resolve);
        }
    }
    return !resolve->looking;
}

static int open_pipe(int fds[2])
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

static void look_up(amp_resolve_t *resolve, const char *host)
{
    sigset_t all;
    sigset_t before;
    resolve->error = EAI_SYSTEM;
    /* The name is copied, because a look-up may outlive the request that asked for it. */
    memcpy(resolve->host, host, strlen(host) + 1u);
    if (open_pipe(resolve->pipe) != 0) {
        return;
    }
    /* Signals are the application's: none of them is taken by this thread. */
    (void)sigfillset(&all);
    (void)pthread_sigmask(SIG_SETMASK, &all, &before);
    resolve->looking = pthread_create(&resolve->thread, NULL, run, resolve) == 0;
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (!resolve->looking) {
        close_pipe(resolve);
        resolve->error = EAI_MEMORY;
    }
}

void amp_resolve_cancel(amp_resolve_t *resolve)
{
    /* Nothing interrupts a resolver; nobody waits for it either. */
    (void)amp_resolve_idle(resolve);
}

#else

static void collect(amp_resolve_t *resolve)
{
    (void)resolve;
}

int amp_resolve_idle(amp_resolve_t *resolve)
{
    (void)resolve;
    return 1;
}

static void look_up(amp_resolve_t *resolve, const char *host)
{
    resolve->error = getaddrinfo(host, resolve->service, &resolve->hints, &resolve->found);
}

int amp_resolve_wait(amp_resolve_t *resolve, uint32_t ms)
{
    (void)resolve;
    (void)ms;
    return 0;
}

void amp_resolve_cancel(amp_resolve_t *resolve)
{
    (void)resolve;
}

#endif

static void put_service(char *text, uint16_t port)
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
    resolve->found = NULL;
    resolve->error = EAI_NONAME;
    if (strlen(host) >= sizeof resolve->host) {
        return;
    }
    memset(&resolve->hints, 0, sizeof resolve->hints);
    resolve->hints.ai_family = AF_UNSPEC;
    resolve->hints.ai_socktype = SOCK_STREAM;
    resolve->hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
    put_service(resolve->service, port);
    resolve->error = getaddrinfo(host, resolve->service, &resolve->hints, &resolve->found);
    if (resolve->error != 0) {
        resolve->found = NULL;
        resolve->hints.ai_flags = AI_NUMERICSERV;
        look_up(resolve, host);
    }
}

int amp_resolve_poll(amp_resolve_t *resolve)
{
    if (resolve->looking) {
        collect(resolve);
    }
    return resolve->looking ? 0 : resolve->found != NULL ? 1 : -1;
}

int amp_resolve_error(const amp_resolve_t *resolve)
{
    return resolve->error;
}

#else
typedef int amp_resolve_is_not_for_this_platform;
#endif
