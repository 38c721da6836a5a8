/* SPDX-License-Identifier: MIT */
/* What a TLS port is made of, for the files that share it. */
#ifndef AMP_SRC_TLS_STATE_H
#define AMP_SRC_TLS_STATE_H

#include "ampersand/tls.h"
#include "mbed.h"
#include "trust.h"

/* `state` is where the one connection is. The context below it, ssl, is set up once and reset
 * for each connection. After a failure `status` holds what the port below said, if it was its
 * fault, and `code` the number of whoever failed. */
enum { AMP_TLS_CLOSED, AMP_TLS_CONNECTING, AMP_TLS_SHAKING, AMP_TLS_READY, AMP_TLS_BROKEN };

typedef struct {
    const amp_port_t *under;
    mbedtls_ssl_context ssl;
    mbedtls_ssl_config conf;
    amp_trust_t trust;
#ifdef AMP_MBED_HAS_RNG
    mbedtls_entropy_context entropy;
    mbedtls_ctr_drbg_context rng;
#endif
    const char *alpn[2];
    uint8_t state;
    uint8_t wanted;
    uint8_t unsent; /* mbedTLS holds a record that the port below did not take */
    int status;
    int32_t code;
    const char *protocol; /* of the last handshake, static strings of mbedTLS */
    const char *suite;
    uint32_t handshakes;
    uint64_t sent;
    uint64_t received;
} amp_tls_t;

/* The functions of the port; ctx is an amp_tls_t. */
extern const amp_port_t amp_tls_port;

/* What mbedTLS sends and receives through. */
int amp_tls_under_send(void *ctx, const unsigned char *data, size_t len);
int amp_tls_under_recv(void *ctx, unsigned char *data, size_t len);

#endif
