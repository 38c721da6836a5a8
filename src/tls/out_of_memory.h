/* SPDX-License-Identifier: MIT */
/* Detects an out-of-memory error that mbedTLS (2.28 to 4.1) reports as another error. If memory runs out
 * while a signature is checked, mbedTLS reports an invalid signature. If it runs out for random numbers,
 * mbedTLS reports a failed entropy source. The functions repeat the failed operation, or one that needs as
 * much memory, and check its result. Out of memory must not be reported as an attack, because the remedies
 * differ. */
#ifndef AMP_SRC_OUT_OF_MEMORY_H
#define AMP_SRC_OUT_OF_MEMORY_H

#include "mbedtls_compat.h"

/* Returns 1 when mbedTLS found no issuer of `child` among `issuers` only because memory ran out. */
int amp__out_of_memory_for_issuer(const mbedtls_x509_crt *child, mbedtls_x509_crt *issuers);

/* Returns 1 when memory ran out, and that is the cause of `result`, a negative result of mbedTLS. */
int amp__out_of_memory(const mbedtls_ssl_context *ssl, mbedtls_x509_crt *anchors, int result);

/* Returns 1 when there is not enough memory for a digest, about the smallest amount that mbedTLS uses. */
int amp__out_of_memory_for_digest(void);

/* Returns 1 when the next message of the handshake is Finished and there is not enough memory for its digest.
 * Called before each step: mbedTLS ignores the failure and sends or expects undefined bytes, and the error of
 * the peer would not show the cause. */
int amp__out_of_memory_for_finished(const mbedtls_ssl_context *ssl);

#endif
