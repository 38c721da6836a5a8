/* SPDX-License-Identifier: MIT */
/* Verification of certificates beyond mbedTLS's own (RFC 5280, RFC 9525): dates by the application's clock,
 * names, usages, name constraints and pins. mbedTLS calls amp__verify for each certificate, from the anchor
 * down to the server's (depth 0).
 *
 * This file removes only the flags of checks that it performs itself: names and dates. */
#include <string.h>

#include "../base/days.h"
#include "cert_name.h"
#include "name_constraints.h"
#include "out_of_memory.h"
#include "trust.h"

#define NAME_MISMATCH ((uint32_t)MBEDTLS_X509_BADCERT_CN_MISMATCH)
#define DATES ((uint32_t)(MBEDTLS_X509_BADCERT_EXPIRED | MBEDTLS_X509_BADCERT_FUTURE))
#define NO_PIN ((uint32_t)MBEDTLS_X509_BADCERT_OTHER) /* mbedTLS does not set this flag itself */

/* Flags of this file, which mbedTLS does not use. */
#define CONSTRAINED UINT32_C(0x40000000)
#define AUTHORITY UINT32_C(0x20000000)

enum { ID_CE_BASIC_CONSTRAINTS = 19 };

#define OF(certificate, member) ((certificate)->MBEDTLS_PRIVATE(member))

/* The first row that matches is reported. Faults that make other faults doubtful come first. */
static const struct {
    uint32_t flags;
    amp_status_t status;
    const char *rule;
} rules[] = {
    {MBEDTLS_X509_BADCERT_BAD_MD, AMP_ERR_CERT_WEAK, "weak or unknown hash"},
    {MBEDTLS_X509_BADCERT_BAD_PK | MBEDTLS_X509_BADCERT_BAD_KEY, AMP_ERR_CERT_WEAK, "weak key"},
    {MBEDTLS_X509_BADCERT_NOT_TRUSTED, AMP_ERR_CERT_UNTRUSTED, "unknown issuer"},
    {CONSTRAINED, AMP_ERR_CERT, "name constraint"},
    {MBEDTLS_X509_BADCERT_EXPIRED, AMP_ERR_CERT_EXPIRED, "expired"},
    {MBEDTLS_X509_BADCERT_FUTURE, AMP_ERR_CERT_FUTURE, "not yet valid"},
    {NAME_MISMATCH, AMP_ERR_CERT_NAME, "wrong name"},
    {NO_PIN, AMP_ERR_CERT_PIN, "pin"},
    {AUTHORITY, AMP_ERR_CERT, "authority's certificate"},
    {UINT32_MAX, AMP_ERR_CERT, "usage"},
};
#define RULES (sizeof rules / sizeof rules[0])

/* Returns the index of the first row for these flags, which are not 0. */
static size_t rule_of(uint32_t flags)
{
    size_t i = 0;
    while (i < RULES - 1u && (flags & rules[i].flags) == 0) {
        ++i;
    }
    return i;
}

static int64_t seconds_of(const mbedtls_x509_time *at)
{
    const int64_t days = amp__days_to_month(at->year, at->mon) + at->day - 1;
    const int32_t second_of_day = (at->hour * 60 + at->min) * 60 + at->sec;
    return days * AMP_DAY_SECONDS + second_of_day;
}

/* The application's clock has precedence over that of mbedTLS.
 *
 * A trust anchor is a name and a key (RFC 5280, 6.1.1). A bundle that makes an anchor of only these has no
 * dates for it, and mbedTLS reads the year 0. ESP-IDF 6.0.0 to 6.0.2 do that for cross-signed roots (esp-idf
 * #18509). A certificate from the server always has its encoding in `raw`. */
static void check_dates(amp_trust_t *trust, const mbedtls_x509_crt *certificate, uint32_t *flags)
{
    if (certificate->raw.p == NULL) {
        *flags &= ~DATES;
        return;
    }
    int64_t end = seconds_of(&certificate->valid_to);
    if (trust->until == 0 || end < trust->until) {
        trust->until = end;
    }
    if (trust->now != 0) {
        *flags &= ~DATES;
        *flags |= trust->now > end ? (uint32_t)MBEDTLS_X509_BADCERT_EXPIRED : 0u;
        *flags |=
            trust->now < seconds_of(&certificate->valid_from) ? (uint32_t)MBEDTLS_X509_BADCERT_FUTURE : 0u;
    }
}

