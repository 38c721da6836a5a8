/* SPDX-License-Identifier: MIT */
/* AMP_ERR_UNKNOWN_OUTCOME: an unsafe request may have taken effect. */
#ifndef AMP_SRC_UNKNOWN_OUTCOME_H
#define AMP_SRC_UNKNOWN_OUTCOME_H

#include "ampersand/client.h"

/* Returns 1 if the answer to an unsafe request, which ends with the error `status`, settles the outcome. This
 * is so if the service refused the request or if the answer is complete. Returns 0 if the request may have
 * taken effect. */
int amp__is_settled(const amp_client_t *client, amp_status_t status);

#endif
