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
#include "captive_portal.h"
#include "request.h"
#include "status_from_http.h"

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

amp_status_t amp__tx_write(amp_client_t *client)
{
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
    return AMP_OK;
}

amp_status_t amp__tx_check(amp_client_t *client)
{
    amp_status_t status = amp__tx_write(client);
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

/* Starts to read the body into `out`. Returns AMP_PENDING, or AMP_ERR_MEMORY if the window is too small. */
static amp_status_t start_reading(amp_client_t *client, unsigned reading, const amp_schema_t *schema,
                                  void *out)
{
    client->reading = (uint8_t)reading;
    amp_status_t status = amp_reader_init(&client->reader, schema, out, client->work + client->rx_size,
                                          client->work_size - client->rx_size);
    return status == AMP_OK ? AMP_PENDING : AMP_ERR_MEMORY;
}

/* Chooses how to read the body of an answer from the service, after its head. Returns AMP_PENDING or an
 * error. */
static amp_status_t choose_reading(amp_client_t *client)
{
    const amp_config_t *config = client->config;
    unsigned media = amp__response_media(&client->response);
    if (client->response.status >= 400u) {
        int is_json = media == AMP_MEDIA_JSON || media == AMP_MEDIA_PROBLEM;
        return is_json && config->problem != NULL
                   ? start_reading(client, READ_PROBLEM, config->problem_schema, config->problem)
                   : AMP_PENDING;
    }
    if (client->endpoint->text != NULL) {
        client->reading = READ_TEXT;
    } else if (client->schema != NULL) {
        return start_reading(client, READ_RECORD, client->schema, client->out);
    } else if ((client->flags & AMP_IS_DELETE) != 0) {
        client->reading = READ_DONE;
    }
    return AMP_PENDING;
}

/* Handles the complete head. Returns AMP_PENDING to read the body, or an error that depends on the head
 * alone. */
static amp_status_t on_head(amp_client_t *client)
{
    client->info.http = (uint16_t)client->response.status;
    amp_status_t status = amp__refuse_foreign(client);
    return status == AMP_OK ? choose_reading(client) : status;
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

/* Handles the complete body of a 2xx answer. Returns AMP_ITEM, AMP_END or an error. */
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

/* Handles the end of a message, or of an error answer that is truncated. Returns the result of the
 * request. */
static amp_status_t message_end(amp_client_t *client)
{
    if (client->response.status < 400u) {
        return success_end(client);
    }
    client->problem = client->reading == READ_PROBLEM && amp_reader_end(&client->reader) == AMP_END;
    return amp__status_from_http(client->response.status);
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
