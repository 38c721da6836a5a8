/* SPDX-License-Identifier: MIT */
/* The one enumeration of results. 0 is done, above 0 is progress, below 0 is an error.
 * Names, numbers and sentences come from the list below and nowhere else. */
#ifndef AMPERSAND_STATUS_H
#define AMPERSAND_STATUS_H

#include "config.h"

/* X(name, number, what happened and what the caller can do). The numbers are grouped by who
 * can mend it, see amp_class_of(). */
#define AMP_STATUS_LIST(X)                                                                                   \
    X(AMP_OK, 0, "done")                                                                                     \
    X(AMP_PENDING, 1, "not finished: call amp_step again")                                                   \
    X(AMP_ITEM, 2, "a record is ready")                                                                      \
    X(AMP_END, 3, "finished")                                                                                \
    X(AMP_ERR_ARGUMENT, -1, "an argument is missing or cannot be sent: see field")                           \
    X(AMP_ERR_CONFIG, -2, "the configuration cannot work: see field")                                        \
    X(AMP_ERR_MEMORY, -3, "the memory given is too small: see need")                                         \
    X(AMP_ERR_STATE, -4, "called out of turn: start a request first, or end the one under way")              \
    X(AMP_ERR_ABI, -5, "application and library were compiled with different sizes (config.h)")              \
    X(AMP_ERR_CANCELLED, -6, "cancelled by the application")                                                 \
    X(AMP_ERR_TOKEN, -7, "the token callback gave no token")                                                 \
    X(AMP_ERR_CLOCK, -8, "the clock is not set: set it before TLS can check dates")                          \
    X(AMP_ERR_RANDOM, -9, "no randomness: the entropy source failed")                                        \
    X(AMP_ERR_TRUST, -10, "the trust anchors cannot be read: give PEM or DER certificates")                  \
    X(AMP_ERR_TLS_BUFFER, -11,                                                                               \
      "the server sends more at once than mbedTLS has room for: build it with "                              \
      "MBEDTLS_SSL_IN_CONTENT_LEN 16384")                                                                    \
    X(AMP_ERR_DNS, -20, "the host name could not be resolved: check the name and the network")               \
    X(AMP_ERR_CONNECT, -21, "no connection could be made: check host, port and firewall")                    \
    X(AMP_ERR_DEADLINE, -22, "the deadline passed before the answer was whole")                              \
    X(AMP_ERR_ABORTED, -23, "the connection was cut before the answer was whole")                            \
    X(AMP_ERR_CLOSED, -24, "the peer closed the connection in order, before the answer was whole")           \
    X(AMP_ERR_NETWORK, -25, "the network failed: see code")                                                  \
    X(AMP_ERR_TLS, -26, "the TLS handshake or a TLS record failed: see code")                                \
    X(AMP_ERR_CERT_UNTRUSTED, -27, "no trusted authority vouches for the server: check the anchors")         \
    X(AMP_ERR_CERT_NAME, -28, "the server's certificate is for another name")                                \
    X(AMP_ERR_CERT_EXPIRED, -29, "the server's certificate is past its end: check the clock too")            \
    X(AMP_ERR_CERT_FUTURE, -30, "the server's certificate is not valid yet: check the clock")                \
    X(AMP_ERR_CERT_WEAK, -31, "the server's certificate uses a key or a hash that is too weak")              \
    X(AMP_ERR_CERT, -32, "the server's certificate was refused: see code")                                   \
    X(AMP_ERR_CERT_PIN, -33, "no pinned key is in the server's chain")                                       \
    X(AMP_ERR_UNKNOWN_OUTCOME, -39,                                                                          \
      "the request left and no answer of the service settled it: it may have "                               \
      "taken effect; look before sending it again")                                                          \
    X(AMP_ERR_HTTP, -40, "the answer is not HTTP/1.1 as it should be")                                       \
    X(AMP_ERR_REDIRECT, -41, "redirected elsewhere, which is never followed: check the base URL")            \
    X(AMP_ERR_NOT_API, -42,                                                                                  \
      "the answer is from something that is not the service: a proxy, "                                      \
      "firewall or captive portal")                                                                          \
    X(AMP_ERR_JSON, -43, "the answer is not valid JSON")                                                     \
    X(AMP_ERR_DEPTH, -44, "the answer is nested too deeply")                                                 \
    X(AMP_ERR_DUPLICATE, -45, "a member stands twice in the answer: see field")                              \
    X(AMP_ERR_MISSING, -46, "a member that must be there is missing: see field")                             \
    X(AMP_ERR_TYPE, -47, "a member has another type than it should: see field")                              \
    X(AMP_ERR_VALUE, -48, "a member has a value that cannot be: see field")                                  \
    X(AMP_ERR_TOO_LONG, -49, "a member is longer than its place in the record: see field and need")          \
    X(AMP_ERR_WINDOW, -50, "a member does not fit the work buffer: see field and need")                      \
    X(AMP_ERR_UNEXPECTED, -51, "a member is there that should not be: see field")                            \
    X(AMP_ERR_MISMATCH, -52, "the answer is about something that was not asked for: see field")              \
    X(AMP_ERR_BAD_REQUEST, -60, "the service refused the request as wrong")                                  \
    X(AMP_ERR_UNAUTHORIZED, -61, "the service does not accept the credential")                               \
    X(AMP_ERR_FORBIDDEN, -62, "the credential is not allowed to do this")                                    \
    X(AMP_ERR_NOT_FOUND, -63, "the service does not know it")                                                \
    X(AMP_ERR_RATE_LIMITED, -64, "too many requests: wait as long as the service says")                      \
    X(AMP_ERR_SERVICE, -65, "the service answered with an error")                                            \
    X(AMP_ERR_CONFLICT, -66, "the service refused the change in its present state: look what is there")      \
    X(AMP_ERR_REFUSED, -67, "the service does not take a request of this kind: see http")

