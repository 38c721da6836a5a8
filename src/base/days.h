/* SPDX-License-Identifier: MIT */
/* Arithmetic that RFC 3339 times, HTTP dates and certificates share: numbers of two digits, and days since
 * 1970. The calendar is Gregorian for all years (proleptic). */
#ifndef AMP_SRC_DAYS_H
#define AMP_SRC_DAYS_H

#include "ampersand/text.h"

#define AMP_DAY_SECONDS 86400
#define AMP_SECOND_US 1000000 /* amp_time_t counts microseconds */

/* The build date as an amp_time_t: the earliest time that a clock can show. */
#define AMP_BUILD_TIME_US ((amp_time_t)AMP_BUILD_TIME * AMP_SECOND_US)

/* A date and a time as seven numbers of two digits: 1994-11-06T08:49:37 is 19, 94, 11, 6, 8, 49, 37. */
enum { AMP_CENTURY, AMP_YEAR, AMP_MONTH, AMP_DAY, AMP_HOUR, AMP_MINUTE, AMP_SECOND, AMP_NUMBERS };

/* Returns number `i` of the enumeration, read from the two characters at p. Returns -1 when they are not two
 * digits, or when the number is above its maximum (12 for AMP_MONTH). Does not check that the day exists. */
int32_t amp__time_number(const char *p, unsigned i);

/* Converts the numbers n[AMP_NUMBERS] of a place `east` seconds east of UTC, plus `micro` microseconds.
 * Returns 0, or -1 when the day does not exist or amp_time_text could not write the time. *out_time is
 * unchanged on -1. */
int amp__time_of(const int32_t *n, int32_t east, int32_t micro, amp_time_t *out_time);

/* Returns the days from 1970-01-01 to the first day of a month in the years 0 to 9999; negative before 1970.
 * Month 13 is January of the next year, so the difference of two calls is the length of any month. */
int32_t amp__days_to_month(int32_t year, int32_t month);

#endif
