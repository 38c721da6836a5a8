/* SPDX-License-Identifier: MIT */
/* A number that stands for a text where there is no room to keep it. */
#ifndef AMP_SRC_HASH_H
#define AMP_SRC_HASH_H

#include <stdint.h>

/* FNV-1a, never 0. Two texts have the same mark once in 2^31 pairs. */
uint32_t amp__hash(const char *text);

#endif
