/* SPDX-License-Identifier: MIT */
/** @file
 * The client: one connection to the service, one request at a time. */
#ifndef AMPERSAND_CLIENT_H
#define AMPERSAND_CLIENT_H

#include "info.h"
#include "port.h"
#include "reader.h"
#include "records.h"
#include "response_state.h"
#include "text.h"
#include "url.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Supplies the JWT that is sent as a Bearer token. `renew` is 1 when the service has just rejected the
 * previous token. The bytes of *out_token must stay in place until the callback's next call or the end of the
 * request.
 *
 * The callback may call amp_reset and amp_close, but no other function with this client.
 *
 * Returns AMP_OK, or AMP_PENDING to be called again at the next step. Any other value ends the request with
 * AMP_ERR_TOKEN. */
typedef amp_status_t (*amp_token_fn)(void *ctx, int renew, amp_str_t *out_token);

/** The configuration of a client. Zeroed members select the default. The struct and all it points to must
 * stay in place and unchanged while the client is used. Only timeout_ms may change; a change applies to
 * requests that start later. */
typedef struct {
    const amp_url_t *base_url; /**< From amp_url_parse, or amp_base_url_eu. Default: amp_base_url. */
    amp_str_t project;         /**< projectIdOrName; required by every operation on a project. */
    amp_str_t api_key;         /**< Sent as X-Api-Key. Set either this or `token`. */
    amp_token_fn token;        /**< Supplies a JWT. Set either this or `api_key`. */
    void *token_ctx;           /**< First argument of `token`. */
    const amp_port_t *port;    /**< Must be `secure`: see tls.h. Each client needs a port of its own. */
    uint32_t timeout_ms;       /**< For one request, from DNS to the last byte. Default: 30000; below 2^31. */
    const volatile uint8_t *cancel; /**< The request ends when this is not 0. May be set from another task or
                                     * an interrupt. NULL: no cancel flag. */
    amp_problem_t *problem; /**< Receives the problem document of an error answer. NULL: it is dropped. */
    const amp_schema_t *problem_schema; /**< Address of amp_problem_schema if `problem` is set, else NULL. A
                                         * program that sets NULL does not link the table. */
} amp_config_t;

struct amp_endpoint;

/** A client. All members except `config` are private. */
typedef struct {
    const amp_config_t *config;          /**< As passed to amp_init. */
    uint8_t *work;                       /**< The caller's work buffer. */
    size_t work_size;                    /**< Bytes of `work`. */
    const amp_url_t *url;                /**< The base URL in use. */
    uint8_t phase;                       /**< State of the request. */
    uint8_t open;                        /**< 1: the port has a connection. */
    uint8_t reused;                      /**< 1: the connection served an earlier request. */
    uint8_t on_wire;                     /**< 1: bytes of the request were passed to the port. */
    uint8_t got_bytes;                   /**< 1: a byte of the answer was received. */
    uint8_t renewed;                     /**< 1: the token was already renewed. */
    uint8_t reading;                     /**< How the body is read. */
    uint8_t wanted;                      /**< AMP_WAIT_ bits of the last step. */
    uint8_t problem;                     /**< 1: config->problem is filled. */
    uint8_t item;                        /**< 1: a single record waits for the end of its answer. */
    uint8_t flags;                       /**< Flags of the endpoint, or of the application's method. */
    uint8_t busy;                        /**< A step is running; also: a callback's reset or close is due. */
    uint32_t page_hash;                  /**< Hash of the current page's token; 0 for the first page. */
    const struct amp_endpoint *endpoint; /**< The operation. */
    const char *method;                  /**< The HTTP method. */
    const amp_schema_t *schema;          /**< Schema of the answer; NULL: no record. */
    const void *args;                    /**< The caller's arguments. */
    void *out;                           /**< The caller's record. */
    amp_str_t token;                     /**< The JWT of this request. */
    uint32_t start_ms;                   /**< Start of the request on the port's clock. */
    uint32_t limit_ms;                   /**< Milliseconds from start_ms to the deadline. */
    size_t total;                        /**< Bytes of the request, known once its first part is written. */
    size_t sent;                         /**< Bytes of the request that were sent. */
    size_t from;                         /**< work[from, to): to be sent, or received and not yet used. */
    size_t to;                           /**< See `from`. */
    size_t rx_size;                      /**< Bytes of `work` for received data; the rest is the window. */
    amp_info_t info;                     /**< See amp_client_info. */
    amp_response_t response;             /**< Parser of head and framing. */
    amp_reader_t reader;                 /**< Parser of the body. */
} amp_client_t;

