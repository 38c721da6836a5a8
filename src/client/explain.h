/* SPDX-License-Identifier: MIT */
/* The parts of an explanation, for the flows that show them apart. */
#ifndef AMP_SRC_EXPLAIN_H
#define AMP_SRC_EXPLAIN_H

#include "ampersand/explain.h"
#include "explain_text.h"

/* Appends what happened and what is known about it, without a full stop. `failure` may be NULL. */
void amp__explain_result(amp_pieces_t *pieces, const amp_info_t *info, const amp_tls_failure_t *failure);

/* Returns what to do, a static clause without a full stop; "" if there is nothing to do. */
const char *amp__explain_advice_for(const amp_info_t *info);

/* Appends what to do, without a full stop. Returns 0, and appends nothing, if there is nothing to do. */
int amp__explain_advice(amp_pieces_t *pieces, const amp_info_t *info);

/* Appends the texts of the service, without a full stop. Returns 0, and appends nothing, if there are none.
 */
int amp__explain_problem(amp_pieces_t *pieces, const amp_problem_t *problem);

/* Starts a text. Pieces that repeat the client's API key are left out. */
void amp__explain_begin(amp_pieces_t *pieces, const amp_client_t *client, char *buf, size_t size);

#endif
