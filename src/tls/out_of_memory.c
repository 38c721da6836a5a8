/* SPDX-License-Identifier: MIT */
/* See out_of_memory.h. The functions allocate and free in the way mbedTLS does, so that they fail when it
 * fails. */
#include "out_of_memory.h"

#include <string.h>

#include "certificate_message.h"
#include "mbedtls_compat.h"

#define OF(certificate, member) ((certificate)->MBEDTLS_PRIVATE(member))

#if defined(AMP_MBED_HAS_MAX_OPS)
/* Checks a signature with interruptible arithmetic, as mbedTLS does, but does not stop before the end.
 * Interruptible arithmetic needs more memory. */
static int check_restartable(const mbedtls_x509_crt *child, mbedtls_pk_context *key, const uint8_t *hash,
                             size_t hash_len)
{
    mbedtls_pk_restart_ctx restart;
    int result;
    mbedtls_pk_restart_init(&restart);
    do {
        result = mbedtls_pk_verify_restartable(key, OF(child, sig_md), hash, hash_len, OF(child, sig).p,
                                               OF(child, sig).len, &restart);
    } while (result == MBEDTLS_ERR_ECP_IN_PROGRESS);
    mbedtls_pk_restart_free(&restart);
    return result;
}
#endif

/* Checks the signature of `child` by `key` like mbedTLS, and returns the result that mbedTLS discards. */
static int check(const mbedtls_x509_crt *child, mbedtls_pk_context *key)
{
    uint8_t hash[MBEDTLS_MD_MAX_SIZE];
    const mbedtls_md_info_t *kind = mbedtls_md_info_from_type(OF(child, sig_md));
    size_t hash_len = mbedtls_md_get_size(kind);
    int result = mbedtls_md(kind, child->tbs.p, child->tbs.len, hash);
    if (result != 0) {
        return result;
    }
#if MBEDTLS_VERSION_NUMBER >= 0x04000000
    return mbedtls_pk_verify_ext(OF(child, sig_pk), key, OF(child, sig_md), hash, hash_len, OF(child, sig).p,
                                 OF(child, sig).len);
#else
#if defined(AMP_MBED_HAS_MAX_OPS)
    if (OF(child, sig_pk) == MBEDTLS_PK_ECDSA) {
        return check_restartable(child, key, hash, hash_len);
    }
#endif
    return mbedtls_pk_verify_ext(OF(child, sig_pk), OF(child, sig_opts), key, OF(child, sig_md), hash,
                                 hash_len, OF(child, sig).p, OF(child, sig).len);
#endif
}

static int is_issuer(const mbedtls_x509_crt *issuer, const mbedtls_x509_crt *child)
{
    return issuer->subject_raw.p != NULL && issuer->subject_raw.len == child->issuer_raw.len &&
           memcmp(issuer->subject_raw.p, child->issuer_raw.p, child->issuer_raw.len) == 0;
}

int amp__out_of_memory_for_issuer(const mbedtls_x509_crt *child, mbedtls_x509_crt *issuers)
{
    for (; issuers != NULL; issuers = issuers->next) {
        if (is_issuer(issuers, child) && amp__mbedtls_is_memory(check(child, &issuers->pk))) {
            return 1;
        }
    }
    return 0;
}

/* Returns 1 when memory ran out for a key of the server's certificates. mbedTLS reports that as an invalid
 * RSA key. Each certificate is parsed again, one at a time and in place. That needs less memory than before
 * by the length of the certificate. So if parsing succeeds now, memory was the cause. With TLS 1.3 mbedTLS
 * still holds the certificates before the one that failed, so there is no room to parse all of them at once.
 */
static int lacked_memory_for_keys(const mbedtls_ssl_context *ssl)
{
    amp_certificate_message_t walk;
    amp_der_t certificate;
    mbedtls_x509_crt alone;
    int result = -1;
    amp__certificate_message_init(&walk, ssl->MBEDTLS_PRIVATE(in_msg), ssl->MBEDTLS_PRIVATE(in_hslen),
                                  amp__mbedtls_is_1_3(ssl));
    while (amp__certificate_message_next(&walk, &certificate)) {
        mbedtls_x509_crt_init(&alone);
        result = mbedtls_x509_crt_parse_der_nocopy(&alone, certificate.at, certificate.len);
        mbedtls_x509_crt_free(&alone);
        if (result != 0) {
            break;
        }
    }
    return result == 0 || amp__mbedtls_is_memory(result);
}

