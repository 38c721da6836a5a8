/* SPDX-License-Identifier: MIT */
/* The socket port over Winsock 2. windows_resolve.c resolves the name, windows_attempts.c connects (RFC
 * 8305). Invariants: no function but `wait` blocks. `socket` is INVALID_SOCKET or an open, non-blocking
 * socket. While `has_winsock` is 1, the port has one WSAStartup without its WSACleanup. */
#if defined(_WIN32)

#include "amp_windows.h"

#include "windows_attempts.h"
#include "windows_resolve.h"

#include <string.h>

/* Values of `step`: the progress of `open`. */
enum { AMP_WINDOWS_CLOSED, AMP_WINDOWS_LOOKING, AMP_WINDOWS_CONNECTING, AMP_WINDOWS_OPEN };

typedef struct {
    SOCKET socket;
    int error; /* number of the last failure, 0: none */
    uint8_t step;
    uint8_t has_winsock;
    amp_windows_attempts_t attempts;
    amp_windows_resolve_t resolve;
} amp_windows_state_t;

/* A static assertion: the size is negative if the public struct is too small. */
typedef char amp_windows_state_fits[sizeof(amp_windows_state_t) <= sizeof(amp_windows_t) ? 1 : -1];
typedef char amp_windows_socket_fits[INVALID_SOCKET == AMP_WINDOWS_NO_SOCKET ? 1 : -1];

static amp_windows_state_t *amp_windows_state(amp_windows_t *port_state)
{
    void *contents = port_state->contents;
    return contents;
}

static uint32_t amp_windows_now_ms(void *ctx)
{
    LARGE_INTEGER frequency;
    LARGE_INTEGER counter;
    (void)ctx;
    /* These two never fail on Windows XP and newer. */
    (void)QueryPerformanceFrequency(&frequency);
    (void)QueryPerformanceCounter(&counter);
    uint64_t seconds = (uint64_t)(counter.QuadPart / frequency.QuadPart);
    uint64_t rest = (uint64_t)(counter.QuadPart % frequency.QuadPart);
    return (uint32_t)(seconds * 1000u + rest * 1000u / (uint64_t)frequency.QuadPart);
}

static int amp_windows_fail(amp_windows_state_t *state, int error, amp_status_t status)
{
    state->error = error;
    return status;
}

static void amp_windows_close(void *ctx)
{
    amp_windows_state_t *state = ctx;
    amp_windows_attempts_close(&state->attempts);
    /* getaddrinfo cannot be interrupted. A look-up in progress ends later, in its thread. */
    (void)amp_windows_resolve_idle(&state->resolve);
    if (state->socket != INVALID_SOCKET) {
        (void)closesocket(state->socket);
        state->socket = INVALID_SOCKET;
    }
    if (state->has_winsock) {
        (void)WSACleanup();
        state->has_winsock = 0;
    }
    state->step = AMP_WINDOWS_CLOSED;
}

/* Starts Winsock and the look-up. Returns 1, or a negative amp_status_t. */
static int amp_windows_begin(amp_windows_state_t *state, const char *host, uint16_t port)
{
    int error = amp_windows_start_winsock();
    if (error != 0) {
        return amp_windows_fail(state, error, AMP_ERR_NETWORK);
    }
    state->has_winsock = 1;
    state->error = 0;
    state->step = AMP_WINDOWS_LOOKING;
    amp_windows_resolve_start(&state->resolve, host, port);
    return 1;
}

static int amp_windows_look(amp_windows_state_t *state)
{
    int result = amp_windows_resolve_poll(&state->resolve);
    if (result < 0) {
        return amp_windows_fail(state, state->resolve.answer.error, (amp_status_t)result);
    }
    if (result > 0) {
        amp_windows_attempts_begin(&state->attempts, &state->resolve.answer);
        state->step = AMP_WINDOWS_CONNECTING;
    }
    return result;
}

static int amp_windows_connect(amp_windows_state_t *state)
{
    int result = amp_windows_attempts_step(&state->attempts, amp_windows_now_ms(NULL), &state->socket);
    state->error = state->attempts.error;
    if (result > 0) {
        state->error = 0;
        state->step = AMP_WINDOWS_OPEN;
    }
    return result;
}

static int amp_windows_open(void *ctx, const char *host, uint16_t port)
{
    amp_windows_state_t *state = ctx;
    if (state->step == AMP_WINDOWS_CLOSED || state->step == AMP_WINDOWS_OPEN) {
        amp_windows_close(ctx);
        if (!amp_windows_resolve_idle(&state->resolve)) {
            return 0;
        }
        int begun = amp_windows_begin(state, host, port);
        if (begun < 0) {
            return begun;
        }
    }
    int result = state->step == AMP_WINDOWS_LOOKING ? amp_windows_look(state) : 1;
    return result > 0 ? amp_windows_connect(state) : result;
}

/* Returns the status for the number of a failed send or recv; 0: try again. */
static int amp_windows_io_error(amp_windows_state_t *state, int error)
{
    if (error == WSAEWOULDBLOCK) {
        return 0;
    }
    int is_reset =
        error == WSAECONNRESET || error == WSAECONNABORTED || error == WSAENETRESET || error == WSAESHUTDOWN;
    return amp_windows_fail(state, error, is_reset ? AMP_ERR_ABORTED : AMP_ERR_NETWORK);
}

