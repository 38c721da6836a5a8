/* SPDX-License-Identifier: MIT */
/* Reads one text once with one decoder on the emulated board, and prints the cost. on_board.py loads the text
 * and the decoder's name into the board's second memory, which no device image uses. */
#include <stdint.h>
#include <string.h>

#include "board.h"
#include "decode.h"

#define SYSTICK_CONTROL (*(volatile uint32_t *)(uintptr_t)0xe000e010u)

/* 16 MB of RAM outside of the linker script: first the job, then the heap of malloc. */
#define JOB_AT 0x21000000u
#define HEAP_AT 0x21800000u
#define HEAP_SIZE 0x800000u

typedef struct {
    char decoder[12]; /* NUL-terminated */
    uint32_t len;
    char text[]; /* NUL-terminated */
} job_t;

static size_t heap_used;

/* Allocates newlib's heap from this memory. */
void *_sbrk(ptrdiff_t len);

void *_sbrk(ptrdiff_t len)
{
    size_t at = heap_used;
    if (len < 0 || (size_t)len > HEAP_SIZE - heap_used) {
        return (void *)-1;
    }
    heap_used += (size_t)len;
    return (void *)(uintptr_t)(HEAP_AT + at);
}

static const amp_schema_t *schema;

static int prepare_nothing(const bench_text_t *text)
{
    (void)text;
    return 0;
}

/* An application knows which record it requested, so this search is not part of decoding. */
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

static int run_whole(const bench_text_t *text)
{
    return bench_whole(text, schema);
}

static int run_pieces(const bench_text_t *text)
{
    return bench_pieces(text, schema);
}

static int run_bytes(const bench_text_t *text)
{
    return bench_bytes(text, schema);
}

/* `prepare` runs before the clock is read. */
static const struct {
    const char *name;
    int (*prepare)(const bench_text_t *text);
    int (*run)(const bench_text_t *text);
} decoders[] = {
    {"none", prepare_nothing, run_nothing},   {"whole", prepare_ours, run_whole},
    {"pieces", prepare_ours, run_pieces},     {"bytes", prepare_ours, run_bytes},
    {"jsmn", bench_jsmn_prepare, bench_jsmn},
#if !defined(BENCH_WITHOUT_CJSON)
    {"cjson", prepare_nothing, bench_cjson},
#endif
};

static void report(const char *name, size_t number)
{
    board_print(name);
    board_print(" ");
    board_print_number((uint32_t)number);
    board_print("\n");
}

int main(void)
{
    const job_t *job = (const job_t *)(uintptr_t)JOB_AT;
    const bench_text_t text = {"", job->text, job->len};
    int failed = 1;
    SYSTICK_CONTROL = 0; /* no interrupt during the measurement */
    for (size_t i = 0; i < sizeof decoders / sizeof decoders[0]; ++i) {
        if (strcmp(job->decoder, decoders[i].name) == 0 && decoders[i].prepare(&text) == 0) {
            uint32_t begin = board_work();
            failed = decoders[i].run(&text);
            report("ticks", board_work() - begin);
        }
    }
    report("heap", heap_used);
    report("stack", board_stack_used());
    report("memory", bench_ours_memory());
    return failed;
}
