/* SPDX-License-Identifier: MIT */
/* Short versions of string functions. newlib-nano's versions for Armv7-M are unrolled assembly, so these save
 * 1.5 KB. They are called only with short texts. memcpy, memset and memcmp, which work on bulk data, stay
 * newlib's. */
#include <stdint.h>
#include <string.h>

/* Otherwise gcc would replace the loop of strlen by a call of strlen, and that of memmove by one of memmove.
 */
#pragma GCC optimize("no-tree-loop-distribute-patterns")

size_t strlen(const char *text)
{
    const char *end = text;
    while (*end != '\0') {
        ++end;
    }
    return (size_t)(end - text);
}

int strcmp(const char *one, const char *other)
{
    while (*one != '\0' && *one == *other) {
        ++one;
        ++other;
    }
    return (unsigned char)*one - (unsigned char)*other;
}

int strncmp(const char *one, const char *other, size_t most)
{
    while (most > 0 && *one != '\0' && *one == *other) {
        ++one;
        ++other;
        --most;
    }
    return most > 0 ? (unsigned char)*one - (unsigned char)*other : 0;
}

char *strchr(const char *text, int wanted)
{
    while (*text != (char)wanted) {
        if (*text++ == '\0') {
            return NULL;
        }
    }
    return (char *)(uintptr_t)text; /* the standard drops the const */
}

void *memchr(const void *data, int wanted, size_t len)
{
    for (const uint8_t *at = data; len > 0; --len, ++at) {
        if (*at == (uint8_t)wanted) {
            return (void *)(uintptr_t)at;
        }
    }
    return NULL;
}

void *memmove(void *to, const void *from, size_t len)
{
    uint8_t *out = to;
    const uint8_t *in = from;
    if (out <= in) {
        for (size_t i = 0; i < len; ++i) {
            out[i] = in[i];
        }
    } else {
        while (len-- > 0) {
            out[len] = in[len];
        }
    }
    return to;
}