/* An address must be listed as an address. mbedTLS 2.28 compares only names: it ignores listed addresses, and
 * accepts
 * "*.0.0.1" and a common name for an address. So the decision is made here.
 *
 * A name must be listed as a name (RFC 9525, 6.3 and 6.4). Without a list mbedTLS uses the common name, a
 * display name that the authority need not have checked. mbedTLS also accepts "*.com" for a name below
 * "com". */
static void check_name(const amp_trust_t *trust, const mbedtls_x509_crt *certificate, uint32_t *flags)
{
    if (trust->address_len != 0) {
        *flags &= ~NAME_MISMATCH;
        *flags |= amp__name_has_address(certificate, trust->address, trust->address_len) ? 0u : NAME_MISMATCH;
    } else {
        *flags |= trust->name != NULL && amp__name_is_listed(certificate, trust->name) ? 0u : NAME_MISMATCH;
    }
}

/* Refuses a server certificate that may sign others (RFC 5280, 4.2.1.3 and 4.2.1.9; RFC 8446, 4.4.2.2): an
 * authority's key does not belong on a server. */
static void check_server(const mbedtls_x509_crt *certificate, uint32_t *flags)
{
    const int has_usage = (OF(certificate, ext_types) & MBEDTLS_X509_EXT_KEY_USAGE) != 0;
    if (OF(certificate, ca_istrue) != 0 ||
        (has_usage && mbedtls_x509_crt_check_key_usage(certificate, MBEDTLS_X509_KU_KEY_CERT_SIGN) == 0)) {
        *flags |= AUTHORITY;
    }
}

/* Returns 1 when basicConstraints say that the certificate is an authority's (RFC 5280, 4.2.1.9). mbedTLS
 * (2.28 to 3.6.6; no issue known) reads a path length without cA as cA. It reads the INTEGER of {
 * pathLenConstraint 1 } as an old encoding of TRUE, although cA is absent and therefore FALSE. So the first
 * member must be a BOOLEAN; mbedTLS has checked its value. Version 1 has no extensions, and mbedTLS accepts
 * it for an anchor only. A bundle makes anchors of names and keys: see check_dates. */
static int is_authority(const mbedtls_x509_crt *certificate)
{
    amp_der_t whole = {certificate->v3_ext.p, certificate->v3_ext.len};
    amp_der_t in;
    amp_der_t is_ca;
    amp_der_extension_t extension;
    if (certificate->raw.p == NULL || certificate->version < 3) {
        return 1;
    }
    if (whole.at == NULL || amp__der_take(&whole, AMP_DER_SEQUENCE, &in) != 0) {
        return 0;
    }
    while (in.len > 0 && amp__der_extension(&in, &extension) == 0) {
        if (amp__der_is_id_ce(&extension.oid, ID_CE_BASIC_CONSTRAINTS)) {
            return amp__der_take(&extension.value, AMP_DER_SEQUENCE, &in) == 0 &&
                   amp__der_take(&in, AMP_DER_BOOLEAN, &is_ca) == 0;
        }
    }
    return 0;
}

/* mbedTLS checks the extended key usage of the server's certificate only. An authority that is restricted to
 * mail, for example, must not issue certificates for servers. The certificate is stored for the name
 * constraints of those below it. */
static void check_authority(amp_trust_t *trust, const mbedtls_x509_crt *certificate, uint32_t *flags)
{
    static const char server_auth[] = "\x2b\x06\x01\x05\x05\x07\x03\x01"; /* 1.3.6.1.5.5.7.3.1 */
    if (mbedtls_x509_crt_check_extended_key_usage(certificate, server_auth, sizeof server_auth - 1u) != 0) {
        *flags |= MBEDTLS_X509_BADCERT_EXT_KEY_USAGE;
    }
    *flags |= is_authority(certificate) ? 0u : (uint32_t)MBEDTLS_X509_BADCERT_KEY_USAGE;
    if (trust->above_count < sizeof trust->above / sizeof trust->above[0]) {
        trust->above[trust->above_count++] = certificate;
    } else {
        *flags |= CONSTRAINED;
    }
}

static int is_self_issued(const mbedtls_x509_crt *certificate)
{
    return certificate->subject_raw.len == certificate->issuer_raw.len &&
           memcmp(certificate->subject_raw.p, certificate->issuer_raw.p, certificate->subject_raw.len) == 0;
}

