/* SPDX-License-Identifier: MIT */
/* TLS by mbedTLS (2.28, 3.x) as a port over any other port. The peer's chain and name are always
 * checked, TLS 1.2 is the least, and nothing here can turn that off.
 *
 * This library allocates nothing; mbedTLS does, through mbedtls_calloc.
 *
 * The storage's size is known at run time only, because it depends on how mbedTLS was
 * configured for the library, which an application may not see. */
#ifndef AMPERSAND_TLS_H
#define AMPERSAND_TLS_H

#include "port.h"
#include "text.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
    AMP_ANCHOR_PEM, /* data, len: certificates in PEM text closed by a NUL, which len counts */
    AMP_ANCHOR_DER, /* data, len: one certificate; not copied, stays in place */
    AMP_ANCHOR_FILE /* data: the path of a PEM file, closed by a NUL; where mbedTLS has files */
} amp_anchor_kind_t;

/* Certificates of authorities that are trusted. */
typedef struct {
    amp_anchor_kind_t kind;
    const void *data;
    size_t len;
} amp_anchor_t;

/* Read by amp_tls_init only, but for `under` and DER data, which stay in place. */
typedef struct {
    const amp_port_t *under; /* the socket */
    const amp_anchor_t *anchors;
    size_t anchor_count;
} amp_tls_config_t;

typedef struct {
    const char *protocol; /* of the last handshake: "TLSv1.2"; "" before one */
    const char *suite;
    uint8_t resumed;
    uint32_t handshakes; /* completed */
    uint64_t sent;       /* bytes through the port below, since amp_tls_init */
    uint64_t received;
} amp_tls_stats_t;

AMP_PUBLIC size_t amp_tls_storage_size(void);

/* Makes *out_port from config->under. `storage` is amp_tls_storage_size() bytes, aligned for
 * any type, and the port's until amp_tls_free.
 * AMP_OK; AMP_ERR_MEMORY (too small, or mbedTLS got no memory), AMP_ERR_TRUST (no anchor could
 * be read), AMP_ERR_RANDOM, AMP_ERR_ARGUMENT. After an error there is nothing to free. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_tls_init(void *storage, size_t size,
                                                    const amp_tls_config_t *config,
                                                    amp_port_t *out_port);

/* Closes, wipes and gives back what mbedTLS holds. */
AMP_PUBLIC void amp_tls_free(amp_port_t *port);

/* The least that an arena can be; what a handshake takes is in README.md. */
#define AMP_TLS_ARENA_MIN 4096u

/* Gives mbedTLS a static arena to allocate from, for the whole program: once, before anything else
 * of mbedTLS, and never by this library on its own. `arena` is aligned for any type and stays in
 * place for good.
 * AMP_OK; AMP_ERR_CONFIG (mbedTLS was built without MBEDTLS_MEMORY_BUFFER_ALLOC_C, and goes on
 * allocating as it did), AMP_ERR_MEMORY (less than AMP_TLS_ARENA_MIN), AMP_ERR_ARGUMENT. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_tls_arena_init(void *arena, size_t size);

/* The bytes of the arena, from its start, that were ever in use: so large it has to be. */
AMP_PUBLIC size_t amp_tls_arena_high(const void *arena, size_t size);

AMP_PUBLIC void amp_tls_stats(const amp_port_t *port, amp_tls_stats_t *out_stats);

#ifdef __cplusplus
}
#endif
#endif
