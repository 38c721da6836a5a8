/* SPDX-License-Identifier: MIT */
/* Connection attempts in parallel (RFC 8305, sections 4 and 5). Invariants: `open` has `count` sockets,
 * oldest first. `count` never exceeds `limit`. Every address is tried at most once. */
#if defined(__unix__) || defined(__APPLE__) || defined(ESP_PLATFORM) || defined(__ZEPHYR__)

#if defined(__linux__) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE
#endif

#include "posix_attempts.h"
#include "posix_resolve.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <netinet/in.h>
#include <netinet/tcp.h>

#if defined(ESP_PLATFORM)
#include <sys/poll.h>
#else
#include <poll.h>
#endif

static const struct addrinfo *amp_attempts_find(const struct addrinfo *from, int family, int is_family)
{
    while (from != NULL && (from->ai_family == family) != is_family) {
        from = from->ai_next;
    }
    return from;
}

void amp_attempts_begin(amp_attempts_t *attempts, const struct addrinfo *found)
{
    int has_won = amp_attempts_find(found, attempts->won_family, 1) != NULL;
    attempts->first_family = has_won ? attempts->won_family : found->ai_family;
    attempts->next[0] = amp_attempts_find(found, attempts->first_family, 1);
    attempts->next[1] = amp_attempts_find(found, attempts->first_family, 0);
    attempts->error = 0;
    attempts->count = 0;
    attempts->limit = AMP_POSIX_ATTEMPTS;
    attempts->turn = 0;
    attempts->is_due = 1;
}

static void amp_attempts_set_options(int fd)
{
    int on = 1;
#if defined(FD_CLOEXEC)
    /* lwIP has no such flag. It is not needed there, because there is only one program. */
    (void)fcntl(fd, F_SETFD, FD_CLOEXEC);
#endif
    /* A request is sent in one piece. Nagle's algorithm would only delay it. */
    (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
#if defined(SO_NOSIGPIPE)
    (void)setsockopt(fd, SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
#endif
}

/* Returns a non-blocking socket, or -1 with errno set. */
static int amp_attempts_socket(const struct addrinfo *address)
{
    int fd = socket(address->ai_family, address->ai_socktype, address->ai_protocol);
    if (fd < 0) {
        return -1;
    }
    int flags = fcntl(fd, F_GETFL, 0);
    if (flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) < 0) {
        int error = errno;
        (void)close(fd);
        errno = error;
        return -1;
    }
    amp_attempts_set_options(fd);
    return fd;
}

/* Removes an attempt from the list. Returns its socket, which the caller must close. */
static int amp_attempts_take(amp_attempts_t *attempts, unsigned which)
{
    amp_attempt_t *attempt = &attempts->open[which];
    int fd = attempt->fd;
    --attempts->count;
    memmove(attempt, attempt + 1, (attempts->count - which) * sizeof *attempt);
    return fd;
}

static void amp_attempts_fail(amp_attempts_t *attempts, int fd, int error)
{
    if (fd >= 0) {
        (void)close(fd);
    }
    attempts->error = error;
    attempts->is_due = 1;
}

/* The system has no socket for the next address. The port waits for the open attempts, and starts no more at
 * a time than there are now. */
static void amp_attempts_run_short(amp_attempts_t *attempts, int error)
{
    attempts->limit = attempts->count;
    if (attempts->count == 0) {
        attempts->error = error;
        attempts->next[0] = NULL;
        attempts->next[1] = NULL;
    }
}

/* Starts an attempt to the next address. The families alternate as long as both have addresses. */
static void amp_attempts_start(amp_attempts_t *attempts, uint32_t now_ms)
{
    unsigned turn = attempts->next[attempts->turn] != NULL ? attempts->turn : attempts->turn ^ 1u;
    const struct addrinfo *address = attempts->next[turn];
    if (attempts->count >= attempts->limit) {
        amp_attempts_fail(attempts, amp_attempts_take(attempts, 0), ETIMEDOUT);
    }
    int fd = amp_attempts_socket(address);
    if (fd < 0 && amp_resolve_is_exhausted(errno)) {
        amp_attempts_run_short(attempts, errno);
        return;
    }
    attempts->next[turn] = amp_attempts_find(address->ai_next, attempts->first_family, turn == 0);
    attempts->turn = (uint8_t)(turn ^ 1u);
    if (fd < 0 ||
        (connect(fd, address->ai_addr, address->ai_addrlen) != 0 && errno != EINPROGRESS && errno != EINTR)) {
        amp_attempts_fail(attempts, fd, errno);
        return;
    }
    amp_attempt_t *attempt = &attempts->open[attempts->count++];
    attempt->fd = fd;
    attempt->family = address->ai_family;
    attempt->started_ms = now_ms;
    attempts->is_due = 0;
}

/* Returns the milliseconds until the attempt has the age `ms`. */
static uint32_t amp_attempts_remaining(const amp_attempt_t *attempt, uint32_t now_ms, uint32_t ms)
{
    uint32_t age_ms = now_ms - attempt->started_ms;
    return age_ms < ms ? ms - age_ms : 0;
}

/* Returns the milliseconds until the next attempt starts; UINT32_MAX: there is no further address. */
static uint32_t amp_attempts_due(const amp_attempts_t *attempts, uint32_t now_ms)
{
    unsigned count = attempts->count;
    if (attempts->next[0] == NULL && attempts->next[1] == NULL) {
        return UINT32_MAX;
    }
    if (count == 0) {
        return 0;
    }
    uint32_t due_ms = attempts->is_due
                          ? 0
                          : amp_attempts_remaining(&attempts->open[count - 1u], now_ms, AMP_POSIX_DELAY_MS);
    uint32_t room_ms = count < attempts->limit
                           ? 0
                           : amp_attempts_remaining(&attempts->open[0], now_ms, AMP_POSIX_GIVE_UP_MS);
    return due_ms > room_ms ? due_ms : room_ms;
}

/* Waits for an event on any of the sockets. Returns the result of poll(). */
static int amp_attempts_poll(const amp_attempts_t *attempts, struct pollfd *waiting, uint32_t ms)
{
    for (unsigned i = 0; i < attempts->count; ++i) {
        waiting[i].fd = attempts->open[i].fd;
        waiting[i].events = POLLOUT;
        waiting[i].revents = 0;
    }
    return poll(waiting, attempts->count, ms < INT32_MAX ? (int)ms : INT32_MAX);
}

/* Returns 0 when the socket has connected, or an errno. */
static int amp_attempts_result(int fd)
{
    int error = 0;
    socklen_t size = sizeof error;
    return getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) == 0 ? error : errno;
}

