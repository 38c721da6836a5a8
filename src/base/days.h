/* SPDX-License-Identifier: MIT */
/* What RFC 3339 times, HTTP dates and certificates share: numbers of two digits, and days since 1970. */
#ifndef AMP_SRC_DAYS_H
#define AMP_SRC_DAYS_H

#include "ampersand/text.h"

/* A date and a time are numbers of two digits. */
enum { AMP_CENTURY, AMP_YEAR, AMP_MONTH, AMP_DAY, AMP_HOUR, AMP_MINUTE, AMP_SECOND, AMP_NUMBERS };

/* Reads number i from two characters. Returns 0, or -1 when they are no digits or the number is larger
 * than any such. */
int amp__time_number(const char *p, unsigned i, int32_t *out);

/* Makes a time `east` seconds east of UTC of the numbers. Returns 0, or -1 when there is no such day or
 * amp_time_text could not write it; then *out_time is untouched. */
int amp__time_of(const int32_t *n, int32_t east, int32_t micro, amp_time_t *out_time);

/* Days from 1970-01-01 to a date of the years 0 to 9999. */
int32_t amp__days_from_date(int32_t year, int32_t month, int32_t day);

#endif
