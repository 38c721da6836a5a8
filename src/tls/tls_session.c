/* SPDX-License-Identifier: MIT */
/* Resumption of TLS sessions (RFC 5077; RFC 8446, 2.2), and their export and import.
 *
 * Invariant: a session is offered only to the host and port for which its certificates were checked, and only
 * until they expire. The trust and the versions of both libraries must be the same as at that check. */
#include <string.h>

#include "../base/big_endian.h"
#include "../base/wipe.h"
#include "tls_policy.h"
#include "tls_private.h"

/* Format of an exported session, numbers in big endian:
 *   0  "AMPS", the version of the format, a zero
 *   6  length of mbedTLS's session, 2 bytes
 *   8  when the certificates were checked, 8 bytes, seconds since 1970, 0: unknown
 *  16  when the first of those certificates expires, 8 bytes
 *  24  mbedTLS's session
 *      SHA-256 of the binding (host, port, trust, versions) and of all bytes before */
#define HEAD_SIZE 24u
#define LENGTH_AT 6u
#define CHECKED_AT 8u
#define UNTIL_AT 16u
static const uint8_t magic[] = {'A', 'M', 'P', 'S', 1, 0};

void amp__session_forget(amp_tls_t *tls)
{
    amp_session_t *session = &tls->session;
    mbedtls_ssl_session_free(&session->kept); /* wipes it, too */
    mbedtls_ssl_session_init(&session->kept);
    session->is_kept = 0;
}

/* Sets tls->bound, the digest that binds a session to host, port, trust and the versions of both libraries.
 * Returns 0 or -1. */
static int bind_to(amp_tls_t *tls, const char *host, uint16_t port)
{
    static const char version[] = AMP_VERSION_STRING;
    amp_sha256_t digest;
    amp__sha256_start(&digest);
    amp__sha256_add_piece(&digest, version, sizeof version - 1u);
    amp__sha256_add_number(&digest, MBEDTLS_VERSION_NUMBER);
    amp__sha256_add(&digest, tls->trust.digest, sizeof tls->trust.digest);
    amp__sha256_add_number(&digest, port);
    amp__sha256_add_piece(&digest, host, strlen(host));
    return amp__sha256_end(&digest, tls->bound);
}

/* The digest at the end of an exported session. It detects damage, not forgery. Returns 0 or -1. */
static int seal(const uint8_t *bound, const uint8_t *data, size_t len, uint8_t out[AMP_SHA256_SIZE])
{
    amp_sha256_t digest;
    amp__sha256_start(&digest);
    amp__sha256_add(&digest, bound, AMP_SHA256_SIZE);
    amp__sha256_add(&digest, data, len);
    return amp__sha256_end(&digest, out);
}

/* Returns the seconds since the certificates were checked. Returns -1 when that time is too long ago, or when
 * a certificate has expired. Also returns -1 when they were checked without a clock and there is a clock now.
 * Returns 0 without a clock. */
static int64_t age_of(const amp_tls_t *tls)
{
    int64_t now = amp__tls_now(tls);
    if (now == AMP_TLS_NO_CLOCK) {
        return 0;
    }
    int64_t age = now - tls->checked_at;
    return age >= 0 && age <= AMP_TLS_SESSION_MAX_AGE_S && now <= tls->until ? age : -1;
}

/* Reads the imported blob. tls->bound must be set. An invalid blob is dropped. */
static void load(amp_tls_t *tls)
{
    amp_session_t *session = &tls->session;
    const uint8_t *blob = session->blob;
    size_t len = session->blob_len;
    uint8_t digest[AMP_SHA256_SIZE];
    session->blob = NULL;
    if (len <= HEAD_SIZE + AMP_SHA256_SIZE || len > AMP_TLS_SESSION_MAX ||
        memcmp(blob, magic, sizeof magic) != 0 ||
        amp__big_endian_read(blob + LENGTH_AT, 2) != len - HEAD_SIZE - AMP_SHA256_SIZE ||
        seal(tls->bound, blob, len - AMP_SHA256_SIZE, digest) != 0 ||
        memcmp(blob + len - AMP_SHA256_SIZE, digest, sizeof digest) != 0 ||
        mbedtls_ssl_session_load(&session->kept, blob + HEAD_SIZE, len - HEAD_SIZE - AMP_SHA256_SIZE) != 0) {
        amp__session_forget(tls);
        return;
    }
    tls->checked_at = (int64_t)(amp__big_endian_read(blob + CHECKED_AT, 8) & INT64_MAX);
    tls->until = (int64_t)(amp__big_endian_read(blob + UNTIL_AT, 8) & INT64_MAX);
    amp__mbedtls_set_age(&session->kept, age_of(tls));
    memcpy(session->bound, tls->bound, sizeof session->bound);
    session->is_kept = 1;
}

