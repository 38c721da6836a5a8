/* SPDX-License-Identifier: MIT */
/* Tests the port over lwIP's raw API, with lwIP on this machine. The peer and a resolver are in the same
 * stack. Time passes only when the port waits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <lwip/dns.h>
#include <lwip/init.h>
#include <lwip/netif.h>
#include <lwip/tcp.h>
#include <lwip/timeouts.h>
#include <lwip/udp.h>

#include "amp_lwip.h"

#define NUMBER 8443u

static uint32_t clock_ms;
static struct tcp_pcb *peer;
static uint8_t collected[16384];
static size_t collected_len;
static int peer_ended;
static struct udp_pcb *resolver;
static uint8_t question[128];
static uint16_t question_len;
static uint16_t question_from;

static amp_lwip_t state;
static amp_port_t port;

u32_t sys_now(void)
{
    return clock_ms;
}

uint32_t network_random(void)
{
    static uint32_t last = 1;
    last = last * 1664525u + 1013904223u;
    return last;
}

static err_t peer_received(void *arg, struct tcp_pcb *pcb, struct pbuf *data, err_t error)
{
    (void)arg;
    (void)error;
    if (data == NULL) {
        peer_ended = 1;
        return ERR_OK;
    }
    assert_true(collected_len + data->tot_len <= sizeof collected);
    collected_len += pbuf_copy_partial(data, collected + collected_len, data->tot_len, 0);
    tcp_recved(pcb, data->tot_len);
    (void)pbuf_free(data);
    return ERR_OK;
}

static void peer_failed(void *arg, err_t error)
{
    (void)arg;
    (void)error;
    peer = NULL;
}

static err_t peer_accepted(void *arg, struct tcp_pcb *pcb, err_t error)
{
    (void)arg;
    assert_int_equal(error, ERR_OK);
    peer = pcb;
    tcp_recv(pcb, peer_received);
    tcp_err(pcb, peer_failed);
    return ERR_OK;
}

static void resolver_asked(void *arg, struct udp_pcb *pcb, struct pbuf *data, const ip_addr_t *from,
                           u16_t number)
{
    (void)arg;
    (void)pcb;
    (void)from;
    question_len = pbuf_copy_partial(data, question, sizeof question, 0);
    question_from = number;
    (void)pbuf_free(data);
}

/* Returns a DNS answer to the query: 127.0.0.1, or that the name does not exist. */
static void resolver_answers(int known)
{
    static const uint8_t answer[] = {0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 127, 0, 0, 1};
    ip_addr_t to;
    assert_true(question_len > 12);
    struct pbuf *data =
        pbuf_alloc(PBUF_TRANSPORT, (u16_t)(question_len + (known ? sizeof answer : 0)), PBUF_RAM);
    question[2] = 0x81;
    question[3] = known ? 0x80 : 0x83;
    question[7] = (uint8_t)known;
    (void)pbuf_take(data, question, question_len);
    if (known) {
        (void)pbuf_take_at(data, answer, sizeof answer, question_len);
    }
    IP_ADDR4(&to, 127, 0, 0, 1);
    assert_int_equal(udp_sendto(resolver, data, &to, question_from), ERR_OK);
    (void)pbuf_free(data);
}

static void let_work(void *ctx, uint32_t ms)
{
    (void)ctx;
    netif_poll_all();
    sys_check_timeouts();
    clock_ms += ms < 10 ? ms : 10;
}

/* Returns the port's result as soon as it is not "try again", within a minute. */
static int opened(const char *host, uint16_t number)
{
    int result = 0;
    for (unsigned i = 0; i < 600 && result == 0; ++i) {
        result = port.open(port.ctx, host, number);
        if (result == 0) {
            port.wait(port.ctx, AMP_WAIT_READ | AMP_WAIT_WRITE, 100);
        }
    }
    return result;
}

static int received(void *data, size_t len)
{
    int result = 0;
    for (unsigned i = 0; i < 600 && result == 0; ++i) {
        result = port.recv(port.ctx, data, len);
        if (result == 0) {
            port.wait(port.ctx, AMP_WAIT_READ, 100);
        }
    }
    return result;
}

static void work(void)
{
    for (unsigned i = 0; i < 50; ++i) {
        let_work(NULL, 10);
    }
}

static void start_lwip(void)
{
    ip_addr_t address;
    lwip_init();
    struct tcp_pcb *listener = tcp_new();
    assert_int_equal(tcp_bind(listener, IP_ADDR_ANY, NUMBER), ERR_OK);
    listener = tcp_listen(listener);
    tcp_accept(listener, peer_accepted);
    resolver = udp_new();
    assert_int_equal(udp_bind(resolver, IP_ADDR_ANY, 53), ERR_OK);
    udp_recv(resolver, resolver_asked, NULL);
    IP_ADDR4(&address, 127, 0, 0, 1);
    dns_setserver(0, &address);
}

