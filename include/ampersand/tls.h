/* SPDX-License-Identifier: MIT */
/* TLS by mbedTLS (2.28, 3.x, 4.x) as a port over any other port. The peer's chain and name are always
 * checked, TLS 1.2 with forward-secret authenticated encryption (RFC 9325) is the minimum, and nothing here
 * can turn that off. docs/trust.md explains whom to trust, how to change that, and which ciphers and keys are
 * used.
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

/* How a certificate is given. */
typedef enum {
    AMP_ANCHOR_PEM, /* data, len: certificates in NUL-terminated PEM text; len counts the NUL. Damaged text is
                       refused: amp_pem_check tells where. A whole block that mbedTLS cannot parse is skipped.
                     */
    AMP_ANCHOR_DER, /* data, len: one certificate; not copied, stays in place */
    AMP_ANCHOR_FILE /* data: the NUL-terminated path of a PEM file, where mbedTLS has files. mbedTLS reads it,
                       and skips damaged blocks too: to refuse those, read the file and use AMP_ANCHOR_PEM. */
} amp_anchor_kind_t;

/* Certificates of authorities that are trusted: `len` bytes at `data`, as `kind` says. */
typedef struct {
    amp_anchor_kind_t kind;
    const void *data;
    size_t len;
} amp_anchor_t;

/* The first damaged certificate in a PEM text. */
typedef struct {
    size_t block; /* which one, counted from 1; in an undamaged text: how many there are */
    size_t line;  /* on which it begins, counted from 1 */
    const char
        *rule; /* what is wrong: "no END line", "not base64" and others; a static string, "" if nothing */
} amp_pem_fault_t;

/* Checks the structure of the certificates in PEM text, as AMP_ANCHOR_PEM does: their BEGIN and END lines
 * come in pairs, with base64 of a whole certificate between them. The text is NUL-terminated, and `len` bytes
 * with the NUL. Other text and blocks of other kinds are passed over. Whether a certificate can be parsed is
 * not checked. Returns AMP_OK, or AMP_ERR_TRUST. *out_fault is set either way. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_pem_check(const char *text, size_t len,
                                                     amp_pem_fault_t *out_fault);

/* SHA-256 of a public key, as a certificate holds it: its SubjectPublicKeyInfo in DER. */
typedef struct {
    uint8_t sha256[32]; /* first byte first */
} amp_pin_t;

/* Adds trust of the platform's own to an mbedtls_ssl_config: esp_crt_bundle_attach is one. 0: done. */
typedef int (*amp_bundle_fn)(void *ssl_config);

/* Seconds since 1970, 0 while they are not known. */
typedef int64_t (*amp_clock_fn)(void *ctx);

/* Read by amp_tls_init only, but for `under`, DER data and pins, which stay in place and unchanged.
 * Zeroed members are not used. */
typedef struct {
    const amp_port_t *under;     /* the socket */
    const amp_anchor_t *anchors; /* these, the bundle, or both */
    size_t anchor_count;
    const amp_pin_t *pins; /* one of these keys must be in the chain that the anchors vouch for */
    size_t pin_count;
    amp_bundle_fn bundle;    /* NULL: none */
    uint32_t bundle_version; /* another one when the bundle changed: older sessions are forgotten */
    amp_clock_fn clock;      /* dates are checked by it; NULL: by mbedTLS's own, where it has one */
    void *clock_ctx;
    const void *arena; /* what amp_tls_arena_init was given, for amp_tls_stats */
    size_t arena_size; /* its bytes */
} amp_tls_config_t;

/* What went on below TLS. Strings are static. */
typedef struct {
    const char *protocol;    /* of the last handshake: "TLSv1.2"; "" before one */
    const char *suite;       /* of cipher and hashes, as mbedTLS names it; "" before a handshake */
    uint8_t resumed;         /* it took up a session, and no certificate was sent */
    uint8_t checks_dates;    /* 0: no clock, so certificates are believed whatever their dates */
    uint32_t handshakes;     /* completed */
    uint32_t largest_record; /* bytes of the longest that came in, without its header of 5 */
    uint64_t bytes_sent;     /* bytes through the port below, since amp_tls_init */
    uint64_t bytes_received; /* … and the other way */
    size_t arena_peak;       /* amp_tls_arena_peak of config->arena, 0 without */
} amp_tls_stats_t;

