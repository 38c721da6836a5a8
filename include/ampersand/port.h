/* SPDX-License-Identifier: MIT */
/** @file
 * The socket port: six functions that move bytes between the library and the service. TLS (tls.h) is a port
 * on top of another port.
 *
 * Rules for every port
 * - Only `wait` may block. The library calls a port from one task at a time.
 * - `open` returns 1 when bytes can be sent, 0 to be called again, or a negative amp_status_t. The library
 *   calls it with the same arguments until it returns a value other than 0, or until `close` is called.
 *   `host` is a name or a literal address without brackets, NUL-terminated, at most 253 characters. It stays
 *   in place during these calls.
 * - `send` and `recv` return the number of bytes moved (1 to len), 0 for "try again later", or a negative
 *   amp_status_t. The status is AMP_ERR_CLOSED when the peer closed the connection properly, and
 *   AMP_ERR_ABORTED when the connection was reset. Otherwise it is AMP_ERR_NETWORK or another network error.
 *   Never return 0 at the end of the stream. After `send` returned 0, the library calls it again with the
 *   same bytes. `len` is never 0.
 * - An error of `send` means that none of its bytes was sent. A port that cannot tell returns len, and the
 *   error with the next call. Otherwise a change could be sent twice.
 * - `close` may be called at any time, also twice. It never fails.
 * - `now_ms` is monotonic, in milliseconds, and wraps from 2^32 - 1 to 0.
 * - `wait` returns when one of the wanted events (AMP_WAIT_READ, AMP_WAIT_WRITE) occurs, if the port can
 *   detect it. It may return early. It must return after `ms` milliseconds plus one tick of the platform at
 *   the latest.
 * - `idle_ms` is optional, for event loops that wait by themselves (amp_idle_ms). It does not wait and
 *   changes nothing but *wanted. On entry *wanted has the events that the last call of `open`, `send` or
 *   `recv` waits for. The port replaces them by the events of its descriptor. It returns the milliseconds
 *   after which the call must be repeated even without an event; 0: at once; AMP_NEVER_MS: never.
 * - `secure` is 1 only if the bytes are encrypted, and the peer's certificate and host name are checked.
 *   tls.h does both, and some modems do. A client refuses other ports, because it sends a credential. */
#ifndef AMPERSAND_PORT_H
#define AMPERSAND_PORT_H

#include <stddef.h>
#include <stdint.h>

#include "status.h"

#ifdef __cplusplus
extern "C" {
#endif

#define AMP_WAIT_READ 1u  /**< Bit for `wait`: bytes can be received. */
#define AMP_WAIT_WRITE 2u /**< Bit for `wait`: bytes can be sent. */

/** Milliseconds that never pass: nothing is due until an event occurs. */
#define AMP_NEVER_MS UINT32_MAX

/** Details of a port's last failure, or the progress of `open`. */
typedef struct {
    amp_stage_t stage;   /**< AMP_STAGE_DNS, AMP_STAGE_CONNECT or AMP_STAGE_TLS; AMP_STAGE_START: unknown. */
    amp_origin_t origin; /**< Whose number `code` is. */
    int32_t code;        /**< The platform's error number (errno, mbedTLS); 0: none. */
} amp_port_report_t;

/** A port: functions, and the context that is their first argument. The rules at the top of this file define
 * the return values. */
typedef struct {
    void *ctx; /**< State of the port, in the caller's memory. */
    int (*open)(void *ctx, const char *host, uint16_t port);  /**< Opens a connection, without waiting. */
    int (*send)(void *ctx, const uint8_t *data, size_t len);  /**< Sends up to len bytes. */
    int (*recv)(void *ctx, uint8_t *data, size_t len);        /**< Receives up to len bytes. */
    void (*close)(void *ctx);                                 /**< Closes the connection, if any. */
    uint32_t (*now_ms)(void *ctx);                            /**< Returns the clock in milliseconds. */
    void (*wait)(void *ctx, unsigned wanted, uint32_t ms);    /**< Waits at most `ms` milliseconds. */
    void (*report)(void *ctx, amp_port_report_t *out_report); /**< Reports details; may be NULL. */
    uint8_t secure;                                           /**< 1: encrypted and authenticated below. */
    uint32_t (*idle_ms)(void *ctx, unsigned *wanted);         /**< Time until a call is due; may be NULL. */
} amp_port_t;

#ifdef __cplusplus
}
#endif
#endif
