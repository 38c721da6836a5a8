/* SPDX-License-Identifier: MIT */
/* The port over a byte pipe, with a simulated modem. */
#include "fixture.h"

#include "amp_uart.h"

/* The bytes that the modem received, their times, and its scripted answers. */
typedef struct {
    const char *trigger; /* sends `says` after it has received this text */
    const char *says;
    char received[256];
    uint32_t received_ms[256];
    size_t received_len;
    char said[256];
    size_t said_len;
    size_t said_at;
    uint32_t now_ms;
    size_t calls;
    int slow; /* if 1, every other call moves one byte, and the others 0 */
    int carrier;
    unsigned hang_ups;
    unsigned wanted;
    uint32_t waited_ms;
} modem_t;

static size_t portion(modem_t *modem, size_t len)
{
    return !modem->slow ? len : ++modem->calls % 2u == 0;
}

static void say(modem_t *modem, const char *text)
{
    size_t len = strlen(text);
    assert_true(modem->said_len + len < sizeof modem->said);
    memcpy(modem->said + modem->said_len, text, len);
    modem->said_len += len;
}

static void listen(modem_t *modem, const char *wanted, const char *says)
{
    modem->trigger = wanted;
    modem->says = says;
}

static size_t modem_write(void *ctx, const uint8_t *data, size_t len)
{
    modem_t *modem = ctx;
    assert_true(len > 0);
    len = portion(modem, len);
    for (size_t i = 0; i < len; ++i) {
        assert_true(modem->received_len < sizeof modem->received - 1u);
        modem->received_ms[modem->received_len] = modem->now_ms;
        modem->received[modem->received_len++] = (char)data[i];
        modem->received[modem->received_len] = '\0';
    }
    if (modem->trigger != NULL && strstr(modem->received, modem->trigger) != NULL) {
        say(modem, modem->says);
        modem->trigger = NULL;
    }
    return len;
}

static size_t modem_read(void *ctx, uint8_t *data, size_t len)
{
    modem_t *modem = ctx;
    size_t there = modem->said_len - modem->said_at;
    assert_true(len > 0);
    len = portion(modem, len < there ? len : there);
    len = len < there ? len : there;
    memcpy(data, modem->said + modem->said_at, len);
    modem->said_at += len;
    return len;
}

static uint32_t modem_now_ms(void *ctx)
{
    const modem_t *modem = ctx;
    return modem->now_ms;
}

static void modem_wait(void *ctx, unsigned wanted, uint32_t ms)
{
    modem_t *modem = ctx;
    modem->wanted = wanted;
    modem->waited_ms = ms;
}

static int modem_carrier(void *ctx)
{
    const modem_t *modem = ctx;
    return modem->carrier;
}

static void modem_hang_up(void *ctx)
{
    modem_t *modem = ctx;
    ++modem->hang_ups;
}

static modem_t modem;
static amp_uart_t state;
static amp_port_t port;
static amp_uart_pipe_t uart;

static int set_up(void **unused)
{
    (void)unused;
    memset(&modem, 0, sizeof modem);
    modem.carrier = 1;
    modem.now_ms = 0xfffffe00u; /* wraps around soon */
    uart = (amp_uart_pipe_t){&modem,     modem_write, modem_read, modem_now_ms,
                             modem_wait, NULL,        NULL,       "AT+OPEN=\"{host}\",{port},0"};
    amp_uart_init(&state, &uart, &port);
    return 0;
}

/* Steps of 10 ms until the port returns a result, at most 10 s. */
static int open_port(void)
{
    int result = 0;
    for (unsigned i = 0; i < 1000 && result == 0; ++i) {
        result = port.open(port.ctx, "api.test", 8443);
        modem.now_ms += 10;
    }
    return result;
}

#define DIALLED "AT+OPEN=\"api.test\",8443,0\r"
#define HUNG_UP "+++ATH\r"