/* Closes the attempts that have failed. Returns 1 when one has connected. */
static int amp_attempts_check(amp_attempts_t *attempts, int *out_fd)
{
    struct pollfd waiting[AMP_POSIX_ATTEMPTS];
    unsigned count = attempts->count;
    unsigned at = 0;
    if (count == 0 || amp_attempts_poll(attempts, waiting, 0) <= 0) {
        return 0;
    }
    for (unsigned i = 0; i < count; ++i) {
        if (waiting[i].revents == 0) {
            ++at;
            continue;
        }
        int error = amp_attempts_result(waiting[i].fd);
        if (error == 0) {
            attempts->won_family = attempts->open[at].family;
            *out_fd = amp_attempts_take(attempts, at);
            amp_attempts_close(attempts);
            return 1;
        }
        amp_attempts_fail(attempts, amp_attempts_take(attempts, at), error);
    }
    return 0;
}

int amp_attempts_step(amp_attempts_t *attempts, uint32_t now_ms, int *out_fd)
{
    do {
        if (amp_attempts_due(attempts, now_ms) == 0) {
            amp_attempts_start(attempts, now_ms);
        }
        if (amp_attempts_check(attempts, out_fd)) {
            return 1;
        }
    } while (amp_attempts_due(attempts, now_ms) == 0);
    if (attempts->count > 0) {
        return 0;
    }
    return amp_resolve_is_exhausted(attempts->error) ? AMP_ERR_NETWORK : AMP_ERR_CONNECT;
}

void amp_attempts_wait(amp_attempts_t *attempts, uint32_t now_ms, uint32_t ms)
{
    struct pollfd waiting[AMP_POSIX_ATTEMPTS];
    uint32_t due_ms = amp_attempts_due(attempts, now_ms);
    (void)amp_attempts_poll(attempts, waiting, due_ms < ms ? due_ms : ms);
}

int amp_attempts_fd(const amp_attempts_t *attempts)
{
    return attempts->count > 0 ? attempts->open[attempts->count - 1u].fd : -1;
}

uint32_t amp_attempts_idle_ms(const amp_attempts_t *attempts, uint32_t now_ms)
{
    uint32_t due_ms = amp_attempts_due(attempts, now_ms);
    return attempts->count > 1u && due_ms > AMP_POSIX_IDLE_MS ? AMP_POSIX_IDLE_MS : due_ms;
}

void amp_attempts_close(amp_attempts_t *attempts)
{
    while (attempts->count > 0) {
        (void)close(amp_attempts_take(attempts, attempts->count - 1u));
    }
}

#else
typedef int amp_attempts_is_not_for_this_platform;
#endif
