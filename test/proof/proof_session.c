/* SPDX-License-Identifier: MIT */
/* Proves the import of a TLS session. Of any bytes, no byte is read outside of them. They are read once. A
 * session is kept exactly if head, length and digest are right, mbedTLS accepts it, and its certificates were
 * checked and end at times that the clock allows. Then its times are those of the head, and it is bound to
 * this host, port and trust. The lengths are 0, that of a session of BODY bytes, which is the shortest, one
 * byte less, one more than AMP_TLS_SESSION_MAX, and SIZE_MAX. mbedTLS and SHA-256 are replaced by any answer.
 */
/* cbmc --unwind 33 src/tls/tls_session.c src/base/big_endian.c */
#include "proof.h"

#include <string.h>

#include "tls/sha256.h"
#include "tls/tls_policy.h"
#include "tls/tls_private.h"

#define BODY 1u
#define HEAD 24u
#define BLOB (HEAD + BODY + AMP_SHA256_SIZE)

static uint8_t blob[BLOB];
static const uint8_t *at; /* of the imported bytes */
static size_t len;
static amp_tls_t tls;

/* What was asked, and what was answered. */
static uint8_t digests[2][AMP_SHA256_SIZE];
static int digest_results[2];
static unsigned digest_count;
static int load_result;
static unsigned loads;
static int is_initialized; /* mbedTLS's session may be used */
static int has_loaded;     /* and has what mbedTLS has read, or a part of it */
static int64_t now;

void amp__sha256_start(amp_sha256_t *digest)
{
    digest->failed = 0;
}

void amp__sha256_add(amp_sha256_t *digest, const void *data, size_t size)
{
    (void)digest;
    prove(size == 0 || __CPROVER_r_ok(data, size));
}

void amp__sha256_add_number(amp_sha256_t *digest, uint64_t value)
{
    (void)digest;
    (void)value;
}

void amp__sha256_add_piece(amp_sha256_t *digest, const void *data, size_t size)
{
    amp__sha256_add(digest, data, size);
}

int amp__sha256_end(amp_sha256_t *digest, uint8_t out[AMP_SHA256_SIZE])
{
    (void)digest;
    prove(digest_count < 2u);
    memcpy(out, digests[digest_count], AMP_SHA256_SIZE);
    return digest_results[digest_count++];
}

void mbedtls_ssl_session_free(mbedtls_ssl_session *session)
{
    prove(session == &tls.session.kept && is_initialized);
    is_initialized = 0;
    has_loaded = 0;
}

void mbedtls_ssl_session_init(mbedtls_ssl_session *session)
{
    prove(session == &tls.session.kept && !is_initialized);
    is_initialized = 1;
}

int mbedtls_ssl_session_load(mbedtls_ssl_session *session, const unsigned char *bytes, size_t size)
{
    prove(session == &tls.session.kept && is_initialized && !has_loaded);
    prove(bytes == at + HEAD && size > 0 && size == len - HEAD - AMP_SHA256_SIZE);
    ++loads;
    has_loaded = 1;
    return load_result;
}

#if MBEDTLS_VERSION_NUMBER >= 0x03060000
mbedtls_ms_time_t mbedtls_ms_time(void)
{
    return 0;
}
#endif

int64_t amp__tls_now(const amp_tls_t *self)
{
    prove(self == &tls);
    return now;
}

/* Returns 1 if head and digest are as an export has them. The digest is the second. */
static int is_sealed(void)
{
    static const uint8_t head[] = {'A', 'M', 'P', 'S', 1, 0};
    return len > HEAD + AMP_SHA256_SIZE && len <= AMP_TLS_SESSION_MAX && memcmp(at, head, sizeof head) == 0 &&
           (size_t)at[6] * 256u + at[7] == len - HEAD - AMP_SHA256_SIZE && digest_results[1] == 0 &&
           memcmp(at + len - AMP_SHA256_SIZE, digests[1], AMP_SHA256_SIZE) == 0;
}

static int64_t time_at(const uint8_t *p)
{
    uint64_t value = p[0] & 0x7fu;
    for (unsigned i = 1; i < 8u; ++i) {
        value = value * 256u + p[i];
    }
    return (int64_t)value;
}

static int is_time_good(void)
{
    const int64_t checked_at = time_at(at + 8);
    return now == AMP_TLS_NO_CLOCK ||
           (checked_at <= now && now - checked_at <= AMP_TLS_SESSION_MAX_AGE_S && now <= time_at(at + 16));
}

/* Imports the bytes and begins a connection. */
static void check(size_t size)
{
    amp_port_t port;
    len = size;
    at = len <= BLOB ? blob + (BLOB - len) : blob + BLOB;
    port.ctx = &tls;
    amp_tls_import(&port, at, len);
    amp__session_prepare(&tls, "h", 443);

    const int is_bound = digest_results[0] == 0;
    const int is_good = is_bound && is_sealed() && load_result == 0 && is_time_good();
    prove(is_initialized && tls.session.is_kept == is_good && has_loaded == is_good);
    prove(tls.session.blob == (is_bound ? NULL : at));
    prove(loads == (is_bound && is_sealed() ? 1u : 0u));
    if (is_good) {
        prove(tls.checked_at == time_at(at + 8) && tls.until == time_at(at + 16));
        prove(memcmp(tls.session.bound, digests[0], AMP_SHA256_SIZE) == 0);
    }
}

int main(void)
{
    size_t size;
    _Bool any_kept;
    set_any(blob);
    set_any(digests);
    set_any(digest_results);
    set_any(load_result);
    set_any(now);
    assume(now >= 0 || now == AMP_TLS_NO_CLOCK);
    /* A session was kept, or not. */
    is_initialized = 1;
    tls.session.is_kept = any_kept ? 1 : 0;
    has_loaded = tls.session.is_kept;
    /* Each length is a constant in its turn, which takes the solver much less time. */
    switch (size) {
    case BLOB:
        check(BLOB);
        break;
    case BLOB - 1u:
        check(BLOB - 1u);
        break;
    case AMP_TLS_SESSION_MAX + 1u:
        check(AMP_TLS_SESSION_MAX + 1u);
        break;
    case SIZE_MAX:
        check(SIZE_MAX);
        break;
    default:
        check(0);
        break;
    }
    return 0;
}
