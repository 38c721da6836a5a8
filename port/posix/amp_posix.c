/* SPDX-License-Identifier: MIT */
/* The socket port over POSIX sockets. posix_resolve.c resolves the name, posix_attempts.c connects (RFC
 * 8305). Invariants: no function but `wait` blocks, except for the resolver on ESP-IDF and Zephyr. `fd` is -1
 * or an open, non-blocking socket. */
#if defined(__unix__) || defined(__APPLE__) || defined(ESP_PLATFORM) || defined(__ZEPHYR__)

#if defined(__linux__) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE
#endif

#include "amp_posix.h"

#include "posix_attempts.h"
#include "posix_resolve.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <netinet/in.h>

#if !defined(ESP_PLATFORM) && !defined(__ZEPHYR__) /* lwIP declares inet_ntop in its <sys/socket.h> */
#include <arpa/inet.h>
#endif

#if defined(ESP_PLATFORM)
#include <sys/poll.h>
#else
#include <poll.h>
#endif

/* Values of `step`: the progress of `open`. */
enum { AMP_POSIX_CLOSED, AMP_POSIX_LOOKING, AMP_POSIX_CONNECTING, AMP_POSIX_OPEN };

typedef struct {
    int fd;
    int error; /* errno or EAI_… of the last failure, 0: none */
    uint8_t step;
    uint8_t is_eai; /* 1: `error` is a result of getaddrinfo */
    amp_attempts_t attempts;
    amp_resolve_t resolve;
} amp_posix_state_t;

/* A static assertion: the size is negative if the public struct is too small. */
typedef char amp_posix_state_fits[sizeof(amp_posix_state_t) <= sizeof(amp_posix_t) ? 1 : -1];

static amp_posix_state_t *amp_posix_state(amp_posix_t *port_state)
{
    void *contents = port_state->contents;
    return contents;
}

static uint32_t amp_posix_now_ms(void *ctx)
{
    struct timespec now = {0, 0};
    (void)ctx;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint32_t)((uint64_t)now.tv_sec * 1000u + (uint64_t)now.tv_nsec / 1000000u);
}

static int amp_posix_fail(amp_posix_state_t *state, int error, amp_status_t status)
{
    state->error = error;
    state->is_eai = status == AMP_ERR_DNS;
    return status;
}

static void amp_posix_close(void *ctx)
{
    amp_posix_state_t *state = ctx;
    amp_attempts_close(&state->attempts);
    amp_resolve_cancel(&state->resolve);
    amp_resolve_forget(&state->resolve);
    if (state->fd >= 0) {
        (void)close(state->fd);
        state->fd = -1;
    }
    state->step = AMP_POSIX_CLOSED;
}

static int amp_posix_look(amp_posix_state_t *state)
{
    int result = amp_resolve_poll(&state->resolve);
    if (result < 0) {
        return amp_posix_fail(state, amp_resolve_code(&state->resolve), (amp_status_t)result);
    }
    if (result > 0) {
        amp_attempts_begin(&state->attempts, state->resolve.answer.found);
        state->step = AMP_POSIX_CONNECTING;
    }
    return result;
}

static int amp_posix_connect(amp_posix_state_t *state)
{
    int result = amp_attempts_step(&state->attempts, amp_posix_now_ms(NULL), &state->fd);
    (void)amp_posix_fail(state, state->attempts.error, AMP_ERR_CONNECT);
    if (result > 0) {
        amp_resolve_forget(&state->resolve);
        state->error = 0;
        state->step = AMP_POSIX_OPEN;
    }
    return result;
}

static int amp_posix_open(void *ctx, const char *host, uint16_t port)
{
    amp_posix_state_t *state = ctx;
    if (state->step == AMP_POSIX_CLOSED || state->step == AMP_POSIX_OPEN) {
        amp_posix_close(ctx);
        if (!amp_resolve_idle(&state->resolve)) {
            return 0;
        }
        (void)amp_posix_fail(state, 0, AMP_OK);
        state->step = AMP_POSIX_LOOKING;
        amp_resolve_start(&state->resolve, host, port);
    }
    int result = state->step == AMP_POSIX_LOOKING ? amp_posix_look(state) : 1;
    return result > 0 ? amp_posix_connect(state) : result;
}

/* Returns the status for the errno of a failed send or recv; 0: try again. */
static int amp_posix_io_error(amp_posix_state_t *state, int error)
{
    if (error == EAGAIN || error == EWOULDBLOCK || error == EINTR) {
        return 0;
    }
    return amp_posix_fail(state, error,
                          error == ECONNRESET || error == EPIPE ? AMP_ERR_ABORTED : AMP_ERR_NETWORK);
}

static int amp_posix_at_most_int(size_t len)
{
    return len < 0x40000000u ? (int)len : 0x40000000;
}

static int amp_posix_send(void *ctx, const uint8_t *data, size_t len)
{
    amp_posix_state_t *state = ctx;
#if defined(MSG_NOSIGNAL)
    ssize_t sent = send(state->fd, data, (size_t)amp_posix_at_most_int(len), MSG_NOSIGNAL);
#else
    ssize_t sent = send(state->fd, data, (size_t)amp_posix_at_most_int(len), 0);
#endif
    return sent < 0 ? amp_posix_io_error(state, errno) : (int)sent;
}

