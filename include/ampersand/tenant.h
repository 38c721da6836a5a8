/* SPDX-License-Identifier: MIT */
/* What one tenant (a provider, a group, perhaps a consumer) has by way of connections. Each question
 * is a list that the service filters; every record of it is checked once more, since an answer about
 * somebody else would be worse than none: AMP_ERR_MISMATCH with amp_client_info()->field. A list of any
 * length is read in the memory of one amp_look_t.
 *
 * As with operations: arguments, look and records stay in place until it is over, and what is wrong
 * with the tenant comes from the first step. "None" is AMP_OK with a count of 0 and an empty id, and
 * is never what an error leaves: then the record is zeroed too, and the call does not give AMP_OK. A
 * second start of a question that is under way is AMP_ERR_STATE and changes nothing. */
#ifndef AMPERSAND_TENANT_H
#define AMPERSAND_TENANT_H

#include "operations.h"

#ifdef __cplusplus
extern "C" {
#endif

/* provider and group_ref are required here. */
typedef amp_list_connections_t amp_tenant_t;

/* Connections that a baseline knows one by one. */
#define AMP_BASELINE_SIZE 8u

/* The connections that were there at a time, in a size that does not grow with them: the first ones
 * by their ids, more than that by the newest createTime. Private. */
typedef struct {
    uint32_t count;
    uint32_t hashes[AMP_BASELINE_SIZE];
    uint8_t healthy; /* a bit for each hash */
    amp_time_t newest;
} amp_baseline_t;

/* A question under way. Private but for `count`. */
typedef struct {
    uint32_t count; /* connections that fit the question, so far */
    amp_client_t *client;
    const amp_tenant_t *tenant;
    const amp_baseline_t *before; /* what was there before does not fit */
    uint8_t with_recovered;       /* unless it is healthy now and was not */
    amp_baseline_t *baseline;
    amp_connection_t *best;
    amp_connection_t current;
} amp_look_t;

/* The tenant's connection. Of several the best is given: a healthy one before one whose status is not
 * known, and that before one with bad credentials; among equals the one changed last (updateTime, or
 * createTime); among those the one whose id comes first. So the answer does not depend on the order
 * of the list. amp_health() says what it means. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_connection_status_start(amp_look_t *look, amp_client_t *client,
                                                                   const amp_tenant_t *tenant,
                                                                   amp_connection_t *out);
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_connection_status(amp_look_t *look, amp_client_t *client,
                                                             const amp_tenant_t *tenant,
                                                             amp_connection_t *out);

/* The tenant's connections as they are now, to tell later what is new. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_connection_baseline_start(amp_look_t *look, amp_client_t *client,
                                                                     const amp_tenant_t *tenant,
                                                                     amp_baseline_t *out);
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_connection_baseline(amp_look_t *look, amp_client_t *client,
                                                               const amp_tenant_t *tenant,
                                                               amp_baseline_t *out);

/* After AMP_ERR_UNKNOWN_OUTCOME of generateConnection: was it made? `before` is the baseline from
 * before it was sent; NULL says that the tenant had no connection then. AMP_OK with a count of 1: it
 * was, and is in *out. With 0: it was not, as far as the service knows now; a request that was cut off
 * may still be on its way, so look once more after some seconds before it is sent again. With more:
 * others were made meanwhile, and the best is in *out. Nothing is ever sent but a list. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_connection_reconcile_start(amp_look_t *look, amp_client_t *client,
                                                                      const amp_tenant_t *tenant,
                                                                      const amp_baseline_t *before,
                                                                      amp_connection_t *out);
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_connection_reconcile(amp_look_t *look, amp_client_t *client,
                                                                const amp_tenant_t *tenant,
                                                                const amp_baseline_t *before,
                                                                amp_connection_t *out);

/* Goes on with any of them, in place of amp_step; never waits. AMP_PENDING: call again, at once or
 * when amp_wait() says that it is worth it. AMP_END: the answer is there. Below 0: an error. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_look_step(amp_look_t *look);

#ifdef __cplusplus
}
#endif
#endif
