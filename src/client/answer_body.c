/* SPDX-License-Identifier: MIT */
/* Reads the body of an answer as a record, as text, or as a problem document (RFC 9457).
 *
 * Invariants:
 * - Only the head decides how the body is read, and captive_portal.c has accepted the head. A body of another
 *   media type than the endpoint's is never parsed as a record.
 * - The window of the reader is the work buffer from rx_size on. */
#include "answer_body.h"

#include "../http/response.h"
#include "exchange.h"
#include "status_from_http.h"

/* Starts to read the body into `out`. Returns AMP_PENDING, or AMP_ERR_MEMORY if the window is too small. */
static amp_status_t start_reading(amp_client_t *client, unsigned reading, const amp_schema_t *schema,
                                  void *out)
{
    client->reading = (uint8_t)reading;
    amp_status_t status = amp_reader_init(&client->reader, schema, out, client->work + client->rx_size,
                                          client->work_size - client->rx_size);
    return status == AMP_OK ? AMP_PENDING : AMP_ERR_MEMORY;
}

amp_status_t amp__answer_begin(amp_client_t *client)
{
    const amp_config_t *config = client->config;
    unsigned media = amp__response_media(&client->response);
    if (client->response.status >= 400u) {
        int is_json = media == AMP_MEDIA_JSON || media == AMP_MEDIA_PROBLEM;
        return is_json && config->problem != NULL
                   ? start_reading(client, AMP_READ_PROBLEM, config->problem_schema, config->problem)
                   : AMP_PENDING;
    }
    if (client->endpoint->text != NULL) {
        client->reading = AMP_READ_TEXT;
    } else if (client->schema != NULL) {
        return start_reading(client, AMP_READ_RECORD, client->schema, client->out);
    } else if ((client->flags & AMP_IS_DELETE) != 0) {
        client->reading = AMP_READ_DONE;
    }
    return AMP_PENDING;
}

amp_status_t amp__answer_feed(amp_client_t *client, const uint8_t *data, size_t len, size_t *out_used)
{
    amp_status_t status = AMP_PENDING;
    *out_used = len;
    if (client->reading == AMP_READ_NOTHING || client->reading == AMP_READ_DONE) {
        return AMP_PENDING;
    }
    if (client->reading == AMP_READ_TEXT) {
        client->endpoint->text->feed(client->out, data, len);
        return AMP_PENDING;
    }
    status = amp_reader_feed(&client->reader, data, len, out_used);
    if (client->reading == AMP_READ_PROBLEM) {
        if (status < 0) {
            *out_used = len; /* the error is sticky, and the rest of the body is skipped */
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
    if (client->reading == AMP_READ_TEXT) {
        status = client->endpoint->text->end(client->out, &client->info.need);
        client->info.field = status < 0 ? "url" : NULL;
    } else if (client->reading == AMP_READ_RECORD) {
        status = amp_reader_end(&client->reader);
        if (status == AMP_END && client->endpoint->check != NULL) {
            status = client->endpoint->check(client, &client->info.field);
            status = status == AMP_OK ? AMP_END : status;
        }
    }
    return status >= 0 && client->item ? AMP_ITEM : status;
}

amp_status_t amp__answer_end(amp_client_t *client)
{
    if (client->response.status < 400u) {
        return success_end(client);
    }
    client->problem = client->reading == AMP_READ_PROBLEM && amp_reader_end(&client->reader) == AMP_END;
    return amp__status_from_http(client->response.status);
}
