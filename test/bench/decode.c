/* SPDX-License-Identifier: MIT */
/* decode WHAT FILE: reads FILE once with one decoder. run.sh counts the instructions of the decoding function
 * only. decode mallocs FILE: prints the number of heap blocks that cJSON allocates.
 *
 * A decoder that does not read to the end returns 1, so that no figure is for a partial read. */
#include "decode.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/exchange.h"
#include "http/response.h"

typedef char piece_is_a_clients_t[BENCH_PIECE == AMP_WORK_SIZE / AMP_WORK_PARTS ? 1 : -1];

BENCH_COUNTED int bench_head(const bench_text_t *text)
{
    static amp_response_t response;
    static amp_info_t info;
    const uint8_t *at = (const uint8_t *)text->data;
    size_t body;
    amp__response_init(&response, &info);
    amp_response_event_t event = amp__response_next(&response, &at, at + text->len, &body);
    return event != AMP_RESPONSE_HEAD || at != (const uint8_t *)text->data + text->len ||
           response.media != AMP_MEDIA_JSON;
}

static int print_mallocs(const bench_text_t *text)
{
    unsigned long blocks = bench_cjson_mallocs(text);
    printf("piece %u\nmallocs.cjson.%s %lu\n", BENCH_PIECE, text->name, blocks);
    return blocks == 0;
}

static int load(const char *path, bench_text_t *out_text)
{
    static char data[1u << 21];
    const char *slash = strrchr(path, '/');
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return 1;
    }
    out_text->len = fread(data, 1, sizeof data - 1u, file);
    out_text->data = data;
    out_text->name = slash != NULL ? slash + 1 : path;
    return fclose(file) != 0 || out_text->len == 0 || out_text->len == sizeof data - 1u;
}

static int run(const char *what, const bench_text_t *text)
{
    const amp_schema_t *schema = bench_schema_of(text);
    if (strcmp(what, "mallocs") == 0) {
        return print_mallocs(text);
    }
    if (strcmp(what, "head") == 0) {
        return bench_head(text);
    }
    if (strcmp(what, "jsmn") == 0) {
        return bench_jsmn_prepare(text) != 0 || bench_jsmn(text) != 0;
    }
    if (strcmp(what, "cjson") == 0) {
        return bench_cjson(text);
    }
    if (strcmp(what, "bytes") == 0) {
        return bench_bytes(text, schema);
    }
    return strcmp(what, "whole") == 0 ? bench_whole(text, schema) : bench_pieces(text, schema);
}

int main(int argc, char **argv)
{
    bench_text_t text;
    if (argc != 3 || load(argv[2], &text) != 0 || run(argv[1], &text) != 0) {
        fprintf(stderr, "decode: this was not read to its end\n");
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
