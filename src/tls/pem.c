/* SPDX-License-Identifier: MIT */
/* Checks the structure of certificates in PEM text (RFC 7468) before mbedTLS reads it. This is necessary
 * because mbedTLS (2.28 to 4.1) skips each block that it cannot read. It also looks for the END line beyond
 * the next BEGIN line, so a truncated block removes the block after it. Only the length of a certificate is
 * decoded here. */
#include <string.h>

#include "ampersand/tls.h"

static const char begin[] = "-----BEGIN CERTIFICATE-----";
static const char end[] = "-----END CERTIFICATE-----";

/* Returns 1 when a certificate has the length in its DER header: 30 82 and the length in two bytes. `head` is
 * the first four bytes. Four base64 digits encode three bytes. A length in another form, below 256 or above
 * 65,535 bytes, is not checked. */
static int is_whole(uint32_t head, size_t digits, size_t pads)
{
    return head >> 24 == 0x30u && (digits + pads) % 4u == 0 &&
           (head >> 16 != 0x3082u || digits * 3u / 4u == 4u + (head & 0xffffu));
}

/* Returns the next BEGIN or END, or NULL. */
static const char *find_block(const char *p)
{
    const char *first = strstr(p, begin);
    const char *last = strstr(p, end);
    return first != NULL && (last == NULL || first < last) ? first : last;
}

/* Checks the block at *text and moves *text past its END. Returns NULL, or the fault of the block. */
static const char *check_block(const char **text)
{
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/= \r\n";
    const char *p = *text + sizeof begin - 1u;
    const char *found;
    uint32_t head = 0;
    size_t digits = 0;
    size_t pads = 0;
    if (strncmp(*text, begin, sizeof begin - 1u) != 0) {
        return "no BEGIN line";
    }
    p += strspn(p, " ");
    p += *p == '\r';
    if (*p != '\n') {
        return "damaged BEGIN line"; /* mbedTLS would skip all following blocks */
    }
    for (; (found = memchr(alphabet, *p, sizeof alphabet - 1u)) != NULL; ++p) {
        uint32_t value = (uint32_t)(found - alphabet);
        pads += *p == '=';
        if (value < 64u && digits++ < 6u) {
            head = digits < 6u ? head << 6 | value : head << 2 | value >> 4; /* 5 * 6 + 2 = 32 bits */
        }
    }
    if (strncmp(p, end, sizeof end - 1u) != 0) {
        return *p == '-' || *p == '\0' ? "no END line" : "not base64";
    }
    *text = p + sizeof end - 1u;
    return is_whole(head, digits, pads) ? NULL : "wrong length";
}

amp_status_t amp_pem_check(const char *text, size_t len, amp_pem_fault_t *out_fault)
{
    int is_terminated = len > 0 && memchr(text, '\0', len) == text + len - 1u;
    const char *rule = is_terminated ? NULL : "NUL missing or misplaced";
    const char *block = text;
    const char *p = text;
    out_fault->block = 0;
    while (rule == NULL && (p = find_block(p)) != NULL) {
        block = p;
        rule = check_block(&p);
        ++out_fault->block;
    }
    out_fault->rule = rule != NULL ? rule : "";
    out_fault->line = 1;
    while (block > text) {
        out_fault->line += *--block == '\n';
    }
    return rule == NULL ? AMP_OK : AMP_ERR_TRUST;
}