/* Bytes of the texts below, their NUL included. */
#define AMP_TLS_NAME_SIZE 64u
#define AMP_TLS_DETAIL_SIZE 40u

/* Why the last connection failed in TLS. The names are those of the certificate that was refused, or, when
 * none was, of the server's, if it sent one; each is the common name, or else the organisation, as printable
 * ASCII, cut to fit. A certificate that cannot be read may leave them empty. */
typedef struct {
    amp_status_t status; /* AMP_OK: it did not; AMP_ERR_CERT...: a certificate was refused; AMP_ERR_TLS */
    const char *rule; /* "unknown issuer", "server requires TLS 1.3"...; a static string, "" when unknown */
    uint8_t depth;    /* 0: the server's own certificate, 1: that of its issuer... */
    uint8_t alert;    /* the number of the server's fatal alert (RFC 8446, 6), 0: none came */
    char subject[AMP_TLS_NAME_SIZE]; /* the certificate's owner */
    char issuer[AMP_TLS_NAME_SIZE]; /* the certificate's issuer; for "unknown issuer", the one that is missing
                                     */
    char
        detail[AMP_TLS_DETAIL_SIZE]; /* "2.5.29.30": the extension of "unknown critical extension"; else "" */
} amp_tls_failure_t;

/* Bytes of storage that amp_tls_init takes; the same as long as the program runs. They are not all: mbedTLS
 * allocates its buffers, certificates and numbers by itself, from the arena or the heap.
 *
 * So AMP_ERR_MEMORY says one of two things. From amp_tls_init with a smaller `size`: that many bytes are
 * needed. Else, and from a request whose `need` is 0: mbedTLS got no memory. Give it a larger arena (a
 * handshake takes what README.md says, and amp_tls_arena_peak tells what was reached) or free some of the
 * heap; the port stays as good as before, and the next request may be tried at once. */
AMP_PUBLIC size_t amp_tls_storage_size(void);

/* Every struct below tls.h that amp_tls_init reads or that the port writes later: see abi.h. */
#define AMP_TLS_ABI_3_                                                                                       \
    AMP_ABI_ADD_(AMP_ABI_ADD_(sizeof(amp_tls_config_t), sizeof(amp_anchor_t)), sizeof(amp_pin_t))
#define AMP_TLS_ABI_5_                                                                                       \
    AMP_ABI_ADD_(AMP_ABI_ADD_(AMP_TLS_ABI_3_, sizeof(amp_tls_stats_t)), sizeof(amp_tls_failure_t))
#define AMP_TLS_ABI AMP_ABI_ADD_(AMP_ABI_ADD_(AMP_TLS_ABI_5_, sizeof(amp_port_t)), AMP_VERSION_MINOR)

/* amp_tls_init alone calls this; `abi` is what AMP_TLS_ABI is to the caller. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_tls_init_abi(void *storage, size_t size,
                                                        const amp_tls_config_t *config, amp_port_t *out_port,
                                                        uint32_t abi);

/* Makes *out_port from config->under. `storage` is amp_tls_storage_size() bytes, aligned for
 * any type, and the port's until amp_tls_free.
 * AMP_OK; AMP_ERR_MEMORY (too small, or mbedTLS got no memory), AMP_ERR_TRUST (no anchor could
 * be read, or PEM text is damaged), AMP_ERR_RANDOM, AMP_ERR_ARGUMENT, AMP_ERR_ABI (abi.h). After an
 * error there is nothing to free.
 *
 * The port's `open` gives AMP_ERR_CLOCK, with nothing sent, when there is a clock and it shows a time
 * before AMP_BUILD_TIME. */