static int set_up(void **unused)
{
    (void)unused;
    peer = NULL;
    collected_len = 0;
    peer_ended = 0;
    question_len = 0;
    amp_lwip_init(&state, let_work, NULL, &port);
    return 0;
}

static int tear_down(void **unused)
{
    (void)unused;
    port.close(port.ctx);
    if (peer != NULL) {
        tcp_abort(peer);
    }
    /* The data that lwIP keeps for some time after a connection has ended is freed by then. */
    for (unsigned i = 0; i < 200; ++i) {
        let_work(NULL, 10);
        clock_ms += 1000;
    }
    return 0;
}

static amp_port_report_t reported(void)
{
    amp_port_report_t report = {AMP_STAGE_START, AMP_ORIGIN_PORT, 0};
    port.report(port.ctx, &report);
    return report;
}

static void peer_says(const uint8_t *data, size_t len)
{
    assert_int_equal(tcp_write(peer, data, (u16_t)len, TCP_WRITE_FLAG_COPY), ERR_OK);
    (void)tcp_output(peer);
}

static void test_bytes_go_both_ways(void **unused)
{
    uint8_t data[16];
    (void)unused;
    assert_int_equal(port.secure, 0);
    assert_int_equal(opened("127.0.0.1", NUMBER), 1);
    assert_int_equal(port.recv(port.ctx, data, sizeof data), 0);
    assert_int_equal(port.send(port.ctx, (const uint8_t *)"hello", 5), 5);
    work();
    assert_int_equal(collected_len, 5);
    assert_memory_equal(collected, "hello", 5);
    peer_says((const uint8_t *)"world", 5);
    assert_int_equal(received(data, 3), 3);
    assert_int_equal(received(data + 3, sizeof data - 3), 2);
    assert_memory_equal(data, "world", 5);
    assert_int_equal(reported().code, ERR_OK);
    port.close(port.ctx);
    port.close(port.ctx);
    work();
    assert_true(peer_ended);
}

static void test_end_in_order(void **unused)
{
    uint8_t data[8];
    (void)unused;
    assert_int_equal(opened("near.test", NUMBER), 1);
    peer_says((const uint8_t *)"last", 4);
    assert_int_equal(tcp_close(peer), ERR_OK);
    peer = NULL;
    work();
    assert_int_equal(port.recv(port.ctx, data, sizeof data), 4);
    assert_int_equal(port.recv(port.ctx, data, sizeof data), AMP_ERR_CLOSED);
    assert_int_equal(port.recv(port.ctx, data, sizeof data), AMP_ERR_CLOSED);
}

static void test_reset(void **unused)
{
    uint8_t data[8];
    (void)unused;
    assert_int_equal(opened("127.0.0.1", NUMBER), 1);
    tcp_abort(peer);
    peer = NULL;
    assert_int_equal(received(data, sizeof data), AMP_ERR_ABORTED);
    assert_int_equal(port.send(port.ctx, data, 1), AMP_ERR_ABORTED);
    assert_int_equal(reported().code, ERR_RST);
    /* A new connection works. */
    assert_int_equal(opened("127.0.0.1", NUMBER), 1);
    assert_int_equal(port.recv(port.ctx, data, sizeof data), 0);
}

static void test_refused(void **unused)
{
    (void)unused;
    assert_int_equal(opened("127.0.0.1", 1), AMP_ERR_CONNECT);
    assert_int_equal(reported().stage, AMP_STAGE_CONNECT);
    assert_int_equal(reported().code, ERR_RST);
}

static void test_names(void **unused)
{
    (void)unused;
    assert_int_equal(port.open(port.ctx, "far.test", NUMBER), 0);
    assert_int_equal(reported().stage, AMP_STAGE_DNS);
    work();
    resolver_answers(1);
    assert_int_equal(opened("far.test", NUMBER), 1);
    port.close(port.ctx);
    assert_int_equal(port.open(port.ctx, "unknown.test", NUMBER), 0);
    work();
    resolver_answers(0);
    assert_int_equal(opened("unknown.test", NUMBER), AMP_ERR_DNS);
    assert_int_equal(reported().stage, AMP_STAGE_DNS);
    /* The name server never answers. */
    assert_int_equal(opened("silent.test", NUMBER), AMP_ERR_DNS);
}

