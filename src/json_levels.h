/* SPDX-License-Identifier: MIT */
/* From the events of the automaton to rows of the schema table: which value is wanted, and which container
 * the table knows. Every function returns AMP_PENDING, AMP_ITEM when *out is a whole record, or an error. */
#ifndef AMP_SRC_JSON_LEVELS_H
#define AMP_SRC_JSON_LEVELS_H

#include "ampersand/state.h"

/* A member's name in a container that the table knows: it selects the row of the value to come. */
amp_status_t amp_level_name(amp_reader_t *reader, const uint8_t *name, size_t len);

/* The same at the beginning of a name: most members arrive in the order of their rows, which spares a search. When
 * the name of the row that is expected next is at p, selects that row. Returns the length of the name and its closing
 * quote, with the outcome in reader->status; else 0. */
size_t amp_level_expected(amp_reader_t *reader, const uint8_t *p, const uint8_t *end);

/* The end of a scalar; `text` is what of it is not in the window yet. */
amp_status_t amp_level_scalar(amp_reader_t *reader, const uint8_t *text, size_t len);

/* An object or array opened, or closed; reader->depth counts it already, or no longer. */
amp_status_t amp_level_open(amp_reader_t *reader, int is_array);
amp_status_t amp_level_close(amp_reader_t *reader);

/* Appends to the window what came of a scalar in progress. What has no room there is counted. */
void amp_level_keep(amp_reader_t *reader, const uint8_t *text, size_t len);

/* Zeroes *out, if there is one. */
void amp_level_clear(const amp_reader_t *reader);

#endif
