/* SPDX-License-Identifier: MIT */
/* Replaces functions of mbedTLS that a TLS client never calls. Compile this file with mbedTLS, when
 * config-small.h is used with AMP_MBEDTLS_CLIENT_ONLY; otherwise it is empty.
 *
 * - AES decryption: GCM and CTR_DRBG only encrypt (NIST SP 800-38D, 6.5; SP 800-90A, 10.2.1).
 * - ECDSA signing: only a client certificate needs it, and this library has none.
 *
 * Invariant: each function fails. If a new caller appears, its operation fails too, and nothing is left
 * unverified. */
#if defined(AMP_MBEDTLS_CLIENT_ONLY)
#include <mbedtls/aes.h>
#include <mbedtls/ecdsa.h>
#include <mbedtls/error.h>
#include <mbedtls/platform.h>

#if !defined(MBEDTLS_AES_ALT) /* a platform's own AES brings its own decryption */
int mbedtls_aes_setkey_dec(mbedtls_aes_context *ctx, const unsigned char *key, unsigned int keybits)
{
    (void)ctx, (void)key, (void)keybits;
    return MBEDTLS_ERR_PLATFORM_FEATURE_UNSUPPORTED;
}

int mbedtls_internal_aes_decrypt(mbedtls_aes_context *ctx, const unsigned char input[16],
                                 unsigned char output[16])
{
    (void)ctx, (void)input, (void)output;
    return MBEDTLS_ERR_PLATFORM_FEATURE_UNSUPPORTED;
}
#endif

#if defined(MBEDTLS_ECDSA_SIGN_ALT)
int mbedtls_ecdsa_sign(mbedtls_ecp_group *grp, mbedtls_mpi *r, mbedtls_mpi *s, const mbedtls_mpi *d,
                       const unsigned char *buf, size_t blen, int (*f_rng)(void *, unsigned char *, size_t),
                       void *p_rng)
{
    (void)grp, (void)r, (void)s, (void)d, (void)buf, (void)blen, (void)f_rng, (void)p_rng;
    return MBEDTLS_ERR_PLATFORM_FEATURE_UNSUPPORTED;
}

#if MBEDTLS_VERSION_NUMBER < 0x03000000
/* In 2.28 it belongs to the part that is replaced. The curves of this configuration can all do it. */
int mbedtls_ecdsa_can_do(mbedtls_ecp_group_id gid)
{
    return gid == MBEDTLS_ECP_DP_SECP256R1 || gid == MBEDTLS_ECP_DP_SECP384R1;
}
#endif
#endif
#else
typedef int amp_client_only_is_empty_t; /* C forbids an empty file. */
#endif
