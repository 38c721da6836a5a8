/* SPDX-License-Identifier: MIT */
/* What was there before, and what is new. */
#ifndef AMP_SRC_BASELINE_H
#define AMP_SRC_BASELINE_H

#include "ampersand/tenant.h"

typedef enum { AMP_WAS_THERE, AMP_IS_NEW, AMP_IS_MENDED } amp_change_t;

void amp__baseline_add(amp_baseline_t *baseline, const amp_connection_t *connection);

/* Makes sure that one that was not healthy has a mark. */
void amp__baseline_watch(amp_baseline_t *baseline, const amp_connection_t *connection);

/* What became of a connection since. Of those beyond AMP_BASELINE_SIZE a mended one is not told: it
 * WAS_THERE. */
amp_change_t amp__baseline_compare(const amp_baseline_t *baseline, const amp_connection_t *connection);

#endif
