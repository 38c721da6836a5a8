/* SPDX-License-Identifier: MIT */
/* FNV-1a with 32 bits and its published constants, the offset basis and the prime. Each byte is xored into
 * the hash, then the hash is multiplied. The lowest bit of the result is always set here. The hash of "" is
 * 0x811c9dc5. That of "a" is 0xe40c292c, which becomes 0xe40c292d. */
#include "hash.h"

#define OFFSET_BASIS 2166136261u
#define PRIME 16777619u

uint32_t amp__hash(const char *text)
{
    uint32_t hash = OFFSET_BASIS;
    for (; *text != '\0'; ++text) {
        hash = (hash ^ (uint8_t)*text) * PRIME;
    }
    return hash | 1u;
}
