/* SPDX-License-Identifier: MIT */
/* The port of Windows sockets, with sockets on the loopback interface. */
#include "winsock_peers.h"

static void is_a_port_without_tls(void **unused)
{
    (void)unused;
    amp_windows_init(&state, &port);
    assert_int_equal(port.secure, 0);
    assert_non_null(port.report);
    assert_int_equal(amp_windows_idle(&state), 1);
    port.close(port.ctx);
    port.close(port.ctx);
    assert_int_equal(amp_windows_idle(&state), 1);
    assert_true(amp_windows_socket(&state) == AMP_WINDOWS_NO_SOCKET);
}

static void bytes_go_both_ways(void **unused)
{
    uint8_t data[16];
    char got[16];
    SOCKET peer = connected_peer();
    (void)unused;
    assert_int_equal(port.recv(port.ctx, data, sizeof data), 0);
    assert_int_equal(port.send(port.ctx, (const uint8_t *)"hello", 5), 5);
    assert_true(is_ready(peer, 0, GIVE_UP_MS));
    assert_int_equal(recv(peer, got, sizeof got, 0), 5);
    assert_memory_equal(got, "hello", 5);
    assert_int_equal(send(peer, "world", 5, 0), 5);
    assert_int_equal(receive(data, 3), 3);
    assert_int_equal(receive(data + 3, sizeof data - 3), 2);
    assert_memory_equal(data, "world", 5);
    assert_int_equal(port.recv(port.ctx, data, sizeof data), 0);
    assert_int_equal(reported().code, 0);
    port.close(port.ctx);
    assert_int_equal(recv(peer, got, sizeof got, 0), 0);
    (void)closesocket(peer);
}

static void an_end_in_order_is_closed(void **unused)
{
    uint8_t data[4];
    SOCKET peer = connected_peer();
    (void)unused;
    assert_int_equal(send(peer, "ab", 2, 0), 2);
    assert_int_equal(shutdown(peer, SD_SEND), 0);
    assert_int_equal(receive(data, sizeof data), 2);
    assert_int_equal(receive(data, sizeof data), AMP_ERR_CLOSED);
    assert_int_equal(receive(data, sizeof data), AMP_ERR_CLOSED);
    port.close(port.ctx);
    (void)closesocket(peer);
}

static void sending_to_a_closed_peer_is_an_abort(void **unused)
{
    uint8_t data[1024] = {0};
    SOCKET peer = connected_peer();
    const struct linger at_once = {1, 0};
    int result;
    (void)unused;
    assert_int_equal(setsockopt(peer, SOL_SOCKET, SO_LINGER, (const char *)&at_once, sizeof at_once), 0);
    assert_int_equal(closesocket(peer), 0);
    do {
        result = port.send(port.ctx, data, sizeof data);
        port.wait(port.ctx, AMP_WAIT_READ | AMP_WAIT_WRITE, 1000);
    } while (result >= 0);
    assert_int_equal(result, AMP_ERR_ABORTED);
    assert_int_equal(port.send(port.ctx, data, sizeof data), AMP_ERR_ABORTED);
    port.close(port.ctx);
}

#define PATTERN 65521u

/* More data than the sockets can hold: send returns 0 until the peer reads. */
static void a_full_socket_is_waited_for(void **unused)
{
    static uint8_t data[2 * PATTERN];
    static char got[PATTERN];
    const size_t total = 32u << 20;
    size_t sent = 0;
    size_t received = 0;
    unsigned blocked = 0;
    SOCKET peer = connected_peer();
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
            int n = recv(peer, got, sizeof got, 0);
            ++blocked;
            assert_true(n > 0);
            assert_memory_equal(got, data + received % PATTERN, (size_t)n);
            received += (size_t)n;
        }
    }
    assert_int_equal(sent, total);
    assert_true(blocked > 1);
    port.close(port.ctx);
    (void)closesocket(peer);
}

static void a_refused_connection_is_reported(void **unused)
{
    uint16_t number;
    SOCKET listener = bound_socket(&number);
    (void)unused;
    amp_windows_init(&state, &port);
    assert_int_equal(open_port("127.0.0.1", number), AMP_ERR_CONNECT);
    assert_int_equal(reported().stage, AMP_STAGE_CONNECT);
    assert_int_equal(reported().code, WSAECONNREFUSED);
    port.close(port.ctx);
    /* The same port can be used again at once. */
    assert_int_equal(listen(listener, 1), 0);
    assert_int_equal(open_port("127.0.0.1", number), 1);
    port.close(port.ctx);
    (void)closesocket(listener);
}

static void the_address_of_the_peer_is_known(void **unused)
{
    char text[46] = "x";
    SOCKET peer = connected_peer();
    (void)unused;
    amp_windows_address(&state, text, sizeof text);
    assert_string_equal(text, "127.0.0.1");
    amp_windows_address(&state, text, 4);
    assert_string_equal(text, "");
    amp_windows_address(&state, NULL, 0);
    port.close(port.ctx);
    amp_windows_address(&state, text, sizeof text);
    assert_string_equal(text, "");
    (void)closesocket(peer);
}

static void wait_ends_when_there_is_something(void **unused)
{
    uint8_t data[4];
    SOCKET peer = connected_peer();
    uint32_t start_ms = port.now_ms(port.ctx);
    (void)unused;
    port.wait(port.ctx, AMP_WAIT_WRITE, GIVE_UP_MS);
    assert_int_equal(send(peer, "x", 1, 0), 1);
    port.wait(port.ctx, AMP_WAIT_READ, GIVE_UP_MS);
    assert_int_equal(port.recv(port.ctx, data, sizeof data), 1);
    assert_true(port.now_ms(port.ctx) - start_ms < GIVE_UP_MS);
    port.close(port.ctx);
    (void)closesocket(peer);
}

