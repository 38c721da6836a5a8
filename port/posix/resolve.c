/* SPDX-License-Identifier: MIT */
#if defined(__unix__) || defined(__APPLE__) || defined(ESP_PLATFORM)

#if defined(__linux__) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE
#endif

#include "resolve.h"

#include <string.h>
#include <sys/socket.h>
#include <time.h>

void amp_resolve_forget(amp_resolve_t *resolve)
{
    if (resolve->found != NULL) {
        freeaddrinfo(resolve->found);
        resolve->found = NULL;
    }
}

#if defined(AMP_RESOLVE_ASYNC)

/* Takes the result once the resolver has let go. */
static void collect(amp_resolve_t *resolve)
{
    int result = resolve->looking ? gai_error(&resolve->lookup) : EAI_INPROGRESS;
    if (result == EAI_INPROGRESS) {
        return;
    }
    resolve->looking = 0;
    resolve->error = result;
    resolve->found = resolve->lookup.ar_result;
    resolve->lookup.ar_result = NULL;
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

static void look_up(amp_resolve_t *resolve, const char *host)
{
    /* The name is copied, because a look-up may outlive the request that asked for it. */
    memcpy(resolve->host, host, strlen(host) + 1u);
    memset(&resolve->lookup, 0, sizeof resolve->lookup);
    resolve->lookup.ar_name = resolve->host;
    resolve->lookup.ar_service = resolve->service;
    resolve->lookup.ar_request = &resolve->hints;
    resolve->list[0] = &resolve->lookup;
    resolve->error = getaddrinfo_a(GAI_NOWAIT, resolve->list, 1, NULL);
    resolve->looking = resolve->error == 0;
}

int amp_resolve_wait(amp_resolve_t *resolve, uint32_t ms)
{
    const struct gaicb *list[1] = {&resolve->lookup};
    const struct timespec timeout = {(time_t)(ms / 1000u), (long)(ms % 1000u) * 1000000L};
    if (!resolve->looking) {
        return 0;
    }
    (void)gai_suspend(list, 1, &timeout);
    return 1;
}

void amp_resolve_cancel(amp_resolve_t *resolve)
{
    /* gai_cancel is left alone: what it takes out of the queue keeps the status "in progress" for
     * good, and the queue may be left without a thread. A look-up that nobody waits for ends by
     * itself. */
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
