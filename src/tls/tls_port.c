/* SPDX-License-Identifier: MIT */
/* TLS 1.2 and 1.3 as a port on top of another port. Functions return without waiting, like those of any port.
 *
 * Invariants: no byte of a request is sent before the server's certificate was verified or a session was
 * resumed. After an error of mbedTLS the state is BROKEN, and the connection is only closed. */
#include "../base/big_endian.h"
#include "../base/port_result.h"
#include "out_of_memory.h"
#include "tls_failure.h"
#include "tls_policy.h"
#include "tls_private.h"

/* Reports to mbedTLS that the port below failed. Its error is in tls->status. */
#define UNDER_FAILED MBEDTLS_ERR_NET_CONN_RESET

#define ROUNDS_MAX 8u /* empty records and tickets in one call of recv */

int amp__tls_under_send(void *ctx, const unsigned char *data, size_t len)
{
    amp_tls_t *tls = ctx;
    int result = tls->under->send(tls->under->ctx, data, len);
    if (result > 0 && (size_t)result > len && tls->state == AMP_TLS_READY) {
        /* The record may have left, so it must not count as unsent. The next call fails. */
        tls->state = AMP_TLS_BROKEN;
        result = (int)len;
    }
    result = amp__port_moved(result, len);
    if (result > 0) {
        tls->sent += (uint64_t)result;
        return result;
    }
    if (result == 0) {
        tls->wanted = AMP_WAIT_WRITE;
        return MBEDTLS_ERR_SSL_WANT_WRITE;
    }
    tls->status = result;
    return UNDER_FAILED;
}

/* Follows the records of the incoming bytes: type, version and length, then that many bytes. tls_failure.c
 * needs the header of a record that mbedTLS refuses. */
static void note_records(amp_tls_t *tls, const unsigned char *data, size_t len)
{
    size_t at = 0;
    while (at < len) {
        if (tls->record_remaining > 0) {
            size_t piece = len - at < tls->record_remaining ? len - at : tls->record_remaining;
            tls->record_remaining = (uint16_t)(tls->record_remaining - piece);
            at += piece;
            continue;
        }
        tls->header[tls->header_len] = data[at];
        ++at;
        if (++tls->header_len == sizeof tls->header) {
            tls->header_len = 0;
            tls->record_remaining = (uint16_t)amp__big_endian_read(tls->header + AMP_RECORD_LENGTH_AT, 2);
            tls->largest = tls->record_remaining > tls->largest ? tls->record_remaining : tls->largest;
        }
    }
}

int amp__tls_under_recv(void *ctx, unsigned char *data, size_t len)
{
    amp_tls_t *tls = ctx;
    int result = amp__port_moved(tls->under->recv(tls->under->ctx, data, len), len);
    if (result > 0) {
        tls->received += (uint64_t)result;
        note_records(tls, data, (size_t)result);
        return result;
    }
    if (result == 0) {
        tls->wanted = AMP_WAIT_READ;
        return MBEDTLS_ERR_SSL_WANT_READ;
    }
    /* The end of the connection below is not the end of TLS: without close_notify an attacker may have caused
     * it. */
    tls->status = result == AMP_ERR_CLOSED ? AMP_ERR_ABORTED : result;
    return UNDER_FAILED;
}

/* Ends the connection after a negative result of mbedTLS. Returns the amp_status_t of that result. */
static int broken(amp_tls_t *tls, int result)
{
    tls->state = AMP_TLS_BROKEN;
    tls->code = result;
    tls->origin = AMP_ORIGIN_MBEDTLS;
    if (tls->status != 0 && result == UNDER_FAILED) {
        amp_port_report_t report = {AMP_STAGE_START, AMP_ORIGIN_PORT, 0};
        if (tls->under->report != NULL) {
            tls->under->report(tls->under->ctx, &report);
        }
        tls->code = report.code;
        tls->origin = (uint8_t)report.origin;
        return tls->status;
    }
    if (result == MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY || result == MBEDTLS_ERR_SSL_CONN_EOF) {
        return result == MBEDTLS_ERR_SSL_CONN_EOF ? AMP_ERR_ABORTED : AMP_ERR_CLOSED;
    }
    tls->no_resume = 1;
    return amp__failure_explain(tls, result);
}

static void begin(amp_tls_t *tls)
{
    tls->state = AMP_TLS_CONNECTING;
    tls->unsent = 0;
    tls->got_data = 0;
    tls->has_session = 0;
    tls->out_of_memory = 0;
    tls->no_resume = 0;
    tls->certificate_asked = 0;
    tls->status = 0;
    tls->code = 0;
    tls->record_remaining = 0;
    tls->header_len = 0;
}

/* Returns 1 when the same call of mbedTLS must be repeated later. CRYPTO_IN_PROGRESS comes from interruptible
 * arithmetic, which waits for no socket. */
