/* SPDX-License-Identifier: MIT */
/* The word-wise searches equal byte-wise searches, and read no byte outside their text, for all texts of up
 * to two words and some bytes. */
/* cbmc --unwind 20 --object-bits 12 */
/* cbmc --unwindset amp__scan_members.0:4,amp__scan_words.0:5,amp__scan_field.0:5,amp__scan_letters.0:5 */
#include "proof.h"

#include "base/scan.h"

#define TEXT 18u
#define MARGIN_TEXT 20u

static int is_text(uint8_t c)
{
    return c >= 0x20u && c != 0x7fu;
}

static int is_letter_or_hyphen(uint8_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
}

/* The first byte of [0, len) that does not fit, or len. */
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
    prove(amp__scan_plain(text, end) == text + first_not(amp__is_plain, text, len));
    prove(amp__scan_field(text, end) == text + first_not(is_text, text, len));
    /* amp__scan_letters may stop early. */
    prove(amp__scan_letters(text, end) <= text + first_not(is_letter_or_hyphen, text, len));

    uint8_t json[MARGIN_TEXT];
    size_t at;
    assume(at <= MARGIN_TEXT - AMP_SCAN_MARGIN);
    const uint8_t *last = json + MARGIN_TEXT - AMP_SCAN_MARGIN;
    const uint8_t *quote = amp__scan_name(json + at, last);
    prove(quote == NULL || (quote[0] == '"' && quote[1] == ':' && quote < json + MARGIN_TEXT - 1u));
    const uint8_t *members = amp__scan_members(json + at, last);
    prove(members >= json + at && members <= json + MARGIN_TEXT);
    return 0;
}
