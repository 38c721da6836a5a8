/* SPDX-License-Identifier: MIT */
/** @file
 * Explains an error as text for a log or a display: the event, its details, and the remedy.
 *
 * @code
 *   char text[AMP_EXPLAIN_SIZE];
 *   printf("%s\n", amp_explain(&client, &tls, text, sizeof text));
 *
 *   No connection could be made (AMP_ERR_CONNECT, stage connect, errno 111). Check host, port and firewall.
 *   The service has no object with this name or ID (AMP_ERR_NOT_FOUND, stage body, HTTP 404). Check the
 *   project and the IDs. The service says: Not Found: no such connection (request 7f21).
 * @endcode
 *
 * A program that does not call these functions does not link their texts. */
#ifndef AMPERSAND_EXPLAIN_H
#define AMPERSAND_EXPLAIN_H

#include "client.h"
#include "tls.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Recommended size of the buffer. A longer text is truncated. */
#define AMP_EXPLAIN_SIZE 512u

/** Like amp_explain, with a failure that the caller has, or NULL. A program whose modem does TLS calls this
 * one and does not link mbedTLS. */
AMP_PUBLIC const char *amp_explain_failure(const amp_client_t *client, const amp_tls_failure_t *failure,
                                           char *buf, size_t size);

/** Explains the result of the client's last request, in English. Call this before amp_close. `tls` is the
 * port of amp_tls_init, or NULL. A change is never advised to be repeated without a check of its outcome.
 *
 * buf[0 .. size) receives the text, NUL-terminated and truncated at a character boundary. It contains no
 * secret of the configuration: a text of the service that repeats the API key is left out. A JWT that the
 * service repeats is not detected. Control characters in texts from the network are replaced by '?'. Returns
 * buf, or "" if size is 0. */
static inline const char *amp_explain(const amp_client_t *client, const amp_port_t *tls, char *buf,
                                      size_t size)
{
    amp_tls_failure_t failure;
    if (tls == NULL || tls->ctx == NULL) {
        return amp_explain_failure(client, NULL, buf, size);
    }
    amp_tls_failure(tls, &failure);
    return amp_explain_failure(client, &failure, buf, size);
}

#ifdef __cplusplus
}
#endif
#endif