static int amp_windows_at_most_int(size_t len)
{
    return len < 0x40000000u ? (int)len : 0x40000000;
}

static int amp_windows_send(void *ctx, const uint8_t *data, size_t len)
{
    amp_windows_state_t *state = ctx;
    int sent = send(state->socket, (const char *)data, amp_windows_at_most_int(len), 0);
    return sent < 0 ? amp_windows_io_error(state, WSAGetLastError()) : sent;
}

static int amp_windows_recv(void *ctx, uint8_t *data, size_t len)
{
    amp_windows_state_t *state = ctx;
    int received = recv(state->socket, (char *)data, amp_windows_at_most_int(len), 0);
    if (received == 0) {
        return amp_windows_fail(state, 0, AMP_ERR_CLOSED);
    }
    return received < 0 ? amp_windows_io_error(state, WSAGetLastError()) : received;
}

/* Waits for the events of an open connection. */
static void amp_windows_select(SOCKET open, unsigned wanted, uint32_t ms)
{
    struct timeval limit = {(long)(amp_windows_wait_ms(ms) / 1000u), (long)(ms % 1000u) * 1000};
    fd_set reading;
    fd_set writing;
    FD_ZERO(&reading);
    FD_ZERO(&writing);
    FD_SET(open, &reading);
    FD_SET(open, &writing);
    (void)select(0, (wanted & AMP_WAIT_READ) != 0 ? &reading : NULL,
                 (wanted & AMP_WAIT_WRITE) != 0 ? &writing : NULL, NULL, &limit);
}

static void amp_windows_wait(void *ctx, unsigned wanted, uint32_t ms)
{
    amp_windows_state_t *state = ctx;
    wanted &= AMP_WAIT_READ | AMP_WAIT_WRITE;
    if (amp_windows_resolve_wait(&state->resolve, ms)) {
        return;
    }
    if (wanted != 0 && state->step == AMP_WINDOWS_CONNECTING) {
        amp_windows_attempts_wait(&state->attempts, amp_windows_now_ms(NULL), ms);
    } else if (wanted != 0 && state->step == AMP_WINDOWS_OPEN) {
        amp_windows_select(state->socket, wanted, ms);
    } else {
        Sleep(amp_windows_wait_ms(ms)); /* select() fails at once without a socket */
    }
}

static uint32_t amp_windows_idle_ms(void *ctx, unsigned *wanted)
{
    const amp_windows_state_t *state = ctx;
    if (state->step == AMP_WINDOWS_OPEN) {
        return AMP_NEVER_MS;
    }
    *wanted = state->step == AMP_WINDOWS_CONNECTING ? AMP_WAIT_WRITE : 0;
    return AMP_WINDOWS_IDLE_MS;
}

uintptr_t amp_windows_socket(const amp_windows_t *port_state)
{
    const void *contents = port_state->contents;
    const amp_windows_state_t *state = contents;
    return state->step == AMP_WINDOWS_CONNECTING ? amp_windows_attempts_socket(&state->attempts)
                                                 : state->socket;
}

void amp_windows_address(void *port_state, char *out, size_t size)
{
    const amp_windows_state_t *state = amp_windows_state(port_state);
    SOCKADDR_INET peer;
    int len = sizeof peer;
    memset(&peer, 0, sizeof peer);
    if (size == 0) {
        return;
    }
    out[0] = '\0';
    if (state->socket == INVALID_SOCKET || getpeername(state->socket, (struct sockaddr *)&peer, &len) != 0) {
        return;
    }
    const void *address =
        peer.si_family == AF_INET6 ? (const void *)&peer.Ipv6.sin6_addr : (const void *)&peer.Ipv4.sin_addr;
    if (inet_ntop(peer.si_family, address, out, size) == NULL) {
        out[0] = '\0';
    }
}

static void amp_windows_report(void *ctx, amp_port_report_t *out_report)
{
    const amp_windows_state_t *state = ctx;
    out_report->stage = state->step <= AMP_WINDOWS_LOOKING ? AMP_STAGE_DNS : AMP_STAGE_CONNECT;
    out_report->code = state->error;
    out_report->origin = AMP_ORIGIN_PORT;
}

int amp_windows_idle(amp_windows_t *port_state)
{
    return amp_windows_resolve_idle(&amp_windows_state(port_state)->resolve);
}

void amp_windows_init(amp_windows_t *port_state, amp_port_t *out_port)
{
    amp_windows_state_t *state = amp_windows_state(port_state);
    const amp_port_t port = {state,
                             amp_windows_open,
                             amp_windows_send,
                             amp_windows_recv,
                             amp_windows_close,
                             amp_windows_now_ms,
                             amp_windows_wait,
                             amp_windows_report,
                             0,
                             amp_windows_idle_ms};
    memset(state, 0, sizeof *state);
    state->socket = INVALID_SOCKET;
    *out_port = port;
}

#else
typedef int amp_windows_is_not_for_this_platform;
#endif
