/* SPDX-License-Identifier: MIT */
/* SHA-256 by mbedTLS. */
#ifndef AMP_SRC_SHA256_H
#define AMP_SRC_SHA256_H

#include "mbedtls_compat.h"

#define AMP_DIGEST_SIZE 32u

typedef struct {
    mbedtls_md_context_t md;
    int failed; /* sticky */
} amp_digest_t;

void amp_digest_start(amp_digest_t *digest);
void amp_digest_add(amp_digest_t *digest, const void *data, size_t len);

/* Adds `value` as 8 bytes, big endian: the digest is the same on every processor. */
void amp_digest_add_number(amp_digest_t *digest, uint64_t value);

/* Adds `len` as a number, then the bytes: no other list of pieces adds the same bytes. */
void amp_digest_add_piece(amp_digest_t *digest, const void *data, size_t len);

/* Ends it in any case. 0, or -1 when mbedTLS could not. */
int amp_digest_end(amp_digest_t *digest, uint8_t out[AMP_DIGEST_SIZE]);

#endif
