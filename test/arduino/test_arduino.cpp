/* SPDX-License-Identifier: MIT */
/* Tests the port over Arduino's Client, with a class that can be slow, fail, or return impossible values. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

extern "C" { /* cmocka 1.1's header is for C only */
#include <cmocka.h>
}

#include <Client.h>

/* lwIP's macros, which are visible in a sketch that includes its sockets. */
#define connect(socket, name, len) lwip_connect(socket, name, len)
#define write(socket, data, len) lwip_write(socket, data, len)
#define read(socket, data, len) lwip_read(socket, data, len)
#include "amp_arduino.h"
#undef connect
#undef write
#undef read
#include "ampersand/ampersand.h"

static unsigned long now_ms;

unsigned long millis()
{
    return now_ms;
}

void delay(uint32_t ms)
{
    now_ms += ms;
}

class FakeClient : public Client
{
  public:
    int connect_result = 1;
    unsigned long connect_ms = 0;
    int room = 0;               /* the result of availableForWrite */
    size_t write_limit = 10000; /* upper limit of the result of `write` */
    size_t write_result = 0;    /* if not 0, `write` returns this */
    bool write_fails = false;
    int arrived = 0;       /* bytes available to `read` */
    int read_result = 0;   /* if not 0, `read` returns this */
    bool is_up = true;     /* while connected */
    int connects = 0;
    int stops = 0;
    int writes = 0;
    size_t largest_write = 0;
    size_t largest_read = 0;
    bool is_connected = false;

    int connect(IPAddress, uint16_t) override
    {
        return 0;
    }
    int connect(const char *host, uint16_t port) override
    {
        ++connects;
        assert_string_equal(host, "api.example.org");
        assert_int_equal(port, 443);
        now_ms += connect_ms;
        is_connected = connect_result == 1;
        return connect_result;
    }
    size_t write(uint8_t octet) override
    {
        return write(&octet, 1);
    }
    size_t write(const uint8_t *, size_t size) override
    {
        assert_true(is_connected);
        ++writes;
        largest_write = size > largest_write ? size : largest_write;
        if (write_fails || write_result != 0) {
            return write_result;
        }
        return size < write_limit ? size : write_limit;
    }
    int availableForWrite() override
    {
        return room;
    }
    int available() override
    {
        return arrived;
    }
    int read() override
    {
        uint8_t octet;
        return read(&octet, 1) == 1 ? octet : -1;
    }
    int read(uint8_t *data, size_t size) override
    {
        assert_true(static_cast<int>(size) <= arrived); /* some classes would wait for more */
        largest_read = size > largest_read ? size : largest_read;
        if (read_result != 0) {
            return read_result;
        }
        memset(data, 'x', size);
        arrived -= static_cast<int>(size);
        return static_cast<int>(size);
    }
    int peek() override
    {
        return -1;
    }
    void flush() override
    {
        fail(); /* some classes drop received bytes here, others wait */
    }
    void stop() override
    {
        ++stops;
        is_connected = false;
    }
    uint8_t connected() override
    {
        return is_connected && (is_up || arrived > 0);
    }
    operator bool() override
    {
        return connected() != 0;
    }
};

static const char host[] = "api.example.org";
static uint8_t bytes[4096];

/* A port with an open connection. */
struct Rig {
    FakeClient client;
    amp_arduino_t state;
    amp_port_t port;
    Rig()
    {
        amp_arduino_init(&state, &client, &port);
        assert_int_equal(port.open(port.ctx, host, 443), 1);
    }
    int send(size_t len)
    {
        return port.send(port.ctx, bytes, len);
    }
    int recv(size_t len)
    {
        return port.recv(port.ctx, bytes, len);
    }
};

static void test_open_and_close(void **)
{
    FakeClient client;
    amp_arduino_t state;
    amp_port_t port;
    amp_arduino_init(&state, &client, &port);
    assert_int_equal(port.secure, 0);
    port.close(port.ctx);
    assert_int_equal(client.stops, 0);
    assert_int_equal(port.recv(port.ctx, bytes, 1), AMP_ERR_ABORTED);
    assert_int_equal(port.send(port.ctx, bytes, 1), AMP_ERR_ABORTED);
    assert_int_equal(port.open(port.ctx, host, 443), 1);
    assert_int_equal(port.open(port.ctx, host, 443), 1); /* closes the previous connection */
    assert_int_equal(client.stops, 1);
    port.close(port.ctx);
    port.close(port.ctx);
    assert_int_equal(client.stops, 2);
    assert_int_equal(client.connects, 2);
}

