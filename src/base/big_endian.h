/* SPDX-License-Identifier: MIT */
/* Numbers in network byte order: the most significant byte first. */
#ifndef AMP_SRC_BIG_ENDIAN_H
#define AMP_SRC_BIG_ENDIAN_H

#include <stddef.h>
#include <stdint.h>

/* Returns the number in `bytes` bytes at `at`, at most 8. Example: the bytes 01 02 are 258. */
uint64_t amp__big_endian_read(const uint8_t *at, size_t bytes);

/* Writes the low `bytes` bytes of `value`, at most 8, to `out`. */
void amp__big_endian_write(uint8_t *out, size_t bytes, uint64_t value);

#endif
