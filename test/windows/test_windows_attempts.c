/* SPDX-License-Identifier: MIT */
/* Attempts to several addresses of a name. A listener whose queue is full drops the packets of new
 * connections (observed under Wine on Linux; Windows itself refuses them). */
#include "winsock_peers.h"

#include "windows_attempts.h"

#define PLACES 5u
#define FILLERS 8u

static amp_windows_attempts_t attempts;
static amp_windows_found_t found;
static SOCKADDR_INET dead_places[PLACES];
static SOCKET dead[PLACES];
static SOCKET fillers[PLACES][FILLERS];

static SOCKADDR_INET place_of(uint16_t number)
{
    SOCKADDR_INET place;
    memset(&place, 0, sizeof place);
    place.Ipv4.sin_family = AF_INET;
    place.Ipv4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    place.Ipv4.sin_port = htons(number);
    return place;
}

/* Connects until a connection hangs. */
static void fill(const SOCKADDR_INET *place, SOCKET *out_fillers)
{
    int hangs = 0;
    for (unsigned i = 0; i < FILLERS; ++i) {
        u_long on = 1;
        out_fillers[i] = INVALID_SOCKET;
        if (!hangs) {
            out_fillers[i] = socket(AF_INET, SOCK_STREAM, 0);
            assert_int_equal(ioctlsocket(out_fillers[i], (long)FIONBIO, &on), 0);
            (void)connect(out_fillers[i], (const struct sockaddr *)place, sizeof place->Ipv4);
            hangs = !is_ready(out_fillers[i], 1, 100);
        }
    }
    assert_true(hangs);
}

static int make_places(void **unused)
{
    int error = start_winsock(unused);
    for (unsigned i = 0; i < PLACES && error == 0; ++i) {
        uint16_t number;
        dead[i] = listening_socket(&number, 0);
        dead_places[i] = place_of(number);
        fill(&dead_places[i], fillers[i]);
    }
    return error;
}

static int close_places(void **unused)
{
    for (unsigned i = 0; i < PLACES; ++i) {
        for (unsigned k = 0; k < FILLERS; ++k) {
            (void)(fillers[i][k] != INVALID_SOCKET && closesocket(fillers[i][k]));
        }
        (void)closesocket(dead[i]);
    }
    return stop_winsock(unused);
}

static void add(SOCKADDR_INET place)
{
    found.addresses[found.count++] = place;
}

/* Connects to `found`. Returns the result, and the socket in *out_socket. */
static int connect_to_found(SOCKET *out_socket)
{
    int result;
    amp_windows_init(&state, &port);
    amp_windows_attempts_begin(&attempts, &found);
    while ((result = amp_windows_attempts_step(&attempts, port.now_ms(port.ctx), out_socket)) == 0) {
        assert_in_range(attempts.count, 1, AMP_WINDOWS_ATTEMPTS);
        amp_windows_attempts_wait(&attempts, port.now_ms(port.ctx), GIVE_UP_MS);
    }
    return result;
}

static void begin_with(unsigned dead_count)
{
    memset(&attempts, 0, sizeof attempts);
    memset(&found, 0, sizeof found);
    for (unsigned i = 0; i < dead_count; ++i) {
        add(dead_places[i]);
    }
}

static void the_one_that_answers_is_used(void **unused)
{
    uint16_t number;
    SOCKET listener = listening_socket(&number, 8);
    (void)unused;
    for (unsigned where = 0; where <= PLACES; ++where) {
        SOCKET connected = INVALID_SOCKET;
        begin_with(where);
        add(place_of(number));
        amp_windows_init(&state, &port);
        uint32_t start_ms = port.now_ms(port.ctx);
        assert_int_equal(connect_to_found(&connected), 1);
        assert_true(port.now_ms(port.ctx) - start_ms < 10000);
        assert_int_equal(attempts.count, 0);
        assert_int_equal(attempts.won_family, AF_INET);
        SOCKET peer = accepted(listener);
        assert_int_equal(send(connected, "x", 1, 0), 1);
        assert_true(is_ready(peer, 0, GIVE_UP_MS));
        (void)closesocket(connected);
        (void)closesocket(peer);
    }
    (void)closesocket(listener);
}

/* A refused attempt starts the next one at once. */
static void a_refusal_starts_the_next(void **unused)
{
    uint16_t refused;
    uint16_t number;
    SOCKET connected = INVALID_SOCKET;
    SOCKET refusing = bound_socket(&refused);
    SOCKET listener = listening_socket(&number, 8);
    (void)unused;
    begin_with(0);
    for (unsigned i = 0; i + 1u < AMP_WINDOWS_ADDRESSES; ++i) {
        add(place_of(refused));
    }
    add(place_of(number));
    assert_int_equal(connect_to_found(&connected), 1);
    (void)closesocket(connected);
    begin_with(0);
    add(place_of(refused));
    assert_int_equal(connect_to_found(&connected), AMP_ERR_CONNECT);
    assert_int_equal(attempts.error, WSAECONNREFUSED);
    (void)closesocket(refusing);
    (void)closesocket(listener);
}

/* If no address answers, the attempts continue until they are closed. */
static void attempts_are_closed(void **unused)
{
    SOCKET connected = INVALID_SOCKET;
    (void)unused;
    begin_with(PLACES);
    amp_windows_init(&state, &port);
    amp_windows_attempts_begin(&attempts, &found);
    while (attempts.next < PLACES) {
        amp_windows_attempts_wait(&attempts, port.now_ms(port.ctx), GIVE_UP_MS);
        assert_int_equal(amp_windows_attempts_step(&attempts, port.now_ms(port.ctx), &connected), 0);
    }
    assert_int_equal(attempts.error, WSAETIMEDOUT);
    assert_int_equal(attempts.count, AMP_WINDOWS_ATTEMPTS);
    SOCKET latest = amp_windows_attempts_socket(&attempts);
    amp_windows_attempts_close(&attempts);
    assert_int_equal(closesocket(latest), SOCKET_ERROR);
    assert_true(amp_windows_attempts_socket(&attempts) == INVALID_SOCKET);
}

/* families: '4' and '6' in the order of the resolver. order: indexes of the attempts. */
static void expect_order(ADDRESS_FAMILY won, const char *families, const char *order)
{
    begin_with(0);
    attempts.won_family = won;
    for (unsigned i = 0; families[i] != '\0'; ++i) {
        SOCKADDR_INET place = place_of((uint16_t)i);
        place.si_family = families[i] == '6' ? AF_INET6 : AF_INET;
        add(place);
    }
    amp_windows_attempts_begin(&attempts, &found);
    assert_int_equal(attempts.total, strlen(order));
    for (unsigned i = 0; i < attempts.total; ++i) {
        assert_int_equal('0' + ntohs(attempts.addresses[i].Ipv4.sin_port), order[i]);
    }
}

static void families_alternate(void **unused)
{
    (void)unused;
    expect_order(AF_UNSPEC, "6", "0");
    expect_order(AF_UNSPEC, "6644", "0213");
    expect_order(AF_UNSPEC, "4466", "0213");
    expect_order(AF_UNSPEC, "64444", "01234");
    expect_order(AF_UNSPEC, "44446", "04123");
    expect_order(AF_INET, "6644", "2031");
    expect_order(AF_INET6, "4466", "2031");
    expect_order(AF_INET6, "4444", "0123");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_one_that_answers_is_used),
        cmocka_unit_test(a_refusal_starts_the_next),
        cmocka_unit_test(attempts_are_closed),
        cmocka_unit_test(families_alternate),
    };
    return cmocka_run_group_tests(tests, make_places, close_places);
}
