/* SPDX-License-Identifier: MIT */
/* Loopback peers for the port of Windows sockets. The system chooses the ports. No test sleeps; an event that
 * does not occur within GIVE_UP_MS fails the test. */
#ifndef AMP_TEST_WINSOCK_PEERS_H
#define AMP_TEST_WINSOCK_PEERS_H

#include <winsock2.h>
#include <ws2tcpip.h>

#include "pieces.h"

#include "amp_windows.h"

#define GIVE_UP_MS 60000

static amp_windows_t state;
static amp_port_t port;

/* Returns a socket that is bound to 127.0.0.1 and a free port. It does not listen, so connections are refused
 * until it is closed. */
static inline SOCKET bound_socket(uint16_t *out_number)
{
    struct sockaddr_in address;
    int size = sizeof address;
    SOCKET made = socket(AF_INET, SOCK_STREAM, 0);
    assert_true(made != INVALID_SOCKET);
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_int_equal(bind(made, (const struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(getsockname(made, (struct sockaddr *)&address, &size), 0);
    *out_number = ntohs(address.sin_port);
    return made;
}

static inline SOCKET listening_socket(uint16_t *out_number, int backlog)
{
    SOCKET made = bound_socket(out_number);
    assert_int_equal(listen(made, backlog), 0);
    return made;
}

/* Returns 1 when the socket can be read or, if `writing` is 1, written to. */
static inline int is_ready(SOCKET which, int writing, uint32_t ms)
{
    struct timeval limit = {(long)(ms / 1000u), (long)(ms % 1000u) * 1000};
    fd_set set;
    FD_ZERO(&set);
    FD_SET(which, &set);
    return select(0, writing ? NULL : &set, writing ? &set : NULL, NULL, &limit) == 1;
}

static inline SOCKET accepted(SOCKET listener)
{
    assert_true(is_ready(listener, 0, GIVE_UP_MS));
    SOCKET peer = accept(listener, NULL, NULL);
    assert_true(peer != INVALID_SOCKET);
    return peer;
}

/* Calls open until the result is not 0. Returns the result. */
static inline int open_port(const char *host, uint16_t number)
{
    int result;
    while ((result = port.open(port.ctx, host, number)) == 0) {
        port.wait(port.ctx, AMP_WAIT_READ | AMP_WAIT_WRITE, 1000);
    }
    return result;
}

/* Connects the port to a new socket of the test. Returns that socket. */
static inline SOCKET connected_peer(void)
{
    uint16_t number;
    SOCKET listener = listening_socket(&number, 1);
    amp_windows_init(&state, &port);
    assert_int_equal(open_port("127.0.0.1", number), 1);
    SOCKET peer = accepted(listener);
    assert_int_equal(closesocket(listener), 0);
    return peer;
}

/* Waits until there are bytes, then receives. Returns the result of recv. */
static inline int receive(uint8_t *data, size_t len)
{
    int result;
    while ((result = port.recv(port.ctx, data, len)) == 0) {
        port.wait(port.ctx, AMP_WAIT_READ, 1000);
    }
    return result;
}

static inline amp_port_report_t reported(void)
{
    amp_port_report_t report = {AMP_STAGE_START, AMP_ORIGIN_MBEDTLS, 0};
    port.report(port.ctx, &report);
    return report;
}

/* The setup of a group of tests: Winsock for the sockets of the test. */
static inline int start_winsock(void **unused)
{
    WSADATA data;
    (void)unused;
    return WSAStartup(MAKEWORD(2, 2), &data);
}

static inline int stop_winsock(void **unused)
{
    (void)unused;
    return WSACleanup();
}

#endif
