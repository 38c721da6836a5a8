/* SPDX-License-Identifier: MIT */
#include "dial.h"

#include <string.h>

/* Steps: send the text that hangs up, send the dial command, send its CR, then read the modem's answer (ITU-T
 * V.250).
 *
 * Two characters of the first text are not sent. At AMP_UART_SILENCE the port pauses; a silent second before
 * and after +++ makes it the escape sequence. At AMP_UART_ANSWER the port waits for the answer to the
 * hang-up, or for a timeout, because a modem without a connection may not answer. Example: "~+++~ATH\r?". */
enum { AMP_UART_HANG_UP, AMP_UART_DIAL, AMP_UART_DIAL_END, AMP_UART_DIALLED };
#define AMP_UART_SILENCE '~'
#define AMP_UART_ANSWER '?'

#define AMP_UART_PAUSE_MS 1100u  /* a modem requires a second of silence */
#define AMP_UART_BYTES_MAX 1024u /* bytes of one line that are read in one step */
#define AMP_UART_LINES_MAX 32u   /* lines that are read in one step */

static uint32_t amp_dial_now_ms(const amp_uart_t *state)
{
    return state->pipe->now_ms(state->pipe->ctx);
}

static void amp_dial_go(amp_uart_t *state, unsigned step, const char *text)
{
    state->step = (uint8_t)step;
    state->text = text;
    state->rest = NULL;
    state->len = 0;
    state->since_ms = amp_dial_now_ms(state);
}

static int amp_dial_begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

/* Reads to the end of a line and no further: later bytes may belong to the connection. Returns 1 when a line
 * that is not empty is complete. */
static int amp_dial_get_line(amp_uart_t *state)
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

/* Returns 1 for connected, AMP_ERR_CONNECT for a failure, 0 for any other line. */
static int amp_dial_meaning(const char *line)
{
    static const char *const failures[] = {"ERROR", "+CM", "NO ", "BUSY", "CLOSED", "CONNECT FAIL"};
    for (unsigned i = 0; i < sizeof failures / sizeof failures[0]; ++i) {
        if (amp_dial_begins(line, failures[i])) {
            return AMP_ERR_CONNECT;
        }
    }
    return amp_dial_begins(line, "CONNECT");
}

/* Returns AMP_UART_SILENCE or AMP_UART_ANSWER when the text waits for it here, otherwise 0. */
static char amp_dial_awaited(const amp_uart_t *state)
{
    char next = *state->text;
    int is_mark = next == AMP_UART_SILENCE || next == AMP_UART_ANSWER;
    return is_mark && state->step == AMP_UART_HANG_UP ? next : '\0';
}

/* Returns 1 when the next character was sent, or when the event that it marks has occurred. */
static int amp_dial_put_next(amp_uart_t *state)
{
    int has_passed = amp_dial_now_ms(state) - state->since_ms >= AMP_UART_PAUSE_MS;
    switch (amp_dial_awaited(state)) {
    case AMP_UART_SILENCE:
        /* Discard late data of the connection, and the answer to the escape sequence. */
        for (unsigned lines = 0; has_passed && lines < AMP_UART_LINES_MAX && amp_dial_get_line(state);
             ++lines) {
        }
        return has_passed;
    case AMP_UART_ANSWER:
        /* An echo is not the answer: otherwise the real answer would be mistaken for the answer to
         * dialling. */
        return (amp_dial_get_line(state) &&
                (amp_dial_begins(state->line, "OK") || amp_dial_meaning(state->line) < 0)) ||
               has_passed;
    default:
        return state->pipe->write(state->pipe->ctx, (const uint8_t *)state->text, 1) == 1;
    }
}

/* Sends as much of the text as the pipe accepts. Returns 1 when all of it was sent. */
static int amp_dial_put(amp_uart_t *state)
{
    while (*state->text != '\0' || state->rest != NULL) {
        int is_argument = amp_dial_begins(state->text, "{host}") || amp_dial_begins(state->text, "{port}");
        if (*state->text == '\0') {
            state->text = state->rest;
            state->rest = NULL;
        } else if (is_argument && state->rest == NULL) {
            state->rest = state->text + 6;
            state->text = state->text[1] == 'h' ? state->host : state->port;
        } else if (amp_dial_put_next(state)) {
            ++state->text;
            state->since_ms = amp_dial_now_ms(state);
        } else {
            return 0;
        }
    }
    return 1;
}

/* Writes a decimal number, NUL-terminated, to the end of `text`. Returns its first digit. */
static const char *amp_dial_digits(char text[6], unsigned number)
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
    state->port = amp_dial_digits(state->number, number);
    amp_dial_go(state, AMP_UART_HANG_UP,
                !state->dirty                  ? ""
                : state->pipe->hang_up != NULL ? "?"
                                               : "~+++~ATH\r?");
    state->dirty = 1;
}

int amp_uart_dial_on(amp_uart_t *state)
{
    if (!amp_dial_put(state)) {
        return 0;
    }
    switch (state->step) {
    case AMP_UART_HANG_UP:
        amp_dial_go(state, AMP_UART_DIAL, state->pipe->dial);
        return 0;
    case AMP_UART_DIAL:
        amp_dial_go(state, AMP_UART_DIAL_END, "\r");
        return 0;
    case AMP_UART_DIAL_END:
        amp_dial_go(state, AMP_UART_DIALLED, "");
        return 0;
    default:
        return amp_dial_get_line(state) ? amp_dial_meaning(state->line) : 0;
    }
}

unsigned amp_uart_dial_wants(const amp_uart_t *state, uint32_t *ms)
{
    char next = amp_dial_awaited(state);
    if (next != '\0' && *ms > AMP_UART_PAUSE_MS) {
        *ms = AMP_UART_PAUSE_MS;
    }
    if (next == AMP_UART_SILENCE) {
        return 0;
    }
    return next == AMP_UART_ANSWER || state->step == AMP_UART_DIALLED ? AMP_WAIT_READ : AMP_WAIT_WRITE;
}
