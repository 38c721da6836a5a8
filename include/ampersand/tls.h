/* SPDX-License-Identifier: MIT */
/** @file
 * TLS by mbedTLS (2.28, 3.x, 4.x), as a port on top of any other port. The peer's certificate chain and host
 * name are always checked. TLS 1.2 with forward-secret authenticated encryption (RFC 9325) is the minimum,
 * unless the library is compiled with AMP_TLS_CBC. No setting turns the checks off. docs/trust.md explains
 * how to choose and change the trust anchors, and which ciphers and keys are used.
 *
 * This library allocates no memory. mbedTLS does, through mbedtls_calloc.
 *
 * The size of a port's state depends on the configuration of mbedTLS that the library was compiled with. An
 * application may be compiled with another configuration, so it reserves AMP_TLS_STORAGE_SIZE bytes. The
 * library does not compile when its state needs more. */
#ifndef AMPERSAND_TLS_H
#define AMPERSAND_TLS_H

#include "port.h"
#include "text.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The form of a trust anchor. */
typedef enum {
    AMP_ANCHOR_PEM, /**< NUL-terminated PEM text with one or more certificates; `len` includes the NUL.
                     * Damaged text is refused; amp_pem_check finds the place. An undamaged block that mbedTLS
                     * cannot parse is skipped. */
    AMP_ANCHOR_DER, /**< One certificate in DER. It is not copied and must stay in place. */
    AMP_ANCHOR_FILE /**< NUL-terminated path of a PEM file, if mbedTLS has file access; `len` is not used.
                     * mbedTLS reads it and skips damaged blocks. To refuse damaged blocks, read the file
                     * yourself and use AMP_ANCHOR_PEM. */
} amp_anchor_kind_t;

/** Certificates of trusted authorities. */
typedef struct {
    amp_anchor_kind_t kind; /**< Form of `data`. */
    const void *data;       /**< The certificates. */
    size_t len;             /**< Bytes of `data`. */
} amp_anchor_t;

/** The first damaged certificate in a PEM text. */
typedef struct {
    size_t block; /**< Number of the certificate, from 1; in an undamaged text the number of certificates. */
    size_t line;  /**< Line on which the certificate begins, from 1. */
    const char
        *rule; /**< The fault, such as "no END line" or "not base64"; a static string, empty if none. */
} amp_pem_fault_t;

/** Checks the structure of certificates in PEM text, as amp_tls_init does for AMP_ANCHOR_PEM: BEGIN and END
 * lines in pairs, and base64 of a whole certificate between them. Other text and other kinds of blocks are
 * ignored. It does not check that a certificate can be parsed.
 *
 * `text` is NUL-terminated; `len` is its size in bytes, NUL included. Returns AMP_OK, or AMP_ERR_TRUST.
 * *out_fault is set in both cases. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_pem_check(const char *text, size_t len,
                                                     amp_pem_fault_t *out_fault);

/** A pinned public key. */
typedef struct {
    uint8_t sha256[32]; /**< SHA-256 of the SubjectPublicKeyInfo of a certificate, in DER. */
} amp_pin_t;

/** Adds the platform's own trust to an mbedtls_ssl_config, as esp_crt_bundle_attach does. Returns 0 on
 * success. */
typedef int (*amp_bundle_fn)(void *ssl_config);

/** Returns the time in seconds since 1970, or 0 while it is unknown. */
typedef int64_t (*amp_clock_fn)(void *ctx);

/** Configuration of TLS. Only amp_tls_init and amp_tls_set_trust read it, so the struct itself need not stay
 * in place. The port `under` and the arena must stay in place until amp_tls_free. DER data and pins must stay
 * in place and unchanged until amp_tls_free, or until amp_tls_set_trust has replaced them. A member that is
 * zero has no effect. */
