/* SPDX-License-Identifier: MIT */
/** @file
 * The results of all functions: 0 is success, above 0 is progress, below 0 is an error. */
#ifndef AMPERSAND_STATUS_H
#define AMPERSAND_STATUS_H

#include "config.h"

/** Every result. Numbers are grouped by the party that can fix the error: see amp_class_of. In the comments,
 * info is amp_client_info(). */
typedef enum {
    AMP_OK = 0,      /**< Done. */
    AMP_PENDING = 1, /**< Not finished: call again. */
    AMP_ITEM = 2,    /**< A record is ready. */
    AMP_END = 3,     /**< The request is complete. */
    AMP_ERR_ARGUMENT =
        -1, /**< An argument is missing, invalid or too long; info.field names it. Nothing was sent. */
    AMP_ERR_CONFIG = -2, /**< The configuration cannot work; info.field names the member. Or mbedTLS was built
                            without an option that the call needs. */
    AMP_ERR_MEMORY = -3, /**< A buffer is too small (info.need has the required bytes), or mbedTLS got no
                            memory (need is 0). */
    AMP_ERR_STATE = -4, /**< The call is not allowed now: no request was started, a request is in progress, or
                           the client is closed. */
    AMP_ERR_ABI = -5,   /**< Application and library were compiled with different struct sizes (abi.h). */
    AMP_ERR_CANCELLED = -6,   /**< The application set the cancel flag. */
    AMP_ERR_TOKEN = -7,       /**< The token callback returned an error or an unusable token. */
    AMP_ERR_CLOCK = -8,       /**< The clock shows a time before AMP_BUILD_TIME. Nothing was sent. */
    AMP_ERR_RANDOM = -9,      /**< mbedTLS could not seed its random generator. */
    AMP_ERR_TRUST = -10,      /**< No trust anchor could be read, or PEM text is damaged (amp_pem_check). */
    AMP_ERR_TLS_BUFFER = -11, /**< The server's TLS record is larger than mbedTLS's input buffer. */
    AMP_ERR_DNS = -20,        /**< The host name could not be resolved. */
    AMP_ERR_CONNECT = -21,    /**< No TCP connection could be made. */
    AMP_ERR_DEADLINE = -22,   /**< The deadline passed before the answer was complete. */
    AMP_ERR_ABORTED = -23,    /**< The connection was reset, or TLS ended without close_notify. */
    AMP_ERR_CLOSED = -24,     /**< The peer closed the connection properly, but too early. */
    AMP_ERR_NETWORK = -25,    /**< Another network error; info.code has the platform's number. */
    AMP_ERR_TLS = -26,        /**< The TLS handshake or a record failed; info.code has mbedTLS's number. */
    AMP_ERR_CERT_UNTRUSTED = -27, /**< No trust anchor signed the server's chain. */
    AMP_ERR_CERT_NAME = -28,      /**< The server's certificate is for another host name. */
    AMP_ERR_CERT_EXPIRED = -29,   /**< A certificate of the chain has expired. */
    AMP_ERR_CERT_FUTURE = -30,    /**< A certificate of the chain is not valid yet. */
    AMP_ERR_CERT_WEAK = -31,      /**< A certificate uses a weak key or hash. */
    AMP_ERR_CERT =
        -32, /**< The certificate was refused for another reason; see info.code and amp_tls_failure. */
    AMP_ERR_CERT_PIN = -33, /**< No pinned key is in the verified chain. */
    AMP_ERR_UNKNOWN_OUTCOME =
        -39, /**< A change may have taken effect; info.cause has the underlying error. See operations.h. */
    AMP_ERR_HTTP = -40,         /**< The answer is not valid HTTP/1.1 (RFC 9112). */
    AMP_ERR_REDIRECT = -41,     /**< The answer is a redirect (3xx); info.note has the target host. */
    AMP_ERR_NOT_API = -42,      /**< The answer is not from the service; info.note has its content type. */
    AMP_ERR_JSON = -43,         /**< The answer is not valid JSON (RFC 8259). */
    AMP_ERR_DEPTH = -44,        /**< The answer nests deeper than AMP_JSON_DEPTH. */
    AMP_ERR_DUPLICATE = -45,    /**< A member that is read occurs twice; info.field names it. */
    AMP_ERR_MISSING = -46,      /**< A required member is missing; info.field names it. */
    AMP_ERR_TYPE = -47,         /**< A member has the wrong JSON type; info.field names it. */
    AMP_ERR_VALUE = -48,        /**< A member or text has an invalid value; info.field names it. */
    AMP_ERR_TOO_LONG = -49,     /**< A member does not fit its array; see info.field and info.need. */
    AMP_ERR_WINDOW = -50,       /**< A member does not fit the work buffer; see info.field and info.need. */
    AMP_ERR_UNEXPECTED = -51,   /**< An AMP_NO_UNKNOWN table has no row for a member; info.field names it. */
    AMP_ERR_MISMATCH = -52,     /**< The answer is about another tenant or ID; info.field names the member. */
    AMP_ERR_BAD_REQUEST = -60,  /**< 400 or 422: the request is invalid. */
    AMP_ERR_UNAUTHORIZED = -61, /**< 401: the credential is not accepted. */
    AMP_ERR_FORBIDDEN = -62,    /**< 403: the credential has no permission. */
    AMP_ERR_NOT_FOUND = -63,    /**< 404 or 410: not found. */
    AMP_ERR_RATE_LIMITED = -64, /**< 429: too many requests; see amp_retry_after_s. */
    AMP_ERR_SERVICE = -65,      /**< 5xx, 408 or 425: the service failed. */
    AMP_ERR_CONFLICT = -66,     /**< 409: the change conflicts with the present state. */
    AMP_ERR_REFUSED = -67,      /**< Any other 4xx; info.http has the code. */
    AMP_STATUS_FORCE_INT_ = 0x7fff
} amp_status_t;

