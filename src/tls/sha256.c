/* SPDX-License-Identifier: MIT */
/* SHA-256 (FIPS 180-4) by mbedTLS. After an error further calls have no effect. */
#include "sha256.h"

#include "../base/big_endian.h"

void amp__sha256_start(amp_sha256_t *digest)
{
    mbedtls_md_init(&digest->md);
    digest->failed = mbedtls_md_setup(&digest->md, mbedtls_md_info_from_type(MBEDTLS_MD_SHA256), 0) != 0 ||
                     mbedtls_md_starts(&digest->md) != 0;
}

void amp__sha256_add(amp_sha256_t *digest, const void *data, size_t len)
{
    digest->failed = digest->failed || mbedtls_md_update(&digest->md, data, len) != 0;
}

void amp__sha256_add_number(amp_sha256_t *digest, uint64_t value)
{
    uint8_t bytes[sizeof value];
    amp__big_endian_write(bytes, sizeof bytes, value);
    amp__sha256_add(digest, bytes, sizeof bytes);
}

void amp__sha256_add_piece(amp_sha256_t *digest, const void *data, size_t len)
{
    amp__sha256_add_number(digest, len);
    amp__sha256_add(digest, data, len);
}

int amp__sha256_end(amp_sha256_t *digest, uint8_t out[AMP_SHA256_SIZE])
{
    digest->failed = digest->failed || mbedtls_md_finish(&digest->md, out) != 0;
    mbedtls_md_free(&digest->md);
    return digest->failed ? -1 : 0;
}