typedef struct {
    const amp_port_t *under;     /**< The socket port below TLS. */
    const amp_anchor_t *anchors; /**< Trust anchors. Set anchors, a bundle, or both. */
    size_t anchor_count;         /**< Number of anchors. */
    const amp_pin_t *pins;       /**< If set, the verified chain must contain one of these keys. */
    size_t pin_count;            /**< Number of pins. */
    amp_bundle_fn bundle;        /**< The platform's trust; NULL: none. */
    uint32_t bundle_version;     /**< Version of the bundle. A change invalidates older sessions. */
    amp_clock_fn clock; /**< Clock for certificate dates. NULL: mbedTLS's own clock, if it has one. */
    void *clock_ctx;    /**< Argument of `clock`. */
    const void *arena;  /**< The arena passed to amp_tls_arena_init, for amp_tls_stats; or NULL. */
    size_t arena_size;  /**< Bytes of the arena. */
} amp_tls_config_t;

/** Statistics of a TLS port. Strings are static. */
typedef struct {
    const char *protocol; /**< Protocol of the last handshake, such as "TLSv1.2"; empty before one. */
    const char *suite;    /**< Cipher suite of the last handshake, as mbedTLS names it; empty before one. */
    uint8_t resumed;      /**< 1: the last handshake resumed a session, and no certificate was sent. */
    uint8_t checks_dates; /**< 0: there is no clock, so certificate dates are not checked. */
    uint32_t handshakes;  /**< Completed handshakes. */
    uint32_t largest_record; /**< Bytes of the largest record received, without its header of 5 bytes. */
    uint64_t bytes_sent;     /**< Bytes sent through the port below, since amp_tls_init. */
    uint64_t bytes_received; /**< Bytes received through the port below, since amp_tls_init. */
    size_t arena_peak;       /**< amp_tls_arena_peak of config->arena; 0 without an arena. */
} amp_tls_stats_t;

#define AMP_TLS_NAME_SIZE 64u   /**< Bytes of amp_tls_failure_t.subject and issuer, NUL included. */
#define AMP_TLS_DETAIL_SIZE 40u /**< Bytes of amp_tls_failure_t.detail, NUL included. */

/** The reason why TLS failed on the last connection.
 *
 * subject and issuer describe the certificate that was refused. If no certificate was refused, they describe
 * the server's certificate, if there was one. Each is the common name, or else the organisation, as printable
 * ASCII, truncated to fit. They may be empty if the certificate cannot be read. */
typedef struct {
    amp_status_t status; /**< AMP_ERR_CERT...: a certificate was refused. AMP_ERR_TLS: see `rule`. AMP_OK: no
                            failure, or one whose reason is unknown. */
    const char *rule; /**< The rule, such as "unknown issuer" or "server requires TLS 1.3"; a static string,
                       * empty if unknown. */
    uint8_t depth;    /**< Position in the chain; 0: the server's certificate, 1: its issuer's. */
    uint8_t alert;    /**< Number of the server's fatal alert (RFC 8446, section 6); 0: none. */
    char subject[AMP_TLS_NAME_SIZE];  /**< Owner of the certificate. */
    char issuer[AMP_TLS_NAME_SIZE];   /**< Issuer of the certificate; for "unknown issuer" the missing one. */
    char detail[AMP_TLS_DETAIL_SIZE]; /**< The extension of "unknown critical extension", such as "2.5.29.30";
                                       * else empty. */
} amp_tls_failure_t;

/** Bytes of amp_tls_storage_t, a multiple of 8. If a TLS port needs more, the library does not compile, and
 * the error has the size to set: "set_AMP_TLS_STORAGE_SIZE_to_4096". Set the same size for library and
 * application, like the sizes of config.h. The default is enough for
 * - mbedTLS 2.28 as in Debian 12 and Ubuntu 24.04, on a system with files: 40 KB, of which 36 KB are the
 *   state of its entropy source HAVEGE.
 * - mbedTLS 2.28 or 3.6 with their own defaults, those of ESP-IDF, or those of port/mbedtls, on a 32-bit
 *   board: 3 KB.
 *
 * port/mbedtls/README.md has a table, also of the memory that mbedTLS allocates in addition. */
#ifndef AMP_TLS_STORAGE_SIZE
#if (defined(__unix__) || defined(__APPLE__) || defined(_WIN32)) && !defined(ESP_PLATFORM) &&                \
    !defined(__ZEPHYR__)
