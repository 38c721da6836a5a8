/* SPDX-License-Identifier: MIT */
/* Explains why a connection failed, for amp_tls_failure. */
#ifndef AMP_SRC_TLS_FAILURE_H
#define AMP_SRC_TLS_FAILURE_H

#include "tls_private.h"

/* Stores the reason of `result`, a negative result of mbedTLS, in the trust's failure. The input buffer of
 * mbedTLS must still hold the last message. Returns AMP_ERR_TLS_BUFFER for a record or message that does not
 * fit; AMP_ERR_MEMORY; AMP_ERR_CERT or AMP_ERR_CERT_WEAK for a certificate that cannot be read or a chain
 * that is too long; else AMP_ERR_TLS.
 */
amp_status_t amp__failure_explain(amp_tls_t *tls, int result);

#endif
