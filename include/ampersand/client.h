/* SPDX-License-Identifier: MIT */
/* The client: one connection to the service, one request at a time. */
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

/* Gives the JWT to send as a Bearer token; `renew` is 1 when the service has just refused the
 * one before. The view stays valid until the next call or the end of the request.
 * Of the calls with the client, the callback may make amp_reset and amp_close (see there).
 * AMP_OK; AMP_PENDING to be asked again at the next step; anything else ends the request with
 * AMP_ERR_TOKEN. */
typedef amp_status_t (*amp_token_fn)(void *ctx, int renew, amp_str_t *out_token);

/* Zeroed members take the default. The struct and all it points to stay in place and unchanged
 * as long as the client is used; timeout_ms alone may change, for the requests that start then. */
typedef struct {
    const amp_url_t *base_url; /* made by amp_url_parse, or amp_base_url_eu; amp_base_url */
    amp_str_t project;         /* projectIdOrName; needed by every operation on a project */
    amp_str_t api_key;         /* sent as X-Api-Key; or */
    amp_token_fn token;        /* asked for a JWT; exactly one of the two */
    void *token_ctx;
    const amp_port_t *port;         /* must be `secure`: see tls.h; of no other client, which would send over
                                     * this one's connection */
    uint32_t timeout_ms;            /* for one request, DNS to the last byte; 30000; below 2^31 */
    const volatile uint8_t *cancel; /* not 0 ends the request; may be set by an interrupt */
    amp_problem_t *problem;         /* where an error answer's document goes; NULL: it is dropped */
    const amp_schema_t *problem_schema; /* &amp_problem_schema with it, NULL without: only a program
                                         * that wants the document has its table linked */
} amp_config_t;

struct amp_endpoint;

/* A client. Contents private but for `config`. */
typedef struct {
    const amp_config_t *config;
    uint8_t *work;
    size_t work_size;
    const amp_url_t *url;
    uint8_t phase;
    uint8_t open;       /* the port has a connection */
    uint8_t reused;     /* which has served a request before this one */
    uint8_t on_wire;    /* bytes of the request were given to the port */
    uint8_t got_bytes;  /* a byte of the answer came */
    uint8_t renewed;    /* the token was asked for a second time */
    uint8_t reading;    /* what the body is read as */
    uint8_t wanted;     /* AMP_WAIT_… of the last step */
    uint8_t problem;    /* config->problem is filled */
    uint8_t item;       /* a single record waits for the end of its answer */
    uint8_t flags;      /* the endpoint's, or those of the application's method */
    uint8_t busy;       /* a step is in progress, and perhaps an end that a callback asked for */
    uint32_t page_hash; /* stands for the token of the page under way, 0 for the first */
    const struct amp_endpoint *endpoint;
    const char *method;
    const amp_schema_t *schema; /* of the answer, NULL: it has none */
    const void *args;
    void *out;
    amp_str_t token;
    uint32_t start_ms; /* of the request, on the port's clock, */
    uint32_t limit_ms; /* and its time: from then to the deadline */
    size_t total;      /* bytes of the request, once the first were made */
    size_t sent;       /* of it, behind us */
    size_t from;       /* work[from .. to): to be sent, or received and not yet used */
    size_t to;
    size_t rx_size; /* the part of work for received bytes; the rest is the reader's window */
    amp_info_t info;
    amp_response_t response;
    amp_reader_t reader;
} amp_client_t;

/* What amp_init calls: see abi.h, which knows every size. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_init_abi(amp_client_t *client, const amp_config_t *config,
                                                    void *work, size_t work_size, uint32_t abi);

/* Goes on with the request that an amp_…_start began; never waits.
 * AMP_PENDING  call again, at once or when amp_wait() says that it is worth it
 * AMP_ITEM     the record given at the start is filled; call again for the next or the end
 * AMP_END      the request is over and done; also for any further call
 * below 0      it failed; sticks until the next start or amp_reset. The record is zeroed. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_step(amp_client_t *client);

/* Waits until a step can do something, `max_ms` at most, not beyond the deadline. */
AMP_PUBLIC void amp_wait(amp_client_t *client, uint32_t max_ms);

/* amp_step and amp_wait until AMP_ITEM, AMP_END or an error. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_next(amp_client_t *client);

/* Steps to the end. AMP_OK or an error. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_run(amp_client_t *client);

/* Aborts the request in progress, closes its connection, and clears the error. An idle connection stays
 * open. A request that may change something and has left in part may have taken effect: look before it is
 * sent again.
 * From a callback that amp_step calls, amp_reset and amp_close take effect when the callback has returned.
 * That step then returns AMP_ERR_STATE, or AMP_ERR_UNKNOWN_OUTCOME when the request may have taken effect. */
AMP_PUBLIC void amp_reset(amp_client_t *client);

/* Closes the connection and wipes what the client and its work buffer hold. Every call but another
 * amp_init gives AMP_ERR_STATE then, or nothing; amp_close again does no harm. */
AMP_PUBLIC void amp_close(amp_client_t *client);

/* Never NULL. */
AMP_PUBLIC const amp_info_t *amp_client_info(const amp_client_t *client);

/* The service's own words on the last error, or NULL. In config->problem. */
AMP_PUBLIC const amp_problem_t *amp_client_problem(const amp_client_t *client);

#ifdef __cplusplus
}
#endif
#endif
