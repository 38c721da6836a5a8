/* SPDX-License-Identifier: MIT */
/* What a TLS port is made of, for the files that share it. */
#ifndef AMP_SRC_TLS_PRIVATE_H
#define AMP_SRC_TLS_PRIVATE_H

#include "ampersand/tls.h"
#include "mbedtls_compat.h"
#include "trust.h"

/* `state` is where the one connection is. The context below it, ssl, is set up once and reset
 * for each connection. After a failure `status` holds what the port below said, if it was its
 * fault, and `code` the number of whoever failed. */
enum { AMP_TLS_CLOSED, AMP_TLS_CONNECTING, AMP_TLS_SHAKING, AMP_TLS_READY, AMP_TLS_BROKEN };

/* The session to be taken up. It is a copy of the connection's own, made when that one ends. */
typedef struct {
    mbedtls_ssl_session kept;
    uint8_t is_kept;
    uint8_t bound[AMP_SHA256_SIZE]; /* to this host, port and trust */
    const uint8_t *blob;            /* to be read when host and port are known, or NULL */
    size_t blob_len;
} amp_session_t;

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
    uint8_t unsent;            /* mbedTLS holds a record that the port below did not take */
    uint8_t offered;           /* a session, in the handshake under way or last */
    uint8_t resumed;           /* and it was taken up */
    uint8_t heard;             /* data of the peer's application came */
    uint8_t ticketed;          /* a ticket came behind the handshake */
    uint8_t starved;           /* there was no memory, whatever mbedTLS's error says */
    uint8_t certificate_asked; /* the server has sent a CertificateRequest */
    uint8_t no_pss;            /* RSA-PSS is not offered, as mbedTLS refused what the server chose */
    uint8_t spoiled;           /* broken in a way after which no session is kept */
    int status;
    int32_t code;
    int64_t checked_at;             /* when certificates were last checked, by the clock, 0 unknown */
    int64_t until;                  /* the earliest end of those certificates */
    uint8_t bound[AMP_SHA256_SIZE]; /* what the connection under way is bound to */
    amp_session_t session;
    amp_clock_fn clock;
    void *clock_ctx;
    const void *arena;
    size_t arena_size;
    const char *protocol; /* of the last handshake, static strings of mbedTLS */
    const char *suite;
    uint32_t handshakes;
    uint64_t sent;
    uint64_t received;
    uint32_t largest;
    uint16_t record_left; /* bytes to come of the record that is coming in */
    uint8_t header_len;   /* bytes of its header that have come */
    uint8_t header[5];    /* of that, or the last one: type, version, length */
} amp_tls_t;

/* The functions of the port; ctx is an amp_tls_t. */
extern const amp_port_t amp__tls_port;

/* What mbedTLS sends and receives through. */
int amp__tls_under_send(void *ctx, const unsigned char *data, size_t len);
int amp__tls_under_recv(void *ctx, unsigned char *data, size_t len);

#define AMP_TLS_NO_CLOCK INT64_MIN

/* Seconds since 1970, or AMP_TLS_NO_CLOCK. */
int64_t amp__tls_now(const amp_tls_t *tls);

/* Looks for a session that fits the connection to host and port, before mbedTLS sets up a handshake:
 * what this takes from an arena for a moment leaves no gap in it. Then offers it. Not 0: there was no memory
 * for that, and mbedTLS holds a part of the session. */
void amp__session_prepare(amp_tls_t *tls, const char *host, uint16_t port);
int amp__session_offer(amp_tls_t *tls);

/* Keeps the session of the connection, if it has one worth it. */
void amp__session_take(amp_tls_t *tls);

/* Wipes the kept session. */
void amp__session_forget(amp_tls_t *tls);

#endif
