/* SPDX-License-Identifier: MIT */
/* The socket port: how bytes reach the service. TLS (tls.h) is a port over another port.
 *
 * Rules for every port
 * - No function but `wait` ever waits. They are called from one task at a time.
 * - `open` is called again with the same arguments until it gives something other than 0, or `close` is
 *   called. `host` is a name or a literal address without brackets, closed by a NUL, at most 253
 *   characters, and stays where it is until then.
 * - `send` and `recv` give the number of bytes moved (above 0, at most len), 0 for "try again
 *   later", or a negative amp_status_t: AMP_ERR_CLOSED when the peer ended in order, AMP_ERR_ABORTED
 *   when it did not, AMP_ERR_NETWORK and the other network errors else. End is never 0. After
 *   `send` gave 0 it is called again with the same bytes. len is never 0.
 * - `open` gives 1 when bytes can be sent, 0 or a negative amp_status_t.
 * - `close` may be called at any time, also twice, and never fails.
 * - `now_ms` is monotonic, in milliseconds, and wraps from 2^32 - 1 to 0.
 * - `wait` may return early, never later than `ms` by more than the platform's tick. It ends
 *   when what was said to be wanted (AMP_WAIT_…) is there, as far as the port can tell.
 * - `secure` is 1 only if what is sent is encrypted and the peer's certificate and name are
 *   checked below this port: by tls.h, or by a modem that does both. A client refuses other
 *   ports, because a credential goes over it. */
#ifndef AMPERSAND_PORT_H
#define AMPERSAND_PORT_H

#include <stddef.h>
#include <stdint.h>

#include "status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Bits of what `wait` is for: bytes to come, room for bytes to go. */
#define AMP_WAIT_READ 1u
#define AMP_WAIT_WRITE 2u

/* What a port tells about its last failure or its progress in `open`. */
typedef struct {
    amp_stage_t stage; /* AMP_STAGE_DNS, AMP_STAGE_CONNECT or AMP_STAGE_TLS; START: unknown */
    int32_t code;      /* the platform's own number (errno, mbedTLS); 0: none */
} amp_port_report_t;

/* A port: what to call, and with what. */
typedef struct {
    void *ctx; /* the port's own state, the caller's memory */
    int (*open)(void *ctx, const char *host, uint16_t port);
    int (*send)(void *ctx, const uint8_t *data, size_t len);
    int (*recv)(void *ctx, uint8_t *data, size_t len);
    void (*close)(void *ctx);
    uint32_t (*now_ms)(void *ctx);
    void (*wait)(void *ctx, unsigned wanted, uint32_t ms);
    void (*report)(void *ctx, amp_port_report_t *out_report); /* may be NULL */
    uint8_t secure;
} amp_port_t;

#ifdef __cplusplus
}
#endif
#endif
