/* SPDX-License-Identifier: MIT */
#include "hash.h"

uint32_t amp__hash(const char *text)
{
    uint32_t mark = 2166136261u;
    for (; *text != '\0'; ++text) {
        mark = (mark ^ (uint8_t)*text) * 16777619u;
    }
    return mark | 1u;
}
