/* SPDX-License-Identifier: MIT */
/** @file
 * Reads JSON text, in pieces of any size, into the caller's struct. Performs no I/O. Use it for answers that
 * were captured, stored, or received another way. The client uses the same reader. */
#ifndef AMPERSAND_READER_H
#define AMPERSAND_READER_H

#include "reader_state.h"
#include "records.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Starts reading a text.
 *
 * `out` receives the records, one after the other. It has schema->size bytes and must not be modified until
 * the end. `window` stores the values of a record while they are received. It has `window_size` bytes, 64 at
 * least. 256 bytes suit every record of the library whose texts have few escapes. The URL of
 * amp_custom_auth_t and the page token of amp_operations_t need 4 bytes more than the string. Both buffers
 * are the caller's and must stay in place. If `schema` is NULL the reader only checks that the text is JSON;
 * `out` and `window` may then be NULL.
 *
 * Returns AMP_OK, or AMP_ERR_ARGUMENT. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_reader_init(amp_reader_t *reader, const amp_schema_t *schema,
                                                       void *out, void *window, size_t window_size);

/** Reads the next `len` bytes of the text at `data`, and stops after each whole record. *out_used receives
 * the number of bytes that were read. `data` need not stay in place after the call.
 *
 * Returns
 * - AMP_PENDING: all bytes were read, and the text is not complete.
 * - AMP_ITEM: *out is a whole record. Use it, then continue with the remaining bytes.
 * - A negative amp_status_t, which is sticky. *out is zeroed. See amp_reader_field and amp_reader_need. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_reader_feed(amp_reader_t *reader, const void *data, size_t len,
                                                       size_t *out_used);

/** Marks the end of the text. Returns AMP_END if the text is complete, or a negative amp_status_t. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_reader_end(amp_reader_t *reader);

/** Returns the path of the member that an error is about, or NULL. The path is a string of the schema
 * table. */
AMP_PUBLIC const char *amp_reader_field(const amp_reader_t *reader);

/** Returns the number of bytes that an error would have required; 0: unknown. With AMP_ERR_TOO_LONG it is the
 * size of the struct's member, NUL included. With AMP_ERR_WINDOW it is the size of the window. */
AMP_PUBLIC size_t amp_reader_need(const amp_reader_t *reader);

/** A place in a text. */
typedef struct {
    size_t offset; /**< Bytes before it. */
    size_t line;   /**< 1 for the first line. A line feed ends a line. */
    size_t column; /**< 1 for the first byte of a line. Bytes are counted, not characters. */
} amp_position_t;

/** Returns the place where the reader is in the text, in *out_position. It is the same for every split into
 * pieces.
 *
 * After AMP_ERR_JSON and AMP_ERR_DEPTH it is the place of the byte that is not valid, or the end of a text
 * that is too short. After another error it is the place after the name, value or bracket that the error is
 * about. */
AMP_PUBLIC void amp_reader_position(const amp_reader_t *reader, amp_position_t *out_position);

#ifdef __cplusplus
}
#endif
#endif
