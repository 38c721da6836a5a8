/* SPDX-License-Identifier: MIT */
#include "ip.h"

#include <string.h>

/* Four decimal numbers with dots. Gives 4, or 0. */
static size_t parse_v4(const char *text, uint8_t *out)
{
    for (unsigned i = 0; i < 4u; ++i) {
        unsigned value = 0;
        unsigned digits = 0;
        for (; *text >= '0' && *text <= '9' && digits < 4u; ++text, ++digits) {
            value = value * 10u + (unsigned)(*text - '0');
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

/* Up to four hexadecimal digits; moves *text behind them. -1 when there are none or too many. */
static int32_t parse_group(const char **text)
{
    int32_t value = 0;
    unsigned digits = 0;
    for (;; ++*text, ++digits) {
        unsigned c = (unsigned char)**text;
        unsigned letter = c | 0x20u;
        if (c >= '0' && c <= '9') {
            value = value << 4 | (int32_t)(c - '0');
        } else if (letter >= 'a' && letter <= 'f') {
            value = value << 4 | (int32_t)(letter - 'a' + 10u);
        } else {
            return digits > 0 ? value : -1;
        }
        if (digits == 4u) {
            return -1;
        }
    }
}

static size_t parse_v6(const char *text, uint8_t *out)
{
    size_t len = 0;
    size_t gap = 17; /* where `::` stands; beyond the address: nowhere */
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
        if (text[0] == ':' && text[1] == ':' && gap > 16u) {
            gap = len;
            text += 2;
        } else if (text[0] == ':' && text[1] != '\0') {
            ++text;
        } else if (*text != '\0') {
            return 0;
        }
    }
    if (*text != '\0' || (gap > 16u ? len != 16u : len > 14u)) {
        return 0;
    }
    if (gap <= 16u) {
        memmove(out + 16u - (len - gap), out + gap, len - gap);
        memset(out + gap, 0, 16u - len);
    }
    return 16;
}

size_t amp__ip_parse(const char *text, uint8_t out_address[16])
{
    return strchr(text, ':') != NULL ? parse_v6(text, out_address) : parse_v4(text, out_address);
}
