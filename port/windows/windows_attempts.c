/* SPDX-License-Identifier: MIT */
/* Connection attempts in parallel (RFC 8305, sections 4 and 5). Invariants: `open` has `count` sockets,
 * oldest first. `count` never exceeds `limit`. Every address is tried at most once.
 *
 * select() waits for the attempts, not WSAPoll(): before Windows 10 version 2004 WSAPoll() never reports an
 * attempt that failed. select() reports a connection among the sockets to write to, and a failure among the
 * exceptions. */
#if defined(_WIN32)

#include "windows_attempts.h"

#include <string.h>

/* Returns the index of the next address of this family, or of any other family; `count` if there is none. */
static unsigned amp_windows_attempts_find(const amp_windows_found_t *found, unsigned from,
                                          ADDRESS_FAMILY family, int is_family)
{
    while (from < found->count && (found->addresses[from].si_family == family) != is_family) {
        ++from;
    }
    return from;
}

void amp_windows_attempts_begin(amp_windows_attempts_t *attempts, const amp_windows_found_t *found)
{
    ADDRESS_FAMILY family = attempts->won_family;
    if (amp_windows_attempts_find(found, 0, family, 1) == found->count) {
        family = found->addresses[0].si_family;
    }
    /* The families alternate as long as both have addresses. next[1]: in `family`, next[0]: in the other one.
     */
    unsigned next[2] = {amp_windows_attempts_find(found, 0, family, 0),
                        amp_windows_attempts_find(found, 0, family, 1)};
    unsigned turn = 1;
    for (unsigned i = 0; i < found->count; ++i) {
        turn = next[turn] < found->count ? turn : turn ^ 1u;
        attempts->addresses[i] = found->addresses[next[turn]];
        next[turn] = amp_windows_attempts_find(found, next[turn] + 1u, family, (int)turn);
        turn ^= 1u;
    }
    attempts->total = (uint8_t)found->count;
    attempts->next = 0;
    attempts->error = 0;
    attempts->count = 0;
    attempts->limit = AMP_WINDOWS_ATTEMPTS;
    attempts->is_due = 1;
}

/* Returns a non-blocking socket, or INVALID_SOCKET with the number in *out_error. */
static SOCKET amp_windows_attempts_new(ADDRESS_FAMILY family, int *out_error)
{
    const BOOL on = TRUE;
    u_long is_non_blocking = 1;
    SOCKET made = socket(family, SOCK_STREAM, IPPROTO_TCP);
    *out_error = WSAGetLastError();
    if (made == INVALID_SOCKET) {
        return INVALID_SOCKET;
    }
    if (ioctlsocket(made, (long)FIONBIO, &is_non_blocking) != 0) {
        *out_error = WSAGetLastError();
        (void)closesocket(made);
        return INVALID_SOCKET;
    }
    (void)SetHandleInformation((HANDLE)made, HANDLE_FLAG_INHERIT, 0);
    /* A request is sent in one piece. Nagle's algorithm would only delay it. */
    (void)setsockopt(made, IPPROTO_TCP, TCP_NODELAY, (const char *)&on, sizeof on);
    return made;
}

/* Removes an attempt from the list. Returns its socket, which the caller must close. */
static SOCKET amp_windows_attempts_take(amp_windows_attempts_t *attempts, unsigned which)
{
    amp_windows_attempt_t *attempt = &attempts->open[which];
    SOCKET taken = attempt->socket;
    --attempts->count;
    memmove(attempt, attempt + 1, (attempts->count - which) * sizeof *attempt);
    return taken;
}

static void amp_windows_attempts_fail(amp_windows_attempts_t *attempts, SOCKET failed, int error)
{
    if (failed != INVALID_SOCKET) {
        (void)closesocket(failed);
    }
    attempts->error = error;
    attempts->is_due = 1;
}

/* The system has no socket for the next address. The port waits for the open attempts, and starts no more at
 * a time than there are now. */
static void amp_windows_attempts_run_short(amp_windows_attempts_t *attempts, int error)
{
    attempts->limit = attempts->count;
    if (attempts->count == 0) {
        attempts->error = error;
        attempts->next = attempts->total;
    }
}

/* Starts to connect. Returns 0, or the number of Windows. */
static int amp_windows_attempts_connect(SOCKET to_connect, const SOCKADDR_INET *address)
{
    const int len = address->si_family == AF_INET6 ? (int)sizeof address->Ipv6 : (int)sizeof address->Ipv4;
    if (connect(to_connect, (const struct sockaddr *)address, len) == 0) {
        return 0;
    }
    int error = WSAGetLastError();
    return error == WSAEWOULDBLOCK ? 0 : error;
}

/* Starts an attempt to the next address. */
static void amp_windows_attempts_start(amp_windows_attempts_t *attempts, uint32_t now_ms)
{
    int error = 0;
    const SOCKADDR_INET *address = &attempts->addresses[attempts->next];
    if (attempts->count >= attempts->limit) {
        amp_windows_attempts_fail(attempts, amp_windows_attempts_take(attempts, 0), WSAETIMEDOUT);
    }
    SOCKET made = amp_windows_attempts_new(address->si_family, &error);
    if (made == INVALID_SOCKET && amp_windows_is_exhausted(error)) {
        amp_windows_attempts_run_short(attempts, error);
        return;
    }
    ++attempts->next;
    error = made == INVALID_SOCKET ? error : amp_windows_attempts_connect(made, address);
    if (error != 0) {
        amp_windows_attempts_fail(attempts, made, error);
        return;
    }
    amp_windows_attempt_t *attempt = &attempts->open[attempts->count++];
    attempt->socket = made;
    attempt->family = address->si_family;
    attempt->started_ms = now_ms;
    attempts->is_due = 0;
}