#define AMP_TLS_STORAGE_SIZE 40960
#else
#define AMP_TLS_STORAGE_SIZE 3072
#endif
#endif
#if AMP_TLS_STORAGE_SIZE < 1024 || AMP_TLS_STORAGE_SIZE % 8 != 0
#error "AMP_TLS_STORAGE_SIZE: a multiple of 8, at least 1024"
#endif

/** Memory for a TLS port, aligned for amp_tls_init. Private while the port is in use. */
typedef struct {
    uint64_t contents[AMP_TLS_STORAGE_SIZE / 8]; /**< private */
} amp_tls_storage_t;

/** Returns the bytes of storage that amp_tls_init needs; constant while the program runs. It is at most
 * AMP_TLS_STORAGE_SIZE, except with a library that was compiled with another size. mbedTLS allocates its
 * buffers, certificates and big numbers in addition, from the arena or the heap.
 *
 * If `size` is smaller than this, amp_tls_init returns AMP_ERR_MEMORY. If `size` is large enough,
 * AMP_ERR_MEMORY means that mbedTLS got no memory. The same holds for AMP_ERR_MEMORY from a request with
 * amp_client_info()->need 0. Then enlarge the arena or free heap. docs/memory.md has the arena size
 * for a handshake, and amp_tls_arena_peak returns the highest use. The port stays usable for the next
 * request. */
AMP_PUBLIC size_t amp_tls_storage_size(void);

/* Covers every struct that amp_tls_init reads or that the port writes later: see abi.h. */
#define AMP_TLS_ABI_3_                                                                                       \
    AMP_ABI_ADD_(AMP_ABI_ADD_(sizeof(amp_tls_config_t), sizeof(amp_anchor_t)), sizeof(amp_pin_t))
#define AMP_TLS_ABI_5_                                                                                       \
    AMP_ABI_ADD_(AMP_ABI_ADD_(AMP_TLS_ABI_3_, sizeof(amp_tls_stats_t)), sizeof(amp_tls_failure_t))

#define AMP_TLS_ABI_7_                                                                                       \
    AMP_ABI_ADD_(AMP_ABI_ADD_(AMP_TLS_ABI_5_, sizeof(amp_port_t)), sizeof(amp_tls_storage_t))

/** A hash of the sizes of the structs of this header, a constant expression. */
#define AMP_TLS_ABI AMP_ABI_ADD_(AMP_TLS_ABI_7_, AMP_VERSION_MINOR)

/** Implements amp_tls_init, which has the same other arguments and return values. `abi` is the caller's
 * AMP_TLS_ABI. Call amp_tls_init instead. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_tls_init_abi(void *storage, size_t size,
                                                        const amp_tls_config_t *config, amp_port_t *out_port,
                                                        uint32_t abi);

/** Initializes *out_port as a TLS port on top of config->under. `storage` is an amp_tls_storage_t, or other
 * memory of at least amp_tls_storage_size() bytes with the same alignment. It belongs to the port until
 * amp_tls_free. `size` is in bytes.
 *
 * Returns
 * - AMP_OK.
 * - AMP_ERR_MEMORY: the storage is too small, or mbedTLS got no memory.
 * - AMP_ERR_TRUST: no anchor could be read, or PEM text is damaged.
 * - AMP_ERR_RANDOM: the entropy source failed.
 * - AMP_ERR_ARGUMENT: an argument is invalid.
 * - AMP_ERR_ABI: see abi.h.
 *
 * After an error amp_tls_free is not needed.
 *
 * If a clock shows a time before AMP_BUILD_TIME, `open` of the port returns AMP_ERR_CLOCK before anything is
 * sent. */
static inline AMP_MUST_CHECK amp_status_t amp_tls_init(void *storage, size_t size,
                                                       const amp_tls_config_t *config, amp_port_t *out_port)
{
    return amp_tls_init_abi(storage, size, config, out_port, AMP_TLS_ABI);
}

/** Closes the connection, wipes the storage and frees mbedTLS's memory. Call this after amp_close of the
 * client. No-op on a zeroed port. */
AMP_PUBLIC void amp_tls_free(amp_port_t *port);

