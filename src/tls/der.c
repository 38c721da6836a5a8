/* SPDX-License-Identifier: MIT */
/* DER (ITU-T X.690) and the outer structure of certificates (RFC 5280, 4.1). Tags of several bytes,
 * indefinite lengths and lengths above 2^24 - 1 are refused. */
#include "der.h"

#include "../base/big_endian.h"

#define LONG_FORM 0x80u  /* of a length: the low bits are the number of length bytes that follow */
#define LENGTH_MAX 3u    /* bytes of such a length; the length of a TLS message has three bytes, too */
#define TAG_NUMBER 0x1fu /* all bits set: the tag has more bytes */
#define CONTEXT_0 0xa0u  /* [0], constructed */
#define CONTEXT_3 0xa3u
#define GROUP_MAX (1u << 25) /* a smaller number can take seven bits more in 32 bits */

/* Reads the length at in->at[*at] and moves *at after it. Returns 0, or -1 when the length is not minimal or
 * exceeds the remaining bytes. 82 01 00 is 256; 81 7f is not minimal. */
static int read_length(const amp_der_t *in, size_t *at, size_t *out_len)
{
    size_t len = in->at[(*at)++];
    if (len >= LONG_FORM) {
        size_t bytes = len - LONG_FORM;
        if (bytes == 0 || bytes > LENGTH_MAX || bytes > in->len - *at || in->at[*at] == 0) {
            return -1;
        }
        len = (size_t)amp__big_endian_read(in->at + *at, bytes);
        *at += bytes;
        if (len < LONG_FORM) {
            return -1;
        }
    }
    *out_len = len;
    return len <= in->len - *at ? 0 : -1;
}

int amp__der_next(amp_der_t *in, unsigned *out_tag, amp_der_t *out_value)
{
    size_t at = 1;
    size_t len;
    if (in->len < 2u || (in->at[0] & TAG_NUMBER) == TAG_NUMBER || read_length(in, &at, &len) != 0) {
        return -1;
    }
    *out_tag = in->at[0];
    out_value->at = in->at + at;
    out_value->len = len;
    in->at += at + len;
    in->len -= at + len;
    return 0;
}

int amp__der_take(amp_der_t *in, unsigned tag, amp_der_t *out_value)
{
    unsigned found;
    return amp__der_next(in, &found, out_value) == 0 && found == tag ? 0 : -1;
}

int amp__der_extension(amp_der_t *in, amp_der_extension_t *out_extension)
{
    amp_der_t whole;
    unsigned tag;
    if (amp__der_take(in, AMP_DER_SEQUENCE, &whole) != 0 ||
        amp__der_take(&whole, AMP_DER_OID, &out_extension->oid) != 0 ||
        amp__der_next(&whole, &tag, &out_extension->value) != 0) {
        return -1;
    }
    out_extension->is_critical = 0;
    if (tag == AMP_DER_BOOLEAN) {
        out_extension->is_critical = out_extension->value.len == 1u && out_extension->value.at[0] != 0;
        if (amp__der_next(&whole, &tag, &out_extension->value) != 0) {
            return -1;
        }
    }
    return tag == AMP_DER_OCTETS && whole.len == 0 ? 0 : -1;
}

int amp__der_certificate(amp_der_t in, amp_der_certificate_t *out_certificate)
{
    amp_der_t body;
    amp_der_t skipped;
    unsigned tag;
    out_certificate->extensions.at = NULL;
    out_certificate->extensions.len = 0;
    if (amp__der_take(&in, AMP_DER_SEQUENCE, &body) != 0 ||
        amp__der_take(&body, AMP_DER_SEQUENCE, &in) != 0 || amp__der_next(&in, &tag, &skipped) != 0) {
        return -1;
    }
    if (tag == CONTEXT_0 &&
        amp__der_next(&in, &tag, &skipped) != 0) { /* the version, then the serial number */
        return -1;
    }
    if (tag != AMP_DER_INTEGER || amp__der_take(&in, AMP_DER_SEQUENCE, &skipped) != 0 || /* the signature */
        amp__der_take(&in, AMP_DER_SEQUENCE, &out_certificate->issuer) != 0 ||
        amp__der_take(&in, AMP_DER_SEQUENCE, &skipped) != 0 || /* the dates */
        amp__der_take(&in, AMP_DER_SEQUENCE, &out_certificate->subject) != 0) {
        return -1;
    }
    while (amp__der_next(&in, &tag, &skipped) == 0) {
        if (tag == CONTEXT_3) {
            out_certificate->extensions = skipped;
        }
    }
    return 0;
}

int amp__der_is_id_ce(const amp_der_t *oid, uint8_t last)
{
    return oid->len == 3u && oid->at[0] == 0x55u && oid->at[1] == 0x1du && oid->at[2] == last;
}

/* Appends a character. Returns 0, or -1 when there would be no room left for '?' and the NUL. */
static int put(char *out, size_t size, size_t *at, char c)
{
    if (size - *at <= 2u) {
        return -1;
    }
    out[(*at)++] = c;
    return 0;
}

/* Appends a number in decimal. Returns 0 or -1. */
static int put_number(char *out, size_t size, size_t *at, uint32_t number)
{
    uint32_t unit = 1;
    int result = 0;
    while (number / unit >= 10u) {
        unit *= 10u;
    }
    for (; unit > 0 && result == 0; unit /= 10u) {
        result = put(out, size, at, (char)('0' + number / unit % 10u));
    }
    return result;
}

/* Appends a number of an object identifier. The first two numbers share a group, which is 40 times the first
 * plus the second: 0x55 is 85, which is 2.5. */
static int put_group(char *out, size_t size, size_t *at, uint32_t group)
{
    if (*at == 0) {
        uint32_t first = group < 80u ? group / 40u : 2u;
        if (put_number(out, size, at, first) != 0) {
            return -1;
        }
        group -= first * 40u;
    }
    return put(out, size, at, '.') == 0 ? put_number(out, size, at, group) : -1;
}

void amp__der_oid_text(amp_der_t oid, char *out, size_t size)
{
    size_t at = 0;
    uint32_t number = 0;
    int result = 0;
    for (; oid.len > 0 && result == 0; ++oid.at, --oid.len) {
        if (number >= GROUP_MAX) {
            result = -1;
            break;
        }
        number = number << 7 | (oid.at[0] & 0x7fu);
        if ((oid.at[0] & 0x80u) == 0) {
            result = put_group(out, size, &at, number);
            number = 0;
        }
    }
    if (result != 0) {
        out[at++] = '?';
    }
    out[at] = '\0';
}
