/* SPDX-License-Identifier: MIT */
/* The public JSON reader (RFC 8259): passes the lexer's events to the projector. An error is sticky and
 * zeroes *out. */
#include "ampersand/reader.h"

#include <string.h>

#include "ahead.h"
#include "schema_find.h"
#include "store.h"

amp_status_t amp_reader_init(amp_reader_t *reader, const amp_schema_t *schema, void *out, void *window,
                             size_t window_size)
{
    if (reader == NULL) {
        return AMP_ERR_ARGUMENT;
    }
    memset(reader, 0, sizeof *reader);
    reader->status = AMP_ERR_STATE;
    if (schema != NULL &&
        (out == NULL || window == NULL || window_size < 64u || !amp__schema_is_usable(schema))) {
        return AMP_ERR_ARGUMENT;
    }
    reader->schema = schema;
    reader->out = out;
    reader->status = AMP_PENDING;
    amp__store_clear(reader);
    amp__projector_init(reader, window, window_size);
    return AMP_OK;
}

static amp_status_t stick(amp_reader_t *reader, amp_status_t status)
{
    reader->status = (int16_t)status;
    amp__store_clear(reader);
    return status;
}

amp_status_t amp_reader_feed(amp_reader_t *reader, const void *data, size_t len, size_t *out_used)
{
    const uint8_t *start = data;
    const uint8_t *p = start;
    amp_status_t status = (amp_status_t)reader->status;
    *out_used = 0;
    if (status < 0 || len == 0) {
        return status;
    }
    while (status == AMP_PENDING) {
#if !defined(__OPTIMIZE_SIZE__)
        status = amp__projector_ahead(reader, &p, start + len);
        if (status != AMP_PENDING) {
            break;
        }
#endif
        amp_json_event_t event = amp__lexer_next(&reader->json, &p, start + len);
        if (event == AMP_JSON_MORE) {
            break;
        }
        status = amp__projector_event(reader, event);
    }
    *out_used = (size_t)(p - start);
    return status < 0 ? stick(reader, status) : status;
}

amp_status_t amp_reader_end(amp_reader_t *reader)
{
    if (reader->status < 0) {
        return (amp_status_t)reader->status;
    }
    if (!amp__lexer_whole(&reader->json)) {
        return stick(reader, AMP_ERR_JSON);
    }
    if (reader->schema != NULL && !reader->complete) {
        return stick(reader, AMP_ERR_TYPE);
    }
    return AMP_END;
}

const char *amp_reader_field(const amp_reader_t *reader)
{
    return reader->field;
}

size_t amp_reader_need(const amp_reader_t *reader)
{
    return reader->need;
}
