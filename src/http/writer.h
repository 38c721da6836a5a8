/* SPDX-License-Identifier: MIT */
/* A bounded writer that stores only one section of its output: bytes [skip, skip + cap). A request of any
 * length is produced in pieces by writing all of it again for each piece. With a cap of 0 the writer only
 * counts the length. The first error is sticky. The writer continues after it, so that the length is still
 * counted. */
#ifndef AMP_SRC_WRITER_H
#define AMP_SRC_WRITER_H

#include "ampersand/status.h"
#include "ampersand/text.h"

typedef struct {
    uint8_t *ptr; /* buffer of `cap` bytes, owned by the caller */
    size_t cap;
    size_t skip;         /* bytes of the output before the buffer */
    size_t len;          /* of the whole output so far */
    uint8_t comma;       /* the open object has a member: see writer_json.h */
    const char *field;   /* the field that is being written, for an error */
    amp_status_t status; /* AMP_OK, or AMP_ERR_ARGUMENT after the first value that cannot be sent */
    const char *bad;     /* the field of that value */
} amp_writer_t;

/* Starts an output. `ptr` can be NULL when `cap` is 0. */
void amp__writer_init(amp_writer_t *writer, void *ptr, size_t cap, size_t skip);

/* Records that the current field cannot be sent. Only the first such field is kept. */
void amp__writer_refuse(amp_writer_t *writer);

/* Write bytes, one character, a NUL-terminated string, a decimal number. */
void amp__write_bytes(amp_writer_t *writer, const char *bytes, size_t count);
void amp__write(amp_writer_t *writer, const amp_str_t *text);
void amp__write_char(amp_writer_t *writer, char c);
void amp__write_text(amp_writer_t *writer, const char *text);
void amp__write_number(amp_writer_t *writer, size_t number);

/* Writes a byte as two hexadecimal digits in upper case. */
void amp__write_hex(amp_writer_t *writer, uint8_t byte);

/* Writes the value of a header. Refuses a value for which amp__header_value_fits returns 0, so that no line
 * break reaches a header. */
void amp__write_header_value(amp_writer_t *writer, const amp_str_t *text);

/* Returns 1 when the text is printable ASCII, is not empty, and has no space at either end. */
int amp__header_value_fits(const amp_str_t *text);

#endif
