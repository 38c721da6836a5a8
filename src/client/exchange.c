/* SPDX-License-Identifier: MIT */
/* Writes a request in pieces and reads its answer (RFC 9110, RFC 9112, RFC 9457), without I/O.
 *
 * Invariants:
 * - The head alone decides how the body is read. A body of another media type than the endpoint's is never
 *   parsed as a record.
 * - Use of the work buffer, first for the request, then for the answer:
 *   - The request's bytes [sent + from, sent + to) are in work[from .. to). `from` and `to` are 0 until they
 *     are written. Each stretch is wiped once it is sent.
 *   - work[0 .. rx_size) belongs to the caller of amp__rx_feed, usually for received bytes. The rest is the
 *     reader's window. */
#include "exchange.h"

#include <string.h>

#include "../http/response.h"
#include "request.h"

/* Values of `reading`: how the body is read. READ_NOTHING skips the body; READ_DONE ends the answer without
 * waiting for the body. */
enum { READ_NOTHING, READ_RECORD, READ_TEXT, READ_PROBLEM, READ_DONE };
typedef char reading_fits_t[READ_DONE <= UINT8_MAX ? 1 : -1];

void amp__exchange_clear(amp_client_t *client)
{
    if (client->endpoint->text != NULL) {
        client->endpoint->text->clear(client->out);
    } else if (client->schema != NULL) {
        memset(client->out, 0, client->schema->size);
    }
}

void amp__exchange_begin(amp_client_t *client)
{
    client->sent = 0;
    client->from = 0;
    client->to = 0;
    client->on_wire = 0;
    client->got_bytes = 0;
    client->item = 0;
    client->problem = 0;
    client->reading = READ_NOTHING;
    client->info.stage = AMP_STAGE_START;
    client->info.http = 0;
    client->info.need = 0;
    client->info.field = NULL;
    amp__response_init(&client->response, &client->info);
}

amp_status_t amp__tx_buf(amp_client_t *client, const uint8_t **out_data, size_t *out_len)
{
    if (client->to == 0) {
        amp_writer_t writer;
        amp__writer_init(&writer, client->work, client->work_size, client->sent);
        amp__request_write(client, &writer);
        if (client->sent > 0 && writer.len != client->total) {
            writer.status = AMP_ERR_ARGUMENT; /* the arguments changed after the first bytes were sent */
        }
        if (writer.status != AMP_OK) {
            client->info.field = writer.bad;
            return writer.status;
        }
        size_t rest = writer.len - client->sent;
        client->total = writer.len;
        client->to = rest < client->work_size ? rest : client->work_size;
    }
    *out_data = client->work + client->from;
    *out_len = client->to - client->from;
    return AMP_OK;
}

amp_status_t amp__tx_check(amp_client_t *client)
{
    const uint8_t *data;
    size_t len;
    amp_status_t status = amp__tx_buf(client, &data, &len);
    amp__wipe(client->work, client->work_size);
    client->to = 0;
    return status;
}

int amp__tx_ack(amp_client_t *client, size_t len)
{
    client->on_wire = 1;
    client->from += len;
    if (client->from < client->to) {
        return 0;
    }
    amp__wipe(client->work, client->to);
    client->sent += client->to;
    client->from = 0;
    client->to = 0;
    return client->sent == client->total;
}

/* Returns the error for an HTTP status of 400 or above (RFC 9110, 15.5 and 15.6; RFC 6585; RFC 8470). */
static amp_status_t status_of(unsigned http)
{
    switch (http) {
    case 400:
    case 422:
        return AMP_ERR_BAD_REQUEST;
    case 401:
        return AMP_ERR_UNAUTHORIZED;
    case 403:
        return AMP_ERR_FORBIDDEN;
    case 404:
    case 410:
        return AMP_ERR_NOT_FOUND;
    case 409:
        return AMP_ERR_CONFLICT;
    case 429:
        return AMP_ERR_RATE_LIMITED;
    case 408:
    case 425:
        return AMP_ERR_SERVICE; /* a matter of timing: the same request may succeed later */
    default:
        return http < 500u ? AMP_ERR_REFUSED : AMP_ERR_SERVICE;
    }
}

/* Starts to read the body into `out`. Returns AMP_OK, or an error if the window is too small. */
static amp_status_t start_reading(amp_client_t *client, unsigned reading, const amp_schema_t *schema,
                                  void *out)
{
    client->reading = (uint8_t)reading;
    return amp_reader_init(&client->reader, schema, out, client->work + client->rx_size,
                           client->work_size - client->rx_size);
}

/* RFC 9110, 9.3.5: 200 and 204 mean deleted, 202 means accepted. 205 has no content either. The body does not
 * matter, except that a page with 200 or 202 is from a captive portal. */
