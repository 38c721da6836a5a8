/* SPDX-License-Identifier: MIT */
/* Proves UTF-8 against the table of RFC 3629, section 4: all texts of four bytes, which is the maximum length
 * of a character, and all characters. */
/* cbmc --unwind 6 src/base/utf8.c */
#include "proof.h"

#include "base/utf8.h"

static int is_tail(uint8_t c)
{
    return c >= 0x80 && c <= 0xbf;
}

/* Returns the length of the character that begins there, 0 if there is none. Follows the rows of the
 * table. */
static size_t character(const uint8_t *c, size_t len)
{
    if (c[0] <= 0x7f) {
        return 1;
    }
    if (len >= 2 && c[0] >= 0xc2 && c[0] <= 0xdf && is_tail(c[1])) {
        return 2;
    }
    if (len >= 3 && is_tail(c[2]) &&
        ((c[0] == 0xe0 && c[1] >= 0xa0 && c[1] <= 0xbf) || (c[0] >= 0xe1 && c[0] <= 0xec && is_tail(c[1])) ||
         (c[0] == 0xed && c[1] >= 0x80 && c[1] <= 0x9f) || (c[0] >= 0xee && c[0] <= 0xef && is_tail(c[1])))) {
        return 3;
    }
    if (len >= 4 && is_tail(c[2]) && is_tail(c[3]) &&
        ((c[0] == 0xf0 && c[1] >= 0x90 && c[1] <= 0xbf) || (c[0] >= 0xf1 && c[0] <= 0xf3 && is_tail(c[1])) ||
         (c[0] == 0xf4 && c[1] >= 0x80 && c[1] <= 0x8f))) {
        return 4;
    }
    return 0;
}

static int is_valid(const uint8_t *text, size_t len)
{
    for (size_t at = 0; at < len;) {
        size_t step = text[at] != 0 ? character(text + at, len - at) : 0;
        if (step == 0) {
            return 0;
        }
        at += step;
    }
    return 1;
}

int main(void)
{
    uint8_t text[4];
    size_t len;
    uint32_t number;
    assume(len <= sizeof text);
    const amp_str_t view = {(const char *)text, len};
    prove(amp__utf8_valid(&view) == is_valid(text, len));
    /* In two pieces the result is the same as in one. */
    amp_utf8_t cut = {0, 0};
    size_t at;
    assume(at <= len);
    const uint8_t *first = amp__utf8_run(&cut, text, text + at);
    if (first == text + at) {
        amp_utf8_t whole_run = {0, 0};
        const uint8_t *end = amp__utf8_run(&whole_run, text, text + len);
        const uint8_t *last = amp__utf8_run(&cut, first, text + len);
        prove(last == end && cut.remaining == whole_run.remaining);
    }
    /* Removing an incomplete end removes less than one character. */
    size_t whole = amp__utf8_whole((const char *)text, len);
    prove(whole <= len && len - whole < 4u);
    prove(!is_valid(text, len) || whole == len);

    assume(number > 0 && number <= 0x10ffff && (number < 0xd800 || number > 0xdfff));
    char written[4];
    size_t size = amp__utf8_put(number, written);
    const amp_str_t one = {written, size};
    prove(amp__utf8_valid(&one));
    prove(character((const uint8_t *)written, size) == size);
    return 0;
}
