/* SPDX-License-Identifier: MIT */
/* The decoders that are compared. Each peer has its own file, because jsmn is also compiled into the library
 * with other settings. */
#ifndef BENCH_DECODE_H
#define BENCH_DECODE_H

#include <stddef.h>

#include "ampersand/client.h"

/* Marks a function whose instructions are counted, including those of its callees. It must not be inlined or
 * cloned. */
#define BENCH_COUNTED __attribute__((noinline, noclone))

/* Bytes of a piece and of the reader's window: as in a client with the default work buffer. */
#define BENCH_PIECE (AMP_WORK_SIZE / 4u)
#define BENCH_WINDOW (AMP_WORK_SIZE - BENCH_PIECE)

typedef struct {
    const char *name; /* file name */
    const char *data; /* NUL-terminated, because cJSON requires it */
    size_t len;
} bench_text_t;

/* The record type that this library reads the text as. A caller looks it up before the measurement. */
const amp_schema_t *bench_schema_of(const bench_text_t *text);

/* Each function reads the text in pieces of BENCH_PIECE bytes, in pieces of one byte, or in one piece.
 * Returns 0 when the text was read to its end. */
int bench_pieces(const bench_text_t *text, const amp_schema_t *schema);
int bench_bytes(const bench_text_t *text, const amp_schema_t *schema);
int bench_whole(const bench_text_t *text, const amp_schema_t *schema);

/* Returns the size of reader and window in bytes. */
unsigned long bench_ours_memory(void);

/* bench_jsmn_prepare returns 0 when there is memory for the tokens. The others return 0 when the text was
 * read to its end. */
int bench_jsmn_prepare(const bench_text_t *text);
int bench_jsmn(const bench_text_t *text);
int bench_cjson(const bench_text_t *text);

/* Returns the number of heap blocks of the tree; 0 when the text could not be parsed. */
unsigned long bench_cjson_mallocs(const bench_text_t *text);

#endif
