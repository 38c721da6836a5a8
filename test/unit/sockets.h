/* SPDX-License-Identifier: MIT */
/* Loopback peers for a socket port. The system chooses the ports. No test sleeps; an event that does not
 * occur within GIVE_UP_MS fails the test. */
#ifndef AMP_TEST_SOCKETS_H
#define AMP_TEST_SOCKETS_H

#include "pieces.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "amp_posix.h"

#define GIVE_UP_MS 60000

static amp_posix_t state;
static amp_port_t port;

/* Bound to 127.0.0.1 and a port of the system's choice; not listening, so connections are refused
 * for as long as it is kept. */
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
    /* More than any test connects and leaves lying: behind a full queue a connection waits for minutes. */
    assert_int_equal(listen(fd, 64), 0);
    return fd;
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

/* Calls open until it gives something other than 0. */
static inline int open_port(const char *host, uint16_t number)
{
    int result;
    while ((result = port.open(port.ctx, host, number)) == 0) {
        port.wait(port.ctx, AMP_WAIT_READ | AMP_WAIT_WRITE, 1000);
    }
    return result;
}

/* A port that is connected to the socket it gives. */
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

/* All descriptors of this process are in use, until some are given back. */
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

/* Receives as soon as there is something, and gives what recv gave. */
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
