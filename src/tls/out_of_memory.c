/* SPDX-License-Identifier: MIT */
#include "out_of_memory.h"

#include <string.h>

#include "mbedtls_compat.h"

/* A message with certificates: type, length, in TLS 1.3 a context that is empty, length of the list; before
 * each certificate its own, and in TLS 1.3 extensions behind it. */
#define LIST_AT 7u
#define LIST_AT_1_3 8u
#define LENGTH_SIZE 3u
#define EXTENSIONS_LENGTH_SIZE 2u

#define OF(certificate, member) ((certificate)->MBEDTLS_PRIVATE(member))

#if defined(AMP_MBED_HAS_SLICES)
/* As mbedTLS does it when it may be interrupted, which takes more memory; but to the end. */
static int check_in_slices(const mbedtls_x509_crt *child, mbedtls_pk_context *key, const uint8_t *hash,
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

/* mbedTLS's own check of a signature, for what comes of it. */
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
#if defined(AMP_MBED_HAS_SLICES)
    if (OF(child, sig_pk) == MBEDTLS_PK_ECDSA) {
        return check_in_slices(child, key, hash, hash_len);
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

static size_t number(const uint8_t *at, size_t bytes)
{
    size_t value = 0;
    for (size_t i = 0; i < bytes; ++i) {
        value = value << 8 | at[i];
    }
    return value;
}

/* mbedTLS takes an RSA key that it had no memory for to be a false one. Read where they lie, the server's
 * certificates take less memory by their own length, and that is more than their keys take. */
static int starved_of_keys(const mbedtls_ssl_context *ssl)
{
    const uint8_t *message = ssl->MBEDTLS_PRIVATE(in_msg);
    const size_t len = ssl->MBEDTLS_PRIVATE(in_hslen);
    const size_t extra = amp__mbedtls_is_1_3(ssl) ? EXTENSIONS_LENGTH_SIZE : 0;
    size_t at = amp__mbedtls_is_1_3(ssl) ? LIST_AT_1_3 : LIST_AT;
    mbedtls_x509_crt chain;
    int result = -1;
    if (len < at || message[0] != MBEDTLS_SSL_HS_CERTIFICATE) {
        return 0;
    }
    mbedtls_x509_crt_init(&chain);
    while (len - at > LENGTH_SIZE) {
        size_t size = number(message + at, LENGTH_SIZE);
        at += LENGTH_SIZE;
        result = size <= len - at ? mbedtls_x509_crt_parse_der_nocopy(&chain, message + at, size) : -1;
        if (result != 0 || size + extra > len - at) {
            break;
        }
        at += size;
        size = number(message + at, extra) + extra;
        at = size < len - at ? at + size : len;
    }
    mbedtls_x509_crt_free(&chain);
    return result == 0 || amp__mbedtls_is_memory(result);
}

#if defined(MBEDTLS_SSL_PROTO_TLS1_3)
/* What failed in a handshake of TLS 1.3 is gone by now. But there are certificates, and a signature takes
 * memory to be found false, too; before there is the server's certificate, an anchor will do. */
static int starved_of_a_signature(const mbedtls_ssl_context *ssl, mbedtls_x509_crt *anchors)
{
    static const uint8_t of_curves[] = {0x30, 6, 2, 1, 1, 2, 1, 3}; /* r is 1 and s is 3, in DER */
    const uint8_t hash[32] = {1};
    const mbedtls_ssl_session *session = ssl->MBEDTLS_PRIVATE(session_negotiate);
    mbedtls_x509_crt *certificate = session != NULL ? session->MBEDTLS_PRIVATE(peer_cert) : NULL;
    certificate = certificate != NULL ? certificate : anchors;
    if (certificate->raw.p == NULL) {
        return 0;
    }
    size_t of_rsa = (mbedtls_pk_get_bitlen(&certificate->pk) + 7u) / 8u;
    return amp__mbedtls_is_memory(mbedtls_pk_verify(&certificate->pk, MBEDTLS_MD_SHA256, hash, sizeof hash,
                                                    of_curves, sizeof of_curves)) ||
           (of_rsa <= certificate->pk_raw.len &&
            amp__mbedtls_is_memory(mbedtls_pk_verify(&certificate->pk, MBEDTLS_MD_SHA256, hash, sizeof hash,
                                                     certificate->pk_raw.p, of_rsa)));
}
#endif

/* As much as a Finished message takes. */
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
    if (result == MBEDTLS_ERR_PK_INVALID_PUBKEY && starved_of_keys(ssl)) {
        return 1;
    }
#ifdef AMP_MBED_NEEDS_PSA
    uint8_t drawn;
    if (result == MBEDTLS_ERR_ERROR_GENERIC_ERROR) {
        psa_status_t again = psa_generate_random(&drawn, sizeof drawn);
        return again == PSA_SUCCESS || again == PSA_ERROR_INSUFFICIENT_MEMORY;
    }
#endif
#if defined(MBEDTLS_SSL_PROTO_TLS1_3)
    if (result == MBEDTLS_ERR_SSL_HANDSHAKE_FAILURE && starved_of_a_signature(ssl, anchors)) {
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
