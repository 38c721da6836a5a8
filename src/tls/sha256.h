/* SPDX-License-Identifier: MIT */
/* SHA-256 by mbedTLS, with a sticky error that amp__sha256_end reports. */
#ifndef AMP_SRC_SHA256_H
#define AMP_SRC_SHA256_H

#include "mbedtls_compat.h"

#define AMP_SHA256_SIZE 32u

typedef struct {
    mbedtls_md_context_t md;
    int failed; /* sticky: mbedTLS returned an error, most likely out of memory */
} amp_sha256_t;

/* Starts a digest. Each start needs an end, which frees the memory of mbedTLS. */
void amp__sha256_start(amp_sha256_t *digest);
void amp__sha256_add(amp_sha256_t *digest, const void *data, size_t len);

/* Adds `value` as 8 bytes in big endian, so that the digest is the same on every processor. */
void amp__sha256_add_number(amp_sha256_t *digest, uint64_t value);

/* Adds `len` as a number, then the bytes. Two different lists of pieces never add the same bytes. */
void amp__sha256_add_piece(amp_sha256_t *digest, const void *data, size_t len);

/* Ends the digest and frees its memory, also after an error. Returns 0, or -1 after an error of mbedTLS. */
int amp__sha256_end(amp_sha256_t *digest, uint8_t out[AMP_SHA256_SIZE]);

#endif