static int is_deleted(unsigned http, unsigned media)
{
    return http == 204u || http == 205u || ((http == 200u || http == 202u) && media != AMP_MEDIA_OTHER);
}

/* The head of a 2xx answer is complete. Chooses how to read the body. */
static amp_status_t success_head(amp_client_t *client, unsigned http, unsigned media)
{
    if (client->endpoint->text != NULL) {
        client->reading = READ_TEXT;
        return http == 200u && media == AMP_MEDIA_TEXT ? AMP_PENDING : AMP_ERR_NOT_API;
    }
    if (client->schema == NULL && (client->flags & AMP_IS_DELETE) != 0) {
        client->reading = READ_DONE;
        return is_deleted(http, client->response.media) ? AMP_PENDING : AMP_ERR_NOT_API;
    }
    if (client->schema == NULL) {
        /* A page with status 200 is from a captive portal. */
        int takes_any = (client->flags & AMP_ANY_SUCCESS) != 0 && media != AMP_MEDIA_OTHER;
        int fits = http == 204u || takes_any;
        return fits ? AMP_PENDING : AMP_ERR_NOT_API;
    }
    if (http > 201u || media != AMP_MEDIA_JSON) {
        return AMP_ERR_NOT_API;
    }
    return start_reading(client, READ_RECORD, client->schema, client->out) == AMP_OK ? AMP_PENDING
                                                                                     : AMP_ERR_MEMORY;
}

/* The head of an error answer is complete. Status and media type decide how to read the body:
 *
 *   status                    JSON, problem+json   text/plain, no type   page (any other type, or encoded)
 *   ------------------------  -------------------  --------------------  ---------------------------------
 *   3xx                       AMP_ERR_REDIRECT     AMP_ERR_REDIRECT      AMP_ERR_NOT_API
 *   407, 511                  by status            AMP_ERR_NOT_API       AMP_ERR_NOT_API
 *   408, 429, 502, 503, 504   by status            by status             by status
 *   any other 4xx, 5xx        by status            by status             AMP_ERR_NOT_API
 *
 * "By status" is status_of(). Go's http.Error and load balancers send text/plain or no body. A busy gateway
 * sends a page. The API itself never sends a page as an error. */
static amp_status_t error_head(amp_client_t *client, unsigned http, unsigned media)
{
    int is_busy = http == 408u || http == 429u || (http >= 502u && http <= 504u);
    int is_proxy = http == 407u || http == 511u;
    if (media == AMP_MEDIA_JSON || media == AMP_MEDIA_PROBLEM) {
        const amp_config_t *config = client->config;
        int fits = config->problem == NULL ||
                   start_reading(client, READ_PROBLEM, config->problem_schema, config->problem) == AMP_OK;
        return fits ? AMP_PENDING : AMP_ERR_MEMORY;
    }
    return is_proxy || (media == AMP_MEDIA_OTHER && !is_busy) ? AMP_ERR_NOT_API : AMP_PENDING;
}

/* The head is complete. Returns AMP_PENDING to read the body, or an error that the head alone decides. */
static amp_status_t on_head(amp_client_t *client)
{
    const amp_response_t *response = &client->response;
    unsigned http = response->status;
    unsigned media = response->encoded ? (unsigned)AMP_MEDIA_OTHER : response->media;
    client->info.http = (uint16_t)http;
    if (http / 100u == 3u) {
        return media == AMP_MEDIA_OTHER ? AMP_ERR_NOT_API : AMP_ERR_REDIRECT;
    }
    return http < 300u ? success_head(client, http, media) : error_head(client, http, media);
}

/* Reads a piece of the body. *out_used is the number of bytes that were read: fewer than `len` only if a
 * record of a list is complete or an error ended the reading. */
static amp_status_t on_body(amp_client_t *client, const uint8_t *data, size_t len, size_t *out_used)
{
    amp_status_t status = AMP_PENDING;
    *out_used = len;
    if (client->reading == READ_NOTHING || client->reading == READ_DONE) {
        return AMP_PENDING;
    }
    if (client->reading == READ_TEXT) {
        client->endpoint->text->feed(client->out, data, len);
        return AMP_PENDING;
    }
    status = amp_reader_feed(&client->reader, data, len, out_used);
    if (client->reading == READ_PROBLEM) {
        if (status < 0) {
            client->reading = READ_NOTHING;
            *out_used = len;
        }
        return AMP_PENDING;
    }
    if (status == AMP_ITEM && (client->schema->flags & (AMP_LIST | AMP_ENVELOPE)) == 0) {
        client->item = 1;
        status = AMP_PENDING;
    }
    if (status < 0) {
        size_t need = amp_reader_need(&client->reader);
        client->info.field = amp_reader_field(&client->reader);
        client->info.need = status == AMP_ERR_WINDOW ? need + (need - 1u) / (AMP_WORK_PARTS - 1u) : need;
    }
    return status;
}

