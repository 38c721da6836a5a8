/* SPDX-License-Identifier: MIT */
#include "sockets.h"

static void is_a_port_without_tls(void **unused)
{
    (void)unused;
    amp_posix_init(&state, &port);
    assert_int_equal(port.secure, 0);
    assert_non_null(port.report);
    assert_int_equal(amp_posix_idle(&state), 1);
    port.close(port.ctx);
    port.close(port.ctx);
    assert_int_equal(amp_posix_idle(&state), 1);
}

static void bytes_go_both_ways(void **unused)
{
    uint8_t data[16];
    int peer = connected_peer();
    (void)unused;
    assert_int_equal(port.recv(port.ctx, data, sizeof data), 0);
    assert_int_equal(port.send(port.ctx, (const uint8_t *)"hello", 5), 5);
    wait_for(peer, POLLIN);
    assert_int_equal(recv(peer, data, sizeof data, 0), 5);
    assert_memory_equal(data, "hello", 5);
    assert_int_equal(send(peer, "world", 5, 0), 5);
    assert_int_equal(receive(data, 3), 3);
    assert_int_equal(receive(data + 3, sizeof data - 3), 2);
    assert_memory_equal(data, "world", 5);
    assert_int_equal(port.recv(port.ctx, data, sizeof data), 0);
    assert_int_equal(reported().code, 0);
    port.close(port.ctx);
    assert_int_equal(recv(peer, data, sizeof data, 0), 0);
    (void)close(peer);
}

static void an_end_in_order_is_closed(void **unused)
{
    uint8_t data[4];
    int peer = connected_peer();
    (void)unused;
    assert_int_equal(send(peer, "ab", 2, 0), 2);
    assert_int_equal(shutdown(peer, SHUT_WR), 0);
    assert_int_equal(receive(data, sizeof data), 2);
    assert_int_equal(receive(data, sizeof data), AMP_ERR_CLOSED);
    assert_int_equal(receive(data, sizeof data), AMP_ERR_CLOSED);
    port.close(port.ctx);
    (void)close(peer);
}

static void reset_peer(int peer)
{
    const struct linger at_once = {1, 0};
    assert_int_equal(setsockopt(peer, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once), 0);
    assert_int_equal(close(peer), 0);
}

static void a_reset_is_a_cut(void **unused)
{
    uint8_t data[4];
    int peer = connected_peer();
    (void)unused;
    reset_peer(peer);
    assert_int_equal(receive(data, sizeof data), AMP_ERR_ABORTED);
    assert_int_equal(reported().code, ECONNRESET);
    assert_int_equal(reported().stage, AMP_STAGE_CONNECT);
    port.close(port.ctx);
}

/* SIGPIPE has its default action here: it would end the test. */
static void sending_to_a_closed_peer_raises_no_signal(void **unused)
{
    uint8_t data[1024] = {0};
    int peer = connected_peer();
    int result;
    (void)unused;
    reset_peer(peer);
    do {
        result = port.send(port.ctx, data, sizeof data);
        port.wait(port.ctx, AMP_WAIT_READ | AMP_WAIT_WRITE, 1000);
    } while (result >= 0);
    assert_int_equal(result, AMP_ERR_ABORTED);
    assert_int_equal(port.send(port.ctx, data, sizeof data), AMP_ERR_ABORTED);
    assert_int_equal(reported().code, EPIPE);
    port.close(port.ctx);
}

#define PATTERN 65521u

/* More data than the sockets can hold: send returns 0 until the peer reads. */
static void a_full_socket_is_waited_for(void **unused)
{
    static uint8_t data[2 * PATTERN];
    static uint8_t got[PATTERN];
    const size_t total = 32u << 20;
    size_t sent = 0;
    size_t received = 0;
    unsigned blocked = 0;
    int peer = connected_peer();
    (void)unused;
    for (size_t i = 0; i < sizeof data; ++i) {
        data[i] = (uint8_t)(i % PATTERN * 31u >> 3);
    }
    while (received < total) {
        size_t at = sent % PATTERN;
        size_t len = total - sent < PATTERN - at ? total - sent : PATTERN - at;
        int result = len > 0 ? port.send(port.ctx, data + at, len) : 0;
        assert_true(result >= 0);
        sent += (size_t)result;
        if (result == 0) {
            ssize_t n = recv(peer, got, sizeof got, 0);
            ++blocked;
            assert_true(n > 0);
            assert_memory_equal(got, data + received % PATTERN, (size_t)n);
            received += (size_t)n;
        }
    }
    assert_int_equal(sent, total);
    assert_true(blocked > 1);
    port.close(port.ctx);
    (void)close(peer);
}

