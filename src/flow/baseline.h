/* SPDX-License-Identifier: MIT */
/* Compares the connections of a tenant with those of an earlier time. */
#ifndef AMP_SRC_BASELINE_H
#define AMP_SRC_BASELINE_H

#include "ampersand/tenant.h"

typedef enum {
    AMP_CHANGE_NONE,     /* the connection is in the baseline, and has not become healthy */
    AMP_CHANGE_NEW,      /* the connection is not in the baseline */
    AMP_CHANGE_RECOVERED /* the connection is in the baseline, was not healthy, and is healthy now */
} amp_change_t;

/* Adds a connection to a baseline, which is zeroed at first. */
void amp__baseline_add(amp_baseline_t *baseline, const amp_connection_t *connection);

/* Makes sure that an unhealthy connection of the baseline has a hash, so that its recovery is detected. */
void amp__baseline_watch(amp_baseline_t *baseline, const amp_connection_t *connection);

/* Returns how a connection changed since the baseline. The recovery of a connection without a hash is not
 * detected: the result is AMP_CHANGE_NONE. */
amp_change_t amp__baseline_compare(const amp_baseline_t *baseline, const amp_connection_t *connection);

#endif
