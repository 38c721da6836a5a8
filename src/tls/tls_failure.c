/* SPDX-License-Identifier: MIT */
/* Explains errors of mbedTLS (2.28 to 4.1). mbedTLS has one error for all fatal alerts, and drops
 * certificates that it cannot parse. The last message is still in its input buffer, so the reason is read
 * from there. */
#include "tls_failure.h"

#include "../base/big_endian.h"
#include "cert_name.h"
#include "certificate_message.h"
#include "der.h"
#include "out_of_memory.h"

#define RECORD_MAX 16384
#define EXPANSION_MAX 2048 /* bytes that encryption may add to a record (RFC 5246, 6.2.3) */
#define CHAIN_MAX 65536u   /* a longer Certificate message is not plausible */

/* Alerts (RFC 8446, 6). */
enum {
    HANDSHAKE_FAILURE = 40,
    BAD_CERTIFICATE = 42,
    UNSUPPORTED_CERTIFICATE = 43,
    CERTIFICATE_UNKNOWN = 46,
    PROTOCOL_VERSION = 70,
    INSUFFICIENT_SECURITY = 71,
    INTERNAL_ERROR = 80,
    UNRECOGNIZED_NAME = 112,
    CERTIFICATE_REQUIRED = 116,
    NO_APPLICATION_PROTOCOL = 120
};

static const char no_client_certificate[] = "server requires a client certificate";

/* Alerts with a specific meaning; the first row that matches counts. `after_request`: the row matches only
 * after the server has requested a client certificate. */
static const struct {
    uint8_t alert;
    uint8_t after_request;
    const char *rule;
} alerts[] = {
    {CERTIFICATE_REQUIRED, 0, no_client_certificate},
    {HANDSHAKE_FAILURE, 1, no_client_certificate},
    {BAD_CERTIFICATE, 1, no_client_certificate},
    {UNSUPPORTED_CERTIFICATE, 1, no_client_certificate},
    {CERTIFICATE_UNKNOWN, 1, no_client_certificate},
#if defined(MBEDTLS_SSL_PROTO_TLS1_3)
    {PROTOCOL_VERSION, 0, "server supports neither TLS 1.2 nor 1.3"},
#else
    {PROTOCOL_VERSION, 0, "server requires TLS 1.3"},
#endif
    {HANDSHAKE_FAILURE, 0, "no cipher, group or signature in common"},
    {INSUFFICIENT_SECURITY, 0, "server requires stronger ciphers"},
    {INTERNAL_ERROR, 0, "server reports an internal error"},
    {UNRECOGNIZED_NAME, 0, "server does not know the name"},
    {NO_APPLICATION_PROTOCOL, 0, "server does not speak http/1.1"},
};

/* Errors of mbedTLS's certificate parser. Before 4.0, errors of lower modules can be added to them. */
static const struct {
    int error;
    const char *rule;
} parse_errors[] = {
    {MBEDTLS_ERR_X509_INVALID_EXTENSIONS, "invalid extension"},
    {MBEDTLS_ERR_X509_FEATURE_UNAVAILABLE, "unknown extension"},
    {MBEDTLS_ERR_X509_INVALID_DATE, "invalid date"},
    {MBEDTLS_ERR_X509_INVALID_NAME, "invalid name"},
    {MBEDTLS_ERR_X509_UNKNOWN_VERSION, "unknown version"},
#if defined(MBEDTLS_ERR_PK_UNKNOWN_PK_ALG)
    {MBEDTLS_ERR_PK_UNKNOWN_PK_ALG, "unknown kind of key"},
#endif
#if defined(MBEDTLS_ERR_PK_UNKNOWN_NAMED_CURVE)
    {MBEDTLS_ERR_PK_UNKNOWN_NAMED_CURVE, "unknown curve"},
#endif
#if defined(MBEDTLS_ERR_PK_INVALID_PUBKEY)
    {MBEDTLS_ERR_PK_INVALID_PUBKEY, "invalid key"},
#endif
};

