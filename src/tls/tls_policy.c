/* SPDX-License-Identifier: MIT */
/* The policy follows RFC 9325. Each suite has forward secrecy (4.1) and authenticated encryption (4.2).
 * Groups have at least 255 bits, RSA keys at least 2048 (4.5). Finite-field Diffie-Hellman and SHA-1 are not
 * used. The tables are static because mbedTLS keeps pointers to them. */
#include "tls_policy.h"

#include "mbedtls_checks.h"

/* ChaCha20 is first, because it takes half the time of AES where there is no AES hardware. MBEDTLS_AES_ALT
 * means that a platform such as ESP-IDF has its own AES, which usually is a peripheral. AES is then first.
 * Define AMP_TLS_PREFER_AES as 0 or 1 to choose. mbedTLS skips suites that it was built without. Left out:
 * CCM_8, whose tag has only 8 bytes, Camellia and ARIA. */
#if !defined(AMP_TLS_PREFER_AES)
#if defined(MBEDTLS_AES_ALT)
#define AMP_TLS_PREFER_AES 1
#else
#define AMP_TLS_PREFER_AES 0
#endif
#endif

#define CHACHA20_13 MBEDTLS_TLS1_3_CHACHA20_POLY1305_SHA256
#define AES_13 MBEDTLS_TLS1_3_AES_128_GCM_SHA256, MBEDTLS_TLS1_3_AES_256_GCM_SHA384
#define CHACHA20_12                                                                                          \
    MBEDTLS_TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, MBEDTLS_TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256
#define AES_12                                                                                               \
    MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, MBEDTLS_TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,          \
        MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, MBEDTLS_TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384

static const int suites[] = {
#if defined(MBEDTLS_SSL_PROTO_TLS1_3)
#if AMP_TLS_PREFER_AES
    AES_13,
    CHACHA20_13,
#else
    CHACHA20_13,
    AES_13,
#endif
    MBEDTLS_TLS1_3_AES_128_CCM_SHA256,
#endif
#if AMP_TLS_PREFER_AES
    AES_12,
    CHACHA20_12,
#else
    CHACHA20_12, AES_12,
#endif
    MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_128_CCM,
    MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_256_CCM,
#if defined(AMP_TLS_CBC) /* for servers without newer suites; see docs/trust.md */
    MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256,
    MBEDTLS_TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256,
    MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384,
    MBEDTLS_TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384,
#endif
    0};

#if MBEDTLS_VERSION_NUMBER < 0x04000000
#define ID(name) MBEDTLS_X509_ID_FLAG(name)
static const mbedtls_x509_crt_profile profile = {
    ID(MBEDTLS_MD_SHA256) | ID(MBEDTLS_MD_SHA384) | ID(MBEDTLS_MD_SHA512),
    ID(MBEDTLS_PK_RSA) | ID(MBEDTLS_PK_RSASSA_PSS) | ID(MBEDTLS_PK_ECKEY) | ID(MBEDTLS_PK_ECDSA),
    ID(MBEDTLS_ECP_DP_SECP256R1) | ID(MBEDTLS_ECP_DP_SECP384R1) | ID(MBEDTLS_ECP_DP_SECP521R1), 2048};
#else
/* The numbers of curves are private from 4.0 on. The default profile also allows Brainpool curves of 256 bits
 * and more; the groups below refuse those in the server's own certificate. */
#define profile mbedtls_x509_crt_profile_default
#endif

/* Signature algorithms of the handshake. RSA PKCS#1 v1.5 is before RSA-PSS, and TLS 1.3 ignores it. So most
 * servers that follow the client's order do not run into Mbed-TLS/mbedtls issue 10668 (see tls_policy.h). */
#if MBEDTLS_VERSION_NUMBER >= 0x03020000
#define WITHOUT_PSS                                                                                          \
    MBEDTLS_TLS1_3_SIG_ECDSA_SECP256R1_SHA256, MBEDTLS_TLS1_3_SIG_ECDSA_SECP384R1_SHA384,                    \
        MBEDTLS_TLS1_3_SIG_ECDSA_SECP521R1_SHA512, MBEDTLS_TLS1_3_SIG_RSA_PKCS1_SHA256,                      \
        MBEDTLS_TLS1_3_SIG_RSA_PKCS1_SHA384, MBEDTLS_TLS1_3_SIG_RSA_PKCS1_SHA512
static const uint16_t signatures[] = {WITHOUT_PSS,
#if defined(MBEDTLS_SSL_PROTO_TLS1_3)
                                      MBEDTLS_TLS1_3_SIG_RSA_PSS_RSAE_SHA256,
                                      MBEDTLS_TLS1_3_SIG_RSA_PSS_RSAE_SHA384,
                                      MBEDTLS_TLS1_3_SIG_RSA_PSS_RSAE_SHA512,
#endif
                                      MBEDTLS_TLS1_3_SIG_NONE};
