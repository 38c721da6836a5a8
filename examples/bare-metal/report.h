/* SPDX-License-Identifier: MIT */
/* What the device says on its console. */
#ifndef REPORT_H
#define REPORT_H

#include "ampersand/ampersand.h"

/* How a request went: "check: AMP_OK", or the error with all that the client knows about it. */
void report_result(const char *what, const amp_client_t *client, amp_status_t status);

/* "measured NAME NUMBER" */
void report_number(const char *name, uint32_t number);

void report_line(const char *first, const char *second, const char *third);

#endif