/* Any value that is not positive is a failure, and the half-open connection is released. */
static void test_connect_fails(void **)
{
    for (int result = -4; result <= 0; ++result) {
        FakeClient client;
        amp_arduino_t state;
        amp_port_t port;
        amp_port_report_t report;
        amp_arduino_init(&state, &client, &port);
        client.connect_result = result;
        assert_int_equal(port.open(port.ctx, host, 443), AMP_ERR_CONNECT);
        assert_int_equal(client.stops, 1);
        port.report(port.ctx, &report);
        assert_int_equal(report.stage, AMP_STAGE_CONNECT);
        assert_int_equal(report.code, result);
        assert_int_equal(port.send(port.ctx, bytes, 1), AMP_ERR_ABORTED);
    }
}

static int connect_quickly(Client *client, const char *name, uint16_t number)
{
    return client->connect(name, number) + 4;
}

static void test_a_connect_of_its_own(void **)
{
    Rig rig;
    amp_port_report_t report;
    rig.state.connect = connect_quickly;
    assert_int_equal(rig.port.open(rig.port.ctx, host, 443), 1);
    rig.port.report(rig.port.ctx, &report);
    assert_int_equal(report.code, 5);
}

static void test_send(void **)
{
    Rig rig;
    assert_int_equal(rig.send(100), 100);
    assert_int_equal(rig.send(4096), AMP_ARDUINO_WRITE_MAX);
    rig.client.write_limit = 7;
    assert_int_equal(rig.send(100), 7);
    rig.client.is_up = false; /* no call is passed to a connection that has ended */
    int writes = rig.client.writes;
    assert_int_equal(rig.send(100), AMP_ERR_ABORTED);
    assert_int_equal(rig.client.writes, writes);
}

/* A class that reports its free space is never asked to write more, so it does not wait. */
static void test_send_into_room(void **)
{
    Rig rig;
    rig.client.room = 50;
    assert_int_equal(rig.send(100), 50);
    rig.client.room = 0;
    assert_int_equal(rig.send(100), 0);
    assert_int_equal(rig.client.writes, 1);
    rig.client.room = -1;
    assert_int_equal(rig.send(100), 0);
    rig.client.room = 200;
    assert_int_equal(rig.send(100), 100);
}

/* The bytes of a failed write may have been sent. The port reports them as sent, then reports the end of the
 * connection. */
static void test_a_failed_write_is_not_repeated(void **)
{
    for (int i = 0; i < 2; ++i) {
        Rig rig;
        rig.client.write_fails = true;
        rig.client.write_result = i == 0 ? 0 : static_cast<size_t>(-9999);
        assert_int_equal(rig.send(100), 100);
        assert_int_equal(rig.send(100), AMP_ERR_ABORTED);
        assert_int_equal(rig.recv(100), AMP_ERR_ABORTED);
        assert_int_equal(rig.client.writes, 1);
        rig.client.arrived = 5; /* an early response is read */
        assert_int_equal(rig.recv(100), 5);
        rig.client.write_fails = false;
        rig.client.write_result = 0;
        assert_int_equal(rig.port.open(rig.port.ctx, host, 443), 1);
        assert_int_equal(rig.send(100), 100);
    }
}

static void test_recv(void **)
{
    Rig rig;
    assert_int_equal(rig.recv(100), 0);
    rig.client.arrived = 30;
    assert_int_equal(rig.recv(20), 20);
    assert_int_equal(rig.recv(20), 10);
    assert_int_equal(rig.client.largest_read, 20);
    rig.client.arrived = 3;
    rig.client.is_up = false; /* the last bytes are read before the end is reported */
    assert_int_equal(rig.recv(20), 3);
    assert_int_equal(rig.recv(20), AMP_ERR_ABORTED);
}

static void test_a_read_that_returns_nothing(void **)
{
    Rig rig;
    rig.client.arrived = 10;
    rig.client.read_result = -1;
    assert_int_equal(rig.recv(10), 0);
    rig.client.is_connected = false;
    assert_int_equal(rig.recv(10), AMP_ERR_ABORTED);
}

static unsigned long waited(Rig *rig, unsigned wanted, uint32_t ms)
{
    unsigned long start = now_ms;
    rig->port.wait(rig->port.ctx, wanted, ms);
    return now_ms - start;
}

