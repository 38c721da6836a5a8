/* SPDX-License-Identifier: MIT */
/* Reads a document on the board, with this library or with another one. Entries of the provisioning page:
 * `what` names the decoder, `length` is the length of the document. Reports the cost. */
#include <stdint.h>
#include <string.h>

#include "board.h"
#include "decode.h"
#include "provision.h"
#include "report.h"

extern const char recording[];

/* All memory besides the stack. This library does not use it. */
static char heap[48u * 1024u];
static size_t heap_used;

/* newlib's malloc gets its memory here. */
void *_sbrk(ptrdiff_t len);

void *_sbrk(ptrdiff_t len)
{
    char *at = heap + heap_used;
    if (len < 0 || (size_t)len > sizeof heap - heap_used) {
        return (void *)-1;
    }
    heap_used += (size_t)len;
    return at;
}

static const amp_schema_t *schema;

static int prepare_nothing(const bench_text_t *text)
{
    (void)text;
    return 0;
}

/* An application knows the schema of the answer. Here it takes a search through the text. */
static int prepare_ours(const bench_text_t *text)
{
    schema = bench_schema_of(text);
    return schema == NULL;
}

static int run_nothing(const bench_text_t *text)
{
    (void)text;
    return 0;
}

static int run_ours(const bench_text_t *text)
{
    return bench_pieces(text, schema);
}

/* Work that is not decoding is done in `prepare`, before the clock is read. */
static const struct {
    const char *name;
    int (*prepare)(const bench_text_t *text);
    int (*run)(const bench_text_t *text);
} decoders[] = {
    {"none", prepare_nothing, run_nothing},
    {"ours", prepare_ours, run_ours},
    {"jsmn", bench_jsmn_prepare, bench_jsmn},
    {"cjson", prepare_nothing, bench_cjson},
};

/* Returns 0 when the text was read to its end. *out_ticks is the time. */
static int measure(size_t decoder, const bench_text_t *text, uint32_t *out_ticks)
{
    if (decoders[decoder].prepare(text) != 0) {
        return 1;
    }
    uint32_t begin = board_work();
    int failed = decoders[decoder].run(text);
    *out_ticks = board_work() - begin;
    return failed;
}

static size_t length(void)
{
    amp_str_t text = provision_find("length");
    size_t value = 0;
    for (size_t i = 0; i < text.len; ++i) {
        value = value * 10u + (size_t)(text.ptr[i] - '0');
    }
    return value;
}

int main(void)
{
    const bench_text_t text = {"", recording, length()};
    amp_str_t what = provision_find("what");
    int failed = 1;
    for (size_t i = 0; i < sizeof decoders / sizeof decoders[0]; ++i) {
        if (what.len == strlen(decoders[i].name) && memcmp(what.ptr, decoders[i].name, what.len) == 0) {
            uint32_t ticks = 0;
            failed = measure(i, &text, &ticks);
            report_number("ticks", ticks);
        }
    }
    report_number("heap", (uint32_t)heap_used);
    report_number("stack", (uint32_t)board_stack_used());
    report_number("memory", (uint32_t)bench_ours_memory());
    return failed;
}
