/* SPDX-License-Identifier: MIT */
/* Replays a recorded day with fixed random numbers and a fixed clock, so that its cost is repeatable to the
 * instruction. If compiled with RECORD, it talks to a server and prints such a recording: lines "heard FLIGHT
 * HEX". */
#include <string.h>

#include "board.h"
#include "device.h"
#include "network.h"
#include "provision.h"
#include "report.h"

static uint32_t flight;
static int was_sending;

static void count_flight(int is_sending)
{
    flight += is_sending && !was_sending;
    was_sending = is_sending;
}

#if defined(RECORD)
#include "amp_lwip.h"

static amp_port_t lwip;

static int port_open(void *ctx, const char *host, uint16_t number)
{
    (void)ctx;
    return lwip.open(lwip.ctx, host, number);
}

static int port_send(void *ctx, const uint8_t *data, size_t len)
{
    (void)ctx;
    count_flight(1);
    return lwip.send(lwip.ctx, data, len);
}

static void print_hex(const uint8_t *data, size_t len)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < len; ++i) {
        const char pair[3] = {digits[data[i] >> 4], digits[data[i] & 15u], '\0'};
        board_print(pair);
    }
}

static int port_recv(void *ctx, uint8_t *data, size_t len)
{
    (void)ctx;
    int result = lwip.recv(lwip.ctx, data, len);
    if (result > 0) {
        count_flight(0);
        board_print("heard ");
        board_print_number(flight);
        board_print(" ");
        print_hex(data, (size_t)result);
        board_print("\n");
    }
    return result;
}

static void port_close(void *ctx)
{
    (void)ctx;
    lwip.close(lwip.ctx);
}

static void port_wait(void *ctx, unsigned wanted, uint32_t ms)
{
    (void)ctx;
    lwip.wait(lwip.ctx, wanted, ms);
}

static void set_up_port(void)
{
    static amp_lwip_t state;
    network_start();
    amp_lwip_init(&state, network_poll, NULL, &lwip);
}
#else
/* A piece can be read once the device has begun its send sequence number `flight`. */
typedef struct {
    uint32_t flight;
    uint32_t len; /* 0: no more */
    uint8_t data[];
} piece_t;

extern const uint8_t recording[];

static const uint8_t *next;
static size_t next_at;
static int port_open(void *ctx, const char *host, uint16_t number)
{
    (void)ctx, (void)host, (void)number;
    return 1;
}

static int port_send(void *ctx, const uint8_t *data, size_t len)
{
    (void)ctx, (void)data;
    count_flight(1);
    return (int)len;
}

static int port_recv(void *ctx, uint8_t *data, size_t len)
{
    piece_t piece;
    (void)ctx;
    memcpy(&piece, next, sizeof piece);
    if (piece.len == 0 || piece.flight > flight) {
        return 0;
    }
    count_flight(0);
    len = len < piece.len - next_at ? len : piece.len - next_at;
    memcpy(data, next + sizeof piece + next_at, len);
    next_at += len;
    if (next_at == piece.len) {
        next += sizeof piece + piece.len;
        next_at = 0;
    }
    return (int)len;
}

static void port_close(void *ctx)
{
    (void)ctx;
}

static void port_wait(void *ctx, unsigned wanted, uint32_t ms)
{
    (void)ctx, (void)wanted, (void)ms;
}

static void set_up_port(void)
{
    next = recording;
}
#endif

static uint32_t port_now_ms(void *ctx)
{
    (void)ctx;
    return board_now_ms();
}

static uint8_t session[512];
static size_t session_len;
static uint32_t installations;

static amp_status_t start_and_check(void)
{
    amp_status_t status = device_start(provision_find("url"), 0, 0);
    if (status == AMP_OK) {
        amp_tls_import(&device.tls, session, session_len);
        status = device_check();
    }
    return status;
}

static amp_status_t list(void)
{
    return device_list(&installations);
}

static int fails(const char *name, amp_status_t (*job)(void))
{
    uint32_t begin = board_work();
    amp_status_t status = job();
    uint32_t ticks = board_work() - begin;
    report_result(name, &device.client, status);
    report_number(name, ticks);
    return status != AMP_OK;
}

static int64_t recorded_time(void)
{
    amp_str_t text = provision_find("time");
    int64_t time = 0;
    for (size_t i = 0; i < text.len; ++i) {
        time = time * 10 + (text.ptr[i] - '0');
    }
    return time;
}

int main(void)
{
    const amp_port_t port = {NULL,        port_open, port_send, port_recv, port_close,
                             port_now_ms, port_wait, NULL,      0,         NULL};
    set_up_port();
    device.under = port;
    device.time = recorded_time();
    if (fails("cold", start_and_check) || fails("kept", device_check) ||
        device_go_to(provision_find("list_url")) != AMP_OK || fails("list", list)) {
        return 1;
    }
    report_number("installations", installations);
    amp_close(&device.client);
    if (amp_tls_export(&device.tls, session, sizeof session, &session_len) != AMP_OK) {
        return 1;
    }
    device_stop();
    return fails("resumed", start_and_check);
}
