/* SPDX-License-Identifier: MIT */
#ifndef AMP_SRC_DAYS_H
#define AMP_SRC_DAYS_H

#include "ampersand/client.h"

/* Length of the shortest HTTP date, "Sun Nov  6 08:49:37 1994". */
#define AMP_DATE_MIN 24u

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

/* Which clock a time is from: none but the build's date, which is earlier; the device's; the answer's. */
typedef enum { AMP_CLOCK_BUILD, AMP_CLOCK_DEVICE, AMP_CLOCK_DATE } amp_clock_t;

/* Reads what time it is for an answer, by the best clock there is. `utc` is the device's; it is not set
 * when it is before AMP_BUILD_TIME. */
amp_clock_t amp__answer_time(const amp_info_t *info, amp_time_t utc, amp_time_t *out_now);

/* Reads the seconds that Retry-After asks for, see amp_retry_after_s. Returns 0, or -1 for a date
 * that is not later than AMP_BUILD_TIME while the time is not known. */
int amp__retry_after(const amp_info_t *info, amp_time_t utc, uint32_t *out_s);

#endif