#if defined(MBEDTLS_SSL_PROTO_TLS1_3)
/* Returns 1 when there is not enough memory to check a signature of a TLS 1.3 handshake. The signature itself
 * is no longer available. An invalid signature needs the same memory, so an invalid one is checked with the
 * server's key. Before the server's certificate has arrived, an anchor's key is used. */
static int lacked_memory_for_signature(const mbedtls_ssl_context *ssl, mbedtls_x509_crt *anchors)
{
    static const uint8_t ecdsa_signature[] = {0x30, 6, 2, 1, 1, 2, 1, 3}; /* DER: r is 1, s is 3 */
    const uint8_t hash[32] = {1};
    const mbedtls_ssl_session *session = ssl->MBEDTLS_PRIVATE(session_negotiate);
    mbedtls_x509_crt *certificate = session != NULL ? session->MBEDTLS_PRIVATE(peer_cert) : NULL;
    certificate = certificate != NULL ? certificate : anchors;
    if (certificate->raw.p == NULL) {
        return 0;
    }
    size_t rsa_len = (mbedtls_pk_get_bitlen(&certificate->pk) + 7u) / 8u;
    return amp__mbedtls_is_memory(mbedtls_pk_verify(&certificate->pk, MBEDTLS_MD_SHA256, hash, sizeof hash,
                                                    ecdsa_signature, sizeof ecdsa_signature)) ||
           (rsa_len <= certificate->pk_raw.len &&
            amp__mbedtls_is_memory(mbedtls_pk_verify(&certificate->pk, MBEDTLS_MD_SHA256, hash, sizeof hash,
                                                     certificate->pk_raw.p, rsa_len)));
}
#endif

/* Allocates as much as a Finished message needs. */
int amp__out_of_memory_for_digest(void)
{
    const mbedtls_md_info_t *kind = mbedtls_md_info_from_type(MBEDTLS_MD_SHA384);
    const int is_keyed = MBEDTLS_VERSION_NUMBER < 0x04000000;
    mbedtls_md_context_t text;
    mbedtls_md_context_t keyed;
    kind = kind != NULL ? kind : mbedtls_md_info_from_type(MBEDTLS_MD_SHA256);
    mbedtls_md_init(&text);
    mbedtls_md_init(&keyed);
    int result = mbedtls_md_setup(&text, kind, 0);
    result = result != 0 ? result : mbedtls_md_setup(&keyed, kind, is_keyed);
    mbedtls_md_free(&text);
    mbedtls_md_free(&keyed);
    return amp__mbedtls_is_memory(result);
}

int amp__out_of_memory(const mbedtls_ssl_context *ssl, mbedtls_x509_crt *anchors, int result)
{
    if (amp__mbedtls_is_memory(result)) {
        return 1;
    }
    if (result == MBEDTLS_ERR_PK_INVALID_PUBKEY && lacked_memory_for_keys(ssl)) {
        return 1;
    }
#ifdef AMP_MBED_NEEDS_PSA
    uint8_t random;
    if (result == MBEDTLS_ERR_ERROR_GENERIC_ERROR) {
        psa_status_t again = psa_generate_random(&random, sizeof random);
        return again == PSA_SUCCESS || again == PSA_ERROR_INSUFFICIENT_MEMORY;
    }
#endif
#if defined(MBEDTLS_SSL_PROTO_TLS1_3)
    if (result == MBEDTLS_ERR_SSL_HANDSHAKE_FAILURE && lacked_memory_for_signature(ssl, anchors)) {
        return 1;
    }
#else
    (void)anchors;
#endif
    return result != MBEDTLS_ERR_X509_CERT_VERIFY_FAILED && amp__out_of_memory_for_digest();
}

int amp__out_of_memory_for_finished(const mbedtls_ssl_context *ssl)
{
    int state = ssl->MBEDTLS_PRIVATE(state);
    return (state == MBEDTLS_SSL_CLIENT_FINISHED || state == MBEDTLS_SSL_SERVER_FINISHED) &&
           amp__out_of_memory_for_digest();
}