/* A wait without an event, or for one that does not occur, lasts the requested time. */
static void wait_lasts_as_long_as_it_may(void **unused)
{
    SOCKET peer = connected_peer();
    (void)unused;
    for (unsigned wanted = 0; wanted <= AMP_WAIT_READ; ++wanted) {
        uint32_t start_ms = port.now_ms(port.ctx);
        port.wait(port.ctx, wanted, 25);
        assert_in_range(port.now_ms(port.ctx) - start_ms, 24, GIVE_UP_MS);
    }
    port.close(port.ctx);
    for (unsigned wanted = 0; wanted <= AMP_WAIT_READ; ++wanted) {
        uint32_t start_ms = port.now_ms(port.ctx);
        port.wait(port.ctx, wanted, 25);
        assert_in_range(port.now_ms(port.ctx) - start_ms, 24, GIVE_UP_MS);
    }
    (void)closesocket(peer);
}

static void the_clock_goes_forward_in_milliseconds(void **unused)
{
    (void)unused;
    amp_windows_init(&state, &port);
    uint32_t start_ms = port.now_ms(port.ctx);
    ULONGLONG start = GetTickCount64();
    uint32_t last_ms = start_ms;
    while (last_ms - start_ms < 200) {
        uint32_t now_ms = port.now_ms(port.ctx);
        assert_true(now_ms - last_ms < 0x80000000u);
        last_ms = now_ms;
    }
    assert_in_range(GetTickCount64() - start, 150, GIVE_UP_MS);
}

/* Waits like an event loop: on amp_windows_socket for the direction that the port wants, and at most as long
 * as it says. */
static void an_event_loop_waits_for_the_connection(void **unused)
{
    uint16_t number;
    unsigned wanted = AMP_WAIT_READ;
    int result;
    SOCKET listener = listening_socket(&number, 1);
    (void)unused;
    amp_windows_init(&state, &port);
    while ((result = port.open(port.ctx, "127.0.0.1", number)) == 0) {
        unsigned events = AMP_WAIT_READ | AMP_WAIT_WRITE;
        uint32_t ms = port.idle_ms(port.ctx, &events);
        assert_int_equal(events, AMP_WAIT_WRITE);
        assert_true(ms <= AMP_WINDOWS_IDLE_MS);
        (void)is_ready((SOCKET)amp_windows_socket(&state), 1, ms);
    }
    assert_int_equal(result, 1);
    assert_int_equal(port.idle_ms(port.ctx, &wanted), AMP_NEVER_MS);
    assert_int_equal(wanted, AMP_WAIT_READ);
    SOCKET peer = accepted(listener);
    assert_int_equal(send(peer, "x", 1, 0), 1);
    assert_true(is_ready((SOCKET)amp_windows_socket(&state), 0, GIVE_UP_MS));
    port.close(port.ctx);
    assert_true(amp_windows_socket(&state) == AMP_WINDOWS_NO_SOCKET);
    (void)closesocket(peer);
    (void)closesocket(listener);
}

/* A child process must not inherit the socket: it would keep the connection open. */
static void a_child_does_not_inherit_the_socket(void **unused)
{
    DWORD flags = HANDLE_FLAG_INHERIT;
    SOCKET peer = connected_peer();
    (void)unused;
    assert_true(GetHandleInformation((HANDLE)amp_windows_socket(&state), &flags));
    assert_int_equal(flags & HANDLE_FLAG_INHERIT, 0);
    port.close(port.ctx);
    (void)closesocket(peer);
}

/* After `close` the port has released Winsock: the test's only WSACleanup ends it. */
static void winsock_is_released(void **unused)
{
    uint16_t number;
    SOCKET listener = listening_socket(&number, 8);
    amp_windows_init(&state, &port);
    for (unsigned i = 0; i < 3; ++i) {
        assert_int_equal(open_port(i == 1 ? "localhost" : "127.0.0.1", number), 1);
        port.close(port.ctx);
        assert_int_equal(amp_windows_idle(&state), 1);
    }
    (void)closesocket(listener);
    assert_int_equal(WSACleanup(), 0);
    assert_int_equal(WSACleanup(), SOCKET_ERROR);
    assert_int_equal(WSAGetLastError(), WSANOTINITIALISED);
    /* The port starts Winsock itself. */
    assert_int_equal(open_port("127.0.0.1", number), AMP_ERR_CONNECT);
    port.close(port.ctx);
    assert_int_equal(start_winsock(unused), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_a_port_without_tls),
        cmocka_unit_test(bytes_go_both_ways),
        cmocka_unit_test(an_end_in_order_is_closed),
        cmocka_unit_test(sending_to_a_closed_peer_is_an_abort),
        cmocka_unit_test(a_full_socket_is_waited_for),
        cmocka_unit_test(a_refused_connection_is_reported),
        cmocka_unit_test(the_address_of_the_peer_is_known),
        cmocka_unit_test(wait_ends_when_there_is_something),
        cmocka_unit_test(wait_lasts_as_long_as_it_may),
        cmocka_unit_test(the_clock_goes_forward_in_milliseconds),
        cmocka_unit_test(an_event_loop_waits_for_the_connection),
        cmocka_unit_test(a_child_does_not_inherit_the_socket),
        cmocka_unit_test(winsock_is_released),
    };
    return cmocka_run_group_tests(tests, start_winsock, stop_winsock);
}
