/* SPDX-License-Identifier: MIT */
/* Finds the end of a run of plain text, a machine word at a time. Inline, because it is the
 * inner loop of everything that is skipped. */
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

/* AMP_SCAN_PLACE: which byte of a word has the first mark, a high bit. Where that takes too much it
 * is left undefined, and the bytes are looked at one by one. */
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ && UINTPTR_MAX > 0xffffffffu
#define AMP_SCAN_PLACE(marks) ((unsigned)__builtin_ctzll(marks) >> 3)
#endif

#define AMP_SCAN_ONES ((amp_scan_word_t)-1 / 0xffu)
#define AMP_SCAN_HIGHS (AMP_SCAN_ONES * 0x80u)

static inline int amp__is_plain(uint8_t c)
{
    return c >= 0x20u && c < 0x80u && c != '"' && c != '\\';
}

/* The first byte from p on that is not ASCII, is a control character, a quote or a backslash;
 * or, when there is none up to `last`, a place behind it. Takes whole words, the first of them
 * at p in any case, so a word must be there at p and at every place up to `last`.
 *
 * In a word without bytes above 0x7f, (x ^ 2) - 0x21 in each byte sets the high bit exactly in
 * bytes below 0x20 and in quotes, which the ^ 2 exchanges with blanks, and (x ^ c) - 1 exactly
 * in bytes equal to c, up to the first such byte; what a borrow does to the bytes behind it does
 * not matter, since the search ends there. */
static inline const uint8_t *amp__scan_words(const uint8_t *p, const uint8_t *last)
{
    do {
        amp_scan_word_t x;
        memcpy(&x, p, sizeof x);
        amp_scan_word_t stop = (((x ^ AMP_SCAN_ONES * 2u) - AMP_SCAN_ONES * 0x21u) |
                                ((x ^ AMP_SCAN_ONES * '\\') - AMP_SCAN_ONES) | x) &
                               AMP_SCAN_HIGHS;
        if (AMP_LIKELY(stop != 0)) {
#if defined(AMP_SCAN_PLACE)
            return p + AMP_SCAN_PLACE(stop);
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

/* Bytes that are there from `last` on: a comma, a quote, a word and what may follow it. Also
 * enough for where the next word is looked at without a look at `last`. */
#define AMP_SCAN_MARGIN 16

/* The closing quote of the `"name":` at p, p <= last, that is plain and has no white space; or
 * NULL. */
static inline const uint8_t *amp__scan_name(const uint8_t *p, const uint8_t *last)
{
    const uint8_t *q = amp__scan_words(p + 1, last);
    return *p == '"' && memcmp(q, "\":", 2) == 0 ? q : NULL;
}

/* Passes over `,"name":"text"` as often as it stands at p, plain and without white space, and
 * over the `,"name":` of a member with another value. */
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

/* The first such byte of [p, end), or end. */
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

/* The first byte of [p, end) that is a control character; or end. Bytes above 0x7f are text here,
 * so the sums are of the other seven bits: one sets the high bit in all but control characters,
 * the other in DEL alone. */
static inline const uint8_t *amp__scan_field(const uint8_t *p, const uint8_t *end)
{
#if !defined(__OPTIMIZE_SIZE__)
    while ((size_t)(end - p) >= sizeof(amp_scan_word_t)) {
        amp_scan_word_t x;
        memcpy(&x, p, sizeof x);
        amp_scan_word_t low = x & ~AMP_SCAN_HIGHS;
        amp_scan_word_t text = (((low + AMP_SCAN_ONES * 0x60u) ^ (low + AMP_SCAN_ONES)) | x) & AMP_SCAN_HIGHS;
        if (text != AMP_SCAN_HIGHS) {
#if defined(AMP_SCAN_PLACE)
            return p + AMP_SCAN_PLACE(text ^ AMP_SCAN_HIGHS);
#else
            break;
#endif
        }
        p += sizeof x;
    }
#endif
    while (p < end && *p >= 0x20u && *p != 0x7fu) {
        ++p;
    }
    return p;
}

#if !defined(__OPTIMIZE_SIZE__)

/* A place in [p, end] with nothing but letters and hyphens before it, and likely something else at
 * it. The two sums set the high bit in bytes from `a` on and in those behind `z`, the third in
 * all but hyphens. */
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
#if defined(AMP_SCAN_PLACE)
            return p + AMP_SCAN_PLACE(stop);
#else
            return p;
#endif
        }
        p += sizeof x;
    }
    return p;
}

#endif

#endif
