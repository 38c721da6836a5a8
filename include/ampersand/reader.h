/* SPDX-License-Identifier: MIT */
/* Reads a JSON text, given in pieces of any size, into the caller's struct. No I/O: for answers
 * that were captured, stored, or came another way. The client uses the same reader. */
#ifndef AMPERSAND_READER_H
#define AMPERSAND_READER_H

#include "reader_state.h"
#include "records.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Starts. `out` takes the records, one after the other; it is schema->size bytes and belongs to
 * the reader until the end. `window` holds the values of a record as they stream by: 64 bytes at
 * least; 256 are enough for the library's own records unless their texts are full of escapes, but not
 * for the longest URL of amp_custom_auth_t and page token of amp_operations_t, which take 4 bytes more
 * than they have characters. Both belong to the caller and stay in place. A schema of NULL only checks
 * that the text is JSON; out and window may then be NULL.
 * AMP_OK, or AMP_ERR_ARGUMENT. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_reader_init(amp_reader_t *reader, const amp_schema_t *schema,
                                                       void *out, void *window, size_t window_size);

/* Takes bytes of the text and stops at each whole record. *out_used: how many were taken.
 * AMP_PENDING  all were taken, the text is not at its end
 * AMP_ITEM     *out is a whole record: use it, then go on with the bytes that are left
 * below 0      an error, which sticks; *out is zeroed. field and need: amp_reader_field(),
 *              amp_reader_need() */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_reader_feed(amp_reader_t *reader, const void *data, size_t len,
                                                       size_t *out_used);

/* Says that the text is at its end. AMP_END when it was whole, else an error. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_reader_end(amp_reader_t *reader);

/* After an error: the path of the member it is about, or NULL; the bytes that would have been
 * enough, or 0. For AMP_ERR_TOO_LONG the size of the struct's member, NUL included; for
 * AMP_ERR_WINDOW the window's. */
AMP_PUBLIC const char *amp_reader_field(const amp_reader_t *reader);
AMP_PUBLIC size_t amp_reader_need(const amp_reader_t *reader);

#ifdef __cplusplus
}
#endif
#endif
