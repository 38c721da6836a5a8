/* SPDX-License-Identifier: MIT */
/* Name resolution. Each look-up runs in its own thread, and does not block the caller. Private to the port of
 * Windows sockets.
 *
 * GetAddrInfoExW, which needs no thread, is not used: it takes wide characters, and only Windows 8 and newer
 * complete it without blocking. */
#ifndef AMP_WINDOWS_RESOLVE_H
#define AMP_WINDOWS_RESOLVE_H

/* Windows 7: the first version with all functions of this port that is still in use. */
#if !defined(_WIN32_WINNT)
#define _WIN32_WINNT 0x0601
#endif

#include <winsock2.h> /* before windows.h, which would declare version 1 */
#include <ws2tcpip.h>

#include "amp_windows.h"

#define AMP_WINDOWS_HOST_SIZE 254u

/* The result of a look-up: addresses with their port number, or a status and the number of Windows. */
typedef struct {
    SOCKADDR_INET addresses[AMP_WINDOWS_ADDRESSES];
    unsigned count;
    amp_status_t status;
    int error;
} amp_windows_found_t;

/* While `thread` is not NULL, the thread owns `answer`, host and port. */
typedef struct {
    amp_windows_found_t answer;
    char host[AMP_WINDOWS_HOST_SIZE];
    uint16_t port;
    HANDLE thread;
} amp_windows_resolve_t;

/* Returns 1 when no look-up is in progress, including cancelled ones. */
int amp_windows_resolve_idle(amp_windows_resolve_t *resolve);

/* Starts a look-up. Call it only when idle, and after WSAStartup. A literal address is resolved at once. */
void amp_windows_resolve_start(amp_windows_resolve_t *resolve, const char *host, uint16_t port);

/* Returns 1 when `answer` has addresses, 0 while the look-up is in progress, or a negative amp_status_t with
 * the number in answer.error. */
int amp_windows_resolve_poll(amp_windows_resolve_t *resolve);

/* Waits up to `ms` milliseconds for the look-up in progress. Returns 0 at once when there is none,
 * otherwise 1. */
int amp_windows_resolve_wait(const amp_windows_resolve_t *resolve, uint32_t ms);

/* Calls WSAStartup. Returns 0, or a number of Windows. Each success needs a WSACleanup. */
int amp_windows_start_winsock(void);

/* Returns 1 when the number `error` means that the system has no socket or memory left. */
static inline int amp_windows_is_exhausted(int error)
{
    return error == WSAEMFILE || error == WSAENOBUFS || error == WSA_NOT_ENOUGH_MEMORY;
}

/* Returns a wait that Windows accepts: its largest value means "for ever". A wait may end early. */
static inline DWORD amp_windows_wait_ms(uint32_t ms)
{
    return ms < 0x7fffffffu ? ms : 0x7fffffffu;
}

#endif
