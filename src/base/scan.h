/* SPDX-License-Identifier: MIT */
/* Finds the end of a run of plain text, one machine word at a time (SIMD within a register). The functions
 * are inline because they are the inner loops of the JSON lexer and the HTTP parser.
 *
 * Each test sets the high bit of a byte of a word as the flag of that byte. The bytes are arguments of the
 * formulas as 7-bit numbers, so no sum carries into the next byte. A difference may borrow from the next
 * byte; each comment states why that is harmless. */
#ifndef AMP_SRC_SCAN_H
#define AMP_SRC_SCAN_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if UINTPTR_MAX > 0xffffffffu
typedef uint64_t amp_scan_word_t;
#else
typedef uint32_t amp_scan_word_t;
#endif

#if defined(__GNUC__)
#define AMP_LIKELY(condition) __builtin_expect(condition, 1)
#else
#define AMP_LIKELY(condition) (condition)
#endif

/* AMP_SCAN_FIRST: the index in memory of the first byte with a flag. 0x0000800000800000 has flags in bytes 2
 * and 5: 23 zero bits, shifted right by 3, are 2. Undefined where it would be slow (32 bits) or wrong (big
 * endian); the bytes of the word are then tested one by one. */
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ && UINTPTR_MAX > 0xffffffffu
#define AMP_SCAN_FIRST(flags) ((unsigned)__builtin_ctzll(flags) >> 3)
#endif

#define AMP_SCAN_ONES ((amp_scan_word_t)-1 / 0xffu) /* 0x0101...01; times c: each byte is c */
#define AMP_SCAN_HIGHS (AMP_SCAN_ONES * 0x80u)      /* 0x8080...80 */

/* Plain text needs no work in a JSON string: ASCII, but no control character, quote or backslash. */
static inline int amp__is_plain(uint8_t c)
{
    return c >= 0x20u && c < 0x80u && c != '"' && c != '\\';
}

/* Returns the first byte from p on that is not plain. When there is none up to `last`, returns a place after
 * `last`. Reads whole words, and the first word at p in any case: a whole word must be readable at p and at
 * every place up to `last`.
 *
 * In a word without bytes above 0x7f the flags are exact up to the first byte that is not plain:
 * - (x ^ 2) - 0x21 is negative for control characters and the quote. The ^ 2 exchanges the quote (0x22) with
 *   the space (0x20), so that the quote is adjacent to the control characters 0x00 to 0x1f.
 * - (x ^ '\\') - 1 is negative for the backslash alone.
 * - x itself has the flag of bytes above 0x7f.
 * A negative difference borrows from the next byte, whose flag may then be wrong. That does not matter,
 * because the search ends at the first flag. Example: for `ab"c` the first formula computes 0x63 - 0x21,
 * 0x60 - 0x21 and 0x20 - 0x21. Only the last one is negative, so the index is 2. */
static inline const uint8_t *amp__scan_words(const uint8_t *p, const uint8_t *last)
{
    do {
        amp_scan_word_t x;
        memcpy(&x, p, sizeof x);
        amp_scan_word_t stop = (((x ^ AMP_SCAN_ONES * 2u) - AMP_SCAN_ONES * 0x21u) |
                                ((x ^ AMP_SCAN_ONES * '\\') - AMP_SCAN_ONES) | x) &
                               AMP_SCAN_HIGHS;
        if (AMP_LIKELY(stop != 0)) {
#if defined(AMP_SCAN_FIRST)
            return p + AMP_SCAN_FIRST(stop);
#else
            while (amp__is_plain(*p)) {
                ++p;
            }
            return p;
#endif
        }
        p += sizeof x;
    } while (p <= last);
    return p;
}

/* Number of bytes that must be readable from `last` on: a comma, a quote, a word and two bytes after it. It
 * also covers a word that is read before the comparison with `last`. */
#define AMP_SCAN_MARGIN 16

/* Returns the closing quote of the `"name":` at p, or NULL when the name is not plain or the text at p has
 * another form. Requires p <= last. */
static inline const uint8_t *amp__scan_name(const uint8_t *p, const uint8_t *last)
{
    const uint8_t *q = amp__scan_words(p + 1, last);
    return *p == '"' && memcmp(q, "\":", 2) == 0 ? q : NULL;
}

