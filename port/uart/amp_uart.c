/* SPDX-License-Identifier: MIT */
#include "amp_uart.h"

#include <string.h>

/* An opening is a row of steps. If the modem may be connected still: silence, the escape sequence,
 * silence, ATH and its answer, or the same by a line of its own. Then dialling and its answer. */
enum { CLOSED, SILENCE, ESCAPE, ESCAPED, HANG_UP, HUNG_UP, DIAL, DIAL_END, DIALLED, OPEN };

#define GUARD_MS 1100u  /* +++ is an escape only with a second of silence before and behind it */
#define ANSWER_MS 1000u /* for the answer to hanging up: who has none was not connected */
#define BYTES_MAX 1024u /* of a modem's talk, in a line, */
#define LINES_MAX 32u   /* and lines, that are read in one step */

static void go(amp_uart_t *state, unsigned step, const char *text)
{
    state->step = (uint8_t)step;
    state->text = text;
    state->piece = "";
    state->len = 0;
    state->since_ms = state->pipe->now_ms(state->pipe->ctx);
}

static int has_passed(const amp_uart_t *state, uint32_t ms)
{
    return state->pipe->now_ms(state->pipe->ctx) - state->since_ms >= ms;
}

static int begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

/* Sends the command as far as the pipe takes it. 1 when all of it has left. */
static int put(amp_uart_t *state)
{
    while (*state->piece != '\0' || *state->text != '\0') {
        if (*state->piece != '\0') {
            size_t sent =
                state->pipe->write(state->pipe->ctx, (const uint8_t *)state->piece, strlen(state->piece));
            if (sent == 0) {
                return 0;
            }
            state->piece += sent;
        } else if (begins(state->text, "{host}") || begins(state->text, "{port}")) {
            state->piece = state->text[1] == 'h' ? state->host : state->number;
            state->text += 6;
        } else {
            state->one[0] = *state->text++;
            state->piece = state->one;
        }
    }
    return 1;
}

/* Reads up to the end of a line: what comes behind it may be the connection's. 1 when there is one
 * that says something. */
static int get_line(amp_uart_t *state)
{
    uint8_t byte;
    for (unsigned i = 0; i < BYTES_MAX && state->pipe->read(state->pipe->ctx, &byte, 1) == 1; ++i) {
        if (byte == '\n' && state->len > 0) {
            state->line[state->len] = '\0';
            state->len = 0;
            return 1;
        }
        if (byte != '\r' && byte != '\n' && state->len < sizeof state->line - 1u) {
            state->line[state->len++] = (char)byte;
        }
    }
    return 0;
}

/* 1 connected, 0 says nothing about it, AMP_ERR_CONNECT. */
static int meaning(const char *line)
{
    static const char *const failures[] = {"ERROR", "+CM", "NO ", "BUSY", "CLOSED", "CONNECT FAIL"};
    for (unsigned i = 0; i < sizeof failures / sizeof failures[0]; ++i) {
        if (begins(line, failures[i])) {
            return AMP_ERR_CONNECT;
        }
    }
    return begins(line, "CONNECT");
}

static void put_number(char text[6], uint16_t number)
{
    unsigned digits = number >= 10000u  ? 5u
                      : number >= 1000u ? 4u
                      : number >= 100u  ? 3u
                      : number >= 10u   ? 2u
                                        : 1u;
    text[digits] = '\0';
    while (digits > 0) {
        text[--digits] = (char)('0' + number % 10u);
        number = (uint16_t)(number / 10u);
    }
}

static void port_close(void *ctx)
{
    amp_uart_t *state = ctx;
    if (state->dirty && state->pipe->hang_up != NULL) {
        state->pipe->hang_up(state->pipe->ctx);
    }
    go(state, CLOSED, "");
}

static int begin(amp_uart_t *state, const char *host, uint16_t number)
{
    port_close(state);
    if (state->pipe->dial == NULL) {
        go(state, OPEN, "");
        return 1;
    }
    state->host = host;
    put_number(state->number, number);
    go(state, !state->dirty ? DIAL : state->pipe->hang_up != NULL ? HUNG_UP : SILENCE, state->pipe->dial);
    state->dirty = 1;
    return 0;
}

