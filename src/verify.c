/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "date.h"
#include "starved.h"
#include "trust.h"

#define NAME_MISMATCH ((uint32_t)MBEDTLS_X509_BADCERT_CN_MISMATCH)
#define DATES ((uint32_t)(MBEDTLS_X509_BADCERT_EXPIRED | MBEDTLS_X509_BADCERT_FUTURE))
#define NO_PIN ((uint32_t)MBEDTLS_X509_BADCERT_OTHER) /* which mbedTLS leaves to its callers */
#define DAY_SECONDS 86400

/* The first row that fits is told: what makes the rest doubtful comes first. */
static const struct {
    uint32_t flags;
    amp_status_t status;
    const char *rule;
} rules[] = {
    {MBEDTLS_X509_BADCERT_BAD_MD, AMP_ERR_CERT_WEAK, "weak or unknown hash"},
    {MBEDTLS_X509_BADCERT_BAD_PK | MBEDTLS_X509_BADCERT_BAD_KEY, AMP_ERR_CERT_WEAK, "weak key"},
    {MBEDTLS_X509_BADCERT_NOT_TRUSTED, AMP_ERR_CERT_UNTRUSTED, "unknown issuer"},
    {MBEDTLS_X509_BADCERT_EXPIRED, AMP_ERR_CERT_EXPIRED, "expired"},
    {MBEDTLS_X509_BADCERT_FUTURE, AMP_ERR_CERT_FUTURE, "not yet valid"},
    {NAME_MISMATCH, AMP_ERR_CERT_NAME, "wrong name"},
    {NO_PIN, AMP_ERR_CERT_PIN, "pin"},
    {UINT32_MAX, AMP_ERR_CERT, "usage"},
};
#define RULES (sizeof rules / sizeof rules[0])

/* The row of flags that are not 0. */
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
    return (int64_t)amp_days_from_date(at->year, at->mon, at->day) * DAY_SECONDS + at->hour * 3600 +
           at->min * 60 + at->sec;
}

/* The application's clock, where there is one, is the one that counts.
 *
 * A trust anchor is a name and a key (RFC 5280, 6.1.1): a bundle that makes one of these alone has no dates for it,
 * and mbedTLS sees a certificate of the year 0. ESP-IDF 6.0.0 to 6.0.2 do that for cross-signed roots (esp-idf
 * #18509). A certificate that came from the server always has its encoding in `raw`. */
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

/* An address is only what the certificate lists as an address. mbedTLS 2.28 knows names alone: it
 * misses those, and takes "*.0.0.1" and a common name for one; so the verdict on it is made here.
 *
 * A name is only what it lists as a name (RFC 9525, 6.3 and 6.4). mbedTLS takes the common name where
 * there is no list; but that is text for people, which no authority must have checked as a name. */
static void check_name(const amp_trust_t *trust, const mbedtls_x509_crt *certificate, uint32_t *flags)
{
    const unsigned ip_address = MBEDTLS_ASN1_CONTEXT_SPECIFIC | 7u;
    const mbedtls_x509_sequence *name = &certificate->subject_alt_names;
    if (trust->address_len == 0) {
        *flags |= name->buf.p == NULL ? NAME_MISMATCH : 0u;
        return;
    }
    *flags |= NAME_MISMATCH;
    for (; name != NULL; name = name->next) {
        if (name->buf.p != NULL && (unsigned)name->buf.tag == ip_address &&
            name->buf.len == trust->address_len &&
            memcmp(name->buf.p, trust->address, trust->address_len) == 0) {
            *flags &= ~NAME_MISMATCH;
        }
    }
}

/* -1: there was no memory for it. */
static int look_for_pin(amp_trust_t *trust, const mbedtls_x509_crt *certificate)
{
    uint8_t key[AMP_DIGEST_SIZE];
    amp_digest_t digest;
    if (trust->pin_count == 0) {
        return 0;
    }
    amp_digest_start(&digest);
    amp_digest_add(&digest, certificate->pk_raw.p, certificate->pk_raw.len);
    if (amp_digest_end(&digest, key) != 0) {
        return -1;
    }
    for (size_t i = 0; i < trust->pin_count; ++i) {
        if (memcmp(trust->pins[i].sha256, key, sizeof key) == 0) {
            trust->pinned = 1;
        }
    }
    return 0;
}

/* The value of an attribute of a name, of the kinds 2.5.4.x, or NULL. */
static const mbedtls_x509_buf *attribute(const mbedtls_x509_name *name, unsigned char kind)
{
    const unsigned char oid[] = {0x55, 0x04, kind};
    for (; name != NULL; name = name->next) {
        if (name->oid.len == sizeof oid && name->oid.p != NULL && memcmp(name->oid.p, oid, sizeof oid) == 0 &&
            name->val.p != NULL) {
            return &name->val;
        }
    }
    return NULL;
}

static void copy_name(const mbedtls_x509_name *name, char out[AMP_TLS_NAME_SIZE])
{
    enum { COMMON_NAME = 3, ORGANISATION = 10 };
    const mbedtls_x509_buf *value = attribute(name, COMMON_NAME);
    size_t len = 0;
    if (value == NULL) {
        value = attribute(name, ORGANISATION);
    }
    for (; value != NULL && len < value->len && len < AMP_TLS_NAME_SIZE - 1u; ++len) {
        unsigned char c = value->p[len];
        out[len] = c >= 0x20u && c < 0x7fu ? (char)c : '?';
    }
    out[len] = '\0';
}

static void note_names(amp_tls_failure_t *failure, const mbedtls_x509_crt *certificate, int depth)
{
    failure->depth = (uint8_t)depth;
    copy_name(&certificate->subject, failure->subject);
    copy_name(&certificate->issuer, failure->issuer);
}

/* Certificates come from the anchor down; the first that breaks the gravest rule is told. */
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

amp_status_t amp_verify_late(amp_trust_t *trust, uint32_t flags)
{
    amp_tls_failure_t *failure = &trust->failure;
    if (failure->status == AMP_OK) {
        failure->status = rules[rule_of(flags)].status;
        failure->rule = rules[rule_of(flags)].rule;
    }
    return failure->status;
}

int amp_verify(void *ctx, mbedtls_x509_crt *certificate, int depth, uint32_t *flags)
{
    amp_trust_t *trust = ctx;
    if (trust->bundle != NULL && trust->bundle(trust->bundle_ctx, certificate, depth, flags) != 0) {
        *flags |= MBEDTLS_X509_BADCERT_NOT_TRUSTED;
    }
    if (look_for_pin(trust, certificate) != 0 || ((*flags & MBEDTLS_X509_BADCERT_NOT_TRUSTED) != 0 &&
                                                  (amp_starved_of_issuer(certificate, &trust->anchors) ||
                                                   amp_starved_of_issuer(certificate, certificate->next)))) {
        return MBEDTLS_ERR_X509_ALLOC_FAILED;
    }
    check_dates(trust, certificate, flags);
    if (depth == 0) {
        trust->checked = 1;
        check_name(trust, certificate, flags);
        *flags |= trust->pin_count != 0 && !trust->pinned ? NO_PIN : 0u;
    }
    if (*flags != 0) {
        note_failure(trust, certificate, depth, *flags);
    } else if (depth == 0 && trust->failure.status == AMP_OK) {
        note_names(&trust->failure, certificate, depth);
    }
    return 0;
}