static int is_again(int result)
{
    return result == MBEDTLS_ERR_SSL_WANT_READ || result == MBEDTLS_ERR_SSL_WANT_WRITE ||
           result == MBEDTLS_ERR_SSL_CRYPTO_IN_PROGRESS;
}

/* Connects again, without a session. This is safe, because only a handshake was sent. A session that the
 * server cannot handle must not make the request fail. No refused certificate is ignored: the server has sent
 * no certificate yet, or RSA-PSS caused the failure. */
static int start_over(amp_tls_t *tls)
{
    amp__session_forget(tls);
    tls->under->close(tls->under->ctx);
    begin(tls);
    return 0;
}

static int shake_failed(amp_tls_t *tls, int result)
{
    int status = broken(tls, result);
    if (tls->session_offered && !tls->trust.checked) {
        tls->refusals = (uint8_t)(tls->refusals + (tls->status == 0 && tls->refusals < AMP_TLS_REFUSALS_MAX));
        return start_over(tls);
    }
    if (!tls->no_pss && amp__policy_refused_pss(&tls->ssl, result)) {
        /* The offered versions stay the same, so that the server's random value still reveals a downgrade
         * (RFC 8446, 4.1.3). */
        tls->no_pss = 1;
        return start_over(tls);
    }
    uint32_t flags = tls->trust.checked ? mbedtls_ssl_get_verify_result(&tls->ssl) : 0;
    if (status == AMP_ERR_TLS && flags != 0 && flags != UINT32_MAX) {
        return amp__verify_late(&tls->trust, flags);
    }
    return status == AMP_ERR_CLOSED ? AMP_ERR_TLS : status;
}

/* The handshake is complete. Without a certificate it must be one that resumed a session. */
static int shaken(amp_tls_t *tls)
{
    tls->resumed = !tls->trust.checked;
    if (tls->resumed && !tls->session_offered) {
        return broken(tls, MBEDTLS_ERR_SSL_BAD_INPUT_DATA);
    }
    if (!tls->resumed) {
        int64_t now = amp__tls_now(tls);
        tls->checked_at = now != AMP_TLS_NO_CLOCK ? now : 0;
        tls->until = tls->trust.until;
        amp__session_forget(tls);
    }
    tls->has_session = !amp__mbedtls_is_1_3(&tls->ssl);
    amp__mbedtls_drop_certificate(&tls->ssl);
    ++tls->handshakes;
    tls->protocol = mbedtls_ssl_get_version(&tls->ssl);
    tls->suite = mbedtls_ssl_get_ciphersuite(&tls->ssl);
    tls->state = AMP_TLS_READY;
    return 1;
}

/* Handles one message of the handshake, so that a caller with its own loop gets control back after each one.
 */
static int shake(amp_tls_t *tls)
{
    const int awaits_request = tls->ssl.MBEDTLS_PRIVATE(state) == MBEDTLS_SSL_CERTIFICATE_REQUEST;
    tls->wanted = 0;
    int result = amp__out_of_memory_for_finished(&tls->ssl) ? MBEDTLS_ERR_SSL_ALLOC_FAILED
                                                            : mbedtls_ssl_handshake_step(&tls->ssl);
    if (is_again(result)) {
        return 0;
    }
    if (result != 0) {
        return shake_failed(tls, result);
    }
    if (awaits_request && tls->ssl.MBEDTLS_PRIVATE(in_msg)[0] == MBEDTLS_SSL_HS_CERTIFICATE_REQUEST) {
        tls->certificate_asked = 1;
    }
    return amp__mbedtls_is_over(&tls->ssl) ? shaken(tls) : 0;
}

/* Prepares the handshake after the port below has connected. Returns 0, or a negative amp_status_t. */
static int prepare(amp_tls_t *tls, const char *host, uint16_t port)
{
    tls->state = AMP_TLS_SHAKING;
    amp__trust_expect(&tls->trust, host, tls->clock != NULL ? amp__tls_now(tls) : 0);
    amp__session_prepare(tls, host, port);
    amp__policy_offer_pss(&tls->conf, !tls->no_pss);
    int result = mbedtls_ssl_session_reset(&tls->ssl);
    if (result == 0) {
        result = amp__trust_name(&tls->trust, &tls->ssl, host);
    }
    result = result != 0 ? result : amp__session_offer(tls);
    return result != 0 ? broken(tls, result) : 0;
}

