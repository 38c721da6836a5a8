/* SPDX-License-Identifier: MIT */
/* Name resolution of the port of Windows sockets: with the system's resolver, and with the test's own, which
 * answers when the test says so. */
#include "winsock_peers.h"

static HANDLE may_answer; /* an event; NULL: the system's resolver answers */
static int answer;        /* result of the test's resolver after the event */
static struct addrinfo *(*make_list)(void);

static int WSAAPI (*system_getaddrinfo)(const char *, const char *, const struct addrinfo *,
                                        struct addrinfo **);
static void WSAAPI (*system_freeaddrinfo)(struct addrinfo *);

static int WSAAPI own_getaddrinfo(const char *host, const char *service, const struct addrinfo *hints,
                                  struct addrinfo **out_list)
{
    if (may_answer == NULL) {
        return system_getaddrinfo(host, service, hints, out_list);
    }
    if ((hints->ai_flags & AI_NUMERICHOST) != 0) {
        return WSAHOST_NOT_FOUND;
    }
    assert_string_equal(host, "slow.test");
    assert_int_equal(WaitForSingleObject(may_answer, GIVE_UP_MS), WAIT_OBJECT_0);
    *out_list = make_list != NULL ? make_list() : NULL;
    return answer;
}

static void WSAAPI own_freeaddrinfo(struct addrinfo *list)
{
    if (may_answer == NULL) {
        system_freeaddrinfo(list);
    }
}

/* The library calls functions of a DLL through these pointers. They replace those of the import library. */
int WSAAPI (*__imp_getaddrinfo)(const char *, const char *, const struct addrinfo *,
                                struct addrinfo **) = own_getaddrinfo;
void WSAAPI (*__imp_freeaddrinfo)(struct addrinfo *) = own_freeaddrinfo;

static int find_the_systems(void **unused)
{
    HMODULE library = LoadLibraryA("ws2_32.dll");
    FARPROC found[2] = {GetProcAddress(library, "getaddrinfo"), GetProcAddress(library, "freeaddrinfo")};
    memcpy((void *)&system_getaddrinfo, (void *)&found[0], sizeof found[0]);
    memcpy((void *)&system_freeaddrinfo, (void *)&found[1], sizeof found[1]);
    return library == NULL || found[0] == NULL || found[1] == NULL ? -1 : start_winsock(unused);
}

static int begin(void **unused)
{
    (void)unused;
    make_list = NULL;
    answer = 0;
    may_answer = CreateEventA(NULL, TRUE, FALSE, NULL);
    amp_windows_init(&state, &port);
    return may_answer == NULL ? -1 : 0;
}

/* No thread may use the event any more. */
static int end(void **unused)
{
    (void)unused;
    assert_true(SetEvent(may_answer));
    port.close(port.ctx);
    while (!amp_windows_idle(&state)) {
        port.wait(port.ctx, 0, 100);
    }
    (void)CloseHandle(may_answer);
    may_answer = NULL;
    return 0;
}

/* `open` returns, however long the resolver takes. So do `close` and the next `open`. */
static void a_resolver_that_waits_stops_nothing(void **unused)
{
    unsigned wanted = AMP_WAIT_READ;
    (void)unused;
    for (unsigned i = 0; i < 3; ++i) {
        assert_int_equal(port.open(port.ctx, "slow.test", 443), 0);
        assert_int_equal(port.idle_ms(port.ctx, &wanted), AMP_WINDOWS_IDLE_MS);
        assert_int_equal(wanted, 0);
        assert_true(amp_windows_socket(&state) == AMP_WINDOWS_NO_SOCKET);
        port.wait(port.ctx, AMP_WAIT_WRITE, 10);
    }
    assert_int_equal(reported().stage, AMP_STAGE_DNS);
    port.close(port.ctx);
    assert_int_equal(amp_windows_idle(&state), 0);
    assert_int_equal(port.open(port.ctx, "slow.test", 443), 0); /* the previous look-up is still running */
    answer = WSATRY_AGAIN;
    assert_true(SetEvent(may_answer));
    assert_int_equal(open_port("slow.test", 443), AMP_ERR_DNS);
    assert_int_equal(reported().code, WSATRY_AGAIN);
    assert_int_equal(amp_windows_idle(&state), 1);
}

/* A look-up that was cancelled keeps Winsock open until it ends. */
static void a_cancelled_look_up_keeps_winsock(void **unused)
{
    assert_int_equal(port.open(port.ctx, "slow.test", 443), 0);
    port.close(port.ctx);
    assert_int_equal(WSACleanup(), 0); /* the test's own */
    SOCKET works = socket(AF_INET, SOCK_STREAM, 0);
    assert_true(works != INVALID_SOCKET);
    assert_int_equal(closesocket(works), 0);
    answer = WSAHOST_NOT_FOUND;
    assert_true(SetEvent(may_answer));
    while (!amp_windows_idle(&state)) {
        port.wait(port.ctx, 0, 1000);
    }
    assert_true(socket(AF_INET, SOCK_STREAM, 0) == INVALID_SOCKET);
    assert_int_equal(WSAGetLastError(), WSANOTINITIALISED);
    assert_int_equal(start_winsock(unused), 0);
}

