/* SPDX-License-Identifier: MIT */
/* A 32-bit hash that replaces a string where there is no room to keep the string. */
#ifndef AMP_SRC_HASH_H
#define AMP_SRC_HASH_H

#include <stdint.h>

/* Returns a hash of a NUL-terminated string, never 0, so that 0 can mean "no string". Two different strings
 * have the same hash with a probability of 1 in 2^31. An attacker can construct collisions, so do not use it
 * for hostile input. */
uint32_t amp__hash(const char *text);

#endif
