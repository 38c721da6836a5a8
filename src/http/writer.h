/* SPDX-License-Identifier: MIT */
/* A bounded writer that keeps only one stretch of what is written: bytes [skip, skip + cap) of
 * the whole. So a request of any length is made in pieces by writing it again for each piece,
 * and its length is what it counts with a cap of 0. */
#ifndef AMP_SRC_WRITER_H
#define AMP_SRC_WRITER_H

#include "ampersand/status.h"
#include "ampersand/text.h"

typedef struct {
    uint8_t *ptr;
    size_t cap;
    size_t skip;
    size_t len;          /* of the whole, so far */
    uint8_t comma;       /* a member was written to the object that is open: see object.h */
    const char *field;   /* what is being written, for an error */
    amp_status_t status; /* AMP_OK, or AMP_ERR_ARGUMENT: the first thing that cannot be sent */
    const char *bad;     /* its field */
} amp_writer_t;

void amp__writer_init(amp_writer_t *writer, void *ptr, size_t cap, size_t skip);

/* Says that the current field cannot be sent. */
void amp__writer_refuse(amp_writer_t *writer);

void amp__write(amp_writer_t *writer, amp_str_t bytes);
void amp__write_char(amp_writer_t *writer, char c);
void amp__write_text(amp_writer_t *writer, const char *text);
void amp__write_number(amp_writer_t *writer, size_t number);

/* RFC 3986: all but unreserved characters as %XX. Refuses what is not UTF-8, and NUL. */
void amp__write_percent(amp_writer_t *writer, amp_str_t text);

/* A path segment: percent-encoded; "." and ".." are refused, since a server takes them for a
 * step in the path however they are written. */
void amp__write_segment(amp_writer_t *writer, amp_str_t text);

/* A JSON string with its quotes. Refuses what is not UTF-8, and NUL. */
void amp__write_string(amp_writer_t *writer, amp_str_t text);

/* A header's value: visible ASCII and inner spaces, not empty. */
void amp__write_header_value(amp_writer_t *writer, amp_str_t text);
int amp__header_value_fits(amp_str_t text);

#endif
