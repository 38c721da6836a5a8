/* SPDX-License-Identifier: MIT */
#include "ampersand/reader.h"

#include <string.h>

#include "json_automaton.h"
#include "json_levels.h"
#include "json_rows.h"

amp_status_t amp_reader_init(amp_reader_t *reader, const amp_schema_t *schema, void *out, void *window,
                             size_t window_size)
{
    if (reader == NULL) {
        return AMP_ERR_ARGUMENT;
    }
    memset(reader, 0, sizeof *reader);
    reader->status = AMP_ERR_STATE;
    if (schema != NULL && (out == NULL || window == NULL || window_size < 64u || !amp_rows_fit(schema))) {
        return AMP_ERR_ARGUMENT;
    }
    reader->schema = schema;
    reader->out = out;
    reader->window = window;
    /* Of a larger window only as much is used. A value leaves two bytes free. */
    reader->room = (uint16_t)((window_size < UINT16_MAX ? window_size : UINT16_MAX) - 2u);
    amp_level_clear(reader);
    amp_json_init(&reader->json);
    reader->json.watch = schema != NULL;
    reader->status = AMP_PENDING;
    return AMP_OK;
}

static amp_status_t stick(amp_reader_t *reader, amp_status_t status)
{
    reader->status = (int16_t)status;
    amp_level_clear(reader);
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
    status = amp_json_take(&reader->json, &p, p + len);
    *out_used = (size_t)(p - (const uint8_t *)data);
    return status < 0 ? stick(reader, status) : status;
}

amp_status_t amp_reader_end(amp_reader_t *reader)
{
    if (reader->status < 0) {
        return (amp_status_t)reader->status;
    }
    if (!amp_json_whole(&reader->json)) {
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

int amp_json_is_object(amp_str_t text)
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
    amp_json_init(&json);
    return amp_json_take(&json, &p, p + text.len) == AMP_PENDING && amp_json_whole(&json);
}
