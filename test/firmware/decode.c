/* SPDX-License-Identifier: MIT */
/* Reads a document on the board, by this library or by what people use instead: `what` of the provisioning
 * page says which, and `length` how long the document is. Tells what that took. */
#include <stdint.h>
#include <string.h>

#include "board.h"
#include "decode.h"
#include "provision.h"
#include "report.h"

extern const char recording[];

/* All that is left beside the stack: this library needs none of it. */
static char heap[48u * 1024u];
static size_t heap_used;

/* What newlib's malloc takes its memory from. */
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

static int run_none(const bench_text_t *text)
{
    (void)text;
    return 0;
}

static int run_ours(const bench_text_t *text)
{
    return bench_pieces(text, bench_schema_of(text));
}

/* jsmn is told how many tokens there will be, as no program is: a run that only counts them is taken off. */
static int run_count(const bench_text_t *text)
{
    return bench_jsmn_memory(text) == 0;
}

static const struct {
    const char *name;
    int (*run)(const bench_text_t *text);
} decoders[] = {
    {"none", run_none},       {"ours", run_ours},     {"count", run_count},
    {"jsmn", bench_jsmn_run}, {"cjson", bench_cjson},
};

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
            uint32_t begin = board_work();
            failed = decoders[i].run(&text);
            report_number("ticks", board_work() - begin);
        }
    }
    report_number("heap", (uint32_t)heap_used);
    report_number("stack", (uint32_t)board_stack_used());
    report_number("memory", (uint32_t)bench_ours_memory());
    return failed;
}