/** The party that can fix an error. */
typedef enum {
    AMP_CLASS_OK,      /**< Not an error. */
    AMP_CLASS_CALLER,  /**< The application: argument, configuration, memory, call order, clock. */
    AMP_CLASS_NETWORK, /**< The path to the service: DNS, sockets, TLS, deadline. */
    AMP_CLASS_UNKNOWN, /**< AMP_ERR_UNKNOWN_OUTCOME only. */
    AMP_CLASS_ANSWER,  /**< The answer breaks the service's contract. */
    AMP_CLASS_SERVICE  /**< The service itself reported an error. */
} amp_class_t;

/** The stage that a request has reached, in the order of a request. */
typedef enum {
    AMP_STAGE_START,   /**< Before the network is used. */
    AMP_STAGE_DNS,     /**< The host name is being resolved. */
    AMP_STAGE_CONNECT, /**< The TCP connection is being opened. */
    AMP_STAGE_TLS,     /**< The TLS handshake is in progress. */
    AMP_STAGE_SEND,    /**< The request is being sent. */
    AMP_STAGE_HEAD,    /**< The head of the answer is awaited or being read. */
    AMP_STAGE_BODY,    /**< The body of the answer is being read. */
    AMP_STAGE_COUNT_
} amp_stage_t;

/** The origin of an error number: amp_port_report_t.code, amp_info_t.code. */
typedef enum {
    AMP_ORIGIN_PORT,        /**< Defined by the port. */
    AMP_ORIGIN_ERRNO,       /**< errno of the platform. */
    AMP_ORIGIN_GETADDRINFO, /**< EAI_..., a result of getaddrinfo(). */
    AMP_ORIGIN_LWIP,        /**< err_t of lwIP. */
    AMP_ORIGIN_MBEDTLS,     /**< A result of mbedTLS, such as -0x2700. */
    AMP_ORIGIN_COUNT_
} amp_origin_t;

#ifdef __cplusplus
extern "C" {
#endif

/** Returns the name of a status, such as "AMP_ERR_DNS"; "unknown" for an unknown number. The string is static
 * and never NULL. */
AMP_PUBLIC const char *amp_status_name(amp_status_t status);

/** Returns the meaning of `status` and the remedy as one English clause without a full stop; "unknown" for an
 * unknown number. The string is static and never NULL. */
AMP_PUBLIC const char *amp_status_text(amp_status_t status);

/** Returns the name of a stage, such as "dns"; "unknown" for an unknown number. The string is static and
 * never NULL. */
AMP_PUBLIC const char *amp_stage_name(amp_stage_t stage);

/** Returns the party that can fix an error; AMP_CLASS_OK when status is not an error. */
AMP_PUBLIC amp_class_t amp_class_of(amp_status_t status);

#ifdef __cplusplus
}
#endif
#endif