static void test_dials(void **unused)
{
    uint8_t data[8];
    (void)unused;
    listen(&modem, "8443,0\r", DIALLED "\r\nOK\r\n\r\nCONNECT 115200\r\n\x16\x03hello");
    assert_int_equal(open_port(), 1);
    /* The modem may still be connected from before a restart of the device. */
    assert_string_equal(modem.received, HUNG_UP DIALLED);
    /* Every byte after the line belongs to the connection. */
    assert_int_equal(port.recv(port.ctx, data, sizeof data), 7);
    assert_memory_equal(data, "\x16\x03hello", 7);
    assert_int_equal(port.recv(port.ctx, data, sizeof data), 0);
    modem.received_len = 0;
    assert_int_equal(port.send(port.ctx, (const uint8_t *)"+++", 3), 3);
    assert_string_equal(modem.received, "+++");
}

static void test_command_is_sent_as_it_is(void **unused)
{
    (void)unused;
    uart.dial = "AT+X?=~{nost}{port}{host}";
    listen(&modem, "api.test\r", "CONNECT\r\n");
    assert_int_equal(open_port(), 1);
    assert_string_equal(modem.received, HUNG_UP "AT+X?=~{nost}8443api.test\r");
}

static void test_silence_around_the_escape_sequence(void **unused)
{
    uint32_t begin = modem.now_ms;
    (void)unused;
    listen(&modem, "ATH\r", "ATH\r\r\nOK\r\n");
    assert_int_equal(open_port(), 0);
    assert_true(modem.received_ms[0] - begin >= 1000);
    assert_int_equal(modem.received_ms[2], modem.received_ms[0]);
    assert_true(modem.received_ms[3] - modem.received_ms[2] >= 1000);
    /* The port does not wait for the answer. */
    assert_true(modem.received_ms[strlen(HUNG_UP)] - modem.received_ms[strlen(HUNG_UP) - 1u] <= 30);
}

static void test_refused(void **unused)
{
    static const char *const answers[] = {"ERROR", "+CME ERROR: 3", "NO CARRIER",  "NO ANSWER",
                                          "BUSY",  "CLOSED",        "CONNECT FAIL"};
    (void)unused;
    for (unsigned i = 0; i < sizeof answers / sizeof answers[0]; ++i) {
        (void)set_up(NULL);
        amp_port_report_t report = {AMP_STAGE_START, AMP_ORIGIN_ERRNO, 1};
        char line[32] = "\r\n";
        strcat(strcat(line, answers[i]), "\r\n");
        listen(&modem, "8443,0\r", line);
        assert_int_equal(open_port(), AMP_ERR_CONNECT);
        port.report(port.ctx, &report);
        assert_int_equal(report.stage, AMP_STAGE_CONNECT);
        assert_int_equal(port.send(port.ctx, (const uint8_t *)"x", 1), AMP_ERR_ABORTED);
        /* The modem is not connected, so there is no call to end. */
        modem.received_len = 0;
        listen(&modem, "8443,0\r", "CONNECT\r\n");
        assert_int_equal(open_port(), 1);
        assert_string_equal(modem.received, DIALLED);
    }
}

static void test_slow_pipe(void **unused)
{
    uint8_t data[4];
    size_t len = 0;
    (void)unused;
    modem.slow = 1;
    listen(&modem, "8443,0\r", "\r\nCONNECT\r\nabc");
    assert_int_equal(open_port(), 1);
    assert_string_equal(modem.received, HUNG_UP DIALLED);
    for (unsigned i = 0; i < 10; ++i) {
        int result = port.recv(port.ctx, data + len, sizeof data - len);
        assert_true(result == 0 || result == 1);
        len += (size_t)result;
    }
    assert_int_equal(len, 3);
    assert_memory_equal(data, "abc", 3);
}

static void test_carrier(void **unused)
{
    uint8_t data[8];
    (void)unused;
    uart.carrier = modem_carrier;
    listen(&modem, "8443,0\r", "CONNECT\r\nlast");
    assert_int_equal(open_port(), 1);
    modem.carrier = 0;
    assert_int_equal(port.recv(port.ctx, data, sizeof data), 4);
    assert_int_equal(port.recv(port.ctx, data, sizeof data), AMP_ERR_ABORTED);
    assert_int_equal(port.send(port.ctx, data, 4), AMP_ERR_ABORTED);
}