static void a_refused_connection_is_reported(void **unused)
{
    uint16_t number;
    int fd = bound_socket(&number);
    (void)unused;
    amp_posix_init(&state, &port);
    assert_int_equal(open_port("127.0.0.1", number), AMP_ERR_CONNECT);
    assert_int_equal(reported().stage, AMP_STAGE_CONNECT);
    assert_int_equal(reported().code, ECONNREFUSED);
    port.close(port.ctx);
    /* The same port can be used again at once. */
    assert_int_equal(listen(fd, 1), 0);
    assert_int_equal(open_port("127.0.0.1", number), 1);
    port.close(port.ctx);
    (void)close(fd);
}

static void a_name_is_resolved(void **unused)
{
    uint16_t number;
    int listener = listening_socket(&number);
    (void)unused;
    amp_posix_init(&state, &port);
    for (unsigned i = 0; i < 3; ++i) {
        assert_int_equal(open_port("localhost", number), 1);
        int peer = accepted(listener);
        port.close(port.ctx);
        assert_int_equal(amp_posix_idle(&state), 1);
        (void)close(peer);
    }
    (void)close(listener);
}

static void an_unknown_name_is_reported(void **unused)
{
    (void)unused;
    amp_posix_init(&state, &port);
    assert_int_equal(open_port("no-such-host.invalid", 443), AMP_ERR_DNS);
    assert_int_equal(reported().stage, AMP_STAGE_DNS);
    assert_int_not_equal(reported().code, 0);
    port.close(port.ctx);
    assert_int_equal(amp_posix_idle(&state), 1);
}

/* A look-up needs two descriptors, and the C library one more. */
static void no_descriptor_is_not_an_unknown_name(void **unused)
{
    static const char *const hosts[] = {"localhost", "no-such-host.invalid"};
    static exhausted_t exhausted;
    uint16_t number;
    int listener = listening_socket(&number);
    unsigned before = open_fds();
    (void)unused;
    amp_posix_init(&state, &port);
    exhaust(&exhausted);
    assert_int_equal(open_port("127.0.0.1", number), AMP_ERR_NETWORK);
    assert_int_equal(reported().stage, AMP_STAGE_CONNECT);
    assert_int_equal(reported().code, EMFILE);
    port.close(port.ctx);
    for (unsigned spare = 0; spare <= 2; ++spare) {
        for (unsigned i = 0; i < 2; ++i) {
            assert_int_equal(open_port(hosts[i], number), AMP_ERR_NETWORK);
            assert_int_equal(reported().stage, AMP_STAGE_DNS);
            assert_int_equal(reported().code, EMFILE);
            port.close(port.ctx);
        }
        give_back(&exhausted, 1);
    }
    recover(&exhausted);
    assert_int_equal(open_fds(), before);
    assert_int_equal(open_port("localhost", number), 1);
    port.close(port.ctx);
    (void)close(listener);
}

static void a_host_that_is_too_long_is_reported(void **unused)
{
    char host[256];
    (void)unused;
    amp_posix_init(&state, &port);
    memset(host, 'a', sizeof host);
    host[254] = '\0';
    assert_int_equal(open_port(host, 443), AMP_ERR_DNS);
    port.close(port.ctx);
    host[253] = '\0';
    assert_int_equal(open_port(host, 443), AMP_ERR_DNS);
    port.close(port.ctx);
}

static void wait_until_idle(void)
{
    while (!amp_posix_idle(&state)) {
        port.wait(port.ctx, 0, 100);
    }
}

/* The look-up owns the state until the resolver thread has ended. */
static void a_look_up_can_be_aborted(void **unused)
{
    uint16_t number;
    int listener = listening_socket(&number);
    (void)unused;
    amp_posix_init(&state, &port);
    for (unsigned i = 0; i < 20; ++i) {
        (void)!port.open(port.ctx, "localhost", number);
        port.close(port.ctx);
        if (i % 2u == 0) {
            wait_until_idle();
        }
    }
    /* A look-up that was aborted delays the next one, but only for a limited time. */
    assert_int_equal(open_port("localhost", number), 1);
    port.close(port.ctx);
    wait_until_idle();
    (void)close(listener);
}

static void wait_ends_when_there_is_something(void **unused)
{
    uint8_t data[4];
    int peer = connected_peer();
    uint32_t start_ms = port.now_ms(port.ctx);
    (void)unused;
    port.wait(port.ctx, AMP_WAIT_WRITE, GIVE_UP_MS);
    assert_int_equal(send(peer, "x", 1, 0), 1);
    port.wait(port.ctx, AMP_WAIT_READ, GIVE_UP_MS);
    assert_int_equal(port.recv(port.ctx, data, sizeof data), 1);
    assert_true(port.now_ms(port.ctx) - start_ms < GIVE_UP_MS);
    port.close(port.ctx);
    (void)close(peer);
}