static const uint16_t groups[] = {MBEDTLS_SSL_IANA_TLS_GROUP_X25519, MBEDTLS_SSL_IANA_TLS_GROUP_SECP256R1,
                                  MBEDTLS_SSL_IANA_TLS_GROUP_SECP384R1, MBEDTLS_SSL_IANA_TLS_GROUP_SECP521R1,
                                  MBEDTLS_SSL_IANA_TLS_GROUP_NONE};
#else
/* 2.28 does not skip groups and hashes that it was built without. The hashes are in mbedTLS's own order: in
 * the reverse order a handshake needs about 200 bytes more of an arena. */
static const int hashes[] = {
#if defined(MBEDTLS_SHA512_C)
    MBEDTLS_MD_SHA512,
#if !defined(MBEDTLS_SHA512_NO_SHA384)
    MBEDTLS_MD_SHA384,
#endif
#endif
    MBEDTLS_MD_SHA256, MBEDTLS_MD_NONE};
static const mbedtls_ecp_group_id groups[] = {
#if defined(MBEDTLS_ECP_DP_CURVE25519_ENABLED)
    MBEDTLS_ECP_DP_CURVE25519,
#endif
#if defined(MBEDTLS_ECP_DP_SECP256R1_ENABLED)
    MBEDTLS_ECP_DP_SECP256R1,
#endif
#if defined(MBEDTLS_ECP_DP_SECP384R1_ENABLED)
    MBEDTLS_ECP_DP_SECP384R1,
#endif
#if defined(MBEDTLS_ECP_DP_SECP521R1_ENABLED)
    MBEDTLS_ECP_DP_SECP521R1,
#endif
    MBEDTLS_ECP_DP_NONE};
#endif

void amp__policy_use(mbedtls_ssl_config *conf)
{
    amp__mbedtls_set_minimum(conf);
    mbedtls_ssl_conf_ciphersuites(conf, suites);
    mbedtls_ssl_conf_cert_profile(conf, &profile);
#if MBEDTLS_VERSION_NUMBER >= 0x03020000
    mbedtls_ssl_conf_sig_algs(conf, signatures);
    mbedtls_ssl_conf_groups(conf, groups);
#else
    mbedtls_ssl_conf_sig_hashes(conf, hashes);
    mbedtls_ssl_conf_curves(conf, groups);
#endif
}

#if defined(MBEDTLS_SSL_PROTO_TLS1_3)
void amp__policy_exchange(mbedtls_ssl_config *conf, int resumes)
{
#if defined(AMP_TLS_PSK_ONLY)
    /* The full handshake offers psk_ke, too: it tells the server and mbedTLS how its tickets will be used. */
    mbedtls_ssl_conf_tls13_key_exchange_modes(conf, resumes ? MBEDTLS_SSL_TLS1_3_KEY_EXCHANGE_MODE_PSK
                                                            : MBEDTLS_SSL_TLS1_3_KEY_EXCHANGE_MODE_EPHEMERAL |
                                                                  MBEDTLS_SSL_TLS1_3_KEY_EXCHANGE_MODE_PSK);
#else
    (void)resumes;
    mbedtls_ssl_conf_tls13_key_exchange_modes(conf, MBEDTLS_SSL_TLS1_3_KEY_EXCHANGE_MODE_EPHEMERAL_ALL);
#endif
}
#else
void amp__policy_exchange(mbedtls_ssl_config *conf, int resumes)
{
    (void)conf;
    (void)resumes;
}
#endif

#ifdef AMP_MBED_REFUSES_PSS
void amp__policy_offer_pss(mbedtls_ssl_config *conf, int offered)
{
    static const uint16_t without[] = {WITHOUT_PSS, MBEDTLS_TLS1_3_SIG_NONE};
    mbedtls_ssl_conf_sig_algs(conf, offered ? signatures : without);
}

int amp__policy_refused_pss(const mbedtls_ssl_context *ssl, int result)
{
    return result == MBEDTLS_ERR_SSL_ILLEGAL_PARAMETER &&
           ssl->MBEDTLS_PRIVATE(state) == MBEDTLS_SSL_SERVER_KEY_EXCHANGE;
}
#else
void amp__policy_offer_pss(mbedtls_ssl_config *conf, int offered)
{
    (void)conf;
    (void)offered;
}

int amp__policy_refused_pss(const mbedtls_ssl_context *ssl, int result)
{
    (void)ssl;
    (void)result;
    return 0;
}
#endif
