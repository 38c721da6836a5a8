/* SPDX-License-Identifier: MIT */
/* Finds the end of a run of plain text, one machine word at a time (SIMD within a register). The functions
 * are inline because they are the inner loops of the JSON automaton and the HTTP parser.
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
 * and 5: 23 zero bits, shifted right by 3, are 2. Defined where the first byte of a word is its lowest and a
 * word can be read from any address. Elsewhere bytes are tested one by one. */
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#if UINTPTR_MAX > 0xffffffffu
#define AMP_SCAN_FIRST(flags) ((unsigned)__builtin_ctzll(flags) >> 3)
#elif defined(__ARM_FEATURE_UNALIGNED)
#define AMP_SCAN_FIRST(flags) ((unsigned)__builtin_ctz((unsigned)(flags)) >> 3)
#endif
#endif

#define AMP_SCAN_ONES ((amp_scan_word_t)-1 / 0xffu) /* 0x0101...01; times c: each byte is c */
#define AMP_SCAN_HIGHS (AMP_SCAN_ONES * 0x80u)      /* 0x8080...80 */

/* Plain text needs no work in a JSON string: ASCII, but no control character, quote or backslash. */
static inline int amp__is_plain(uint8_t c)
{
    return c >= 0x20u && c < 0x80u && c != '"' && c != '\\';
}

/* The bytes of the formulas of amp__scan_plain. With 64-bit words they are in memory. As operands of an
 * instruction each would need a register, and the loops that search for plain text have no free registers. */
typedef struct {
    amp_scan_word_t quote_to_space; /* each byte 0x02 */
    amp_scan_word_t below_quote;    /* 0x21 */
    amp_scan_word_t backslash;      /* 0x5c */
    amp_scan_word_t ones;           /* 0x01 */
    amp_scan_word_t highs;          /* 0x80 */
} amp_scan_masks_t;

#define AMP_SCAN_MASKS                                                                                       \
    {                                                                                                        \
        AMP_SCAN_ONES * 2u, AMP_SCAN_ONES * 0x21u, AMP_SCAN_ONES * '\\', AMP_SCAN_ONES, AMP_SCAN_HIGHS       \
    }

#if UINTPTR_MAX > 0xffffffffu
extern const amp_scan_masks_t amp__scan_masks;
#else
static const amp_scan_masks_t amp__scan_masks = AMP_SCAN_MASKS;
#endif

/* Returns a word with flags in the bytes that are not plain, exact up to the first of them:
 * - (x ^ 2) - 0x21 is negative for control characters and the quote. The ^ 2 exchanges the quote (0x22) with
 *   the space (0x20), so that the quote is adjacent to the control characters 0x00 to 0x1f.
 * - (x ^ '\\') - 1 is negative only for the backslash.
 * - x itself has the flag of bytes above 0x7f.
 *
 * A negative difference borrows from the next byte, whose flag may then be wrong. That does not matter,
 * because the search ends at the first flag. Example: for `ab"c` the first formula computes 0x63 - 0x21,
 * 0x60 - 0x21 and 0x20 - 0x21. Only the last one is negative, so the index is 2. */
static inline amp_scan_word_t amp__scan_flags(amp_scan_word_t x)
{
    return (((x ^ amp__scan_masks.quote_to_space) - amp__scan_masks.below_quote) |
            ((x ^ amp__scan_masks.backslash) - amp__scan_masks.ones) | x) &
           amp__scan_masks.highs;
}

/* Returns the end of the places of a piece [start, end) where the search reads whole words. It leaves up to a
 * word before `end`. In a piece of no more than a word there is no such place. */
static inline const uint8_t *amp__scan_words_end(const uint8_t *start, const uint8_t *end)
{
#if defined(AMP_SCAN_FIRST)
    const size_t size = sizeof(amp_scan_word_t);
    return (size_t)(end - start) > size ? end - size : start;
#else
    (void)end;
    return start;
#endif
}

/* Returns the first byte of [p, end) that is not plain, or end. words_end is that of the piece that has p and
 * ends at `end`. The last bytes are read from the word before `end`, shifted so that p is its first byte. The
 * zeros that move in are flagged, so the search ends at `end`. Example: for `"ab` with p at `a`, the word
 * `{"k":"ab` is shifted by six bytes. */
static inline const uint8_t *amp__scan_plain(const uint8_t *p, const uint8_t *words_end, const uint8_t *end)
{
#if defined(AMP_SCAN_FIRST)
    amp_scan_word_t x;
    while (p < words_end) {
        memcpy(&x, p, sizeof x);
        x = amp__scan_flags(x);
        if (AMP_LIKELY(x != 0)) {
            return p + AMP_SCAN_FIRST(x);
        }
        p += sizeof x;
    }
    size_t remaining = (size_t)(end - p);
    if ((size_t)(end - words_end) == sizeof x && remaining > 0) {
        memcpy(&x, words_end, sizeof x);
        x = amp__scan_flags(x >> (sizeof x - remaining) * 8u);
        return x != 0 ? p + AMP_SCAN_FIRST(x) : end;
    }
#else
    (void)words_end;
#endif
    while (p < end && amp__is_plain(*p)) {
        ++p;
    }
    return p;
}

/* Returns 1 if both have the same `len` bytes. For short texts, where memcmp of a small C library costs more.
 * The last word overlaps the one before it. Example: 11 bytes are compared as bytes 0 to 7 and 3 to 10. */
static inline int amp__scan_same(const char *a, const uint8_t *b, size_t len)
{
    size_t at = 0;
#if defined(AMP_SCAN_FIRST)
    amp_scan_word_t x;
    amp_scan_word_t y;
    while (at < len && len >= sizeof x) {
        size_t from = len - at < sizeof x ? len - sizeof x : at;
        memcpy(&x, a + from, sizeof x);
        memcpy(&y, b + from, sizeof y);
        if (x != y) {
            return 0;
        }
        at = from + sizeof x;
    }
#endif
    while (at < len) {
        if ((uint8_t)a[at] != b[at]) {
            return 0;
        }
        ++at;
    }
    return 1;
}

/* Returns the first control character (0x00 to 0x1f, 0x7f) of [p, end), or end. Bytes above 0x7f are text
 * here (obs-text of RFC 9110, 5.5), so the sums use the low seven bits and cannot carry:
 * - low + 0x60 has the flag of 0x20 and above: 'A' makes 0xa1, a tab makes 0x69.
 * - low + 1 has the flag only for 0x7f; the exclusive or removes it. */
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
 * For the lower-case letter, sums of seven bits set flags. lower + 0x1f sets the flag from 'a' (0x61) on.
 * lower + 5 sets it from '{' (0x7b) on, the character after 'z'. A letter has the first flag and not the
 * second. (low ^ '-') + 0x7f has a flag for every byte but the hyphen: 0 + 0x7f is the only sum below 0x80.
 */
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
