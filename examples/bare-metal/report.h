/* SPDX-License-Identifier: MIT */
/* The device's console output. */
#ifndef REPORT_H
#define REPORT_H

#include "ampersand/ampersand.h"

/* Prints the result of a request: "check: AMP_OK", or the error with all details of amp_client_info(). */
void report_result(const char *what, const amp_client_t *client, amp_status_t status);

/* Prints "measured NAME NUMBER". */
void report_number(const char *name, uint32_t number);

/* Prints the three strings as one line. */
void report_line(const char *first, const char *second, const char *third);

#endif
