/* SPDX-License-Identifier: MIT */
/** @file
 * A port over Arduino's class Client: EthernetClient, TinyGsmClient, WiFiClient and others. For sketches in
 * C++, header-only. Without Arduino the file is empty. On an ESP32 with Wi-Fi use port/posix instead: it does
 * not block.
 *
 *     static EthernetClient ethernet;
 *     static amp_arduino_t tcp_state;
 *     static amp_port_t tcp;
 *     amp_arduino_init(&tcp_state, &ethernet, &tcp);
 *
 * Arduino's classes block, and this port cannot change that. The step that opens a connection takes as long
 * as `connect` of the class: README.md of this folder has the times, and how to shorten them. The client
 * checks its deadline and cancel flag after that step. Other calls do not wait longer than the class does for
 * one call, and the port never waits by itself except in `wait`.
 *
 * - At most as many bytes are read as the class reports to be available.
 * - If the class overrides availableForWrite, at most that many bytes are sent at once. Otherwise `write` of
 *   the class may wait for room.
 * - Arduino does not tell an orderly end from a reset: both are AMP_ERR_ABORTED. TLS has an end of its own.
 * - The code in amp_client_info() is what `connect` returned.
 *
 * `secure` is 0, so TLS (tls.h) runs over this port. See README.md for classes that do TLS themselves. */
#ifndef AMP_ARDUINO_H
#define AMP_ARDUINO_H

#if defined(ARDUINO)
#if !defined(__cplusplus)
#error "amp_arduino.h is for C++: Arduino's Client is a class"
#endif

#include <Arduino.h>
#include <Client.h>

#include "ampersand/port.h"

/** Maximum bytes of one `write`. Modems accept at most 1460 bytes in one command. */
#ifndef AMP_ARDUINO_WRITE_MAX
#define AMP_ARDUINO_WRITE_MAX 1024u
#endif

/** Milliseconds after which an event loop asks the class again whether data or room is available. */
#ifndef AMP_ARDUINO_POLL_MS
#define AMP_ARDUINO_POLL_MS 5u
#endif

/** Connects, as client->connect(host, port) does, and returns what that returns. For classes that take a
 * time:
 *
 *     static int connect_for_20_s(Client *client, const char *host, uint16_t port)
 *     {
 *         return static_cast<TinyGsmClient *>(client)->connect(host, port, 20);
 *     } */
typedef int (*amp_arduino_connect_fn)(Client *client, const char *host, uint16_t port);

/** The port's state. The caller owns the memory. Members except `connect` are private. */
typedef struct {
    Client *client;                 /**< as passed to amp_arduino_init */
    amp_arduino_connect_fn connect; /**< set it after amp_arduino_init; NULL: client->connect(host, port) */
    int code;                       /**< the last result of connect */
    uint8_t is_open;                /**< 1: connect succeeded, and stop was not called */
    uint8_t knows_room;             /**< 1: availableForWrite has returned more than 0 */
    uint8_t is_broken;              /**< 1: a write failed, and its bytes may have been sent */
} amp_arduino_t;

/* The names of members are in parentheses because lwIP has function-like macros connect, read and write. */

static inline void amp_arduino_close(void *ctx)
{
    amp_arduino_t *state = static_cast<amp_arduino_t *>(ctx);
    if (state->is_open) {
        state->client->stop();
    }
    state->is_open = 0;
    state->is_broken = 0;
}

static inline int amp_arduino_open(void *ctx, const char *host, uint16_t port)
{
    amp_arduino_t *state = static_cast<amp_arduino_t *>(ctx);
    amp_arduino_close(ctx);
    state->code = state->connect != NULL ? (state->connect)(state->client, host, port)
                                         : (state->client->connect)(host, port);
    if (state->code <= 0) { /* Arduino's reference has negative numbers for failures */
        state->client->stop();
        return AMP_ERR_CONNECT;
    }
    state->is_open = 1;
    return 1;
}

/* Returns 1 while bytes can be moved. */
static inline int amp_arduino_is_up(amp_arduino_t *state)
{
    return state->is_open && !state->is_broken && state->client->connected();
}