static void tls_close(void *ctx)
{
    amp_tls_t *tls = ctx;
    if (tls->state == AMP_TLS_READY && !tls->unsent) {
        /* Does not wait: a peer that gets no close_notify sees an aborted connection. If a record is unsent,
         * close_notify is skipped, because mbedTLS would send that record with the aborted request first. */
        (void)mbedtls_ssl_close_notify(&tls->ssl);
    }
    if (tls->no_resume) {
        amp__session_forget(tls);
    } else if (tls->state == AMP_TLS_READY || tls->state == AMP_TLS_BROKEN) {
        amp__session_take(tls);
    }
    if (tls->state != AMP_TLS_CLOSED) {
        tls->under->close(tls->under->ctx);
        /* Zeroes mbedTLS's buffers, which may hold an unread part of a response, and frees the keys. If
         * mbedTLS then has no memory for a new handshake, `prepare` reports that. */
        (void)mbedtls_ssl_session_reset(&tls->ssl);
    }
    tls->state = AMP_TLS_CLOSED;
}

static int tls_open(void *ctx, const char *host, uint16_t port)
{
    amp_tls_t *tls = ctx;
    if (tls->state != AMP_TLS_CONNECTING && tls->state != AMP_TLS_SHAKING) {
        int64_t now = amp__tls_now(tls);
        tls_close(tls);
        if (now != AMP_TLS_NO_CLOCK && now < AMP_BUILD_TIME) {
            tls->state = AMP_TLS_BROKEN;
            tls->code = 0;
            return AMP_ERR_CLOCK;
        }
        tls->no_pss = 0;
        begin(tls);
    }
    if (tls->state == AMP_TLS_CONNECTING) {
        int result = tls->under->open(tls->under->ctx, host, port);
        if (result <= 0) {
            tls->wanted = AMP_WAIT_READ | AMP_WAIT_WRITE;
            return result;
        }
        result = prepare(tls, host, port);
        if (result != 0) {
            return result;
        }
    }
    return shake(tls);
}

/* Returns 1 when `result` is a ticket. The call must be repeated, and the session can be kept. */
static int is_ticket(amp_tls_t *tls, int result)
{
    int is_one = amp__mbedtls_is_ticket(result);
    tls->has_session = (uint8_t)(tls->has_session | is_one);
    return is_one;
}

static int tls_send(void *ctx, const uint8_t *data, size_t len)
{
    amp_tls_t *tls = ctx;
    int result;
    if (tls->state != AMP_TLS_READY) {
        return AMP_ERR_ABORTED;
    }
    tls->wanted = 0;
    do {
        result = mbedtls_ssl_write(&tls->ssl, data, len);
    } while (is_ticket(tls, result));
    tls->unsent = (uint8_t)is_again(result);
    return result >= 0 ? result : is_again(result) ? 0 : broken(tls, result);
}

static int tls_recv(void *ctx, uint8_t *data, size_t len)
{
    amp_tls_t *tls = ctx;
    int result;
    unsigned rounds = 0;
    if (tls->state != AMP_TLS_READY) {
        return AMP_ERR_ABORTED;
    }
    tls->wanted = 0;
    do {
        /* Empty records (0) and tickets are valid, but a peer must not keep this loop busy with them. */
        result = mbedtls_ssl_read(&tls->ssl, data, len);
    } while ((is_ticket(tls, result) || result == 0) && ++rounds < ROUNDS_MAX);
    if (result > 0) {
        tls->got_data = 1;
        return result;
    }
    if (rounds == ROUNDS_MAX) {
        return broken(tls, MBEDTLS_ERR_SSL_INVALID_RECORD);
    }
    return is_again(result) ? 0 : broken(tls, result);
}

static uint32_t tls_now_ms(void *ctx)
{
    const amp_tls_t *tls = ctx;
    return tls->under->now_ms(tls->under->ctx);
}

static void tls_wait(void *ctx, unsigned wanted, uint32_t ms)
{
    const amp_tls_t *tls = ctx;
    if (wanted == 0 || tls->wanted != 0) {
        tls->under->wait(tls->under->ctx, wanted != 0 ? tls->wanted : 0, ms);
    }
}

/* The direction is that of mbedTLS, which may have to send before it can receive. Without one, mbedTLS did
 * not wait for the port below: the call must be repeated at once. Bytes that mbedTLS has decrypted need no
 * event either, because tls_recv returns them before it asks the port below. */
static uint32_t tls_idle_ms(void *ctx, unsigned *wanted)
{
    const amp_tls_t *tls = ctx;
    *wanted = tls->wanted;
    return tls->wanted != 0 ? amp__port_idle_ms(tls->under, tls->state == AMP_TLS_CONNECTING, wanted) : 0;
}

static void tls_report(void *ctx, amp_port_report_t *out_report)
{
    const amp_tls_t *tls = ctx;
    if (tls->state == AMP_TLS_CONNECTING) {
        if (tls->under->report != NULL) {
            tls->under->report(tls->under->ctx, out_report);
        }
        return;
    }
    out_report->stage = AMP_STAGE_TLS;
    out_report->code = tls->code;
    out_report->origin = (amp_origin_t)tls->origin;
}

const amp_port_t amp__tls_port = {NULL,       tls_open, tls_send,   tls_recv, tls_close,
                                  tls_now_ms, tls_wait, tls_report, 1,        tls_idle_ms};
