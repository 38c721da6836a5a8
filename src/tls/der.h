/* SPDX-License-Identifier: MIT */
/* Reads DER (ITU-T X.690) in place, for parts of a certificate that mbedTLS does not expose. The input is
 * hostile: each length is checked against the remaining bytes, and no byte is read after an error. */
#ifndef AMP_SRC_DER_H
#define AMP_SRC_DER_H

#include <stddef.h>
#include <stdint.h>

/* The bytes that remain to be read. */
typedef struct {
    const uint8_t *at;
    size_t len;
} amp_der_t;

enum {
    AMP_DER_BOOLEAN = 0x01,
    AMP_DER_INTEGER = 0x02,
    AMP_DER_OCTETS = 0x04,
    AMP_DER_OID = 0x06,
    AMP_DER_SEQUENCE = 0x30,
    AMP_DER_SET = 0x31
};

/* Parts of a certificate. Issuer and subject are Names without tag and length. `extensions` is the SEQUENCE
 * OF Extension with tag and length, or empty when there are none. */
typedef struct {
    amp_der_t issuer;
    amp_der_t subject;
    amp_der_t extensions;
} amp_der_certificate_t;

/* One extension of a certificate. */
typedef struct {
    amp_der_t oid;
    amp_der_t value; /* the content of its OCTET STRING */
    int is_critical;
} amp_der_extension_t;

/* Reads one element and moves `in` after it. Tags have one byte, lengths are definite and minimal.
 * Returns 0, or -1 for anything else. */
int amp__der_next(amp_der_t *in, unsigned *out_tag, amp_der_t *out_value);

/* Like amp__der_next, but returns -1 when the element has another tag than `tag`. */
int amp__der_take(amp_der_t *in, unsigned tag, amp_der_t *out_value);

/* Reads the next extension of a SEQUENCE OF Extension whose tag and length were read. Returns 0 or -1. */
int amp__der_extension(amp_der_t *in, amp_der_extension_t *out_extension);

/* Finds the parts of a certificate. Returns 0 or -1. */
int amp__der_certificate(amp_der_t in, amp_der_certificate_t *out_certificate);

/* Returns 1 when `oid` is 2.5.29.`last`, an extension of X.509 (id-ce). 30 is nameConstraints. */
int amp__der_is_id_ce(const amp_der_t *oid, uint8_t last);

/* Writes an object identifier as text, "2.5.29.30", NUL-terminated. Text that does not fit in `size` bytes,
 * or a number above 2^32 - 1, ends with '?'. `size` is at least 2. */
void amp__der_oid_text(amp_der_t oid, char *out, size_t size);

#endif
