/* SPDX-License-Identifier: MIT */
/* Puts a text together in the caller's buffer (UTF-8, RFC 3629).
 *
 * Invariant: len < size, so there is always room for the NUL. */
#include "explain_text.h"

#include <string.h>

#include "../base/ascii.h"
#include "../base/utf8.h"

#define DIGITS_MAX 11u /* -2147483648 */

void amp__pieces_init(amp_pieces_t *pieces, char *buf, size_t size, amp_str_t secret)
{
    pieces->buf = buf;
    pieces->size = size;
    pieces->len = 0;
    pieces->secret = secret;
}

void amp__pieces_add_part(amp_pieces_t *pieces, const char *text, size_t len)
{
    const size_t room = pieces->size - 1u - pieces->len;
    len = len < room ? len : room;
    memcpy(pieces->buf + pieces->len, text, len);
    pieces->len += len;
}

void amp__pieces_add(amp_pieces_t *pieces, const char *text)
{
    amp__pieces_add_part(pieces, text, strlen(text));
}

void amp__pieces_add_sentence(amp_pieces_t *pieces, const char *text, size_t len)
{
    const size_t at = pieces->len;
    amp__pieces_add_part(pieces, text, len);
    if (at < pieces->len && amp__is_letter(pieces->buf[at])) {
        pieces->buf[at] = (char)(pieces->buf[at] & ~0x20);
    }
}

/* Returns 1 when `text` contains `part`, which is not empty. */
static int contains(const char *text, amp_str_t part)
{
    const size_t len = strlen(text);
    for (size_t at = 0; part.len > 0 && at + part.len <= len; ++at) {
        if (memcmp(text + at, part.ptr, part.len) == 0) {
            return 1;
        }
    }
    return 0;
}

/* Returns the length of the character at the start of a NUL-terminated text, or 0 if it is not valid there.
 */
static size_t character_length(const char *text)
{
    for (size_t len = 1; len <= 4u && text[len - 1u] != '\0'; ++len) {
        const amp_str_t character = {text, len};
        if (amp__utf8_valid(&character)) {
            return len;
        }
    }
    return 0;
}

/* Returns 1 for a character that a terminal or a log viewer executes: U+0000 to U+001F, U+007F to U+009F, and
 * the controls of bidirectional text and of lines (U+061C, U+200E, U+200F, U+2028 to U+202E, U+2066 to
 * U+2069). */
static int is_control(const char *text, size_t len)
{
    const uint8_t *p = (const uint8_t *)text;
    if (len == 1u) {
        return !amp__is_printable(text[0]);
    }
    if (len == 2u) {
        return (p[0] == 0xc2u && p[1] < 0xa0u) || (p[0] == 0xd8u && p[1] == 0x9cu);
    }
    return len == 3u && p[0] == 0xe2u &&
           ((p[1] == 0x80u && (p[2] == 0x8eu || p[2] == 0x8fu || (p[2] >= 0xa8u && p[2] <= 0xaeu))) ||
            (p[1] == 0x81u && p[2] >= 0xa6u && p[2] <= 0xa9u));
}

void amp__pieces_add_outside(amp_pieces_t *pieces, const char *text)
{
    if (contains(text, pieces->secret)) {
        amp__pieces_add(pieces, "(left out: it repeats the API key)");
        return;
    }
    while (*text != '\0') {
        const size_t len = character_length(text);
        if (len == 0 || is_control(text, len)) {
            amp__pieces_add_part(pieces, "?", 1);
        } else {
            amp__pieces_add_part(pieces, text, len);
        }
        text += len > 0 ? len : 1u;
    }
}

/* Appends a number in this base, with `prefix` between the sign and the digits. */
static void add_in_base(amp_pieces_t *pieces, int32_t number, uint32_t base, const char *prefix)
{
    char digits[DIGITS_MAX];
    size_t at = sizeof digits;
    uint32_t rest = number < 0 ? 0u - (uint32_t)number : (uint32_t)number;
    do {
        digits[--at] = "0123456789abcdef"[rest % base];
        rest /= base;
    } while (rest > 0);
    amp__pieces_add(pieces, number < 0 ? "-" : "");
    amp__pieces_add(pieces, prefix);
    amp__pieces_add_part(pieces, digits + at, sizeof digits - at);
}

void amp__pieces_add_number(amp_pieces_t *pieces, int32_t number)
{
    add_in_base(pieces, number, 10, "");
}

void amp__pieces_add_hex(amp_pieces_t *pieces, int32_t number)
{
    add_in_base(pieces, number, 16, "0x");
}

void amp__pieces_end(amp_pieces_t *pieces)
{
    pieces->len = amp__utf8_whole(pieces->buf, pieces->len);
    pieces->buf[pieces->len] = '\0';
}