void amp__session_prepare(amp_tls_t *tls, const char *host, uint16_t port)
{
    amp_session_t *session = &tls->session;
    if (bind_to(tls, host, port) != 0) {
        amp__session_forget(tls);
        return;
    }
    if (session->blob != NULL) {
        amp__session_forget(tls);
        load(tls);
    }
    if (session->is_kept && (memcmp(session->bound, tls->bound, sizeof tls->bound) != 0 || age_of(tls) < 0)) {
        amp__session_forget(tls);
    }
}

int amp__session_offer(amp_tls_t *tls)
{
    int result = tls->session.is_kept ? mbedtls_ssl_set_session(&tls->ssl, &tls->session.kept) : 0;
    tls->session_offered = tls->session.is_kept && result == 0;
    amp__policy_exchange(&tls->conf, tls->session_offered && amp__mbedtls_session_is_1_3(&tls->session.kept));
    return amp__mbedtls_is_memory(result) ? result : 0;
}

/* Counts a connection during a pause after refusals. Returns 1 during the pause: no session is kept then. */
static int is_paused(amp_tls_t *tls)
{
    if (tls->refusals < AMP_TLS_REFUSALS_MAX) {
        return 0;
    }
    if (++tls->refusals == AMP_TLS_REFUSALS_MAX + AMP_TLS_PAUSE) {
        tls->refusals = AMP_TLS_REFUSALS_MAX - 1u; /* the next refusal is enough for another pause */
    }
    return 1;
}

void amp__session_take(amp_tls_t *tls)
{
    amp_session_t *session = &tls->session;
    if (!tls->got_data || !tls->has_session) {
        return;
    }
    tls->has_session = 0;
    if (is_paused(tls)) {
        return;
    }
    tls->refusals = tls->resumed ? 0 : tls->refusals;
    amp__session_forget(tls); /* first, so that both sessions need no memory at the same time */
    if (mbedtls_ssl_get_session(&tls->ssl, &session->kept) != 0) {
        amp__session_forget(tls);
        return;
    }
    memcpy(session->bound, tls->bound, sizeof session->bound);
    session->is_kept = 1;
}

amp_status_t amp_tls_export(amp_port_t *port, void *out, size_t size, size_t *out_len)
{
    amp_tls_t *tls = port->ctx;
    amp_session_t *session = &tls->session;
    uint8_t *blob = out;
    size_t len = 0;
    *out_len = 0;
    if (tls->state == AMP_TLS_READY) {
        amp__session_take(tls);
    }
    if (!session->is_kept) {
        return AMP_OK;
    }
    (void)mbedtls_ssl_session_save(&session->kept, NULL, 0, &len);
    size_t whole = HEAD_SIZE + len + AMP_SHA256_SIZE;
    if (len == 0 || whole > AMP_TLS_SESSION_MAX) {
        return AMP_OK;
    }
    if (size < whole) {
        *out_len = whole;
        return AMP_ERR_MEMORY;
    }
    memcpy(blob, magic, sizeof magic);
    amp__big_endian_write(blob + LENGTH_AT, 2, len);
    amp__big_endian_write(blob + CHECKED_AT, 8, (uint64_t)tls->checked_at);
    amp__big_endian_write(blob + UNTIL_AT, 8, (uint64_t)tls->until);
    if (mbedtls_ssl_session_save(&session->kept, blob + HEAD_SIZE, len, &len) != 0 ||
        seal(session->bound, blob, HEAD_SIZE + len, blob + HEAD_SIZE + len) != 0) {
        amp__wipe(blob, whole);
        return AMP_OK;
    }
    *out_len = whole;
    return AMP_OK;
}

void amp_tls_import(amp_port_t *port, const void *data, size_t len)
{
    amp_tls_t *tls = port->ctx;
    tls->session.blob = data;
    tls->session.blob_len = len;
}
