/* SPDX-License-Identifier: MIT */
/* Name resolution by getaddrinfo (RFC 3493, section 6). Invariants: while a thread runs, only the thread uses
 * `answer`, and this file starts no second one. The thread has a WSAStartup of its own, because a WSACleanup
 * of its caller would otherwise end its look-up. */
#if defined(_WIN32)

#include "windows_resolve.h"

#include <string.h>

int amp_windows_start_winsock(void)
{
    WSADATA unused;
    return WSAStartup(MAKEWORD(2, 2), &unused);
}

static void amp_windows_resolve_fail(amp_windows_found_t *out_found, amp_status_t status, int error)
{
    out_found->count = 0;
    out_found->status = status;
    out_found->error = error;
}

/* Copies an address of IPv4 or IPv6. Skips others, and those that do not fit. */
static void amp_windows_resolve_add(amp_windows_found_t *found, const struct addrinfo *from, uint16_t port)
{
    SOCKADDR_INET *to = &found->addresses[found->count];
    if (found->count >= AMP_WINDOWS_ADDRESSES || from->ai_addrlen > sizeof *to) {
        return;
    }
    if (from->ai_family == AF_INET && from->ai_addrlen >= sizeof to->Ipv4) {
        memcpy(&to->Ipv4, from->ai_addr, sizeof to->Ipv4);
        to->Ipv4.sin_port = htons(port);
        ++found->count;
    } else if (from->ai_family == AF_INET6 && from->ai_addrlen >= sizeof to->Ipv6) {
        memcpy(&to->Ipv6, from->ai_addr, sizeof to->Ipv6);
        to->Ipv6.sin6_port = htons(port);
        ++found->count;
    }
}

static void amp_windows_resolve_ask(const amp_windows_resolve_t *resolve, int flags,
                                    amp_windows_found_t *out_found)
{
    struct addrinfo hints;
    struct addrinfo *list = NULL;
    memset(&hints, 0, sizeof hints);
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_protocol = IPPROTO_TCP;
    hints.ai_flags = flags;
    int error = getaddrinfo(resolve->host, NULL, &hints, &list);
    if (error != 0) {
        amp_windows_resolve_fail(out_found, amp_windows_is_exhausted(error) ? AMP_ERR_NETWORK : AMP_ERR_DNS,
                                 error);
        return;
    }
    amp_windows_resolve_fail(out_found, AMP_ERR_DNS, WSANO_DATA);
    for (const struct addrinfo *each = list; each != NULL; each = each->ai_next) {
        amp_windows_resolve_add(out_found, each, resolve->port);
    }
    freeaddrinfo(list);
}

static DWORD WINAPI amp_windows_resolve_run(LPVOID ctx)
{
    amp_windows_resolve_t *resolve = ctx;
    amp_windows_resolve_ask(resolve, 0, &resolve->answer);
    (void)WSACleanup();
    return 0;
}

static void amp_windows_resolve_look_up(amp_windows_resolve_t *resolve)
{
    int error = amp_windows_start_winsock();
    if (error == 0) {
        resolve->thread = CreateThread(NULL, 0, amp_windows_resolve_run, resolve, 0, NULL);
        if (resolve->thread != NULL) {
            return;
        }
        error = (int)GetLastError();
        (void)WSACleanup();
    }
    amp_windows_resolve_fail(&resolve->answer, AMP_ERR_NETWORK, error);
}

int amp_windows_resolve_wait(const amp_windows_resolve_t *resolve, uint32_t ms)
{
    if (resolve->thread == NULL) {
        return 0;
    }
    (void)WaitForSingleObject(resolve->thread, amp_windows_wait_ms(ms));
    return 1;
}

int amp_windows_resolve_idle(amp_windows_resolve_t *resolve)
{
    if (resolve->thread != NULL) {
        if (WaitForSingleObject(resolve->thread, 0) != WAIT_OBJECT_0) {
            return 0;
        }
        (void)CloseHandle(resolve->thread);
        resolve->thread = NULL;
    }
    return 1;
}

void amp_windows_resolve_start(amp_windows_resolve_t *resolve, const char *host, uint16_t port)
{
    amp_windows_resolve_fail(&resolve->answer, AMP_ERR_DNS, WSAHOST_NOT_FOUND);
    if (strlen(host) >= AMP_WINDOWS_HOST_SIZE) {
        return;
    }
    memcpy(resolve->host, host, strlen(host) + 1u);
    resolve->port = port;
    amp_windows_resolve_ask(resolve, AI_NUMERICHOST, &resolve->answer);
    if (resolve->answer.count == 0) {
        amp_windows_resolve_look_up(resolve);
    }
}

int amp_windows_resolve_poll(amp_windows_resolve_t *resolve)
{
    if (!amp_windows_resolve_idle(resolve)) {
        return 0;
    }
    return resolve->answer.count > 0 ? 1 : (int)resolve->answer.status;
}

#else
typedef int amp_windows_resolve_is_not_for_this_platform;
#endif
