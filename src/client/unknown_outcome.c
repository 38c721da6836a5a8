/* SPDX-License-Identifier: MIT */
/* Decides whether the answer to an unsafe request settles its outcome (RFC 9110, 9.2.2 and 15).
 *
 * Invariant: an ambiguous answer counts as unsettled. An application that repeats a request which took effect
 * would make the change twice. */
#include "unknown_outcome.h"

#include "../http/response.h"
#include "ampersand/client.h"

/* Returns 1 if the answer is a complete problem document, which only the service writes. Gateways send JSON
 * of their own, such as {"message":"timed out"}, so application/json must contain a member of RFC 9457. If
 * the application has no problem struct, the document was not read, and only its media type decides. */
static int is_own_problem(const amp_client_t *client)
{
    const amp_problem_t *problem = client->config->problem;
    int is_typed = client->response.media == AMP_MEDIA_PROBLEM && !client->response.encoded;
    if (problem == NULL) {
        return is_typed && amp__response_is_done(&client->response);
    }
    return client->problem && (is_typed || AMP_HAS(problem, AMP_PROBLEM_TYPE) ||
                               AMP_HAS(problem, AMP_PROBLEM_TITLE) || AMP_HAS(problem, AMP_PROBLEM_DETAIL));
}

int amp__is_settled(const amp_client_t *client, amp_status_t status)
{
    unsigned http = client->info.http;
    if (status == AMP_ERR_NOT_API) {
        return 0;
    }
    if (http / 100u == 4u && http != 408u) {
        return 1; /* refused: the request had no effect */
    }
    switch (amp_class_of(status)) {
    case AMP_CLASS_ANSWER:
        /* 303 may be the answer to a change that took effect (RFC 9110, 15.4.4). A body that ends with the
         * connection may be truncated, so its invalid JSON does not settle the outcome. */
        return status != AMP_ERR_HTTP && http != 303u &&
               (status != AMP_ERR_JSON || !amp__response_ends_by_close(&client->response));
    case AMP_CLASS_SERVICE:
        return is_own_problem(client);
    default:
        return 0;
    }
}
