/* SPDX-License-Identifier: MIT */
/* Proves the dialler of the UART port, for any bytes from the modem. A step is one call of amp_dial_put, or
 * one complete or partial line from the modem. Each step starts in any state that the invariant allows,
 * touches only the bytes of the state, and leads to such a state again. The modem sends up to READS bytes in
 * a step here. */
/* cbmc --unwind 13 --unwindset amp_dial_get_line.0:4,amp_dial_put_next.0:4 -Iport/uart */
#include "proof.h"

#include "dial.c"

#define TEXT 3u
#define READS 2u

static char texts[TEXT + 1u];
static char host[2];
static amp_uart_t state;
static unsigned reads;

static size_t any_write(void *ctx, const uint8_t *data, size_t len)
{
    _Bool is_written;
    prove(ctx == &state && len == 1u && __CPROVER_r_ok(data, 1) && *data != '\0');
    return is_written;
}

static size_t any_read(void *ctx, uint8_t *data, size_t len)
{
    uint8_t byte;
    _Bool is_read;
    prove(ctx == &state && len == 1u && __CPROVER_w_ok(data, 1));
    *data = byte;
    return is_read && ++reads <= READS;
}

static uint32_t any_ms(void *ctx)
{
    uint32_t ms;
    return ms;
}

static int is_text(const char *text)
{
    return text == NULL || !__CPROVER_same_object(text, texts) || (text >= texts && text <= texts + TEXT);
}

static int holds(void)
{
    return state.step <= 3u && state.len < sizeof state.line && state.text != NULL && is_text(state.text) &&
           is_text(state.rest) && state.host == host && state.number[5] == '\0';
}

int main(void)
{
    size_t at;
    size_t rest;
    _Bool is_argument;
    unsigned which;
    uint16_t port;
    uint32_t ms;
    amp_uart_pipe_t pipe = {&state, any_write, any_read, any_ms, NULL, NULL, NULL, texts};
    set_any(texts);
    set_any(state);
    host[0] = 'h';
    texts[TEXT] = '\0';
    assume(at <= TEXT && rest <= TEXT);
    state.pipe = &pipe;
    state.host = host;
    state.port = host;
    state.text = is_argument ? host : texts + at;
    state.rest = is_argument ? texts + rest : NULL;
    assume(holds());
    switch (which) {
    case 0:
        amp_uart_dial(&state, host, port);
        prove(state.port >= state.number && state.port < state.number + 5);
        break;
    case 1:
        if (*state.text != '\0' && amp_dial_put_next(&state)) {
            ++state.text;
        }
        break;
    case 2:
        if (amp_dial_get_line(&state)) {
            int meaning = amp_dial_meaning(state.line);
            prove(meaning == 0 || meaning == 1 || meaning == AMP_ERR_CONNECT);
        }
        break;
    default:
        ms = 0;
        (void)amp_uart_dial_wants(&state, &ms);
        break;
    }
    prove(holds());
    return 0;
}
