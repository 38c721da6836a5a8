/* SPDX-License-Identifier: MIT */
/* Proves that the searches by machine words have the same results as searches by single bytes, and read only
 * the given bytes. Covers all texts of up to slightly more than two words. */
/* cbmc --unwind 20 --object-bits 12 src/base/scan.c */
/* cbmc --unwindset amp__scan_field.0:5,amp__scan_letters.0:5 */
#include "proof.h"

#include "base/scan.h"

#define TEXT 18u

static int is_text(uint8_t c)
{
    return c >= 0x20u && c != 0x7fu;
}

static int is_letter_or_hyphen(uint8_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
}

/* Returns the index of the first byte of [0, len) that does not fit, or len. */
static size_t first_not(int (*fits)(uint8_t c), const uint8_t *text, size_t len)
{
    size_t at = 0;
    while (at < len && fits(text[at])) {
        ++at;
    }
    return at;
}

int main(void)
{
    uint8_t text[TEXT];
    size_t len;
    assume(len <= TEXT);
    const uint8_t *end = text + len;
    /* The search starts at any index of a piece. */
    size_t start;
    assume(start <= len);
    const uint8_t *words_end = amp__scan_words_end(text, end);
    prove(amp__scan_plain(text + start, words_end, end) ==
          text + start + first_not(amp__is_plain, text + start, len - start));
    prove(amp__scan_field(text, end) == text + first_not(is_text, text, len));
    /* This search may stop early. */
    prove(amp__scan_letters(text, end) <= text + first_not(is_letter_or_hyphen, text, len));

    char name[TEXT];
    size_t at = 0;
    while (at < len && (uint8_t)name[at] == text[at]) {
        ++at;
    }
    prove(amp__scan_same(name, text, len) == (at == len));
    return 0;
}