/** Replaces the anchors, pins and bundle with those of `config`. bundle_version is read too; the other
 * members are ignored. Call this between requests only: it closes the connection, and no earlier or imported
 * session is resumed. After an error the earlier trust stays in use.
 *
 * Returns AMP_OK, AMP_ERR_MEMORY, or AMP_ERR_TRUST. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_tls_set_trust(amp_port_t *port, const amp_tls_config_t *config);

/** Writes the statistics of a port to *out_stats. May be called at any time until amp_tls_free. */
AMP_PUBLIC void amp_tls_stats(const amp_port_t *port, amp_tls_stats_t *out_stats);

/** Writes the reason why TLS failed on the last connection to *out_failure. May be called at any time until
 * amp_tls_free. */
AMP_PUBLIC void amp_tls_failure(const amp_port_t *port, amp_tls_failure_t *out_failure);

/** Maximum bytes of an exported session. A longer session is not exported. */
#define AMP_TLS_SESSION_MAX 4096u

/** Seven days, in seconds: a session is not resumed for longer than this after certificates were last
 * checked. */
#define AMP_TLS_SESSION_MAX_AGE_S 604800

/** Exports the session that the next connection would resume. A port resumes its last session by itself.
 * Export is for resuming after deep sleep or in another process: see amp_tls_import. There is a session once
 * an answer was read, and amp_close does not discard it. After a server has refused two sessions in a row, a
 * port keeps no session from its next 32 connections.
 *
 * `out` has `size` bytes. *out_len receives the length, 0 if there is no session.
 *
 * An exported session is as secret as the API key. An attacker who reads it can decrypt the connections that
 * use it, except those of TLS 1.3 with a new key exchange. An attacker who can replace it can impersonate the
 * service. The digest of a session is not a signature. It detects damage, and a session of another host,
 * port, trust or version.
 *
 * If there is a clock, a session is not used after AMP_TLS_SESSION_MAX_AGE_S, nor after the first certificate
 * of its chain expires. A session that was made without a clock is then not used either.
 *
 * Returns AMP_OK. Returns AMP_ERR_MEMORY if `size` is too small; *out_len then has the required size. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_tls_export(amp_port_t *port, void *out, size_t size,
                                                      size_t *out_len);

/** Imports an exported session, to resume it with the next connection. `data` has `len` bytes, any alignment,
 * and must stay in place until then. If the session is damaged or does not match, the connection performs a
 * full handshake. */
AMP_PUBLIC void amp_tls_import(amp_port_t *port, const void *data, size_t len);

/** Minimum size of an arena, in bytes. docs/memory.md has the size for a handshake. A smaller arena leads to
 * AMP_ERR_MEMORY where it runs out. */
#define AMP_TLS_ARENA_MIN 4096u

/** Makes mbedTLS allocate from a static arena, in the whole program. Call this once, before any other use of
 * mbedTLS; the library never calls it. `arena` has `size` bytes, is aligned for any type, and must stay in
 * place for as long as the program runs.
 *
 * Returns
 * - AMP_OK.
 * - AMP_ERR_CONFIG: mbedTLS was built without MBEDTLS_MEMORY_BUFFER_ALLOC_C. Its allocator is unchanged.
 * - AMP_ERR_MEMORY: size is less than AMP_TLS_ARENA_MIN.
 * - AMP_ERR_ARGUMENT: an argument is invalid. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_tls_arena_init(void *arena, size_t size);

/** Returns the highest number of bytes that were in use, counted from the start of the arena. The arena must
 * have at least that size. Pass `arena` and `size` as to amp_tls_arena_init. */
AMP_PUBLIC size_t amp_tls_arena_peak(const void *arena, size_t size);

/** Limits the public-key computation within one amp_step to about `max_ops` operations of
 * mbedtls_ecp_set_max_ops, in the whole program; 0: no limit. About 200 operations take a few milliseconds on
 * a microcontroller.
 *
 * Returns AMP_OK. Returns AMP_ERR_CONFIG if mbedTLS was built without MBEDTLS_ECP_RESTARTABLE, or is 4.x,
 * where a TLS handshake cannot be interrupted. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_tls_set_max_ops(unsigned max_ops);

#ifdef __cplusplus
}
#endif
#endif
