/* SPDX-License-Identifier: MIT */
/* Makes authorities and certificates, valid or with any fault, with OpenSSL. Times are days from CERTS_NOW.
 */
#ifndef AMP_TEST_CERTS_H
#define AMP_TEST_CERTS_H

#include <openssl/x509v3.h>
#include <stdint.h>

#define CERTS_NOW INT64_C(1800001727) /* 2027-01-15T08:28:47Z, independent of today's date */

/* A certificate and its key. */
typedef struct {
    X509 *certificate;
    EVP_PKEY *key;
} identity_t;

/* A zeroed member selects its default. */
typedef struct {
    const char *name;         /* the common name */
    const char *names;        /* subjectAltName as OpenSSL writes it. NULL: DNS:localhost, but no names for an
                                 authority. "": no names */
    const identity_t *issuer; /* NULL: self-signed */
    unsigned rsa_bits;        /* 0: an elliptic curve */
    const char *curve;        /* NULL: P-256 */
    const EVP_MD *digest;     /* NULL: SHA-256 */
    int first;                /* day, 0: -2 */
    int last;                 /* day, 0: 300 */
    int is_authority;
    const char *usage; /* extendedKeyUsage, or NULL */
    const char *key_usage;
    const char *constraints;  /* nameConstraints as OpenSSL writes them, or NULL */
    const char *extension[2]; /* object identifier and value of one more extension: "critical,DER:0500" */
} wanted_t;

void identity_make(identity_t *out, const wanted_t *wanted);
void identity_free(identity_t *identity);

/* Returns the certificate in DER. The caller frees it with OPENSSL_free. */
uint8_t *identity_der(const identity_t *identity, size_t *out_len);

/* Writes the SHA-256 of its SubjectPublicKeyInfo. */
void identity_pin(const identity_t *identity, uint8_t out[32]);

#endif
