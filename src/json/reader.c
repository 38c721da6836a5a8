/* SPDX-License-Identifier: MIT */
/* The public JSON reader: feeds the automaton, and keeps the first error. An error is sticky and zeroes *out.
 */
#include "ampersand/reader.h"

#include <string.h>

#include "automaton.h"
#include "containers.h"
#include "jsmn_value.h"
#include "name_lookup.h"

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
    reader->window = window;
    /* The count has 16 bits. Two bytes are left free: a truncated text gets a quote. Without a schema no
     * value is kept, and there may be no window. */
    window_size = window_size < UINT16_MAX ? window_size : UINT16_MAX;
    reader->room = (uint16_t)(schema != NULL ? window_size - 2u : 0);
    amp__level_clear(reader);
    amp__json_init(&reader->json);
    reader->json.watch = schema != NULL;
    reader->status = AMP_PENDING;
    return AMP_OK;
}

/* Ends with an error, which is about the picked row unless the text itself is wrong. */
static amp_status_t stick(amp_reader_t *reader, amp_status_t status)
{
    reader->status = (int16_t)status;
    if (status == AMP_ERR_JSON || status == AMP_ERR_DEPTH) {
        reader->pick.field = NULL;
    }
    if (status != AMP_ERR_TOO_LONG && status != AMP_ERR_WINDOW) {
        reader->saved = 0;
    }
    amp__level_clear(reader);
    return status;
}

amp_status_t amp_reader_feed(amp_reader_t *reader, const void *data, size_t len, size_t *out_used)
{
    const uint8_t *p = data;
    amp_status_t status = (amp_status_t)reader->status;
    *out_used = 0;
    if (status < 0 || len == 0) {
        return status;
    }
    const uint8_t *end = p + len;
    do {
        status = amp__json_take(&reader->json, &p, end);
        if (status == AMP_END) {
            status = amp__value_time(reader);
        }
    } while (status == AMP_PENDING && p < end);
    *out_used = (size_t)(p - (const uint8_t *)data);
    return status < 0 ? stick(reader, status) : status;
}

amp_status_t amp_reader_end(amp_reader_t *reader)
{
    if (reader->status < 0) {
        return (amp_status_t)reader->status;
    }
    if (!amp__json_whole(&reader->json)) {
        return stick(reader, AMP_ERR_JSON);
    }
    if (reader->schema != NULL && !reader->complete) {
        return stick(reader, AMP_ERR_TYPE);
    }
    return AMP_END;
}

const char *amp_reader_field(const amp_reader_t *reader)
{
    return reader->status < 0 && reader->pick.field != NULL ? reader->pick.field->path : NULL;
}

size_t amp_reader_need(const amp_reader_t *reader)
{
    return reader->status < 0 ? reader->saved : 0;
}

void amp_reader_position(const amp_reader_t *reader, amp_position_t *out_position)
{
    out_position->offset = reader->json.offset;
    out_position->line = reader->json.lines + 1u;
    out_position->column = reader->json.offset - reader->json.line_start + 1u;
}

int amp__json_is_object(amp_str_t text)
{
    amp_json_t json;
    size_t first = 0;
    while (first < text.len && strchr(" \t\n\r", text.ptr[first]) != NULL && text.ptr[first] != '\0') {
        ++first;
    }
    if (first == text.len || text.ptr[first] != '{') {
        return 0;
    }
    const uint8_t *p = (const uint8_t *)text.ptr;
    amp__json_init(&json);
    return amp__json_take(&json, &p, p + text.len) == AMP_PENDING && amp__json_whole(&json);
}
