/* SPDX-License-Identifier: MIT */
/* The state of a TLS port, shared by the files of this folder. */
#ifndef AMP_SRC_TLS_PRIVATE_H
#define AMP_SRC_TLS_PRIVATE_H

#include "ampersand/tls.h"
#include "mbedtls_compat.h"
#include "trust.h"

/* Values of tls->state, the state of the one connection:
 * - CLOSED: no connection; mbedTLS's buffers are zeroed.
 * - CONNECTING: the port below opens its connection.
 * - SHAKING: the handshake is in progress.
 * - READY: data can be sent and received.
 * - BROKEN: an error ended the connection, and only close is valid. */
enum { AMP_TLS_CLOSED, AMP_TLS_CONNECTING, AMP_TLS_SHAKING, AMP_TLS_READY, AMP_TLS_BROKEN };

#define AMP_RECORD_LENGTH_AT 3u /* of the 2 bytes of the length in the header of a record */

/* The session that the next connection resumes. It is copied from a connection when that connection ends. */
typedef struct {
    mbedtls_ssl_session kept;
    uint8_t is_kept;
    uint8_t bound[AMP_SHA256_SIZE]; /* digest of the host, port and trust that the session is bound to */
    const uint8_t *blob;            /* imported, and read when host and port are known; or NULL */
    size_t blob_len;
} amp_session_t;

typedef struct {
    const amp_port_t *under; /* the port below */
    mbedtls_ssl_context ssl; /* set up once, reset for each connection */
    mbedtls_ssl_config conf;
    amp_trust_t trust;
#ifdef AMP_MBED_HAS_RNG
    mbedtls_entropy_context entropy;
    mbedtls_ctr_drbg_context rng;
#endif
    const char *alpn[2];
    uint8_t state;
    uint8_t wanted;            /* AMP_WAIT_READ and AMP_WAIT_WRITE bits that the port below waits for */
    uint8_t unsent;            /* mbedTLS holds a record that the port below did not take */
    uint8_t session_offered;   /* a session was offered in the current or last handshake */
    uint8_t resumed;           /* the server resumed that session */
    uint8_t got_data;          /* application data was received */
    uint8_t has_session;       /* the connection has a session that was not taken yet */
    uint8_t out_of_memory;     /* an allocation failed, even if mbedTLS's error is another */
    uint8_t certificate_asked; /* the server has sent a CertificateRequest */
    uint8_t no_pss;            /* RSA-PSS is not offered, because mbedTLS refused it: see tls_policy.h */
    uint8_t refusals;          /* handshakes in a row that the server ended because of the session */
    uint8_t no_resume;         /* the connection failed in a way that makes its session unusable */
    uint8_t origin;            /* whose number `code` is: an amp_origin_t */
    int status;                /* error of the port below, or 0 */
    int32_t code;              /* number of that error, or of mbedTLS's, for a report */
    int64_t checked_at;        /* when certificates were last checked, in seconds since 1970; 0: unknown */
    int64_t until;             /* when the first of those certificates expires */
    uint8_t bound[AMP_SHA256_SIZE]; /* digest of host, port and trust of the current connection */
    amp_session_t session;
    amp_clock_fn clock;
    void *clock_ctx;
    const void *arena;
    size_t arena_size;
    const char *protocol; /* of the last handshake; static strings of mbedTLS, or NULL */
    const char *suite;
    uint32_t handshakes;
    uint64_t sent; /* bytes of TLS, through the port below */
    uint64_t received;
    uint32_t largest;          /* length of the largest record received */
    uint16_t record_remaining; /* bytes of the current incoming record that have not arrived */
    uint8_t header_len;        /* bytes of its header that have arrived */
    uint8_t header[5];         /* header of the current or last record: type, version, length */
} amp_tls_t;

typedef char
    amp_record_header_ends_with_length_t[AMP_RECORD_LENGTH_AT + 2u == sizeof(((amp_tls_t *)0)->header) ? 1
                                                                                                       : -1];

/* The functions of the port. Its ctx is an amp_tls_t. */
extern const amp_port_t amp__tls_port;

/* I/O callbacks of mbedTLS, on top of the port below. ctx is an amp_tls_t. */
int amp__tls_under_send(void *ctx, const unsigned char *data, size_t len);
int amp__tls_under_recv(void *ctx, unsigned char *data, size_t len);

#define AMP_TLS_NO_CLOCK INT64_MIN

/* After AMP_TLS_REFUSALS_MAX refusals in a row, no session is kept from the next AMP_TLS_PAUSE connections.
 * Each refusal costs a second connection. A server that has new ticket keys refuses once. A server that
 * resumes no session of this kind always refuses. After the pause a session is offered again, and one refusal
 * is enough for another pause. */
#define AMP_TLS_REFUSALS_MAX 2u
#define AMP_TLS_PAUSE 32u

/* Returns seconds since 1970, 0 when the clock is not set, or AMP_TLS_NO_CLOCK when there is no clock. */
int64_t amp__tls_now(const amp_tls_t *tls);

/* Drops the kept session unless it is valid for this host, port and trust. Called before mbedTLS allocates a
 * handshake, so that its temporary memory leaves no gap in an arena. */
void amp__session_prepare(amp_tls_t *tls, const char *host, uint16_t port);

/* Offers the kept session to the server, and sets the key exchange for it. Returns 0, or an error of mbedTLS
 * when memory ran out; the handshake must not continue then, because mbedTLS holds a part of the session. */
int amp__session_offer(amp_tls_t *tls);

/* Copies the session of the connection to tls->session, if it can be resumed. A session is kept only after
 * the connection has received data. In TLS 1.3 it also needs a ticket, which comes after the handshake. */
void amp__session_take(amp_tls_t *tls);

/* Wipes the kept session. */
void amp__session_forget(amp_tls_t *tls);

#endif