/** Implements amp_init of abi.h, which has the same other arguments and return values. `abi` is the caller's
 * AMP_ABI. Call amp_init instead. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_init_abi(amp_client_t *client, const amp_config_t *config,
                                                    void *work, size_t work_size, uint32_t abi);

/** Continues the request that an amp_..._start function started. Never waits.
 *
 * Returns
 * - AMP_PENDING: call again, at once or after amp_wait.
 * - AMP_ITEM: the record passed to the start function is filled. Call again for the next record or the end.
 * - AMP_END: the request succeeded. Further calls return AMP_END too.
 * - A negative amp_status_t: the request failed. The error is sticky until the next start or amp_reset. The
 *   record is zeroed. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_step(amp_client_t *client);

/** Waits until a step can make progress, for at most `max_ms` milliseconds and not beyond the deadline. May
 * return early. Returns at once if no request is in progress. */
AMP_PUBLIC void amp_wait(amp_client_t *client, uint32_t max_ms);

/** For a program with its own event loop, such as poll() over several descriptors. Returns the events that
 * the next step waits for: AMP_WAIT_READ, AMP_WAIT_WRITE, both, or 0. They are those of the socket: TLS may
 * have to send before it can receive. Ask again after each step. A flow waits for the same events as its
 * client. */
AMP_PUBLIC AMP_MUST_CHECK unsigned amp_wanted(const amp_client_t *client);

/** Returns the milliseconds until the next step is due even if no event of amp_wanted occurs:
 * - 0: at once, for example because received bytes are still to be read.
 * - AMP_NEVER_MS: no request is in progress.
 * - Otherwise the time to the deadline, or less if the port or the token callback must be called earlier.
 *
 * Step when an event occurs or the time has passed, then ask again. An earlier step does no harm. The cancel
 * flag does not shorten the time: wake the loop when you set the flag.
 *
 * A look-up of a tenant (amp_look_step) is due when its client is. Flows have functions of their own:
 * amp_connect_idle_ms, amp_doctor_idle_ms. */
AMP_PUBLIC AMP_MUST_CHECK uint32_t amp_idle_ms(const amp_client_t *client);

/** Calls amp_step and amp_wait until there is a result. Returns AMP_ITEM, AMP_END, or a negative
 * amp_status_t. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_next(amp_client_t *client);

/** Calls amp_step and amp_wait until the request is over. Records of a list overwrite each other. Returns
 * AMP_OK, or a negative amp_status_t. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_run(amp_client_t *client);

/** Aborts the request in progress, closes its connection, and clears the error. An idle connection stays
 * open. If bytes of a change were sent, it may have taken effect: check the outcome before you send it again.
 *
 * In a callback from amp_step, amp_reset and amp_close take effect after the callback returns. That step then
 * returns AMP_ERR_STATE, or AMP_ERR_UNKNOWN_OUTCOME if the request may have taken effect. A request that ends
 * in the same step keeps its result. */
AMP_PUBLIC void amp_reset(amp_client_t *client);

/** Closes the connection and wipes the client and its work buffer. Afterwards every call except amp_init
 * returns AMP_ERR_STATE or has no effect. Calling amp_close twice is allowed. */
AMP_PUBLIC void amp_close(amp_client_t *client);

/** Returns the details of the last request. The pointer is never NULL, and is valid as long as the client. */
AMP_PUBLIC const amp_info_t *amp_client_info(const amp_client_t *client);

/** Returns config->problem if it holds the problem document of the last error, else NULL. The document is
 * valid until the next start or amp_reset. */
AMP_PUBLIC const amp_problem_t *amp_client_problem(const amp_client_t *client);

#ifdef __cplusplus
}
#endif
#endif
