/* SPDX-License-Identifier: MIT */
#if defined(__unix__) || defined(__APPLE__) || defined(ESP_PLATFORM) || defined(__ZEPHYR__)

#if defined(__linux__) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE
#endif

#include "amp_posix.h"
#include "resolve.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <netinet/in.h>
#include <netinet/tcp.h>

#if defined(ESP_PLATFORM)
#include <sys/poll.h>
#else
#include <poll.h>
#endif

/* `step` is how far `open` has come. */
enum { AMP_POSIX_CLOSED, AMP_POSIX_LOOKING, AMP_POSIX_TRYING, AMP_POSIX_CONNECTING, AMP_POSIX_OPEN };

typedef struct {
    int fd;
    int error; /* errno or EAI_… of the last failure, 0 none */
    uint8_t step;
    uint32_t tried_ms; /* when the connection to the current address was begun */
    const struct addrinfo *next;
    amp_resolve_t resolve;
} state_t;

/* An array of negative size when the public struct is too small. */
typedef char state_fits[sizeof(state_t) <= sizeof(amp_posix_t) ? 1 : -1];

static state_t *state_of(amp_posix_t *port_state)
{
    void *contents = port_state->contents;
    return contents;
}

static uint32_t port_now_ms(void *ctx)
{
    struct timespec now = {0, 0};
    (void)ctx;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint32_t)((uint64_t)now.tv_sec * 1000u + (uint64_t)now.tv_nsec / 1000000u);
}

static int fail(state_t *state, int error, amp_status_t status)
{
    state->error = error;
    return status;
}

static void close_socket(state_t *state)
{
    if (state->fd >= 0) {
        (void)close(state->fd);
        state->fd = -1;
    }
}