static void explain_alert(amp_tls_t *tls)
{
    amp_tls_failure_t *failure = &tls->trust.failure;
    const uint8_t alert = tls->ssl.MBEDTLS_PRIVATE(in_msg)[1];
    failure->alert = alert;
    failure->rule = "alert from the server";
    for (size_t i = 0; i < sizeof alerts / sizeof alerts[0]; ++i) {
        if (alerts[i].alert == alert && (!alerts[i].after_request || tls->certificate_asked)) {
            failure->rule = alerts[i].rule;
            return;
        }
    }
}

/* Finds the first critical extension that mbedTLS does not know. Returns 1 when there is one. */
static int find_unknown(amp_der_t extensions, amp_der_t *out_oid)
{
    /* id-ce: key usage, subjectAltName, basic constraints, extended key usage */
    static const uint8_t known[] = {15, 17, 19, 37};
    amp_der_extension_t extension;
    amp_der_t in;
    if (amp__der_take(&extensions, AMP_DER_SEQUENCE, &in) != 0) {
        return 0;
    }
    while (amp__der_extension(&in, &extension) == 0) {
        int is_known = !extension.is_critical;
        for (size_t i = 0; i < sizeof known; ++i) {
            is_known |= amp__der_is_id_ce(&extension.oid, known[i]);
        }
        if (!is_known) {
            *out_oid = extension.oid;
            return 1;
        }
    }
    return 0;
}

/* Describes the certificate that mbedTLS cannot parse because of `error`. The names stay empty when der.c
 * cannot read it either. */
static void describe(amp_tls_failure_t *failure, amp_der_t certificate, int error)
{
    amp_der_certificate_t parts;
    amp_der_t oid;
    if (amp__der_certificate(certificate, &parts) != 0) {
        return;
    }
    amp__name_copy(parts.subject, failure->subject);
    amp__name_copy(parts.issuer, failure->issuer);
    if (amp__mbedtls_is_extension(error) && find_unknown(parts.extensions, &oid)) {
        failure->rule = "unknown critical extension";
        amp__der_oid_text(oid, failure->detail, sizeof failure->detail);
    }
}

/* Parses a certificate in place, frees it, and returns the result of mbedTLS. */
static int parse(amp_der_t in)
{
    mbedtls_x509_crt certificate;
    mbedtls_x509_crt_init(&certificate);
    int result = mbedtls_x509_crt_parse_der_nocopy(&certificate, in.at, in.len);
    mbedtls_x509_crt_free(&certificate);
    return result;
}

/* Parses the certificates of the last message again, and describes the first one with the same error. */
static void find_unreadable(amp_tls_t *tls, int error)
{
    amp_certificate_message_t walk;
    amp_der_t certificate;
    amp__certificate_message_init(&walk, tls->ssl.MBEDTLS_PRIVATE(in_msg), tls->ssl.MBEDTLS_PRIVATE(in_hslen),
                                  amp__mbedtls_is_1_3(&tls->ssl));
    for (uint8_t depth = 0; amp__certificate_message_next(&walk, &certificate); ++depth) {
        if (parse(certificate) == error) {
            tls->trust.failure.depth = depth;
            describe(&tls->trust.failure, certificate, error);
            return;
        }
    }
}

/* Returns 1 when mbedTLS's input buffer is too small for a record that TLS allows, or for the server's
 * certificates. The server was asked for small records, but need not comply. In TLS 1.3 mbedTLS is in the
 * state CERTIFICATE_REQUEST until the certificates are whole. */