static int amp_posix_recv(void *ctx, uint8_t *data, size_t len)
{
    amp_posix_state_t *state = ctx;
    ssize_t received = recv(state->fd, data, (size_t)amp_posix_at_most_int(len), 0);
    if (received == 0) {
        return amp_posix_fail(state, 0, AMP_ERR_CLOSED);
    }
    return received < 0 ? amp_posix_io_error(state, errno) : (int)received;
}

static void amp_posix_wait(void *ctx, unsigned wanted, uint32_t ms)
{
    amp_posix_state_t *state = ctx;
    if (amp_resolve_wait(&state->resolve, ms)) {
        return;
    }
    if (state->step == AMP_POSIX_CONNECTING && wanted != 0) {
        amp_attempts_wait(&state->attempts, amp_posix_now_ms(NULL), ms);
        return;
    }
    struct pollfd waiting = {wanted != 0 ? state->fd : -1, 0, 0};
    waiting.events = (short)(((wanted & AMP_WAIT_READ) != 0 ? POLLIN : 0) |
                             ((wanted & AMP_WAIT_WRITE) != 0 ? POLLOUT : 0));
    (void)poll(&waiting, 1, amp_posix_at_most_int(ms));
}

/* Returns the descriptor that the port waits for, or -1. While several attempts are open, it is the latest.
 */
static int amp_posix_waiting_fd(const amp_posix_state_t *state)
{
    int fd = amp_resolve_fd(&state->resolve);
    if (fd >= 0) {
        return fd;
    }
    return state->step == AMP_POSIX_CONNECTING ? amp_attempts_fd(&state->attempts) : state->fd;
}

static uint32_t amp_posix_idle_ms(void *ctx, unsigned *wanted)
{
    const amp_posix_state_t *state = ctx;
    if (amp_resolve_fd(&state->resolve) >= 0) {
        *wanted = AMP_WAIT_READ;
        return AMP_NEVER_MS;
    }
    if (state->step == AMP_POSIX_CONNECTING) {
        *wanted = AMP_WAIT_WRITE;
        return amp_attempts_idle_ms(&state->attempts, amp_posix_now_ms(NULL));
    }
    return state->step == AMP_POSIX_OPEN ? AMP_NEVER_MS : 0;
}

int amp_posix_fd(const amp_posix_t *port_state)
{
    const void *contents = port_state->contents;
    return amp_posix_waiting_fd(contents);
}

#if defined(__ZEPHYR__)
/* Releases of Zephyr differ in getpeername: some have none. */
void amp_posix_address(void *port_state, char *out, size_t size)
{
    (void)port_state;
    if (size > 0) {
        out[0] = '\0';
    }
}
#else
void amp_posix_address(void *port_state, char *out, size_t size)
{
    const amp_posix_state_t *state = amp_posix_state(port_state);
    struct sockaddr_storage peer;
    socklen_t len = sizeof peer;
    const void *address = NULL;
    memset(&peer, 0, sizeof peer);
    if (size == 0) {
        return;
    }
    out[0] = '\0';
    if (state->fd < 0 || getpeername(state->fd, (struct sockaddr *)&peer, &len) != 0) {
        return;
    }
    if (peer.ss_family == AF_INET) {
        address = &((const struct sockaddr_in *)&peer)->sin_addr;
    }
#if !defined(LWIP_IPV6) || LWIP_IPV6
    if (peer.ss_family == AF_INET6) {
        address = &((const struct sockaddr_in6 *)&peer)->sin6_addr;
    }
#endif
    if (address == NULL || inet_ntop(peer.ss_family, address, out, (socklen_t)size) == NULL) {
        out[0] = '\0';
    }
}
#endif

static void amp_posix_report(void *ctx, amp_port_report_t *out_report)
{
    const amp_posix_state_t *state = ctx;
    out_report->stage = state->step <= AMP_POSIX_LOOKING ? AMP_STAGE_DNS : AMP_STAGE_CONNECT;
    out_report->code = state->error;
    out_report->origin = state->is_eai ? AMP_ORIGIN_GETADDRINFO : AMP_ORIGIN_ERRNO;
}

int amp_posix_idle(amp_posix_t *port_state)
{
    return amp_resolve_idle(&amp_posix_state(port_state)->resolve);
}

void amp_posix_init(amp_posix_t *port_state, amp_port_t *out_port)
{
    amp_posix_state_t *state = amp_posix_state(port_state);
    const amp_port_t port = {state,
                             amp_posix_open,
                             amp_posix_send,
                             amp_posix_recv,
                             amp_posix_close,
                             amp_posix_now_ms,
                             amp_posix_wait,
                             amp_posix_report,
                             0,
                             amp_posix_idle_ms};
    memset(state, 0, sizeof *state);
    state->fd = -1;
    *out_port = port;
}

#else
typedef int amp_posix_is_not_for_this_platform;
#endif