/* The body of a 2xx answer is complete. Returns AMP_ITEM, AMP_END or an error. */
static amp_status_t success_end(amp_client_t *client)
{
    amp_status_t status = AMP_END;
    if (client->reading == READ_TEXT) {
        status = client->endpoint->text->end(client->out, &client->info.need);
        client->info.field = status < 0 ? "url" : NULL;
    } else if (client->reading == READ_RECORD) {
        status = amp_reader_end(&client->reader);
        if (status == AMP_END && client->endpoint->check != NULL) {
            status = client->endpoint->check(client, &client->info.field);
            status = status == AMP_OK ? AMP_END : status;
        }
    }
    return status >= 0 && client->item ? AMP_ITEM : status;
}

/* The message is complete, or an error answer was cut short. Returns the result of the request. */
static amp_status_t message_end(amp_client_t *client)
{
    if (client->response.status < 400u) {
        return success_end(client);
    }
    client->problem = client->reading == READ_PROBLEM && amp_reader_end(&client->reader) == AMP_END;
    return status_of(client->response.status);
}

/* Returns 1 if the answer is a complete problem document, which only the service writes. Gateways send JSON
 * of their own, such as {"message":"timed out"}, so application/json must contain a member of RFC 9457.
 * If the application has no problem struct, the document was not read: its media type alone decides. */
static int is_own_problem(const amp_client_t *client)
{
    const amp_problem_t *problem = client->config->problem;
    int is_typed = client->response.media == AMP_MEDIA_PROBLEM && !client->response.encoded;
    if (problem == NULL) {
        return is_typed && amp__response_is_done(&client->response);
    }
    return client->problem && (is_typed || AMP_HAS(problem, AMP_PROBLEM_TYPE) ||
                               AMP_HAS(problem, AMP_PROBLEM_TITLE) || AMP_HAS(problem, AMP_PROBLEM_DETAIL));
}

int amp__is_settled(const amp_client_t *client, amp_status_t status)
{
    unsigned http = client->info.http;
    if (status == AMP_ERR_NOT_API) {
        return 0;
    }
    if (http / 100u == 4u && http != 408u) {
        return 1; /* refused: the request had no effect */
    }
    switch (amp_class_of(status)) {
    case AMP_CLASS_ANSWER:
        /* 303 may be the answer to a change that took effect (RFC 9110, 15.4.4). A body that ends with the
         * connection may be truncated, so its invalid JSON settles nothing. */
        return status != AMP_ERR_HTTP && http != 303u &&
               (status != AMP_ERR_JSON || !amp__response_ends_by_close(&client->response));
    case AMP_CLASS_SERVICE:
        return is_own_problem(client);
    default:
        return 0;
    }
}

amp_status_t amp__rx_feed(amp_client_t *client, const uint8_t *data, size_t len, size_t *out_used)
{
    const uint8_t *p = data;
    amp_status_t status = AMP_PENDING;
    client->got_bytes = 1;
    while (status == AMP_PENDING) {
        size_t body_len = 0;
        amp_response_event_t event = amp__response_next(&client->response, &p, data + len, &body_len);
        if (event == AMP_RESPONSE_MORE) {
            break;
        }
        if (event == AMP_RESPONSE_HEAD) {
            status = on_head(client);
            client->info.stage = status < 0 ? AMP_STAGE_HEAD : AMP_STAGE_BODY;
        } else if (event == AMP_RESPONSE_BODY) {
            size_t used;
            status = on_body(client, p, body_len, &used);
            p += used;
            amp__response_took(&client->response, used);
        } else if (event == AMP_RESPONSE_DONE) {
            status = message_end(client);
        } else {
            status = AMP_ERR_HTTP;
        }
    }
    if (client->reading == READ_DONE && (status == AMP_PENDING || status == AMP_ERR_HTTP)) {
        client->response.closes = 1; /* the rest of the body would precede the next answer */
        status = AMP_END;
    }
    *out_used = (size_t)(p - data);
    return status;
}

amp_status_t amp__rx_end(amp_client_t *client, int clean)
{
    int ends = amp__response_ends_by_close(&client->response) && clean;
    /* An error status is the result even if its document is truncated. */
    if (ends || client->info.http >= 400u) {
        return message_end(client);
    }
    return clean ? AMP_ERR_CLOSED : AMP_ERR_ABORTED;
}
