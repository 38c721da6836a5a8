/* SPDX-License-Identifier: MIT */
/* The parts of an explanation, for the flows that show them separately. */
#ifndef AMP_SRC_EXPLAIN_H
#define AMP_SRC_EXPLAIN_H

#include "ampersand/explain.h"
#include "explain_text.h"

/* Appends the event and its details, without a full stop. `failure` may be NULL. */
void amp__explain_result(amp_pieces_t *pieces, const amp_info_t *info, const amp_tls_failure_t *failure);

/* Returns the advice, a static clause without a full stop; "" if there is no advice. */
const char *amp__explain_advice_for(const amp_info_t *info);

/* Appends the advice, without a full stop. Returns 1. Returns 0, and appends nothing, if there is no advice.
 */
int amp__explain_advice(amp_pieces_t *pieces, const amp_info_t *info);

/* Appends the texts of the service, without a full stop. Returns 1. Returns 0, and appends nothing, if the
 * service sent no text. */
int amp__explain_problem(amp_pieces_t *pieces, const amp_problem_t *problem);

/* Starts a text. Pieces that repeat the client's API key are left out. */
void amp__explain_begin(amp_pieces_t *pieces, const amp_client_t *client, char *buf, size_t size);

#endif
