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

/* AMP_SCAN_PLACE: which byte of a word has the first mark, a high bit. Only where the first byte of a word
 * is its lowest and a word can be read from any address; elsewhere bytes are looked at one by one. */
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#if UINTPTR_MAX > 0xffffffffu
#define AMP_SCAN_PLACE(marks) ((unsigned)__builtin_ctzll(marks) >> 3)
#elif defined(__ARM_FEATURE_UNALIGNED)
#define AMP_SCAN_PLACE(marks) ((unsigned)__builtin_ctz((unsigned)(marks)) >> 3)
#endif
#endif

#define AMP_SCAN_ONES ((amp_scan_word_t)-1 / 0xffu)
#define AMP_SCAN_HIGHS (AMP_SCAN_ONES * 0x80u)

static inline int amp_is_plain(uint8_t c)
{
    return c >= 0x20u && c < 0x80u && c != '"' && c != '\\';
}

/* The first byte of [p, end) that is not ASCII, is a control character, a quote or a backslash; or end.
 *
 * In a word without bytes above 0x7f, (x ^ 2) - 0x21 in each byte sets the high bit exactly in
 * bytes below 0x20 and in quotes, which the ^ 2 exchanges with blanks, and (x ^ c) - 1 exactly
 * in bytes equal to c, up to the first such byte; what a borrow does to the bytes after it does
 * not matter, since the search ends there. */
static inline const uint8_t *amp_scan_plain(const uint8_t *p, const uint8_t *end)
{
#if defined(AMP_SCAN_PLACE)
    if ((size_t)(end - p) >= sizeof(amp_scan_word_t)) {
        const uint8_t *last = end - sizeof(amp_scan_word_t);
        do {
            amp_scan_word_t x;
            memcpy(&x, p, sizeof x);
            amp_scan_word_t stop = (((x ^ AMP_SCAN_ONES * 2u) - AMP_SCAN_ONES * 0x21u) |
                                    ((x ^ AMP_SCAN_ONES * '\\') - AMP_SCAN_ONES) | x) &
                                   AMP_SCAN_HIGHS;
            if (AMP_LIKELY(stop != 0)) {
                return p + AMP_SCAN_PLACE(stop);
            }
            p += sizeof x;
        } while (p <= last);
    }
#endif
    while (p < end && amp_is_plain(*p)) {
        ++p;
    }
    return p;
}

/* 1 when both have the same `len` bytes. For short texts, for which memcmp of a small C library costs more. */
static inline int amp_scan_same(const char *a, const uint8_t *b, size_t len)
{
    size_t at = 0;
#if defined(AMP_SCAN_PLACE)
    amp_scan_word_t x;
    amp_scan_word_t y;
    while (at < len && len >= sizeof x) {
        size_t from = len - at < sizeof x ? len - sizeof x : at; /* the last word overlaps the one before */
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

/* The first byte of [p, end) that is a control character; or end. Bytes above 0x7f are text here,
 * so the sums are of the other seven bits: one sets the high bit in all but control characters,
 * the other in DEL alone. */
static inline const uint8_t *amp_scan_field(const uint8_t *p, const uint8_t *end)
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
static inline const uint8_t *amp_scan_letters(const uint8_t *p, const uint8_t *end)
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
