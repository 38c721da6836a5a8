/* SPDX-License-Identifier: MIT */
/* Names in certificates: those that people read, and those that hosts are compared with. */
#ifndef AMP_SRC_CERT_NAME_H
#define AMP_SRC_CERT_NAME_H

#include "ampersand/tls.h"
#include "der.h"
#include "mbedtls_compat.h"

/* Entries of subjectAltName as they are tagged. */
enum { AMP_NAME_DNS = 0x82, AMP_NAME_IP = 0x87 };

/* Copies the common name of a Name, or else its organisation, as printable ASCII, cut to fit. `name` is the
 * content of an RDNSequence. The text is empty when there is neither. */
void amp__name_copy(amp_der_t name, char out[AMP_TLS_NAME_SIZE]);

/* 1 when the `len` bytes at `a` and at `b` are the same but for the case of ASCII letters. */
int amp__name_equals(const uint8_t *a, const uint8_t *b, size_t len);

/* 1 when the certificate lists `host`, a name without a dot at its end (RFC 9525, 6.3). A wildcard is the
 * whole first label, stands for one label, and has at least two labels after it: "*.com" matches nothing. */
int amp__name_is_listed(const mbedtls_x509_crt *certificate, const char *host);

/* The same for an address of `len` bytes. */
int amp__name_has_address(const mbedtls_x509_crt *certificate, const uint8_t *address, size_t len);

#endif
