/* SPDX-License-Identifier: MIT */
/* Names in certificates (RFC 5280, 4.1.2.4 and 4.2.1.6; RFC 9525). The comparison uses only subjectAltName,
 * because a common name is a display name. */
#include "cert_name.h"

#include <string.h>

#include "../base/ascii.h"

/* Last byte of the object identifiers 2.5.4.3 and 2.5.4.10. */
enum { COMMON_NAME = 3, ORGANIZATION = 10 };

/* Returns the value of the attribute 2.5.4.`kind` of a Name; empty when there is none. */
static amp_der_t attribute(amp_der_t name, uint8_t kind)
{
    const uint8_t wanted[] = {0x55, 0x04, kind};
    amp_der_t set;
    amp_der_t pair;
    amp_der_t oid;
    amp_der_t value = {NULL, 0};
    unsigned tag;
    while (amp__der_take(&name, AMP_DER_SET, &set) == 0) {
        while (amp__der_take(&set, AMP_DER_SEQUENCE, &pair) == 0) {
            if (amp__der_take(&pair, AMP_DER_OID, &oid) == 0 && amp__der_next(&pair, &tag, &value) == 0 &&
                oid.len == sizeof wanted && memcmp(oid.at, wanted, sizeof wanted) == 0) {
                return value;
            }
        }
    }
    value.len = 0;
    return value;
}

void amp__name_copy(amp_der_t name, char out[AMP_TLS_NAME_SIZE])
{
    amp_der_t value = attribute(name, COMMON_NAME);
    size_t len = 0;
    if (value.len == 0) {
        value = attribute(name, ORGANIZATION);
    }
    for (; len < value.len && len < AMP_TLS_NAME_SIZE - 1u; ++len) {
        uint8_t c = value.at[len];
        out[len] = amp__is_printable(c) ? (char)c : '?';
    }
    out[len] = '\0';
}

int amp__name_equals(const uint8_t *a, const uint8_t *b, size_t len)
{
    for (size_t i = 0; i < len; ++i) {
        if (amp__to_lower(a[i]) != amp__to_lower(b[i])) {
            return 0;
        }
    }
    return 1;
}

/* Returns 1 when `listed` is a wildcard like "*.example.com", and `host` has as many labels and the same
 * labels from the second on. */
static int fits_wildcard(const uint8_t *listed, size_t listed_len, const uint8_t *host, size_t host_len)
{
    const uint8_t *dot = memchr(host, '.', host_len);
    if (dot == NULL || dot == host || listed_len < 3u || listed[0] != '*' || listed[1] != '.' ||
        memchr(listed + 2, '.', listed_len - 2u) == NULL) {
        return 0;
    }
    host_len -= (size_t)(dot - host);
    return host_len == listed_len - 1u && amp__name_equals(dot, listed + 1, host_len);
}

int amp__name_is_listed(const mbedtls_x509_crt *certificate, const char *host)
{
    const mbedtls_x509_sequence *name = &certificate->subject_alt_names;
    const uint8_t *bytes = (const uint8_t *)host;
    const size_t len = strlen(host);
    for (; name != NULL; name = name->next) {
        if (name->buf.p != NULL && name->buf.tag == AMP_NAME_DNS &&
            ((name->buf.len == len && amp__name_equals(name->buf.p, bytes, len)) ||
             fits_wildcard(name->buf.p, name->buf.len, bytes, len))) {
            return 1;
        }
    }
    return 0;
}

int amp__name_has_address(const mbedtls_x509_crt *certificate, const uint8_t *address, size_t len)
{
    const mbedtls_x509_sequence *name = &certificate->subject_alt_names;
    for (; name != NULL; name = name->next) {
        if (name->buf.p != NULL && name->buf.tag == AMP_NAME_IP && name->buf.len == len &&
            memcmp(name->buf.p, address, len) == 0) {
            return 1;
        }
    }
    return 0;
}
