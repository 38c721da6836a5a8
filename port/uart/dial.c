/* SPDX-License-Identifier: MIT */
#include "dial.h"

#include <string.h>

/* Texts are sent one after the other: what ends a connection that the modem may still have, the command, the
 * command's end. Then the modem's answer is awaited. Two characters of the first text are waited for and not
 * sent. AMP_UART_SILENCE is a pause, which makes +++ an escape. AMP_UART_ANSWER is the answer to hanging up;
 * a modem without a connection does not send it. Example: "~+++~ATH\r?". */
enum { AMP_UART_HANG_UP, AMP_UART_DIAL, AMP_UART_DIAL_END, AMP_UART_DIALLED };
#define AMP_UART_SILENCE '~'
#define AMP_UART_ANSWER '?'

#define AMP_UART_PAUSE_MS 1100u  /* that long, and no longer: a modem wants a second of silence */
#define AMP_UART_BYTES_MAX 1024u /* of a modem's talk, in a line, */
#define AMP_UART_LINES_MAX 32u   /* and lines, that are read in one step */

static uint32_t now_ms(const amp_uart_t *state)
{
    return state->pipe->now_ms(state->pipe->ctx);
}

static void go(amp_uart_t *state, unsigned step, const char *text)
{
    state->step = (uint8_t)step;
    state->text = text;
    state->behind = NULL;
    state->len = 0;
    state->since_ms = now_ms(state);
}

static int begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

/* Reads up to the end of a line: what comes behind it may be the connection's. 1 when there is one
 * that says something. */
static int get_line(amp_uart_t *state)
{
    uint8_t byte;
    for (unsigned i = 0; i < AMP_UART_BYTES_MAX && state->pipe->read(state->pipe->ctx, &byte, 1) == 1; ++i) {
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

/* Returns AMP_UART_SILENCE or AMP_UART_ANSWER when the text waits for it here, otherwise 0. */
static char awaited(const amp_uart_t *state)
{
    char next = *state->text;
    int is_mark = next == AMP_UART_SILENCE || next == AMP_UART_ANSWER;
    return is_mark && state->step == AMP_UART_HANG_UP ? next : '\0';
}

/* 1 when the next character of the text has left, or what it stands for has come. */
static int put_next(amp_uart_t *state)
{
    int has_passed = now_ms(state) - state->since_ms >= AMP_UART_PAUSE_MS;
    switch (awaited(state)) {
    case AMP_UART_SILENCE:
        /* What was on its way still, and the answer to the escape sequence. */
        for (unsigned lines = 0; has_passed && lines < AMP_UART_LINES_MAX && get_line(state); ++lines) {
        }
        return has_passed;
    case AMP_UART_ANSWER:
        /* An echo is none: what comes behind it would be taken for the answer to dialling. */
        return (get_line(state) && (begins(state->line, "OK") || meaning(state->line) < 0)) || has_passed;
    default:
        return state->pipe->write(state->pipe->ctx, (const uint8_t *)state->text, 1) == 1;
    }
}

/* Sends the text as far as the pipe takes it. 1 when all of it has left. */
static int put(amp_uart_t *state)
{
    while (*state->text != '\0' || state->behind != NULL) {
        int is_argument = begins(state->text, "{host}") || begins(state->text, "{port}");
        if (*state->text == '\0') {
            state->text = state->behind;
            state->behind = NULL;
        } else if (is_argument && state->behind == NULL) {
            state->behind = state->text + 6;
            state->text = state->text[1] == 'h' ? state->host : state->port;
        } else if (put_next(state)) {
            ++state->text;
            state->since_ms = now_ms(state);
        } else {
            return 0;
        }
    }
    return 1;
}

/* Writes a number to the end of text, and gives where it begins. */
static const char *digits(char text[6], unsigned number)
{
    char *at = text + 5;
    do {
        *--at = (char)('0' + number % 10u);
        number /= 10u;
    } while (number > 0);
    return at;
}

void amp_uart_dial(amp_uart_t *state, const char *host, uint16_t number)
{
    state->host = host;
    state->port = digits(state->number, number);
    go(state, AMP_UART_HANG_UP, !state->dirty ? "" : state->pipe->hang_up != NULL ? "?" : "~+++~ATH\r?");
    state->dirty = 1;
}

int amp_uart_dial_on(amp_uart_t *state)
{
    if (!put(state)) {
        return 0;
    }
    switch (state->step) {
    case AMP_UART_HANG_UP:
        go(state, AMP_UART_DIAL, state->pipe->dial);
        return 0;
    case AMP_UART_DIAL:
        go(state, AMP_UART_DIAL_END, "\r");
        return 0;
    case AMP_UART_DIAL_END:
        go(state, AMP_UART_DIALLED, "");
        return 0;
    default:
        return get_line(state) ? meaning(state->line) : 0;
    }
}

unsigned amp_uart_dial_wants(const amp_uart_t *state, uint32_t *ms)
{
    char next = awaited(state);
    if (next != '\0' && *ms > AMP_UART_PAUSE_MS) {
        *ms = AMP_UART_PAUSE_MS;
    }
    if (next == AMP_UART_SILENCE) {
        return 0;
    }
    return next == AMP_UART_ANSWER || state->step == AMP_UART_DIALLED ? AMP_WAIT_READ : AMP_WAIT_WRITE;
}
