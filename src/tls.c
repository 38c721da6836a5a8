/* SPDX-License-Identifier: MIT */
#include "ampersand/tls.h"

#include <string.h>

#include "mbed.h"
#include "trust.h"
#include "wipe.h"

/* `state` is where the one connection is. The context below it, ssl, is set up once and reset
 * for each connection. After a failure `status` holds what the port below said, if it was its
 * fault, and `code` the number of whoever failed. */
enum { CLOSED, CONNECTING, SHAKING, READY, BROKEN };

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
} tls_t;

/* A failure of the port below, for mbedTLS; what it was is in tls->status. */
#define UNDER_FAILED MBEDTLS_ERR_NET_CONN_RESET

#define EMPTY_RECORDS_MAX 8u

static int under_send(void *ctx, const unsigned char *data, size_t len)
{
    tls_t *tls = ctx;
    int result = tls->under->send(tls->under->ctx, data, len);
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

static int under_recv(void *ctx, unsigned char *data, size_t len)
{
    tls_t *tls = ctx;
    int result = tls->under->recv(tls->under->ctx, data, len);
    if (result > 0) {
        tls->received += (uint64_t)result;
        return result;
    }
    if (result == 0) {
        tls->wanted = AMP_WAIT_READ;
        return MBEDTLS_ERR_SSL_WANT_READ;
    }
    /* An end below TLS is no end of TLS: without close_notify anybody may have made it. */
    tls->status = result == AMP_ERR_CLOSED ? AMP_ERR_CUT : result;
    return UNDER_FAILED;
}

/* What a negative result of mbedTLS means. Nothing can be done over the connection after it. */
static int broken(tls_t *tls, int result)
{
    tls->state = BROKEN;
    tls->code = result;
    if (tls->status != 0 && result == UNDER_FAILED) {
        amp_port_report_t report = {AMP_STAGE_START, 0};
        if (tls->under->report != NULL) {
            tls->under->report(tls->under->ctx, &report);
        }
        tls->code = report.code;
        return tls->status;
    }
    switch (result) {
    case MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY:
        return AMP_ERR_CLOSED;
    case MBEDTLS_ERR_SSL_CONN_EOF:
        return AMP_ERR_CUT;
    case MBEDTLS_ERR_X509_CERT_VERIFY_FAILED:
        return amp_trust_status(mbedtls_ssl_get_verify_result(&tls->ssl));
    case MBEDTLS_ERR_SSL_ALLOC_FAILED:
        return AMP_ERR_MEMORY;
    default:
        return AMP_ERR_TLS;
    }
}

/* Restartable arithmetic interrupts itself: then no socket is waited for. */
static int is_again(int result)
{
    return result == MBEDTLS_ERR_SSL_WANT_READ || result == MBEDTLS_ERR_SSL_WANT_WRITE ||
           result == MBEDTLS_ERR_SSL_CRYPTO_IN_PROGRESS;
}

static int shake(tls_t *tls)
{
    tls->wanted = 0;
    int result = mbedtls_ssl_handshake(&tls->ssl);
    if (is_again(result)) {
        return 0;
    }
    if (result != 0) {
        result = broken(tls, result);
        return result == AMP_ERR_CLOSED ? AMP_ERR_TLS : result;
    }
    ++tls->handshakes;
    tls->protocol = mbedtls_ssl_get_version(&tls->ssl);
    tls->suite = mbedtls_ssl_get_ciphersuite(&tls->ssl);
    tls->state = READY;
    return 1;
}

static int tls_open(void *ctx, const char *host, uint16_t port)
{
    tls_t *tls = ctx;
    if (tls->state != CONNECTING && tls->state != SHAKING) {
        tls->state = CONNECTING;
        tls->unsent = 0;
        tls->status = 0;
        tls->code = 0;
    }
    if (tls->state == CONNECTING) {
        int result = tls->under->open(tls->under->ctx, host, port);
        if (result <= 0) {
            tls->wanted = AMP_WAIT_READ | AMP_WAIT_WRITE;
            return result;
        }
        tls->state = SHAKING;
        amp_trust_expect(&tls->trust, host);
        result = mbedtls_ssl_session_reset(&tls->ssl);
        if (result == 0) {
            result = mbedtls_ssl_set_hostname(&tls->ssl, host);
        }
        if (result != 0) {
            return broken(tls, result);
        }
    }
    return shake(tls);
}

static int tls_send(void *ctx, const uint8_t *data, size_t len)
{
    tls_t *tls = ctx;
    int result;
    if (tls->state != READY) {
        return AMP_ERR_CUT;
    }
    do {
        result = mbedtls_ssl_write(&tls->ssl, data, len);
    } while (AMP_MBED_IS_TICKET(result));
    tls->unsent = (uint8_t)is_again(result);
    return result >= 0 ? result : is_again(result) ? 0 : broken(tls, result);
}

static int tls_recv(void *ctx, uint8_t *data, size_t len)
{
    tls_t *tls = ctx;
    int result;
    unsigned rounds = 0;
    if (tls->state != READY) {
        return AMP_ERR_CUT;
    }
    do {
        /* 0 is an empty record, which is legal; but not a stream of nothing else. */
        result = mbedtls_ssl_read(&tls->ssl, data, len);
    } while (AMP_MBED_IS_TICKET(result) || (result == 0 && ++rounds < EMPTY_RECORDS_MAX));
    if (result == 0) {
        return broken(tls, MBEDTLS_ERR_SSL_INVALID_RECORD);
    }
    return result > 0 ? result : is_again(result) ? 0 : broken(tls, result);
}

static void tls_close(void *ctx)
{
    tls_t *tls = ctx;
    if (tls->state == READY && !tls->unsent) {
        /* Nothing is waited for: a peer that does not take it in time sees a cut. A record that did
         * not leave must not leave now, with a request in it that was given up. */
        (void)mbedtls_ssl_close_notify(&tls->ssl);
    }
    if (tls->state != CLOSED) {
        tls->under->close(tls->under->ctx);
    }
    tls->state = CLOSED;
}

static uint32_t tls_now_ms(void *ctx)
{
    const tls_t *tls = ctx;
    return tls->under->now_ms(tls->under->ctx);
}

static void tls_wait(void *ctx, unsigned wanted, uint32_t ms)
{
    const tls_t *tls = ctx;
    if (wanted == 0 || tls->wanted != 0) {
        tls->under->wait(tls->under->ctx, wanted != 0 ? tls->wanted : 0, ms);
    }
}

static void tls_report(void *ctx, amp_port_report_t *out_report)
{
    const tls_t *tls = ctx;
    if (tls->state == CONNECTING) {
        if (tls->under->report != NULL) {
            tls->under->report(tls->under->ctx, out_report);
        }
        return;
    }
    out_report->stage = AMP_STAGE_TLS;
    out_report->code = tls->code;
}

static amp_status_t set_up_random(tls_t *tls)
{
#ifdef AMP_MBED_NEEDS_PSA
    if (psa_crypto_init() != PSA_SUCCESS) {
        return AMP_ERR_RANDOM;
    }
#endif
#ifdef AMP_MBED_HAS_RNG
    static const unsigned char purpose[] = "ampersand";
    if (mbedtls_ctr_drbg_seed(&tls->rng, mbedtls_entropy_func, &tls->entropy, purpose, sizeof purpose) != 0) {
        return AMP_ERR_RANDOM;
    }
    mbedtls_ssl_conf_rng(&tls->conf, mbedtls_ctr_drbg_random, &tls->rng);
#else
    (void)tls;
#endif
    return AMP_OK;
}

static amp_status_t set_up(tls_t *tls, const amp_tls_config_t *config)
{
    if (mbedtls_ssl_config_defaults(&tls->conf, MBEDTLS_SSL_IS_CLIENT, MBEDTLS_SSL_TRANSPORT_STREAM,
                                    MBEDTLS_SSL_PRESET_DEFAULT) != 0) {
        return AMP_ERR_MEMORY;
    }
    amp_mbed_set_minimum(&tls->conf);
    amp_status_t status = set_up_random(tls);
    if (status == AMP_OK) {
        status = amp_trust_set_up(&tls->trust, &tls->conf, config);
    }
    if (status != AMP_OK) {
        return status;
    }
#if defined(MBEDTLS_SSL_ALPN)
    tls->alpn[0] = "http/1.1";
    if (mbedtls_ssl_conf_alpn_protocols(&tls->conf, tls->alpn) != 0) {
        return AMP_ERR_MEMORY;
    }
#endif
    if (mbedtls_ssl_setup(&tls->ssl, &tls->conf) != 0) {
        return AMP_ERR_MEMORY;
    }
    mbedtls_ssl_set_bio(&tls->ssl, tls, under_send, under_recv, NULL);
    return AMP_OK;
}

static void tear_down(tls_t *tls)
{
    mbedtls_ssl_free(&tls->ssl);
    mbedtls_ssl_config_free(&tls->conf);
    mbedtls_x509_crt_free(&tls->trust.anchors);
#ifdef AMP_MBED_HAS_RNG
    mbedtls_ctr_drbg_free(&tls->rng);
    mbedtls_entropy_free(&tls->entropy);
#endif
    amp_wipe(tls, sizeof *tls);
}

size_t amp_tls_storage_size(void)
{
    return sizeof(tls_t);
}

amp_status_t amp_tls_init(void *storage, size_t size, const amp_tls_config_t *config, amp_port_t *out_port)
{
    if (storage == NULL || config == NULL || out_port == NULL || config->under == NULL ||
        (uintptr_t)storage % sizeof(uint64_t) != 0) {
        return AMP_ERR_ARGUMENT;
    }
    if (size < sizeof(tls_t)) {
        return AMP_ERR_MEMORY;
    }
    tls_t *tls = storage;
    memset(tls, 0, sizeof *tls);
    tls->under = config->under;
    mbedtls_ssl_init(&tls->ssl);
    mbedtls_ssl_config_init(&tls->conf);
    mbedtls_x509_crt_init(&tls->trust.anchors);
#ifdef AMP_MBED_HAS_RNG
    mbedtls_entropy_init(&tls->entropy);
    mbedtls_ctr_drbg_init(&tls->rng);
#endif
    amp_status_t status = set_up(tls, config);
    if (status != AMP_OK) {
        tear_down(tls);
        return status;
    }
    const amp_port_t port = {tls,        tls_open, tls_send,   tls_recv, tls_close,
                             tls_now_ms, tls_wait, tls_report, 1};
    *out_port = port;
    return AMP_OK;
}

void amp_tls_free(amp_port_t *port)
{
    tls_t *tls = port->ctx;
    tls_close(tls);
    tear_down(tls);
    memset(port, 0, sizeof *port);
}

void amp_tls_stats(const amp_port_t *port, amp_tls_stats_t *out_stats)
{
    const tls_t *tls = port->ctx;
    memset(out_stats, 0, sizeof *out_stats);
    out_stats->protocol = tls->protocol != NULL ? tls->protocol : "";
    out_stats->suite = tls->suite != NULL ? tls->suite : "";
    out_stats->handshakes = tls->handshakes;
    out_stats->sent = tls->sent;
    out_stats->received = tls->received;
}
