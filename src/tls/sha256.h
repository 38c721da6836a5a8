/* SPDX-License-Identifier: MIT */
/* SHA-256 by mbedTLS. */
#ifndef AMP_SRC_SHA256_H
#define AMP_SRC_SHA256_H

#include "mbedtls_compat.h"

#define AMP_SHA256_SIZE 32u

typedef struct {
    mbedtls_md_context_t md;
    int failed; /* sticky */
} amp_sha256_t;

void amp__sha256_start(amp_sha256_t *digest);
void amp__sha256_add(amp_sha256_t *digest, const void *data, size_t len);

/* Adds `value` as 8 bytes, big endian: the digest is the same on every processor. */
void amp__sha256_add_number(amp_sha256_t *digest, uint64_t value);

/* Adds `len` as a number, then the bytes: no other list of pieces adds the same bytes. */
void amp__sha256_add_piece(amp_sha256_t *digest, const void *data, size_t len);

/* Ends it in any case. 0, or -1 when mbedTLS could not. */
int amp__sha256_end(amp_sha256_t *digest, uint8_t out[AMP_SHA256_SIZE]);

#endif
