/* SPDX-License-Identifier: MIT */
/* AMP_ERR_UNKNOWN_OUTCOME: an unsafe request may have taken effect. */
#ifndef AMP_SRC_UNKNOWN_OUTCOME_H
#define AMP_SRC_UNKNOWN_OUTCOME_H

#include "ampersand/client.h"

/* For an unsafe request that ends with the error `status`: returns 1 if the answer settles whether the
 * request took effect, because the service refused it or the answer is complete. Returns 0 if it may have
 * taken effect. */
int amp__is_settled(const amp_client_t *client, amp_status_t status);

#endif