static void test_hangs_up_by_line(void **unused)
{
    (void)unused;
    uart.hang_up = modem_hang_up;
    listen(&modem, "8443,0\r", "CONNECT\r\n");
    assert_int_equal(open_port(), 1);
    assert_string_equal(modem.received, DIALLED);
    unsigned before = modem.hang_ups;
    port.close(port.ctx);
    assert_int_equal(modem.hang_ups, before + 1u);
}

static void test_aborted_while_dialling(void **unused)
{
    (void)unused;
    assert_int_equal(open_port(), 0);
    assert_string_equal(modem.received, HUNG_UP DIALLED);
    port.close(port.ctx);
    modem.received_len = 0;
    /* The answer to the first dialling arrives late. It must not count as the answer to the second. */
    say(&modem, "\r\nCONNECT\r\n");
    listen(&modem, "ATH\r", "\r\nNO CARRIER\r\n");
    assert_int_equal(open_port(), 0);
    assert_string_equal(modem.received, HUNG_UP DIALLED);
    say(&modem, "\r\nCONNECT\r\n");
    assert_int_equal(open_port(), 1);
}

static void test_always_connected(void **unused)
{
    (void)unused;
    uart.dial = NULL;
    amp_uart_init(&state, &uart, &port);
    assert_int_equal(port.open(port.ctx, "api.test", 443), 1);
    port.close(port.ctx);
    assert_int_equal(port.open(port.ctx, "api.test", 443), 1);
    assert_int_equal(modem.received_len, 0);
}

static void test_waits(void **unused)
{
    (void)unused;
    assert_int_equal(port.open(port.ctx, "api.test", 8443), 0);
    port.wait(port.ctx, AMP_WAIT_READ | AMP_WAIT_WRITE, 30000);
    assert_int_equal(modem.wanted, 0);
    assert_in_range(modem.waited_ms, 1000, 2000);
    listen(&modem, "8443,0\r", "CONNECT\r\n");
    assert_int_equal(open_port(), 1);
    port.wait(port.ctx, AMP_WAIT_WRITE, 30000);
    assert_int_equal(modem.wanted, AMP_WAIT_WRITE);
    assert_int_equal(modem.waited_ms, 30000);
}

/* For an event loop: a pause of the modem while dialling, then the events that the layer above requests. */
static void test_idle(void **unused)
{
    unsigned wanted = AMP_WAIT_READ | AMP_WAIT_WRITE;
    (void)unused;
    assert_int_equal(port.open(port.ctx, "api.test", 8443), 0);
    assert_in_range(port.idle_ms(port.ctx, &wanted), 1000, 2000);
    assert_int_equal(wanted, 0);
    listen(&modem, "8443,0\r", "CONNECT\r\n");
    assert_int_equal(open_port(), 1);
    for (wanted = 0; wanted < 4u; ++wanted) {
        unsigned before = wanted;
        assert_int_equal(port.idle_ms(port.ctx, &wanted), AMP_NEVER_MS);
        assert_int_equal(wanted, before);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_dials, set_up),
        cmocka_unit_test_setup(test_command_is_sent_as_it_is, set_up),
        cmocka_unit_test_setup(test_silence_around_the_escape_sequence, set_up),
        cmocka_unit_test_setup(test_refused, set_up),
        cmocka_unit_test_setup(test_slow_pipe, set_up),
        cmocka_unit_test_setup(test_carrier, set_up),
        cmocka_unit_test_setup(test_hangs_up_by_line, set_up),
        cmocka_unit_test_setup(test_aborted_while_dialling, set_up),
        cmocka_unit_test_setup(test_always_connected, set_up),
        cmocka_unit_test_setup(test_waits, set_up),
        cmocka_unit_test_setup(test_idle, set_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