/* The answer to dialling. */
static int answer(amp_uart_t *state)
{
    int result = get_line(state) ? meaning(state->line) : 0;
    if (result > 0) {
        go(state, OPEN, "");
    } else if (result < 0) {
        state->dirty = 0;
        go(state, CLOSED, "");
    }
    return result;
}

static int port_open(void *ctx, const char *host, uint16_t number)
{
    amp_uart_t *state = ctx;
    switch (state->step) {
    case SILENCE:
    case ESCAPED:
        if (has_passed(state, GUARD_MS)) {
            /* What was on its way still, and the answer to the escape sequence. */
            for (unsigned lines = 0; lines < LINES_MAX && get_line(state); ++lines) {
            }
            go(state, state->step + 1u, state->step == SILENCE ? "+++" : "ATH\r");
        }
        return 0;
    case HUNG_UP:
        /* An echo is no answer: what comes behind it would be taken for that to dialling. */
        if ((get_line(state) && (begins(state->line, "OK") || meaning(state->line) < 0)) ||
            has_passed(state, ANSWER_MS)) {
            go(state, DIAL, state->pipe->dial);
        }
        return 0;
    case ESCAPE:
    case HANG_UP:
    case DIAL:
    case DIAL_END:
        if (put(state)) {
            go(state, state->step + 1u, state->step == DIAL ? "\r" : "");
        }
        return 0;
    case DIALLED:
        return answer(state);
    default:
        return begin(state, host, number);
    }
}

static int is_gone(const amp_uart_t *state)
{
    return state->pipe->carrier != NULL && !state->pipe->carrier(state->pipe->ctx);
}

static int port_send(void *ctx, const uint8_t *data, size_t len)
{
    amp_uart_t *state = ctx;
    if (state->step != OPEN || is_gone(state)) {
        return AMP_ERR_CUT;
    }
    return (int)state->pipe->write(state->pipe->ctx, data, len < 0x7fffu ? len : 0x7fffu);
}

static int port_recv(void *ctx, uint8_t *data, size_t len)
{
    amp_uart_t *state = ctx;
    /* Asked before reading: what came before the far end went is read to its end. */
    int gone = is_gone(state);
    if (state->step != OPEN) {
        return AMP_ERR_CUT;
    }
    int received = (int)state->pipe->read(state->pipe->ctx, data, len < 0x7fffu ? len : 0x7fffu);
    return received > 0 ? received : gone ? AMP_ERR_CUT : 0;
}

static uint32_t port_now_ms(void *ctx)
{
    const amp_uart_t *state = ctx;
    return state->pipe->now_ms(state->pipe->ctx);
}

static void port_wait(void *ctx, unsigned wanted, uint32_t ms)
{
    const amp_uart_t *state = ctx;
    if (state->step == SILENCE || state->step == ESCAPED) {
        wanted = 0;
        ms = ms < GUARD_MS ? ms : GUARD_MS;
    } else if (state->step == HUNG_UP) {
        wanted = AMP_WAIT_READ;
        ms = ms < ANSWER_MS ? ms : ANSWER_MS;
    } else if (state->step != OPEN) {
        wanted = state->step == DIALLED ? AMP_WAIT_READ : AMP_WAIT_WRITE;
    }
    if (state->pipe->wait != NULL) {
        state->pipe->wait(state->pipe->ctx, wanted, ms);
    }
}

static void port_report(void *ctx, amp_port_report_t *out_report)
{
    (void)ctx;
    out_report->stage = AMP_STAGE_CONNECT;
    out_report->code = 0;
}

void amp_uart_init(amp_uart_t *port_state, const amp_uart_pipe_t *pipe, amp_port_t *out_port)
{
    const amp_port_t port = {port_state,  port_open, port_send,   port_recv, port_close,
                             port_now_ms, port_wait, port_report, 0};
    memset(port_state, 0, sizeof *port_state);
    port_state->pipe = pipe;
    port_state->dirty = pipe->dial != NULL; /* before a restart it may have been connected */
    *out_port = port;
}