static int is_too_large(const amp_tls_t *tls, int result)
{
#if MBEDTLS_SSL_IN_CONTENT_LEN < RECORD_MAX
    const uint8_t *header = tls->header;
    const size_t len = (size_t)amp__big_endian_read(header + AMP_RECORD_LENGTH_AT, 2);
    const size_t message_len = tls->ssl.MBEDTLS_PRIVATE(in_hslen);
    if (header[0] >= MBEDTLS_SSL_MSG_CHANGE_CIPHER_SPEC && header[0] <= MBEDTLS_SSL_MSG_APPLICATION_DATA &&
        header[1] == MBEDTLS_SSL_MAJOR_VERSION_3 && len > MBEDTLS_SSL_IN_CONTENT_LEN &&
        len <= RECORD_MAX + EXPANSION_MAX) {
        return result == MBEDTLS_ERR_SSL_INVALID_RECORD || result == MBEDTLS_ERR_SSL_BAD_INPUT_DATA;
    }
    const int state = tls->ssl.MBEDTLS_PRIVATE(state);
    return message_len > MBEDTLS_SSL_IN_CONTENT_LEN && message_len <= CHAIN_MAX &&
           (state == MBEDTLS_SSL_SERVER_CERTIFICATE || state == MBEDTLS_SSL_CERTIFICATE_REQUEST);
#else
    (void)tls;
    (void)result;
    return 0;
#endif
}

/* Returns 1 when mbedTLS could not parse a certificate or its key. */
static int is_unreadable(const amp_tls_t *tls, int result)
{
    return tls->ssl.MBEDTLS_PRIVATE(state) == MBEDTLS_SSL_SERVER_CERTIFICATE && !tls->trust.checked &&
           amp__mbedtls_is_parsing(result);
}

static void explain_unreadable(amp_tls_t *tls, int result)
{
    amp_tls_failure_t *failure = &tls->trust.failure;
    failure->status = AMP_ERR_CERT;
    failure->rule = "unreadable";
    if (amp__mbedtls_is(result, AMP_MBED_UNKNOWN_SIGNATURE)) {
        /* This build lacks the hash. In TLS 1.2 mbedTLS sets the flag BADCERT_BAD_MD instead. */
        failure->status = AMP_ERR_CERT_WEAK;
        failure->rule = "weak or unknown hash";
    }
    for (size_t i = 0; i < sizeof parse_errors / sizeof parse_errors[0]; ++i) {
        if (amp__mbedtls_is(result, parse_errors[i].error)) {
            failure->rule = parse_errors[i].rule;
        }
    }
    find_unreadable(tls, result);
}

/* Returns 1 for a handshake message that is split over several records. mbedTLS before 3.6.3 cannot
 * reassemble it (Mbed-TLS/mbedtls issues 1840 and 9269). Later versions cannot reassemble a ClientHello,
 * which no client receives. */
static int is_split(const amp_tls_t *tls, int result)
{
    return MBEDTLS_VERSION_NUMBER < 0x03060300 && result == MBEDTLS_ERR_SSL_FEATURE_UNAVAILABLE &&
           tls->ssl.MBEDTLS_PRIVATE(in_msglen) < tls->ssl.MBEDTLS_PRIVATE(in_hslen);
}

amp_status_t amp__failure_explain(amp_tls_t *tls, int result)
{
    amp_tls_failure_t *failure = &tls->trust.failure;
    if (is_too_large(tls, result)) {
        return AMP_ERR_TLS_BUFFER;
    }
    if (tls->out_of_memory || amp__out_of_memory(&tls->ssl, &tls->trust.anchors, result)) {
        return AMP_ERR_MEMORY;
    }
    if (is_unreadable(tls, result)) {
        explain_unreadable(tls, result);
        return failure->status;
    }
    if (result ==
        MBEDTLS_ERR_X509_FATAL_ERROR) { /* the callback never returns it, so the chain is too long */
        failure->status = AMP_ERR_CERT;
        failure->rule = "chain too long";
        return AMP_ERR_CERT;
    }
    if (result == MBEDTLS_ERR_SSL_FATAL_ALERT_MESSAGE) {
        failure->status = AMP_ERR_TLS;
        explain_alert(tls);
    } else if (is_split(tls, result)) {
        failure->status = AMP_ERR_TLS;
        failure->rule = "handshake message split over records; mbedTLS 3.6.3 can read it";
    }
    return AMP_ERR_TLS;
}
