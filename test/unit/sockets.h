/* SPDX-License-Identifier: MIT */
/* Loopback peers for a socket port. The system chooses the ports. No test sleeps; an event that does not
 * occur within GIVE_UP_MS fails the test. */
#ifndef AMP_TEST_SOCKETS_H
#define AMP_TEST_SOCKETS_H

#include "pieces.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "amp_posix.h"

#define GIVE_UP_MS 60000

static amp_posix_t state;
static amp_port_t port;

/* Returns a socket that is bound to 127.0.0.1 and a free port. It does not listen, so connections are refused
 * until it is closed. */
static inline int bound_socket(uint16_t *out_number)
{
    struct sockaddr_in address;
    socklen_t size = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_true(fd >= 0);
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_int_equal(bind(fd, (const struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &size), 0);
    *out_number = ntohs(address.sin_port);
    return fd;
}

static inline int listening_socket(uint16_t *out_number)
{
    int fd = bound_socket(out_number);
    /* More than any test leaves in the queue. Connecting to a full queue takes minutes. */
    assert_int_equal(listen(fd, 64), 0);
    return fd;
}

/* Makes the list of addresses that getaddrinfo would return. */
static inline void link_addresses(struct addrinfo *list, struct sockaddr_in *addresses, unsigned count)
{
    for (unsigned i = 0; i < count; ++i) {
        memset(&list[i], 0, sizeof list[i]);
        list[i].ai_family = AF_INET;
        list[i].ai_socktype = SOCK_STREAM;
        list[i].ai_addr = (struct sockaddr *)&addresses[i];
        list[i].ai_addrlen = sizeof addresses[i];
        list[i].ai_next = i + 1u < count ? &list[i + 1u] : NULL;
    }
}

static inline void wait_for(int fd, short events)
{
    struct pollfd waiting = {fd, events, 0};
    assert_int_equal(poll(&waiting, 1, GIVE_UP_MS), 1);
}

static inline int accepted(int listener)
{
    wait_for(listener, POLLIN);
    int fd = accept(listener, NULL, NULL);
    assert_true(fd >= 0);
    return fd;
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
static inline int connected_peer(void)
{
    uint16_t number;
    int listener = listening_socket(&number);
    amp_posix_init(&state, &port);
    assert_int_equal(open_port("127.0.0.1", number), 1);
    int peer = accepted(listener);
    assert_int_equal(close(listener), 0);
    return peer;
}

#define FDS 256

static inline unsigned open_fds(void)
{
    unsigned count = 0;
    for (int fd = 0; fd < FDS; ++fd) {
        count += fcntl(fd, F_GETFD) >= 0;
    }
    return count;
}

/* Uses up all file descriptors of this process, until some are closed. */
typedef struct {
    struct rlimit limit;
    int fds[FDS + 1];
    unsigned count;
} exhausted_t;

static inline void exhaust(exhausted_t *exhausted)
{
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &exhausted->limit), 0);
    struct rlimit lower = exhausted->limit;
    lower.rlim_cur = FDS;
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &lower), 0);
    exhausted->count = 0;
    while ((exhausted->fds[exhausted->count] = socket(AF_INET, SOCK_DGRAM, 0)) >= 0) {
        ++exhausted->count;
    }
    assert_int_equal(errno, EMFILE);
}

static inline void give_back(exhausted_t *exhausted, unsigned count)
{
    for (unsigned i = 0; i < count && exhausted->count > 0; ++i) {
        assert_int_equal(close(exhausted->fds[--exhausted->count]), 0);
    }
}

static inline void recover(exhausted_t *exhausted)
{
    give_back(exhausted, FDS);
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &exhausted->limit), 0);
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
    amp_port_report_t report = {AMP_STAGE_START, AMP_ORIGIN_PORT, 0};
    port.report(port.ctx, &report);
    return report;
}

#endif