/* Skips each `,"name":"text"` from p on, plain and without white space. Then skips the `,"name":` of a member
 * whose value is not such a string. Returns the first byte that was not skipped. */
static inline const uint8_t *amp__scan_members(const uint8_t *p, const uint8_t *last)
{
    while (p <= last && memcmp(p, ",\"", 2) == 0) {
        const uint8_t *q = amp__scan_words(p + 2, last);
        if (memcmp(q, "\":", 2) != 0) {
            break;
        }
        if (q > last || q[2] != '"') {
            return q + 2;
        }
        q = amp__scan_words(q + 3, last);
        if (*q != '"') {
            break;
        }
        p = q + 1;
    }
    return p;
}

/* Returns the first byte of [p, end) that is not plain, or end. */
static inline const uint8_t *amp__scan_plain(const uint8_t *p, const uint8_t *end)
{
#if !defined(__OPTIMIZE_SIZE__)
    if ((size_t)(end - p) >= sizeof(amp_scan_word_t)) {
        p = amp__scan_words(p, end - sizeof(amp_scan_word_t));
    }
#endif
    while (p < end && amp__is_plain(*p)) {
        ++p;
    }
    return p;
}

/* Returns the first control character (0x00 to 0x1f, 0x7f) of [p, end), or end. Bytes above 0x7f are text
 * here (obs-text of RFC 9110, 5.5), so the sums use the low seven bits and cannot carry:
 * - low + 0x60 has the flag of 0x20 and above: 'A' makes 0xa1, a tab makes 0x69.
 * - low + 1 has the flag of 0x7f alone; the exclusive or removes it. */
static inline const uint8_t *amp__scan_field(const uint8_t *p, const uint8_t *end)
{
    while ((size_t)(end - p) >= sizeof(amp_scan_word_t)) {
        amp_scan_word_t x;
        memcpy(&x, p, sizeof x);
        amp_scan_word_t low = x & ~AMP_SCAN_HIGHS;
        amp_scan_word_t text = (((low + AMP_SCAN_ONES * 0x60u) ^ (low + AMP_SCAN_ONES)) | x) & AMP_SCAN_HIGHS;
        if (text != AMP_SCAN_HIGHS) {
#if defined(AMP_SCAN_FIRST)
            return p + AMP_SCAN_FIRST(text ^ AMP_SCAN_HIGHS);
#else
            break;
#endif
        }
        p += sizeof x;
    }
    while (p < end && *p >= 0x20u && *p != 0x7fu) {
        ++p;
    }
    return p;
}

/* Skips letters and hyphens, which are most of a header's name. Returns a place in [p, end] with only letters
 * and hyphens before it. More of them may follow, so the caller continues byte by byte.
 *
 * For the lower-case letter, sums of seven bits set flags: lower + 0x1f from 'a' (0x61) on, and lower + 5
 * from '{' (0x7b), the character after 'z', on. A letter has the first flag and not the second. (low ^ '-') +
 * 0x7f has a flag for every byte but the hyphen: 0 + 0x7f is the only sum below 0x80. */
static inline const uint8_t *amp__scan_letters(const uint8_t *p, const uint8_t *end)
{
    while ((size_t)(end - p) >= sizeof(amp_scan_word_t)) {
        amp_scan_word_t x;
        memcpy(&x, p, sizeof x);
        amp_scan_word_t low = x & ~AMP_SCAN_HIGHS;
        amp_scan_word_t lower = low | AMP_SCAN_ONES * 0x20u;
        amp_scan_word_t letter =
            (lower + AMP_SCAN_ONES * (0x80u - 'a')) & ~(lower + AMP_SCAN_ONES * (0x7fu - 'z'));
        amp_scan_word_t other = (low ^ AMP_SCAN_ONES * '-') + AMP_SCAN_ONES * 0x7fu;
        amp_scan_word_t stop = ((other & ~letter) | x) & AMP_SCAN_HIGHS;
        if (AMP_LIKELY(stop != 0)) {
#if defined(AMP_SCAN_FIRST)
            return p + AMP_SCAN_FIRST(stop);
#else
            return p;
#endif
        }
        p += sizeof x;
    }
    return p;
}

#endif