/* Returns how many of `len` bytes may be passed to `write` now. */
static inline size_t amp_arduino_room(amp_arduino_t *state, size_t len)
{
    int room = state->client->availableForWrite();
    if (room > 0) {
        state->knows_room = 1;
    }
    if (state->knows_room) {
        size_t most = room > 0 ? static_cast<size_t>(room) : 0;
        len = len < most ? len : most;
    }
    return len < AMP_ARDUINO_WRITE_MAX ? len : AMP_ARDUINO_WRITE_MAX;
}

/* A write that fails may have sent its bytes: TinyGSM 0.12 returns 0 when a modem took them but did not
 * confirm in time. So they count as sent, and the next call reports the failure. Otherwise the client would
 * take a request for unsent, and send it again. */
static inline int amp_arduino_send(void *ctx, const uint8_t *data, size_t len)
{
    amp_arduino_t *state = static_cast<amp_arduino_t *>(ctx);
    if (!amp_arduino_is_up(state)) {
        return AMP_ERR_ABORTED;
    }
    len = amp_arduino_room(state, len);
    if (len == 0) {
        return 0;
    }
    size_t sent = (state->client->write)(data, len);
    if (sent == 0 || sent > len) {
        state->is_broken = 1;
        return static_cast<int>(len);
    }
    return static_cast<int>(sent);
}

static inline int amp_arduino_recv(void *ctx, uint8_t *data, size_t len)
{
    amp_arduino_t *state = static_cast<amp_arduino_t *>(ctx);
    if (!state->is_open) {
        return AMP_ERR_ABORTED;
    }
    /* Ask first whether the connection is up: bytes that arrive before its end must be read. */
    int is_up = amp_arduino_is_up(state);
    int count = state->client->available();
    if (count <= 0) {
        return is_up ? 0 : AMP_ERR_ABORTED;
    }
    size_t most = static_cast<size_t>(count);
    int got = (state->client->read)(data, len < most ? len : most);
    return got > 0 ? got : is_up ? 0 : AMP_ERR_ABORTED;
}

static inline uint32_t amp_arduino_now_ms(void *ctx)
{
    (void)ctx;
    return static_cast<uint32_t>(millis());
}

/* Returns 1 when a wanted event has occurred. If the class does not tell its room, sending is tried again
 * after a tick. */
static inline int amp_arduino_is_ready(amp_arduino_t *state, unsigned wanted)
{
    if (wanted == 0) {
        return 0;
    }
    if (!amp_arduino_is_up(state)) {
        return 1;
    }
    if ((wanted & AMP_WAIT_READ) != 0 && state->client->available() > 0) {
        return 1;
    }
    return (wanted & AMP_WAIT_WRITE) != 0 && (!state->knows_room || state->client->availableForWrite() > 0);
}

static inline void amp_arduino_wait(void *ctx, unsigned wanted, uint32_t ms)
{
    amp_arduino_t *state = static_cast<amp_arduino_t *>(ctx);
    uint32_t start_ms = amp_arduino_now_ms(ctx);
    while (amp_arduino_now_ms(ctx) - start_ms < ms) {
        delay(1);
        if (amp_arduino_is_ready(state, wanted)) {
            return;
        }
    }
}

/* The class reports no events, so it is asked again after a few milliseconds. */
static inline uint32_t amp_arduino_idle_ms(void *ctx, unsigned *wanted)
{
    const unsigned events = *wanted;
    *wanted = 0;
    return amp_arduino_is_ready(static_cast<amp_arduino_t *>(ctx), events) ? 0u : AMP_ARDUINO_POLL_MS;
}

static inline void amp_arduino_report(void *ctx, amp_port_report_t *out_report)
{
    const amp_arduino_t *state = static_cast<const amp_arduino_t *>(ctx);
    out_report->stage = AMP_STAGE_CONNECT;
    out_report->code = state->code;
    out_report->origin = AMP_ORIGIN_PORT;
}

/** Initializes *port_state and *out_port. `client` must stay in place while the port is in use, and nothing
 * else may use it. Never fails. */
static inline void amp_arduino_init(amp_arduino_t *port_state, Client *client, amp_port_t *out_port)
{
    const amp_port_t port = {port_state,         amp_arduino_open,   amp_arduino_send,
                             amp_arduino_recv,   amp_arduino_close,  amp_arduino_now_ms,
                             amp_arduino_wait,   amp_arduino_report, 0,
                             amp_arduino_idle_ms};
    const amp_arduino_t state = {client, NULL, 0, 0, 0, 0};
    *port_state = state;
    *out_port = port;
}

#endif
#endif
