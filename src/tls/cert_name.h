/* SPDX-License-Identifier: MIT */
/* Names in certificates: for messages, and for the comparison with a host (RFC 9525). */
#ifndef AMP_SRC_CERT_NAME_H
#define AMP_SRC_CERT_NAME_H

#include "ampersand/tls.h"
#include "der.h"
#include "mbedtls_compat.h"

/* Tags of the entries of subjectAltName (RFC 5280, 4.2.1.6). */
enum { AMP_NAME_DNS = 0x82, AMP_NAME_IP = 0x87 };

/* Copies the common name of a Name, or else its organization, for a message. Characters that are not
 * printable ASCII become '?'. The text is truncated to fit, NUL-terminated, and empty when there is neither.
 * `name` is the content of an RDNSequence. */
void amp__name_copy(amp_der_t name, char out[AMP_TLS_NAME_SIZE]);

/* Returns 1 when the `len` bytes at `a` and `b` are equal without regard to the case of ASCII letters. */
int amp__name_equals(const uint8_t *a, const uint8_t *b, size_t len);

/* Returns 1 when the certificate lists `host`, a name without a dot at its end (RFC 9525, 6.3). A wildcard is
 * the whole first label, stands for one label, and has at least two labels after it: "*.com" matches no
 * host. */
int amp__name_is_listed(const mbedtls_x509_crt *certificate, const char *host);

/* Returns 1 when the certificate lists the address of `len` bytes, 4 or 16. */
int amp__name_has_address(const mbedtls_x509_crt *certificate, const uint8_t *address, size_t len);

#endif
