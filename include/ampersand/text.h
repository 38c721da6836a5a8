/* SPDX-License-Identifier: MIT */
/** @file
 * Text views and times. */
#ifndef AMPERSAND_TEXT_H
#define AMPERSAND_TEXT_H

#include <stddef.h>
#include <stdint.h>

#include "config.h"
#include "status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A view of UTF-8 text. It does not own the bytes, which are not NUL-terminated. {NULL, 0} means "absent";
 * so does any view of length 0, unless a comment defines another meaning. */
typedef struct {
    const char *ptr; /**< First byte. */
    size_t len;      /**< Number of bytes. */
} amp_str_t;

/** Makes a view of a string literal. Does not compile with a pointer. */
#ifdef __cplusplus
#define AMP_STR(literal) (amp_str_t{"" literal, sizeof("" literal) - 1u})
#else
#define AMP_STR(literal) ((amp_str_t){"" literal, sizeof("" literal) - 1u})
#endif

/** Returns a view of `text`, a NUL-terminated string that must stay in place as long as the view is used.
 * Returns {NULL, 0} for NULL. */
AMP_PUBLIC amp_str_t amp_str(const char *text);

/** Returns 1 if both views have the same bytes, else 0. Do not compare secrets with it: its run time depends
 * on the position of the first difference. */
AMP_PUBLIC int amp_str_equal(amp_str_t a, amp_str_t b);

/** State within a UTF-8 character. Private. */
typedef struct {
    uint8_t remaining; /**< Continuation bytes still to come. */
    uint8_t allowed;   /**< Allowed values of the next byte: one bit for each quarter of 80 to bf. */
} amp_utf8_t;

/** Microseconds since 1970-01-01T00:00:00Z, without leap seconds. */
typedef int64_t amp_time_t;

/** Bytes for amp_time_text: "2023-07-13T21:34:44.816354Z" and its NUL. */
#define AMP_TIME_SIZE 28

/** Writes t to out_text as RFC 3339 in UTC with microseconds, NUL-terminated. Writes an empty string if the
 * year is not within 0000 to 9999. */
AMP_PUBLIC void amp_time_text(amp_time_t t, char out_text[AMP_TIME_SIZE]);

/** Parses an RFC 3339 time with 0 to 9 decimals and Z or an offset. Decimals after the sixth are dropped.
 * Second 60 is read as 59.
 *
 * Returns AMP_OK. Returns AMP_ERR_VALUE, with *out_time unchanged, if the text is invalid or its year in UTC
 * is not within 0000 to 9999. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_time_parse(amp_str_t text, amp_time_t *out_time);

/** Bytes of the longest HTTP date, "Wednesday, 09-Nov-94 08:49:37 GMT", and its NUL. */
#define AMP_DATE_SIZE 34

/** Parses an HTTP date in any of the three forms of RFC 9110, section 5.6.7: "Sun, 06 Nov 1994 08:49:37 GMT",
 * "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994". UTC is accepted in place of GMT, because the
 * service writes it. The name of the day must be valid but is not compared with the date.
 *
 * `now` determines the century of a two-digit year. If `now` is 0 or before AMP_BUILD_TIME, AMP_BUILD_TIME is
 * used instead.
 *
 * Returns AMP_OK. Returns AMP_ERR_VALUE, with *out_time unchanged, if the text is not such a date. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_date_parse(amp_str_t text, amp_time_t now, amp_time_t *out_time);

#ifdef __cplusplus
}
#endif
#endif