static void failures_have_a_status(void **unused)
{
    static const struct {
        int number;
        amp_status_t status;
    } rows[] = {
        {WSAHOST_NOT_FOUND, AMP_ERR_DNS}, {WSATRY_AGAIN, AMP_ERR_DNS},
        {WSANO_RECOVERY, AMP_ERR_DNS},    {WSA_NOT_ENOUGH_MEMORY, AMP_ERR_NETWORK},
        {WSAENOBUFS, AMP_ERR_NETWORK},    {WSAEMFILE, AMP_ERR_NETWORK},
    };
    (void)unused;
    assert_true(SetEvent(may_answer));
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
        answer = rows[i].number;
        assert_int_equal(open_port("slow.test", 443), rows[i].status);
        assert_int_equal(reported().stage, AMP_STAGE_DNS);
        assert_int_equal(reported().code, rows[i].number);
        assert_int_equal(reported().origin, AMP_ORIGIN_PORT);
        port.close(port.ctx);
    }
}

#define MANY 40u

static struct sockaddr_in addresses[MANY];
static struct addrinfo list[MANY];
static unsigned usable; /* index of the only usable address */

/* Addresses of an unknown family, shorter than their family's, or of IPv4. */
static struct addrinfo *make_odd_list(void)
{
    for (unsigned i = 0; i < MANY; ++i) {
        memset(&list[i], 0, sizeof list[i]);
        addresses[i].sin_family = AF_INET;
        addresses[i].sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        list[i].ai_family = i % 2u == 0 ? AF_IPX : AF_INET;
        list[i].ai_addrlen = i % 2u == 0 ? sizeof addresses[i] : 4u;
        list[i].ai_addr = (struct sockaddr *)&addresses[i];
        list[i].ai_next = i + 1u < MANY ? &list[i + 1u] : NULL;
    }
    list[usable].ai_family = AF_INET;
    list[usable].ai_addrlen = sizeof addresses[0];
    return list;
}

static struct addrinfo *make_long_list(void)
{
    (void)make_odd_list();
    for (unsigned i = 0; i < MANY; ++i) {
        list[i].ai_family = AF_INET;
        list[i].ai_addrlen = sizeof addresses[i];
    }
    return list;
}

static void addresses_that_do_not_fit_are_skipped(void **unused)
{
    uint16_t number;
    SOCKET listener = listening_socket(&number, 1);
    (void)unused;
    assert_true(SetEvent(may_answer));
    make_list = make_odd_list;
    usable = 20;
    assert_int_equal(open_port("slow.test", number), 1);
    port.close(port.ctx);
    (void)closesocket(listener);
}

/* The port stores only a part of a long list. Each address is refused. */
static void a_long_list_is_cut(void **unused)
{
    uint16_t number;
    SOCKET refusing = bound_socket(&number);
    (void)unused;
    assert_true(SetEvent(may_answer));
    make_list = make_long_list;
    assert_int_equal(open_port("slow.test", number), AMP_ERR_CONNECT);
    assert_int_equal(reported().code, WSAECONNREFUSED);
    (void)closesocket(refusing);
}

static void no_usable_address_is_an_unknown_name(void **unused)
{
    (void)unused;
    assert_true(SetEvent(may_answer));
    assert_int_equal(open_port("slow.test", 443), AMP_ERR_DNS);
    assert_int_equal(reported().code, WSANO_DATA);
}

static void the_system_resolves_localhost(void **unused)
{
    uint16_t number;
    SOCKET listener = listening_socket(&number, 8);
    (void)unused;
    amp_windows_init(&state, &port);
    for (unsigned i = 0; i < 3; ++i) {
        assert_int_equal(open_port("localhost", number), 1);
        SOCKET peer = accepted(listener);
        port.close(port.ctx);
        assert_int_equal(amp_windows_idle(&state), 1);
        (void)closesocket(peer);
    }
    (void)closesocket(listener);
}

static void an_unknown_name_is_reported(void **unused)
{
    (void)unused;
    amp_windows_init(&state, &port);
    assert_int_equal(open_port("no-such-host.invalid", 443), AMP_ERR_DNS);
    assert_int_equal(reported().stage, AMP_STAGE_DNS);
    assert_int_not_equal(reported().code, 0);
    port.close(port.ctx);
}

static void a_host_that_is_too_long_is_reported(void **unused)
{
    char host[256];
    (void)unused;
    amp_windows_init(&state, &port);
    memset(host, 'a', sizeof host);
    host[254] = '\0';
    assert_int_equal(open_port(host, 443), AMP_ERR_DNS);
    port.close(port.ctx);
    host[253] = '\0';
    assert_int_equal(open_port(host, 443), AMP_ERR_DNS);
    port.close(port.ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_resolver_that_waits_stops_nothing, begin, end),
        cmocka_unit_test_setup_teardown(a_cancelled_look_up_keeps_winsock, begin, end),
        cmocka_unit_test_setup_teardown(failures_have_a_status, begin, end),
        cmocka_unit_test_setup_teardown(addresses_that_do_not_fit_are_skipped, begin, end),
        cmocka_unit_test_setup_teardown(a_long_list_is_cut, begin, end),
        cmocka_unit_test_setup_teardown(no_usable_address_is_an_unknown_name, begin, end),
        cmocka_unit_test(the_system_resolves_localhost),
        cmocka_unit_test(an_unknown_name_is_reported),
        cmocka_unit_test(a_host_that_is_too_long_is_reported),
    };
    return cmocka_run_group_tests(tests, find_the_systems, stop_winsock);
}
