/* SPDX-License-Identifier: MIT */
/* The status for each error number of Windows. The test's own functions fail in place of the system's. Wine 8
 * sends the end of a connection before the reset that a test requests, and sockets cannot be exhausted. */
#include "winsock_peers.h"

static int io_number;     /* error number of send and recv; 0: they move no bytes */
static int socket_number; /* error number of socket(); 0: the system's function */
static int startup_number;

static int fail_io(void)
{
    WSASetLastError(io_number);
    return SOCKET_ERROR;
}

static int WSAAPI own_send(SOCKET to, const char *data, int len, int flags)
{
    (void)to;
    (void)data;
    (void)len;
    (void)flags;
    return fail_io();
}

static int WSAAPI own_recv(SOCKET from, char *data, int len, int flags)
{
    (void)from;
    (void)data;
    (void)len;
    (void)flags;
    return fail_io();
}

static SOCKET WSAAPI own_socket(int family, int type, int protocol)
{
    if (socket_number != 0) {
        WSASetLastError(socket_number);
        return INVALID_SOCKET;
    }
    return WSASocketA(family, type, protocol, NULL, 0, WSA_FLAG_OVERLAPPED);
}

static int(WSAAPI *system_startup)(WORD version, WSADATA *out_data);

static int WSAAPI own_startup(WORD version, WSADATA *out_data)
{
    return startup_number != 0 ? startup_number : system_startup(version, out_data);
}

/* The library calls functions of a DLL through these pointers. They replace those of the import library. */
int(WSAAPI *__imp_send)(SOCKET, const char *, int, int) = own_send;
int(WSAAPI *__imp_recv)(SOCKET, char *, int, int) = own_recv;
SOCKET(WSAAPI *__imp_socket)(int, int, int) = own_socket;
int(WSAAPI *__imp_WSAStartup)(WORD, WSADATA *) = own_startup;

static int find_the_systems(void **unused)
{
    HMODULE library = LoadLibraryA("ws2_32.dll");
    FARPROC found = GetProcAddress(library, "WSAStartup");
    memcpy((void *)&system_startup, (void *)&found, sizeof found);
    return library == NULL || found == NULL ? -1 : start_winsock(unused);
}

static void failures_of_send_and_recv_have_a_status(void **unused)
{
    static const struct {
        int number;
        int result;
    } rows[] = {
        {WSAEWOULDBLOCK, 0},
        {WSAECONNRESET, AMP_ERR_ABORTED},
        {WSAECONNABORTED, AMP_ERR_ABORTED},
        {WSAENETRESET, AMP_ERR_ABORTED},
        {WSAESHUTDOWN, AMP_ERR_ABORTED},
        {WSAETIMEDOUT, AMP_ERR_NETWORK},
        {WSAENETDOWN, AMP_ERR_NETWORK},
        {WSAENOTSOCK, AMP_ERR_NETWORK},
    };
    SOCKET peer = connected_peer();
    (void)unused;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
        uint8_t byte = 0;
        io_number = rows[i].number;
        assert_int_equal(port.send(port.ctx, &byte, 1), rows[i].result);
        assert_int_equal(reported().code, rows[i].result != 0 ? rows[i].number : 0);
        assert_int_equal(port.recv(port.ctx, &byte, 1), rows[i].result);
        assert_int_equal(reported().code, rows[i].result != 0 ? rows[i].number : 0);
        assert_int_equal(reported().origin, AMP_ORIGIN_PORT);
        assert_int_equal(reported().stage, AMP_STAGE_CONNECT);
    }
    port.close(port.ctx);
    (void)closesocket(peer);
}

/* Without a socket the request fails like a network error. It works again when sockets are available. */
static void no_socket_is_a_failure_of_the_network(void **unused)
{
    static const int numbers[] = {WSAEMFILE, WSAENOBUFS, WSA_NOT_ENOUGH_MEMORY};
    uint16_t number;
    SOCKET listener = listening_socket(&number, 8);
    (void)unused;
    for (unsigned i = 0; i < 3; ++i) {
        socket_number = numbers[i];
        amp_windows_init(&state, &port);
        assert_int_equal(open_port("127.0.0.1", number), AMP_ERR_NETWORK);
        assert_int_equal(reported().code, numbers[i]);
        assert_int_equal(reported().stage, AMP_STAGE_CONNECT);
        port.close(port.ctx);
        socket_number = 0;
        assert_int_equal(open_port("127.0.0.1", number), 1);
        port.close(port.ctx);
    }
    socket_number = WSAEAFNOSUPPORT;
    assert_int_equal(open_port("127.0.0.1", number), AMP_ERR_CONNECT);
    assert_int_equal(reported().code, WSAEAFNOSUPPORT);
    port.close(port.ctx);
    socket_number = 0;
    (void)closesocket(listener);
}

static void no_winsock_is_a_failure_of_the_network(void **unused)
{
    (void)unused;
    amp_windows_init(&state, &port);
    startup_number = WSASYSNOTREADY;
    assert_int_equal(open_port("127.0.0.1", 443), AMP_ERR_NETWORK);
    assert_int_equal(reported().code, WSASYSNOTREADY);
    assert_int_equal(open_port("127.0.0.1", 443), AMP_ERR_NETWORK);
    startup_number = 0;
    port.close(port.ctx);
    assert_int_equal(WSACleanup(), 0); /* the test's own */
    assert_int_equal(WSACleanup(), SOCKET_ERROR);
    assert_int_equal(start_winsock(unused), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(failures_of_send_and_recv_have_a_status),
        cmocka_unit_test(no_socket_is_a_failure_of_the_network),
        cmocka_unit_test(no_winsock_is_a_failure_of_the_network),
    };
    return cmocka_run_group_tests(tests, find_the_systems, stop_winsock);
}