static inline AMP_MUST_CHECK amp_status_t amp_tls_init(void *storage, size_t size,
                                                       const amp_tls_config_t *config, amp_port_t *out_port)
{
    return amp_tls_init_abi(storage, size, config, out_port, AMP_TLS_ABI);
}

/* Closes, wipes and gives back what mbedTLS holds; after amp_close of the client that uses the port. On
 * a port of zeros, which it leaves, it does nothing. */
AMP_PUBLIC void amp_tls_free(amp_port_t *port);

/* Trusts anchors, pins and bundle of `config` from now on, and of them alone; but for bundle_version its
 * other members are not looked at. Between requests only: the connection that is open is closed, and
 * no session from before is resumed, nor one that was imported. After an error what was trusted is as
 * it was.
 * AMP_OK, AMP_ERR_MEMORY, AMP_ERR_TRUST. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_tls_set_trust(amp_port_t *port, const amp_tls_config_t *config);

/* What went on so far; may be called at any time until amp_tls_free. */
AMP_PUBLIC void amp_tls_stats(const amp_port_t *port, amp_tls_stats_t *out_stats);

/* Why the last connection failed. */
AMP_PUBLIC void amp_tls_failure(const amp_port_t *port, amp_tls_failure_t *out_failure);

/* Sessions. A port takes up its last session by itself when it connects again. To do so after deep
 * sleep, or in another process, export it and import it then.
 *
 * An exported session is as secret as the API key, for whoever has it can read what is sent over
 * it and, by putting one of his own in its place, can pass for the service. The digest in it is no
 * signature: it tells damage, and sessions of another host, port, trust or version.
 * None is used for longer than AMP_TLS_SESSION_MAX_AGE_S after certificates were last checked, nor
 * beyond the end of the shortest-lived of them, as far as there is a clock; where there is one, none
 * from when there was none. */
#define AMP_TLS_SESSION_MAX 4096u        /* bytes; longer ones are not exported */
#define AMP_TLS_SESSION_MAX_AGE_S 604800 /* seven days */

/* Writes the session to be taken up, if there is one, and its length: 0, there is none yet. There is
 * one after an answer was read, and amp_close does not lose it.
 * AMP_OK; AMP_ERR_MEMORY: size is too small, *out_len would be enough. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_tls_export(amp_port_t *port, void *out, size_t size,
                                                      size_t *out_len);

/* Offers an exported session to the server at the next connection; `data` stays in place until then.
 * Whatever is wrong with it, the worst that comes of it is a full handshake. */
AMP_PUBLIC void amp_tls_import(amp_port_t *port, const void *data, size_t len);

/* The least that an arena can be; what a handshake takes is in README.md. One that is too small for it
 * makes AMP_ERR_MEMORY, wherever it runs out. */
#define AMP_TLS_ARENA_MIN 4096u

/* Gives mbedTLS a static arena to allocate from, for the whole program: once, before anything else
 * of mbedTLS, and never by this library on its own. `arena` is aligned for any type and stays in
 * place for good.
 * AMP_OK; AMP_ERR_CONFIG (mbedTLS was built without MBEDTLS_MEMORY_BUFFER_ALLOC_C, and goes on
 * allocating as it did), AMP_ERR_MEMORY (less than AMP_TLS_ARENA_MIN), AMP_ERR_ARGUMENT. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_tls_arena_init(void *arena, size_t size);

/* The bytes of the arena, from its start, that were ever in use: so large it has to be. */
AMP_PUBLIC size_t amp_tls_arena_peak(const void *arena, size_t size);

/* Lets the arithmetic of a handshake be interrupted after about `max_ops` of its steps, so that amp_step
 * comes back in between; 0: never. For the whole program. About 200 is a few milliseconds on a
 * microcontroller.
 * AMP_OK, or AMP_ERR_CONFIG: mbedTLS was built without MBEDTLS_ECP_RESTARTABLE, or is 4.x, where TLS
 * cannot be interrupted. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_tls_set_max_ops(unsigned max_ops);

#ifdef __cplusplus
}
#endif
#endif
