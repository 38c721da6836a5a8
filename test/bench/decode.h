/* SPDX-License-Identifier: MIT */
/* The decoders that are compared. Each peer has a file of its own, since jsmn is compiled into
 * the library too, with other settings. */
#ifndef BENCH_DECODE_H
#define BENCH_DECODE_H

#include <stddef.h>

#include "ampersand/client.h"

/* A function whose instructions, and those of all it calls, are counted: it must stay one. */
#define BENCH_COUNTED __attribute__((noinline, noclone))

/* Bytes of a piece, and of the window that a reader gets: a client's with the usual work buffer. */
#define BENCH_PIECE (AMP_WORK_SIZE / 4u)
#define BENCH_WINDOW (AMP_WORK_SIZE - BENCH_PIECE)

typedef struct {
    const char *name; /* of the file */
    const char *data; /* closed by a NUL, which cJSON wants */
    size_t len;
} bench_text_t;

/* The record that this library reads the text as. A caller looks for it before it measures. */
const amp_schema_t *bench_schema_of(const bench_text_t *text);

/* Each returns 0 when the text was read to its end: in pieces of BENCH_PIECE bytes, of one byte, or in one
 * piece. */
int bench_pieces(const bench_text_t *text, const amp_schema_t *schema);
int bench_bytes(const bench_text_t *text, const amp_schema_t *schema);
int bench_whole(const bench_text_t *text, const amp_schema_t *schema);

/* Bytes of reader and window. */
unsigned long bench_ours_memory(void);

/* 0 when there is memory for the tokens; then, 0 when the text was read to its end. */
int bench_jsmn_prepare(const bench_text_t *text);
int bench_jsmn(const bench_text_t *text);
int bench_cjson(const bench_text_t *text);

/* Returns how many blocks the tree takes of the heap; 0 when the text could not be read. */
unsigned long bench_cjson_mallocs(const bench_text_t *text);

#endif
