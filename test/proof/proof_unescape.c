/* SPDX-License-Identifier: MIT */
/* Proves unescape.c for any raw text of up to TEXT bytes whose escapes have the form that the automaton has
 * checked. No byte after the text is read, and no byte after `cap` is written. The text can be unescaped in
 * place. The result is NUL-terminated and never longer than the raw text. If the text is truncated within an
 * escape, the result ends before that escape. The content of the result is tested and fuzzed, not proved. */
/* cbmc --unwind 9 src/json/unescape.c */
/* deep -DTEXT=12u --unwind 14 */
#include "proof.h"

#include <string.h>

#include "base/utf8.h"
#include "json/unescape.h"

#ifndef TEXT
#define TEXT 7u
#endif

static uint8_t bytes[TEXT + 1u];
static char apart[TEXT + 1u];

/* Writes any bytes, which includes the behaviour of a copy. */
void *memmove(void *to, const void *from, size_t len)
{
    uint8_t any[TEXT];
    prove(len <= TEXT && __CPROVER_r_ok(from, len) && __CPROVER_w_ok(to, len));
    for (size_t i = 0; i < TEXT && i < len; ++i) {
        ((uint8_t *)to)[i] = any[i];
    }
    return to;
}

/* proof_utf8.c proves these two. */
size_t amp__utf8_whole(const char *text, size_t len)
{
    size_t whole;
    prove(len == 0 || __CPROVER_r_ok(text, len));
    assume(whole <= len && len - whole < 4u);
    return whole;
}

size_t amp__utf8_put(uint32_t character, char *out)
{
    prove(character <= 0x10ffffu && (character < 0xd800u || character > 0xdfffu) && __CPROVER_w_ok(out, 4));
    return character < 0x80u ? 1u : character < 0x800u ? 2u : character < 0x10000u ? 3u : 4u;
}

static int is_hex(uint8_t c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* The form of the bytes between two quotes, without UTF-8: complete escapes, and no control characters. */
static int is_form(const uint8_t *text, size_t len)
{
    static const char simple[] = "\"\\/bfnrt";
    unsigned part = 0; /* 1: after a backslash; 2 to 5: number of remaining digits, plus 1 */
    int is_good = 1;
    for (size_t i = 0; i < TEXT; ++i) {
        if (i < len) {
            uint8_t c = text[i];
            if (part == 0) {
                is_good &= c >= ' ' && c != '"';
                part = c == '\\';
            } else if (part == 1u) {
                int is_simple = 0;
                for (size_t k = 0; k < sizeof simple - 1u; ++k) {
                    is_simple |= c == (uint8_t)simple[k];
                }
                is_good &= is_simple || c == 'u';
                part = c == 'u' ? 5u : 0;
            } else {
                is_good &= is_hex(c);
                part = part == 2u ? 0 : part - 1u;
            }
        }
    }
    return is_good && part == 0;
}

static void check_unescape(const uint8_t *raw, size_t len)
{
    size_t cap;
    int truncate;
    _Bool is_in_place;
    assume(is_form(raw, len) && cap > 0 && cap <= TEXT + 1u && (truncate == 0 || truncate == 1));
    char *out = is_in_place ? (char *)bytes : apart + (sizeof apart - cap);
    int result = amp__unescape(raw, len, out, cap, truncate);
    prove(result >= -1 && result < (int)cap && result <= (int)len);
    if (result >= 0) {
        prove(out[result] == '\0');
    }
}

static void check_whole(const uint8_t *raw, size_t len)
{
    size_t cut;
    assume(len > 0 && cut > 0 && cut <= len && raw[0] == '"' && is_form(raw + 1, len - 1u));
    size_t whole = amp__unescape_whole(raw, cut);
    prove(whole > 0 && whole <= cut && cut - whole < 6u);
    prove(is_form(raw + 1, whole - 1u));
}

int main(void)
{
    size_t at;
    size_t len;
    _Bool is_whole;
    set_any(bytes);
    set_any(apart);
    assume(at <= TEXT && len <= TEXT - at);
    len = at == 0 ? len : TEXT - at; /* from the first byte, or up to the last one */
    if (is_whole) {
        check_whole(bytes + at, len);
    } else {
        check_unescape(bytes + at, len);
    }
    return 0;
}
