/* SPDX-License-Identifier: MIT */
/** @file
 * A port over a byte pipe: a modem in transparent mode on a UART, a serial bridge, or a pipe. TLS (tls.h)
 * runs over this port, so the modem need not be trusted.
 *
 * The application sets up the modem: PIN, access point, transparent mode. This port dials and waits for
 * CONNECT. Every later byte belongs to the connection. */
#ifndef AMP_UART_H
#define AMP_UART_H

#include "ampersand/port.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The pipe. It must stay in place and unchanged while the port is in use. */
typedef struct {
    void *ctx;                                                   /**< passed to each function */
    size_t (*write)(void *ctx, const uint8_t *data, size_t len); /**< returns bytes written; 0: no room now */
    size_t (*read)(void *ctx, uint8_t *data, size_t len);        /**< returns bytes read; 0: no data now */
    uint32_t (*now_ms)(void *ctx);                               /**< as in port.h */
    void (*wait)(void *ctx, unsigned wanted, uint32_t ms);       /**< as in port.h; NULL: do not wait */
    int (*carrier)(void *ctx);  /**< returns 0 when the carrier is lost (DCD); NULL: not wired, and a
                                 * request over a lost connection ends at its deadline */
    void (*hang_up)(void *ctx); /**< ends the connection at once (DTR); NULL: not wired, and the port
                                 * sends +++ and ATH before it dials again */
    const char *dial;           /**< the dial command. The port replaces {host} and {port}, and
                                 * adds a CR: "AT+CIPSTART=\"TCP\",\"{host}\",{port}".
                                 * NULL: the pipe is always connected to one host */
} amp_uart_pipe_t;

/** The port's state, private. The caller owns the memory and must not move it while the port is in use. */
typedef struct {
    const amp_uart_pipe_t *pipe; /**< as passed to amp_uart_init */
    const char *host;            /**< the argument of `open` */
    const char *port;            /**< decimal digits, in number */
    const char *text;            /**< the next character to send */
    const char *rest;  /**< the command after {host} or {port} while that argument is sent, otherwise NULL */
    uint32_t since_ms; /**< time of the last character sent, or of the start of this step */
    uint8_t phase;     /**< of the port */
    uint8_t step;      /**< of dialling */
    uint8_t dirty;     /**< the modem may be connected, or dialling */
    uint8_t len;       /**< characters in line */
    char number[6];    /**< the port as text */
    char line[16];     /**< the first characters of the modem's current line */
} amp_uart_t;

/** Initializes *port_state and *out_port. Never fails. */
void amp_uart_init(amp_uart_t *port_state, const amp_uart_pipe_t *pipe, amp_port_t *out_port);

#ifdef __cplusplus
}
#endif
#endif
