/* SPDX-License-Identifier: MIT */
/* Writes a request in pieces and reads its answer (RFC 9110, RFC 9112), without I/O. answer_body.c reads the
 * body.
 *
 * Invariants of the work buffer, first for the request, then for the answer:
 * - The request's bytes [sent + from, sent + to) are in work[from .. to). `from` and `to` are 0 until they
 *   are written. Each stretch is wiped once it is sent.
 * - work[0 .. rx_size) belongs to the caller of amp__rx_feed, usually for received bytes. The rest is the
 *   reader's window. */
#include "exchange.h"

#include <string.h>

#include "../http/response.h"
#include "answer_body.h"
#include "captive_portal.h"
#include "request.h"

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
    client->reading = AMP_READ_NOTHING;
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

/* Handles the complete head. Returns AMP_PENDING to read the body, or an error that depends only on the head.
 */
static amp_status_t on_head(amp_client_t *client)
{
    client->info.http = (uint16_t)client->response.status;
    amp_status_t status = amp__refuse_foreign(client);
    return status == AMP_OK ? amp__answer_begin(client) : status;
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
            status = amp__answer_feed(client, p, body_len, &used);
            p += used;
            amp__response_took(&client->response, used);
        } else if (event == AMP_RESPONSE_DONE) {
            status = amp__answer_end(client);
        } else {
            status = AMP_ERR_HTTP;
        }
    }
    if (client->reading == AMP_READ_DONE && (status == AMP_PENDING || status == AMP_ERR_HTTP)) {
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
        return amp__answer_end(client);
    }
    return clean ? AMP_ERR_CLOSED : AMP_ERR_ABORTED;
}
