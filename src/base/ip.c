/* SPDX-License-Identifier: MIT */
/* Literal IPv4 addresses in dotted decimal, and IPv6 addresses in the forms of RFC 4291, 2.2. No byte is read
 * after the NUL, and at most 16 bytes are written. */
#include "ip.h"

#include <string.h>

#include "ascii.h"

#define NO_GAP 17u /* an index beyond any address */

/* Reads four decimal numbers with dots between them. A leading zero is refused, because some parsers read
 * it as octal. Returns 4, or 0. */
static size_t parse_v4(const char *text, uint8_t *out)
{
    for (unsigned i = 0; i < 4u; ++i) {
        unsigned value = 0;
        unsigned digits = 0;
        for (; amp__is_digit(*text) && digits < 4u; ++text, ++digits) {
            value = value * 10u + amp__digit_value(*text);
        }
        if (digits == 0 || value > 255u || (digits > 1u && text[-(int)digits] == '0') ||
            *text != (i < 3u ? '.' : '\0')) {
            return 0;
        }
        out[i] = (uint8_t)value;
        ++text;
    }
    return 4;
}

/* Reads one to four hexadecimal digits and moves *text after them. Returns their value, or -1. */
static int32_t parse_group(const char **text)
{
    int32_t value = 0;
    for (unsigned digits = 0;; ++*text, ++digits) {
        unsigned digit = amp__hex_value(**text);
        if (digit > 15u) {
            return digits > 0 ? value : -1;
        }
        if (digits == 4u) {
            return -1;
        }
        value = value << 4 | (int32_t)digit;
    }
}

/* Reads groups with colons between them. One "::" stands for the zeros that are missing, and an IPv4 address
 * can stand for the last two groups: "64:ff9b::192.0.2.1". Returns 16, or 0. */
static size_t parse_v6(const char *text, uint8_t *out)
{
    size_t len = 0;
    size_t gap = NO_GAP; /* index of the first byte that "::" stands for */
    if (text[0] == ':' && text[1] == ':') {
        gap = 0;
        text += 2;
    }
    while (*text != '\0' && len < 16u) {
        const char *start = text;
        int32_t group = parse_group(&text);
        if (*text == '.' && len <= 12u && parse_v4(start, out + len) == 4u) {
            len += 4u;
            text = "";
            break;
        }
        if (group < 0) {
            return 0;
        }
        out[len++] = (uint8_t)(group >> 8);
        out[len++] = (uint8_t)group;
        if (text[0] == ':' && text[1] == ':' && gap == NO_GAP) {
            gap = len;
            text += 2;
        } else if (text[0] == ':' && text[1] != '\0') {
            ++text;
        } else if (*text != '\0') {
            return 0;
        }
    }
    if (*text != '\0' || (gap == NO_GAP ? len != 16u : len > 14u)) {
        return 0;
    }
    if (gap != NO_GAP) {
        /* "1::2" was read as 00 01 00 02 with the gap at 2: the last two bytes move to the end. */
        memmove(out + 16u - (len - gap), out + gap, len - gap);
        memset(out + gap, 0, 16u - len);
    }
    return 16;
}

size_t amp__ip_parse(const char *text, uint8_t out_address[16])
{
    return strchr(text, ':') != NULL ? parse_v6(text, out_address) : parse_v4(text, out_address);
}
