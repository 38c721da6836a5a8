/* SPDX-License-Identifier: MIT */
/* A byte pipe as a port: a modem in transparent mode behind a UART, a serial bridge, a pipe. The
 * modem moves bytes and is trusted with nothing: TLS (tls.h) goes over this port.
 *
 * The modem is set up by the application: PIN, access point, transparent mode. This port dials,
 * waits for CONNECT, and from then on every byte is the connection's. */
#ifndef AMP_UART_H
#define AMP_UART_H

#include "ampersand/port.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The pipe. Stays in place and unchanged as long as the port is used. */
typedef struct {
    void *ctx;                                                   /* what the functions are called with */
    size_t (*write)(void *ctx, const uint8_t *data, size_t len); /* bytes taken, 0 none now */
    size_t (*read)(void *ctx, uint8_t *data, size_t len);        /* bytes given, 0 none there */
    uint32_t (*now_ms)(void *ctx);                               /* as in port.h */
    void (*wait)(void *ctx, unsigned wanted, uint32_t ms);       /* as in port.h; NULL: none */
    int (*carrier)(void *ctx);  /* 0 once the far end is gone (DCD); NULL: nobody can tell, and a
                                 * lost connection is found by the deadline */
    void (*hang_up)(void *ctx); /* ends the connection at once (DTR); NULL: the escape sequence
                                 * +++ and ATH are sent before the next dialling */
    const char *dial;           /* the command, {host} and {port} filled in, a CR behind it is added:
                                 * "AT+CIPSTART=\"TCP\",\"{host}\",{port}"; NULL: the pipe is always
                                 * connected, and leads to one host */
} amp_uart_pipe_t;

/* The port's state, private. */
typedef struct {
    const amp_uart_pipe_t *pipe;
    const char *host;
    const char *port;   /* in number */
    const char *text;   /* what is sent: what is left of it, */
    const char *behind; /* and of the command that {host} or {port} is in; or NULL */
    uint32_t since_ms;  /* when the last of it left, or this step began */
    uint8_t phase;      /* of the port */
    uint8_t step;       /* of dialling */
    uint8_t dirty;      /* the modem may be connected, or dialling */
    uint8_t len;        /* of line */
    char number[6];
    char line[16]; /* the beginning of what the modem says */
} amp_uart_t;

/* Makes *out_port. Never fails. */
void amp_uart_init(amp_uart_t *port_state, const amp_uart_pipe_t *pipe, amp_port_t *out_port);

#ifdef __cplusplus
}
#endif
#endif