/* A wait without an event, or for one that does not occur, lasts the requested time. */
static void wait_lasts_as_long_as_it_may(void **unused)
{
    int peer = connected_peer();
    (void)unused;
    for (unsigned wanted = 0; wanted <= AMP_WAIT_READ; ++wanted) {
        uint32_t start_ms = port.now_ms(port.ctx);
        port.wait(port.ctx, wanted, 25);
        assert_in_range(port.now_ms(port.ctx) - start_ms, 24, GIVE_UP_MS);
    }
    port.close(port.ctx);
    uint32_t start_ms = port.now_ms(port.ctx);
    port.wait(port.ctx, 0, 25);
    assert_in_range(port.now_ms(port.ctx) - start_ms, 24, GIVE_UP_MS);
    (void)close(peer);
}

static void the_clock_goes_forward(void **unused)
{
    (void)unused;
    amp_posix_init(&state, &port);
    uint32_t last_ms = port.now_ms(port.ctx);
    uint32_t start_ms = last_ms;
    while (last_ms - start_ms < 5) {
        uint32_t now_ms = port.now_ms(port.ctx);
        assert_true(now_ms - last_ms < 0x80000000u);
        last_ms = now_ms;
    }
}

/* Waits like an event loop: on amp_posix_fd for the direction that the port wants, and at most as long as it
 * says. */
static unsigned loop_until_open(const char *host, uint16_t number)
{
    unsigned rounds = 0;
    int result;
    while ((result = port.open(port.ctx, host, number)) == 0) {
        unsigned wanted = AMP_WAIT_READ | AMP_WAIT_WRITE;
        uint32_t ms = port.idle_ms(port.ctx, &wanted);
        struct pollfd waiting = {amp_posix_fd(&state), 0, 0};
        waiting.events = (short)(wanted == AMP_WAIT_READ ? POLLIN : POLLOUT);
        assert_true(waiting.fd >= 0 || ms <= AMP_POSIX_DELAY_MS);
        int events = poll(&waiting, 1, ms < GIVE_UP_MS ? (int)ms : GIVE_UP_MS);
        assert_true(events == 1 || ms < GIVE_UP_MS); /* without a timeout, the event must occur */
        ++rounds;
    }
    assert_int_equal(result, 1);
    return rounds;
}

/* A thread resolves the name. Its end is an event, too. */
static void an_event_loop_waits_for_name_and_connection(void **unused)
{
    static const char *const hosts[] = {"127.0.0.1", "localhost"};
    (void)unused;
    for (unsigned i = 0; i < 2; ++i) {
        uint16_t number;
        unsigned wanted = AMP_WAIT_READ;
        int listener = listening_socket(&number);
        amp_posix_init(&state, &port);
        assert_int_equal(amp_posix_fd(&state), -1);
        assert_true(loop_until_open(hosts[i], number) < 10u);
        assert_int_equal(port.idle_ms(port.ctx, &wanted), AMP_NEVER_MS);
        assert_int_equal(wanted, AMP_WAIT_READ);
        int peer = accepted(listener);
        assert_int_equal(send(peer, "x", 1, 0), 1);
        wait_for(amp_posix_fd(&state), POLLIN);
        port.close(port.ctx);
        assert_int_equal(amp_posix_fd(&state), -1);
        (void)close(peer);
        (void)close(listener);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_a_port_without_tls),
        cmocka_unit_test(bytes_go_both_ways),
        cmocka_unit_test(an_end_in_order_is_closed),
        cmocka_unit_test(a_reset_is_a_cut),
        cmocka_unit_test(sending_to_a_closed_peer_raises_no_signal),
        cmocka_unit_test(a_full_socket_is_waited_for),
        cmocka_unit_test(a_refused_connection_is_reported),
        cmocka_unit_test(a_name_is_resolved),
        cmocka_unit_test(an_unknown_name_is_reported),
        cmocka_unit_test(no_descriptor_is_not_an_unknown_name),
        cmocka_unit_test(a_host_that_is_too_long_is_reported),
        cmocka_unit_test(a_look_up_can_be_aborted),
        cmocka_unit_test(wait_ends_when_there_is_something),
        cmocka_unit_test(wait_lasts_as_long_as_it_may),
        cmocka_unit_test(the_clock_goes_forward),
        cmocka_unit_test(an_event_loop_waits_for_name_and_connection),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
