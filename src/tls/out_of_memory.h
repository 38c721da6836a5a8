/* SPDX-License-Identifier: MIT */
/* Whether mbedTLS lacked memory, where it does not say so: it takes a signature that it had no memory to
 * check for a false one, and random numbers that it had no memory to draw for a source that failed.
 * What was done is done once more here, for what comes of it. */
#ifndef AMP_SRC_OUT_OF_MEMORY_H
#define AMP_SRC_OUT_OF_MEMORY_H

#include "mbedtls_compat.h"

/* Of a certificate that none of these has issued, as mbedTLS says. */
int amp__out_of_memory_for_issuer(const mbedtls_x509_crt *child, mbedtls_x509_crt *issuers);

/* Of a negative result of mbedTLS. */
int amp__out_of_memory(const mbedtls_ssl_context *ssl, mbedtls_x509_crt *anchors, int result);

/* Of about the least that mbedTLS does anything with. */
int amp__out_of_memory_for_digest(void);

/* Before a step of a handshake: whether there is memory for the Finished message that is next. mbedTLS would
 * send or expect whatever is in its place, and nobody could tell why the peer refuses it. */
int amp__out_of_memory_for_finished(const mbedtls_ssl_context *ssl);

#endif
