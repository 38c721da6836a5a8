/* SPDX-License-Identifier: MIT */
/* This library's reader, as the client uses it. */
#include "decode.h"

#include <string.h>

static union {
    amp_connection_t connection;
    amp_installation_t installation;
    amp_problem_t problem;
} record;
static uint8_t window[BENCH_WINDOW];
static amp_reader_t reader;

/* A text of a costly kind has no member of a problem document, so the reader skips all of it. */
const amp_schema_t *bench_schema_of(const bench_text_t *text)
{
    int is_list = text->data[0] == '[';
    if (strstr(text->data, "\"projectId\"") == NULL) {
        return &amp_problem_schema;
    }
    if (strstr(text->data, "\"integrationId\"") != NULL) {
        return is_list ? &amp_installations_schema : &amp_installation_schema;
    }
    return is_list ? &amp_connections_schema : &amp_connection_schema;
}

/* Uses a reader as an application does: takes each record, then continues. */
static amp_status_t feed(const char *data, size_t len)
{
    while (len > 0) {
        size_t used;
        amp_status_t status = amp_reader_feed(&reader, data, len, &used);
        if (status < 0) {
            return status;
        }
        data += used;
        len -= used;
    }
    return AMP_OK;
}

static int read_in_pieces(const bench_text_t *text, const amp_schema_t *schema, size_t piece)
{
    if (amp_reader_init(&reader, schema, &record, window, sizeof window) != AMP_OK) {
        return 1;
    }
    for (size_t at = 0; at < text->len; at += piece) {
        size_t left = text->len - at;
        if (feed(text->data + at, left < piece ? left : piece) != AMP_OK) {
            return 1;
        }
    }
    return amp_reader_end(&reader) != AMP_END;
}

BENCH_COUNTED int bench_pieces(const bench_text_t *text, const amp_schema_t *schema)
{
    return read_in_pieces(text, schema, BENCH_PIECE);
}

BENCH_COUNTED int bench_whole(const bench_text_t *text, const amp_schema_t *schema)
{
    return read_in_pieces(text, schema, text->len);
}

BENCH_COUNTED int bench_bytes(const bench_text_t *text, const amp_schema_t *schema)
{
    return read_in_pieces(text, schema, 1);
}

unsigned long bench_ours_memory(void)
{
    return sizeof reader + sizeof window;
}
