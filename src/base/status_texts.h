/* SPDX-License-Identifier: MIT */
/* The texts of amp_status_t, for amp_status_text and the tests. status.c and status_text.c do not compile
 * with -Werror=switch when a status has no row here. */
#ifndef AMP_SRC_STATUS_TEXTS_H
#define AMP_SRC_STATUS_TEXTS_H

/* X(status, text): one clause with the cause and the remedy. A text never advises a retry that could repeat a
 * change. */
#define AMP__STATUS_TEXTS(X)                                                                                 \
    X(AMP_OK, "done")                                                                                        \
    X(AMP_PENDING, "not finished: call amp_step again")                                                      \
    X(AMP_ITEM, "a record is ready")                                                                         \
    X(AMP_END, "finished")                                                                                   \
    X(AMP_ERR_ARGUMENT, "an argument is missing or cannot be sent: see field")                               \
    X(AMP_ERR_CONFIG, "the configuration cannot work: see field")                                            \
    X(AMP_ERR_MEMORY, "not enough memory: see need")                                                         \
    X(AMP_ERR_STATE, "called at the wrong time: start a request first, or finish the one in progress")       \
    X(AMP_ERR_ABI,                                                                                           \
      "application and library were compiled with different sizes: compile both with the same config.h")     \
    X(AMP_ERR_CANCELLED, "cancelled by the application")                                                     \
    X(AMP_ERR_TOKEN, "the token callback returned no token")                                                 \
    X(AMP_ERR_CLOCK, "the clock is not set: set it, so that TLS can check certificate dates")                \
    X(AMP_ERR_RANDOM, "no random numbers: the entropy source failed")                                        \
    X(AMP_ERR_TRUST, "the trust anchors cannot be read: provide PEM or DER certificates")                    \
    X(AMP_ERR_TLS_BUFFER,                                                                                    \
      "the server's TLS record does not fit: build mbedTLS with MBEDTLS_SSL_IN_CONTENT_LEN 16384")           \
    X(AMP_ERR_DNS, "the host name could not be resolved: check the name and the network")                    \
    X(AMP_ERR_CONNECT, "no connection could be made: check host, port and firewall")                         \
    X(AMP_ERR_DEADLINE, "the deadline passed before the answer was complete")                                \
    X(AMP_ERR_ABORTED, "the connection was aborted before the answer was complete")                          \
    X(AMP_ERR_CLOSED, "the peer closed the connection before the answer was complete")                       \
    X(AMP_ERR_NETWORK, "the network failed: see code")                                                       \
    X(AMP_ERR_TLS, "the TLS handshake or a TLS record failed: see code")                                     \
    X(AMP_ERR_CERT_UNTRUSTED,                                                                                \
      "the server's certificate is not signed by a trusted authority: check the trust anchors")              \
    X(AMP_ERR_CERT_NAME, "the server's certificate is for another host name: check the base URL")            \
    X(AMP_ERR_CERT_EXPIRED, "the server's certificate has expired: check the clock first, then the server")  \
    X(AMP_ERR_CERT_FUTURE, "the server's certificate is not valid yet: check the clock")                     \
    X(AMP_ERR_CERT_WEAK, "the server's certificate uses a key or a hash that is too weak")                   \
    X(AMP_ERR_CERT, "the server's certificate was refused: see code")                                        \
    X(AMP_ERR_CERT_PIN, "the server's certificate chain contains no pinned key: check the pins")             \
    X(AMP_ERR_UNKNOWN_OUTCOME,                                                                               \
      "the request may have taken effect: check its outcome before sending it again")                        \
    X(AMP_ERR_HTTP, "the answer is not valid HTTP/1.1")                                                      \
    X(AMP_ERR_REDIRECT, "the answer is a redirect, which is never followed: check the base URL")             \
    X(AMP_ERR_NOT_API,                                                                                       \
      "the answer is not from the service but from a proxy, firewall or captive portal: check the network")  \
    X(AMP_ERR_JSON, "the answer is not valid JSON")                                                          \
    X(AMP_ERR_DEPTH, "the answer is nested too deeply")                                                      \
    X(AMP_ERR_DUPLICATE, "the answer contains a member twice: see field")                                    \
    X(AMP_ERR_MISSING, "the answer lacks a required member: see field")                                      \
    X(AMP_ERR_TYPE, "a member of the answer has the wrong type: see field")                                  \
    X(AMP_ERR_VALUE, "a member or text has an invalid value: see field")                                     \
    X(AMP_ERR_TOO_LONG,                                                                                      \
      "a member of the answer is too long for its place in the record: see field and need")                  \
    X(AMP_ERR_WINDOW, "a member of the answer does not fit the work buffer: see field and need")             \
    X(AMP_ERR_UNEXPECTED, "the answer contains an unexpected member: see field")                             \
    X(AMP_ERR_MISMATCH, "the answer is about another tenant or ID than requested: see field")                \
    X(AMP_ERR_BAD_REQUEST, "the service rejected the request as invalid")                                    \
    X(AMP_ERR_UNAUTHORIZED, "the service does not accept the credential")                                    \
    X(AMP_ERR_FORBIDDEN, "the credential has no permission for this request")                                \
    X(AMP_ERR_NOT_FOUND, "the service has no object with this name or ID")                                   \
    X(AMP_ERR_RATE_LIMITED, "too many requests: wait for the time in Retry-After")                           \
    X(AMP_ERR_SERVICE, "the service answered with an error")                                                 \
    X(AMP_ERR_CONFLICT, "the change conflicts with the present state: check the state first")                \
    X(AMP_ERR_REFUSED, "the service does not accept this kind of request: see http")

#endif