/* Returns the milliseconds until the attempt has the age `ms`. */
static uint32_t amp_windows_attempts_remaining(const amp_windows_attempt_t *attempt, uint32_t now_ms,
                                               uint32_t ms)
{
    uint32_t age_ms = now_ms - attempt->started_ms;
    return age_ms < ms ? ms - age_ms : 0;
}

/* Returns the milliseconds until the next attempt starts; UINT32_MAX: there is no further address. */
static uint32_t amp_windows_attempts_due(const amp_windows_attempts_t *attempts, uint32_t now_ms)
{
    unsigned count = attempts->count;
    uint32_t due_ms = 0;
    uint32_t room_ms = 0;
    if (attempts->next >= attempts->total) {
        return UINT32_MAX;
    }
    if (count > 0 && !attempts->is_due) {
        due_ms = amp_windows_attempts_remaining(&attempts->open[count - 1u], now_ms, AMP_WINDOWS_DELAY_MS);
    }
    if (count > 0 && count >= attempts->limit) {
        room_ms = amp_windows_attempts_remaining(&attempts->open[0], now_ms, AMP_WINDOWS_GIVE_UP_MS);
    }
    return due_ms > room_ms ? due_ms : room_ms;
}

/* Waits until an attempt has connected or failed. Returns the result of select(). */
static int amp_windows_attempts_select(const amp_windows_attempts_t *attempts, fd_set *out_connected,
                                       fd_set *out_failed, uint32_t ms)
{
    struct timeval limit = {(long)(amp_windows_wait_ms(ms) / 1000u), (long)(ms % 1000u) * 1000};
    FD_ZERO(out_connected);
    FD_ZERO(out_failed);
    for (unsigned i = 0; i < attempts->count; ++i) {
        FD_SET(attempts->open[i].socket, out_connected);
        FD_SET(attempts->open[i].socket, out_failed);
    }
    return select(0, NULL, out_connected, out_failed, &limit);
}

/* Returns 0 when the socket has connected, or a number of Windows. */
static int amp_windows_attempts_result(SOCKET ended)
{
    int error = 0;
    int size = sizeof error;
    return getsockopt(ended, SOL_SOCKET, SO_ERROR, (char *)&error, &size) == 0 ? error : WSAGetLastError();
}

/* Closes the attempts that have failed. Returns 1 when one has connected. */
static int amp_windows_attempts_check(amp_windows_attempts_t *attempts, SOCKET *out_socket)
{
    fd_set connected;
    fd_set failed;
    unsigned at = 0;
    if (attempts->count == 0 || amp_windows_attempts_select(attempts, &connected, &failed, 0) <= 0) {
        return 0;
    }
    while (at < attempts->count) {
        SOCKET each = attempts->open[at].socket;
        if (FD_ISSET(each, &failed)) {
            int error = amp_windows_attempts_result(each);
            amp_windows_attempts_fail(attempts, amp_windows_attempts_take(attempts, at),
                                      error != 0 ? error : WSAECONNREFUSED);
        } else if (FD_ISSET(each, &connected)) {
            attempts->won_family = attempts->open[at].family;
            *out_socket = amp_windows_attempts_take(attempts, at);
            amp_windows_attempts_close(attempts);
            return 1;
        } else {
            ++at;
        }
    }
    return 0;
}

int amp_windows_attempts_step(amp_windows_attempts_t *attempts, uint32_t now_ms, SOCKET *out_socket)
{
    do {
        if (amp_windows_attempts_due(attempts, now_ms) == 0) {
            amp_windows_attempts_start(attempts, now_ms);
        }
        if (amp_windows_attempts_check(attempts, out_socket)) {
            return 1;
        }
    } while (amp_windows_attempts_due(attempts, now_ms) == 0);
    if (attempts->count > 0) {
        return 0;
    }
    return amp_windows_is_exhausted(attempts->error) ? AMP_ERR_NETWORK : AMP_ERR_CONNECT;
}

void amp_windows_attempts_wait(const amp_windows_attempts_t *attempts, uint32_t now_ms, uint32_t ms)
{
    fd_set connected;
    fd_set failed;
    uint32_t due_ms = amp_windows_attempts_due(attempts, now_ms);
    if (attempts->count > 0) { /* select() fails at once without a socket */
        (void)amp_windows_attempts_select(attempts, &connected, &failed, due_ms < ms ? due_ms : ms);
    }
}

SOCKET amp_windows_attempts_socket(const amp_windows_attempts_t *attempts)
{
    return attempts->count > 0 ? attempts->open[attempts->count - 1u].socket : INVALID_SOCKET;
}

void amp_windows_attempts_close(amp_windows_attempts_t *attempts)
{
    while (attempts->count > 0) {
        (void)closesocket(amp_windows_attempts_take(attempts, attempts->count - 1u));
    }
}

#else
typedef int amp_windows_attempts_is_not_for_this_platform;
#endif