/* Every result there is. */
#define AMP_STATUS_ENUMERATOR_(name, number, text) name = (number),
typedef enum { AMP_STATUS_LIST(AMP_STATUS_ENUMERATOR_) AMP_STATUS_FORCE_INT_ = 0x7fff } amp_status_t;

/* Who can mend it. */
typedef enum {
    AMP_CLASS_OK,      /* not an error */
    AMP_CLASS_CALLER,  /* the application: argument, configuration, memory, order, clock */
    AMP_CLASS_NETWORK, /* the way there: names, sockets, TLS, time */
    AMP_CLASS_UNKNOWN, /* AMP_ERR_UNKNOWN_OUTCOME alone */
    AMP_CLASS_ANSWER,  /* what came back is not what the service promises */
    AMP_CLASS_SERVICE  /* the service itself said no */
} amp_class_t;

/* Where a request was when it ended. */
#define AMP_STAGE_LIST(X)                                                                                    \
    X(AMP_STAGE_START, "start")                                                                              \
    X(AMP_STAGE_DNS, "dns")                                                                                  \
    X(AMP_STAGE_CONNECT, "connect")                                                                          \
    X(AMP_STAGE_TLS, "tls")                                                                                  \
    X(AMP_STAGE_SEND, "send")                                                                                \
    X(AMP_STAGE_HEAD, "head")                                                                                \
    X(AMP_STAGE_BODY, "body")

/* In the order in which they are gone through. */
#define AMP_STAGE_ENUMERATOR_(name, text) name,
typedef enum { AMP_STAGE_LIST(AMP_STAGE_ENUMERATOR_) AMP_STAGE_COUNT_ } amp_stage_t;

#ifdef __cplusplus
extern "C" {
#endif

/* Static strings, never NULL: an unknown number gives "unknown". amp_status_text() is one
 * clause in English, without a full stop. */
AMP_PUBLIC const char *amp_status_name(amp_status_t status);
AMP_PUBLIC const char *amp_status_text(amp_status_t status);
AMP_PUBLIC const char *amp_stage_name(amp_stage_t stage);

/* Who can mend it: AMP_CLASS_OK for what is no error. */
AMP_PUBLIC amp_class_t amp_class_of(amp_status_t status);

#ifdef __cplusplus
}
#endif
#endif