/* Self-issued authorities are exempt (RFC 5280, 6.1.3 b), because they renew the key of an authority. */
static void check_constraints(const amp_trust_t *trust, const mbedtls_x509_crt *certificate, int depth,
                              uint32_t *flags)
{
    for (size_t i = 0; i < trust->above_count && (depth == 0 || !is_self_issued(certificate)); ++i) {
        *flags |= amp__constraints_allow(trust->above[i], certificate) ? 0u : CONSTRAINED;
    }
}

/* Sets trust->pinned when the certificate has a pinned key. Returns 0, or -1 when memory ran out. */
static int check_pin(amp_trust_t *trust, const mbedtls_x509_crt *certificate)
{
    uint8_t key[AMP_SHA256_SIZE];
    amp_sha256_t digest;
    if (trust->pin_count == 0) {
        return 0;
    }
    amp__sha256_start(&digest);
    amp__sha256_add(&digest, certificate->pk_raw.p, certificate->pk_raw.len);
    if (amp__sha256_end(&digest, key) != 0) {
        return -1;
    }
    for (size_t i = 0; i < trust->pin_count; ++i) {
        if (memcmp(trust->pins[i].sha256, key, sizeof key) == 0) {
            trust->pinned = 1;
        }
    }
    return 0;
}

/* Copies the readable name of `raw`, a Name with its tag and length. */
static void copy_name(const mbedtls_x509_buf *raw, char out[AMP_TLS_NAME_SIZE])
{
    amp_der_t whole = {raw->p, raw->len};
    amp_der_t name = {NULL, 0};
    (void)amp__der_take(&whole, AMP_DER_SEQUENCE, &name); /* mbedTLS has parsed it */
    amp__name_copy(name, out);
}

static void note_names(amp_tls_failure_t *failure, const mbedtls_x509_crt *certificate, int depth)
{
    failure->depth = (uint8_t)depth;
    copy_name(&certificate->subject_raw, failure->subject);
    copy_name(&certificate->issuer_raw, failure->issuer);
}

/* Stores the failure unless one of the same or an earlier row is stored. So the first certificate, from the
 * anchor down, with the most severe fault is reported. */
static void note_failure(amp_trust_t *trust, const mbedtls_x509_crt *certificate, int depth, uint32_t flags)
{
    amp_tls_failure_t *failure = &trust->failure;
    size_t rule = rule_of(flags);
    for (size_t i = 0; i <= rule && failure->status != AMP_OK; ++i) {
        if (rules[i].rule == failure->rule) {
            return;
        }
    }
    failure->status = rules[rule].status;
    failure->rule = rules[rule].rule;
    note_names(failure, certificate, depth);
}

amp_status_t amp__verify_late(amp_trust_t *trust, uint32_t flags)
{
    amp_tls_failure_t *failure = &trust->failure;
    if (failure->status == AMP_OK) {
        failure->status = rules[rule_of(flags)].status;
        failure->rule = rules[rule_of(flags)].rule;
    }
    return failure->status;
}

int amp__verify(void *ctx, mbedtls_x509_crt *certificate, int depth, uint32_t *flags)
{
    amp_trust_t *trust = ctx;
    if (trust->bundle != NULL && trust->bundle(trust->bundle_ctx, certificate, depth, flags) != 0) {
        *flags |= MBEDTLS_X509_BADCERT_NOT_TRUSTED;
    }
    if (check_pin(trust, certificate) != 0 ||
        ((*flags & MBEDTLS_X509_BADCERT_NOT_TRUSTED) != 0 &&
         (amp__out_of_memory_for_issuer(certificate, &trust->anchors) ||
          amp__out_of_memory_for_issuer(certificate, certificate->next)))) {
        return MBEDTLS_ERR_X509_ALLOC_FAILED;
    }
    check_dates(trust, certificate, flags);
    check_constraints(trust, certificate, depth, flags);
    if (depth == 0) {
        trust->checked = 1;
        check_name(trust, certificate, flags);
        check_server(certificate, flags);
        *flags |= trust->pin_count != 0 && !trust->pinned ? NO_PIN : 0u;
    } else {
        check_authority(trust, certificate, flags);
    }
    if (*flags != 0) {
        note_failure(trust, certificate, depth, *flags);
    } else if (depth == 0 && trust->failure.status == AMP_OK) {
        note_names(&trust->failure, certificate, depth);
    }
    return 0;
}