static void test_wait(void **)
{
    Rig rig;
    assert_int_equal(waited(&rig, AMP_WAIT_READ, 0), 0);
    assert_int_equal(waited(&rig, AMP_WAIT_READ, 250), 250);
    assert_int_equal(waited(&rig, 0, 250), 250);
    now_ms = UINT32_MAX - 100u; /* the clock wraps */
    assert_int_equal(waited(&rig, AMP_WAIT_READ, 250), 250);
    rig.client.arrived = 1;
    assert_true(waited(&rig, AMP_WAIT_READ, 250) <= 1);
    rig.client.arrived = 0;
    assert_true(waited(&rig, AMP_WAIT_WRITE, 250) <= 1); /* its free space is unknown */
    rig.client.room = 10;
    assert_int_equal(rig.send(10), 10);
    rig.client.room = 0;
    assert_int_equal(waited(&rig, AMP_WAIT_WRITE, 250), 250);
    rig.client.room = 1;
    assert_true(waited(&rig, AMP_WAIT_WRITE, 250) <= 1);
    rig.client.is_up = false;
    assert_true(waited(&rig, AMP_WAIT_READ, 250) <= 1);
}

/* The class reports no events, so an event loop polls again after a short time. */
static void test_idle(void **)
{
    Rig rig;
    unsigned wanted = AMP_WAIT_READ;
    assert_int_equal(rig.port.idle_ms(rig.port.ctx, &wanted), AMP_ARDUINO_POLL_MS);
    assert_int_equal(wanted, 0); /* there is no file descriptor to wait for */
    rig.client.arrived = 1;
    wanted = AMP_WAIT_READ;
    assert_int_equal(rig.port.idle_ms(rig.port.ctx, &wanted), 0);
}

/* The client's rules also hold over a class that blocks. */
static amp_status_t ask(FakeClient *client, int is_change, amp_info_t *out_info)
{
    static amp_client_t amp;
    static uint8_t work[AMP_WORK_SIZE];
    static amp_connection_t connection;
    amp_arduino_t state;
    amp_port_t port;
    amp_url_t url;
    amp_config_t config = {};
    amp_get_connection_t get = {};
    amp_delete_connection_t remove = {};
    amp_arduino_init(&state, client, &port);
    port.secure = 1; /* as over a modem that implements TLS */
    assert_int_equal(amp_url_parse(AMP_STR("https://api.example.org/v1"), &url), AMP_OK);
    config.base_url = &url;
    config.project = AMP_STR("p");
    config.api_key = AMP_STR("k");
    config.port = &port;
    config.timeout_ms = 5000;
    get.id = AMP_STR("c");
    remove.id = AMP_STR("c");
    assert_int_equal(amp_init(&amp, &config, work, sizeof work), AMP_OK);
    amp_status_t status =
        is_change ? amp_delete_connection(&amp, &remove, NULL) : amp_get_connection(&amp, &get, &connection);
    *out_info = *amp_client_info(&amp);
    amp_close(&amp);
    return status;
}

/* A connect that takes longer than the request's deadline is its last call: nothing is sent. */
static void test_the_deadline_after_connect(void **)
{
    FakeClient client;
    amp_info_t info;
    client.connect_ms = 60000;
    assert_int_equal(ask(&client, 0, &info), AMP_ERR_DEADLINE);
    assert_int_equal(client.connects, 1);
    assert_int_equal(client.writes, 0);
    assert_true(client.stops > 0);
}

static void test_the_deadline_while_nothing_arrives(void **)
{
    FakeClient client;
    amp_info_t info;
    unsigned long start = now_ms;
    assert_int_equal(ask(&client, 0, &info), AMP_ERR_DEADLINE);
    assert_in_range(now_ms - start, 5000, 5002);
}

/* A change may have taken effect although its write failed. */
static void test_a_change_that_may_have_been_sent(void **)
{
    FakeClient client;
    amp_info_t info;
    client.write_fails = true;
    assert_int_equal(ask(&client, 1, &info), AMP_ERR_UNKNOWN_OUTCOME);
    assert_int_equal(info.cause, AMP_ERR_ABORTED);
    assert_int_equal(client.writes, 1);
}

int main()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_open_and_close),
        cmocka_unit_test(test_connect_fails),
        cmocka_unit_test(test_a_connect_of_its_own),
        cmocka_unit_test(test_send),
        cmocka_unit_test(test_send_into_room),
        cmocka_unit_test(test_a_failed_write_is_not_repeated),
        cmocka_unit_test(test_recv),
        cmocka_unit_test(test_a_read_that_returns_nothing),
        cmocka_unit_test(test_wait),
        cmocka_unit_test(test_idle),
        cmocka_unit_test(test_the_deadline_after_connect),
        cmocka_unit_test(test_the_deadline_while_nothing_arrives),
        cmocka_unit_test(test_a_change_that_may_have_been_sent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
