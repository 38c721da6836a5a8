/* SPDX-License-Identifier: MIT */
/* Views of text, and times. */
#ifndef AMPERSAND_TEXT_H
#define AMPERSAND_TEXT_H

#include <stddef.h>
#include <stdint.h>

#include "config.h"
#include "status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A view: len bytes of UTF-8 at ptr, not closed by a NUL, owned by whoever made it.
 * {NULL, 0} means "not given"; so does any view of length 0, except where said. */
typedef struct {
    const char *ptr;
    size_t len;
} amp_str_t;

/* A view of a string literal; does not compile for a pointer. */
#ifdef __cplusplus
#define AMP_STR(literal) (amp_str_t{"" literal, sizeof("" literal) - 1u})
#else
#define AMP_STR(literal) ((amp_str_t){"" literal, sizeof("" literal) - 1u})
#endif

/* A view of a string closed by a NUL; NULL gives {NULL, 0}. */
AMP_PUBLIC amp_str_t amp_str(const char *text);

/* 1 when both have the same bytes. Not for secrets: it stops at the first difference. */
AMP_PUBLIC int amp_str_equal(amp_str_t a, amp_str_t b);

/* Within a character of UTF-8. Private. */
typedef struct {
    uint8_t remaining; /* bytes to come */
    uint8_t allowed;   /* of 80 to bf, a bit for each that the next one may be in */
} amp_utf8_t;

/* Microseconds since 1970-01-01T00:00:00Z, leap seconds not counted. */
typedef int64_t amp_time_t;

/* "2023-07-13T21:34:44.816354Z" and its NUL. */
#define AMP_TIME_SIZE 28

/* Writes t in UTC with microseconds, closed by a NUL. Years 0000 to 9999; any other time gives
 * an empty string. */
AMP_PUBLIC void amp_time_text(amp_time_t t, char out_text[AMP_TIME_SIZE]);

/* Reads RFC 3339 with 0 to 9 decimals (those after the sixth are dropped) and Z or an offset. Returns
 * AMP_OK, or AMP_ERR_VALUE when the text is no such time or its year in UTC is not 0000 to 9999, which
 * amp_time_text can write; then *out_time is untouched. Second 60 is read as 59. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_time_parse(amp_str_t text, amp_time_t *out_time);

/* The longest HTTP date, "Wednesday, 09-Nov-94 08:49:37 GMT", and its NUL. */
#define AMP_DATE_SIZE 34

/* Reads an HTTP date in any of the three forms of RFC 9110: "Sun, 06 Nov 1994 08:49:37 GMT",
 * "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994". UTC may stand for GMT, as the service
 * writes it; the day's name must be one, but need not be that of the date. `now` gives a year of two
 * digits its century; AMP_BUILD_TIME does when `now` is earlier, or 0. Returns AMP_OK, or
 * AMP_ERR_VALUE when the text is no such date; then *out_time is untouched. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_date_parse(amp_str_t text, amp_time_t now, amp_time_t *out_time);

#ifdef __cplusplus
}
#endif
#endif
