/* SPDX-License-Identifier: MIT */
/* Shared by the fuzz targets. A target uses a few bytes of its input for choices and the rest as text. Data
 * for the library is in memory of exactly its size, so AddressSanitizer reports a read past its end. */
#ifndef AMP_FUZZ_H
#define AMP_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../memory_holds.h"
#include "ampersand/ampersand.h"

#define MUST(condition)                                                                                      \
    do {                                                                                                     \
        if (!(condition)) {                                                                                  \
            fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #condition);                   \
            abort();                                                                                         \
        }                                                                                                    \
    } while (0)

#define FUZZ_TEXT_MAX 16384u

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The rest of the input, read from its beginning. */
typedef struct {
    const uint8_t *at;
    size_t left;
} input_t;

/* Returns 0 when the input is used up. */
static inline unsigned take(input_t *input)
{
    if (input->left == 0) {
        return 0;
    }
    --input->left;
    return *input->at++;
}

static inline unsigned take_two(input_t *input)
{
    unsigned high = take(input);
    return high << 8 | take(input);
}

/* Lengths of the pieces of a text, used repeatedly. */
#define CUTS 6u

typedef struct {
    uint8_t length[CUTS];
    size_t next;
} cuts_t;

static inline cuts_t take_cuts(input_t *input)
{
    cuts_t cuts = {{0}, 0};
    for (size_t i = 0; i < CUTS; ++i) {
        cuts.length[i] = (uint8_t)take(input);
    }
    return cuts;
}

/* Returns 1 to 256, at most `left`. `left` is not 0. */
static inline size_t next_cut(cuts_t *cuts, size_t left)
{
    size_t len = cuts->length[cuts->next++ % CUTS] + (size_t)1;
    return len < left ? len : left;
}

static inline void *copy_of(const void *data, size_t len)
{
    void *copy = malloc(len > 0 ? len : 1u);
    MUST(copy != NULL);
    if (len > 0) {
        memcpy(copy, data, len);
    }
    return copy;
}

static inline int all_zero(const void *memory, size_t size)
{
    const uint8_t *bytes = memory;
    while (size > 0 && bytes[size - 1u] == 0) {
        --size;
    }
    return size == 0;
}

#define DIGEST_START 1469598103934665603u

static inline uint64_t digest(uint64_t so_far, const void *data, size_t len)
{
    const uint8_t *bytes = data;
    for (size_t i = 0; i < len; ++i) {
        so_far = (so_far ^ bytes[i]) * 1099511628211u;
    }
    return so_far;
}

#endif
