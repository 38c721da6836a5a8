/* SPDX-License-Identifier: MIT */
#ifndef AMP_SRC_DATE_H
#define AMP_SRC_DATE_H

#include <stdint.h>

/* Days from 1970-01-01 to a date of the years 0 to 9999. */
int32_t amp_days_from_date(int32_t year, int32_t month, int32_t day);

#endif
