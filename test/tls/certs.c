/* SPDX-License-Identifier: MIT */
/* Makes certificates for the TLS tests, in process and with fixed dates. The tests therefore start no
 * program and do not depend on the clock. The command line tests use the openssl command instead
 * (sandbox/certs.py). */
#include "certs.h"

#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static EVP_PKEY *new_key(const wanted_t *wanted)
{
    return wanted->rsa_bits != 0 ? EVP_RSA_gen(wanted->rsa_bits)
                                 : EVP_EC_gen(wanted->curve != NULL ? wanted->curve : "P-256");
}

/* Adds no extension when value is NULL. */
static void add_extension(X509 *certificate, const char *name, const char *value)
{
    X509V3_CTX context;
    if (value == NULL) {
        return;
    }
    X509V3_set_ctx(&context, NULL, certificate, NULL, NULL, 0);
    X509_EXTENSION *extension = X509V3_EXT_nconf(NULL, &context, name, value);
    assert_non_null(extension);
    assert_int_equal(X509_add_ext(certificate, extension, -1), 1);
    X509_EXTENSION_free(extension);
}

static void set_day(ASN1_TIME *out, int day)
{
    assert_non_null(ASN1_TIME_adj(out, (time_t)CERTS_NOW, day, 0));
}

void identity_make(identity_t *out, const wanted_t *wanted)
{
    static long serial = 1000;
    const char *usual = wanted->is_authority ? "" : "DNS:localhost";
    const char *names = wanted->names != NULL ? wanted->names : usual;
    X509 *certificate = X509_new();
    out->key = new_key(wanted);
    out->certificate = certificate;
    assert_non_null(out->key);
    assert_int_equal(X509_set_version(certificate, 2), 1);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), ++serial);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_ASC,
                               (const unsigned char *)wanted->name, -1, -1, 0);
    const identity_t *issuer = wanted->issuer != NULL ? wanted->issuer : out;
    X509_set_issuer_name(certificate, X509_get_subject_name(issuer->certificate));
    set_day(X509_getm_notBefore(certificate), wanted->first != 0 ? wanted->first : -2);
    set_day(X509_getm_notAfter(certificate), wanted->last != 0 ? wanted->last : 300);
    X509_set_pubkey(certificate, out->key);
    add_extension(certificate, "basicConstraints",
                  wanted->is_authority ? "critical,CA:TRUE" : "critical,CA:FALSE");
    add_extension(certificate, "subjectAltName", names[0] != '\0' ? names : NULL);
    add_extension(certificate, "extendedKeyUsage", wanted->usage);
    add_extension(certificate, "keyUsage", wanted->key_usage);
    add_extension(certificate, "nameConstraints", wanted->constraints);
    add_extension(certificate, wanted->extension[0], wanted->extension[1]);
    assert_true(X509_sign(certificate, issuer->key, wanted->digest != NULL ? wanted->digest : EVP_sha256()) >
                0);
}

void identity_free(identity_t *identity)
{
    X509_free(identity->certificate);
    EVP_PKEY_free(identity->key);
    identity->certificate = NULL;
    identity->key = NULL;
}

uint8_t *identity_der(const identity_t *identity, size_t *out_len)
{
    uint8_t *der = NULL;
    int len = i2d_X509(identity->certificate, &der);
    assert_true(len > 0);
    *out_len = (size_t)len;
    return der;
}

void identity_pin(const identity_t *identity, uint8_t out[32])
{
    uint8_t *der = NULL;
    int len = i2d_PUBKEY(identity->key, &der);
    assert_true(len > 0);
    assert_int_equal(EVP_Digest(der, (size_t)len, out, NULL, EVP_sha256(), NULL), 1);
    OPENSSL_free(der);
}