static void test_late_answer(void **unused)
{
    (void)unused;
    assert_int_equal(port.open(port.ctx, "first.test", NUMBER), 0);
    work();
    port.close(port.ctx);
    assert_int_equal(port.open(port.ctx, "127.0.0.1", 1), 0);
    resolver_answers(1);
    work();
    /* No connection to the late address is opened. */
    assert_null(peer);
    assert_int_equal(opened("127.0.0.1", 1), AMP_ERR_CONNECT);
}

/* A reader that does not read stops the peer, and no byte is lost. */
static void test_slow_reader(void **unused)
{
    static uint8_t sent[8 * TCP_MSS];
    static uint8_t got[sizeof sent];
    size_t said = 0;
    size_t len = 0;
    (void)unused;
    for (size_t i = 0; i < sizeof sent; ++i) {
        sent[i] = (uint8_t)(i * 7u);
    }
    assert_int_equal(opened("127.0.0.1", NUMBER), 1);
    for (unsigned i = 0; i < 20; ++i) {
        size_t room = tcp_sndbuf(peer) < sizeof sent - said ? tcp_sndbuf(peer) : sizeof sent - said;
        if (room > 0 && tcp_write(peer, sent + said, (u16_t)room, TCP_WRITE_FLAG_COPY) == ERR_OK) {
            said += room;
        }
        (void)tcp_output(peer);
        work();
    }
    assert_true(said < sizeof sent);
    while (len < sizeof sent) {
        int result = received(got + len, 100);
        assert_true(result > 0);
        len += (size_t)result;
        size_t room = tcp_sndbuf(peer) < sizeof sent - said ? tcp_sndbuf(peer) : sizeof sent - said;
        if (room > 0 && tcp_write(peer, sent + said, (u16_t)room, TCP_WRITE_FLAG_COPY) == ERR_OK) {
            said += room;
            (void)tcp_output(peer);
        }
    }
    assert_memory_equal(got, sent, sizeof sent);
}

static void test_unread_bytes_are_freed(void **unused)
{
    static const uint8_t said[TCP_MSS];
    (void)unused;
    for (size_t bytes = 0; bytes < 2u * MEM_SIZE; bytes += sizeof said) {
        assert_int_equal(opened("127.0.0.1", NUMBER), 1);
        peer_says(said, sizeof said);
        work();
        port.close(port.ctx);
        work();
        assert_null(peer); /* a reset reported that its data was not read */
    }
}

static void test_send_more_than_there_is_room(void **unused)
{
    static uint8_t sent[4 * TCP_SND_BUF];
    size_t len = 0;
    unsigned again = 0;
    (void)unused;
    memset(sent, 'x', sizeof sent);
    sent[sizeof sent - 1u] = 'y';
    assert_int_equal(opened("127.0.0.1", NUMBER), 1);
    while (len < sizeof sent) {
        int result = port.send(port.ctx, sent + len, sizeof sent - len);
        assert_true(result >= 0);
        len += (size_t)result;
        if (result == 0) {
            ++again;
            port.wait(port.ctx, AMP_WAIT_WRITE, 1000);
        }
    }
    work();
    assert_true(again > 0);
    assert_int_equal(collected_len, sizeof sent);
    assert_memory_equal(collected, sent, sizeof sent);
}

static void test_waits(void **unused)
{
    uint8_t byte;
    unsigned wanted = AMP_WAIT_READ;
    (void)unused;
    assert_int_equal(opened("127.0.0.1", NUMBER), 1);
    assert_int_equal(port.idle_ms(port.ctx, &wanted), AMP_NEVER_MS);
    uint32_t begin = clock_ms;
    port.wait(port.ctx, AMP_WAIT_READ, 500);
    assert_in_range(clock_ms - begin, 500, 510);
    peer_says((const uint8_t *)"x", 1);
    begin = clock_ms;
    port.wait(port.ctx, AMP_WAIT_READ, 5000);
    assert_true(clock_ms - begin < 500);
    assert_int_equal(port.idle_ms(port.ctx, &wanted), 0); /* an event loop reads it at once */
    assert_int_equal(wanted, AMP_WAIT_READ);
    assert_int_equal(port.recv(port.ctx, &byte, 1), 1);
    assert_int_equal(port.now_ms(port.ctx), clock_ms);
    port.close(port.ctx);
    /* A program that never waits. */
    amp_lwip_init(&state, NULL, NULL, &port);
    port.wait(port.ctx, AMP_WAIT_READ, 5000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_bytes_go_both_ways, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_end_in_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_reset, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_names, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_late_answer, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_slow_reader, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_unread_bytes_are_freed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_send_more_than_there_is_room, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_waits, set_up, tear_down),
    };
    start_lwip();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