static void set_options(int fd)
{
    int on = 1;
    /* A request leaves in one piece, so waiting for more of it costs only time. */
    (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
#if defined(SO_NOSIGPIPE)
    (void)setsockopt(fd, SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
#endif
}

/* Begins with the next address. 1 when connecting, 0 when this one failed at once, an error when
 * none is left. */
static int try_next(state_t *state)
{
    const struct addrinfo *address = state->next;
    if (address == NULL) {
        return AMP_ERR_CONNECT;
    }
    state->next = address->ai_next;
    state->fd = socket(address->ai_family, address->ai_socktype, address->ai_protocol);
    int flags = state->fd >= 0 ? fcntl(state->fd, F_GETFL, 0) : -1;
    if (flags < 0 || fcntl(state->fd, F_SETFL, flags | O_NONBLOCK) < 0) {
        state->error = errno;
        close_socket(state);
        return 0;
    }
#if defined(FD_CLOEXEC)
    /* lwIP knows no such flag, and no other program either. */
    (void)fcntl(state->fd, F_SETFD, FD_CLOEXEC);
#endif
    set_options(state->fd);
    state->tried_ms = port_now_ms(NULL);
    if (connect(state->fd, address->ai_addr, address->ai_addrlen) != 0 && errno != EINPROGRESS &&
        errno != EINTR) {
        state->error = errno;
        close_socket(state);
        return 0;
    }
    state->step = AMP_POSIX_CONNECTING;
    return 1;
}

/* 1 when connected, 0 when not yet, -1 when this address is of no use. */
static int check_connect(state_t *state)
{
    struct pollfd waiting = {state->fd, POLLOUT, 0};
    int error = 0;
    socklen_t size = sizeof error;
    if (poll(&waiting, 1, 0) <= 0) {
        int expired = state->next != NULL && port_now_ms(NULL) - state->tried_ms > AMP_POSIX_CONNECT_MS;
        state->error = expired ? ETIMEDOUT : state->error;
        return expired ? -1 : 0;
    }
    if (getsockopt(state->fd, SOL_SOCKET, SO_ERROR, &error, &size) != 0) {
        error = errno;
    }
    if (error != 0) {
        state->error = error;
        return -1;
    }
    return 1;
}

static int port_open(void *ctx, const char *host, uint16_t port)
{
    state_t *state = ctx;
    int result = 1;
    while (result > 0) {
        switch (state->step) {
        case AMP_POSIX_LOOKING:
            result = amp_resolve_poll(&state->resolve);
            if (result < 0) {
                return fail(state, amp_resolve_error(&state->resolve), AMP_ERR_DNS);
            }
            if (result > 0) {
                state->next = state->resolve.found;
                state->step = AMP_POSIX_TRYING;
            }
            break;
        case AMP_POSIX_TRYING:
            result = try_next(state);
            result += result == 0;
            break;
        case AMP_POSIX_CONNECTING:
            result = check_connect(state);
            if (result < 0) {
                close_socket(state);
                state->step = AMP_POSIX_TRYING;
                result = 1;
            } else if (result > 0) {
                amp_resolve_forget(&state->resolve);
                state->step = AMP_POSIX_OPEN;
                return 1;
            }
            break;
        default:
            close_socket(state);
            result = amp_resolve_idle(&state->resolve);
            if (result > 0) {
                state->error = 0;
                state->step = AMP_POSIX_LOOKING;
                amp_resolve_start(&state->resolve, host, port);
            }
            break;
        }
    }
    return result;
}

/* What a failed send or recv comes to. */
static int io_error(state_t *state, int error)
{
    if (error == EAGAIN || error == EWOULDBLOCK || error == EINTR) {
        return 0;
    }
    return fail(state, error, error == ECONNRESET || error == EPIPE ? AMP_ERR_CUT : AMP_ERR_NETWORK);
}

static int at_most_int(size_t len)
{
    return len < 0x40000000u ? (int)len : 0x40000000;
}

static int port_send(void *ctx, const uint8_t *data, size_t len)
{
    state_t *state = ctx;
#if defined(MSG_NOSIGNAL)
    ssize_t sent = send(state->fd, data, (size_t)at_most_int(len), MSG_NOSIGNAL);
#else
    ssize_t sent = send(state->fd, data, (size_t)at_most_int(len), 0);
#endif
    return sent < 0 ? io_error(state, errno) : (int)sent;
}

static int port_recv(void *ctx, uint8_t *data, size_t len)
{
    state_t *state = ctx;
    ssize_t received = recv(state->fd, data, (size_t)at_most_int(len), 0);
    if (received == 0) {
        return fail(state, 0, AMP_ERR_CLOSED);
    }
    return received < 0 ? io_error(state, errno) : (int)received;
}

static void port_close(void *ctx)
{
    state_t *state = ctx;
    amp_resolve_cancel(&state->resolve);
    amp_resolve_forget(&state->resolve);
    close_socket(state);
    state->step = AMP_POSIX_CLOSED;
}

static void port_wait(void *ctx, unsigned wanted, uint32_t ms)
{
    state_t *state = ctx;
    if (amp_resolve_wait(&state->resolve, ms)) {
        return;
    }
    struct pollfd waiting = {wanted != 0 ? state->fd : -1, 0, 0};
    if (state->step == AMP_POSIX_CONNECTING) {
        waiting.events = POLLOUT;
        ms = state->next != NULL && ms > AMP_POSIX_CONNECT_MS ? AMP_POSIX_CONNECT_MS : ms;
    } else {
        waiting.events = (short)(((wanted & AMP_WAIT_READ) != 0 ? POLLIN : 0) |
                                 ((wanted & AMP_WAIT_WRITE) != 0 ? POLLOUT : 0));
    }
    (void)poll(&waiting, 1, at_most_int(ms));
}

static void port_report(void *ctx, amp_port_report_t *out_report)
{
    const state_t *state = ctx;
    out_report->stage = state->step <= AMP_POSIX_LOOKING ? AMP_STAGE_DNS : AMP_STAGE_CONNECT;
    out_report->code = state->error;
}

int amp_posix_idle(amp_posix_t *port_state)
{
    return amp_resolve_idle(&state_of(port_state)->resolve);
}

void amp_posix_init(amp_posix_t *port_state, amp_port_t *out_port)
{
    state_t *state = state_of(port_state);
    const amp_port_t port = {state,       port_open, port_send,   port_recv, port_close,
                             port_now_ms, port_wait, port_report, 0};
    memset(state, 0, sizeof *state);
    state->fd = -1;
    *out_port = port;
}

#else
typedef int amp_posix_is_not_for_this_platform;
#endif
