/* SPDX-License-Identifier: MIT */
/** @file
 * Queries about the connections of one tenant: a provider, a group, and optionally a consumer.
 *
 * Each query is one list request that the service filters. The library checks every record again, because an
 * answer about another tenant would be worse than no answer. A record that does not match ends the query with
 * AMP_ERR_MISMATCH and amp_client_info()->field. A list of any length is read in the memory of one
 * amp_look_t.
 *
 * As with operations, the tenant, the query and the records must stay in place until the query is over. An
 * invalid tenant is reported by the first step. "No connection" is AMP_OK with a count of 0 and an empty ID.
 * An error also zeroes the record, but is never AMP_OK. Starting a query that is in progress returns
 * AMP_ERR_STATE and changes nothing. */
#ifndef AMPERSAND_TENANT_H
#define AMPERSAND_TENANT_H

#include "operations.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A tenant. provider and group_ref are required here. */
typedef amp_list_connections_t amp_tenant_t;

/** Number of connections that a baseline stores individually. */
#define AMP_BASELINE_SIZE 8u

/** The connections of a tenant at one time, in constant memory. The first ones are stored by their IDs. Any
 * others are known only by the newest createTime. Private. */
typedef struct {
    uint32_t count;                     /**< Number of connections. */
    uint32_t hashes[AMP_BASELINE_SIZE]; /**< Hashes of the first IDs. */
    uint8_t healthy;                    /**< One bit for each hash: the connection was healthy. */
    amp_time_t newest;                  /**< The newest createTime. */
} amp_baseline_t;

/** A query in progress. All members except `count` are private. */
typedef struct {
    uint32_t count;               /**< Number of connections that match, so far. */
    amp_client_t *client;         /**< The client in use. */
    const amp_tenant_t *tenant;   /**< The tenant. */
    const amp_baseline_t *before; /**< These connections do not match. */
    uint8_t with_recovered;       /**< 1: they match after all if they were unhealthy and are healthy now. */
    amp_baseline_t *baseline;     /**< Receives the baseline, or NULL. */
    amp_connection_t *best;       /**< Receives the best match, or NULL. */
    amp_connection_t current;     /**< The record that is being read. */
} amp_look_t;

/** Starts amp_connection_status, which has the same arguments. Returns AMP_OK, or AMP_ERR_STATE. Continue
 * with amp_look_step. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_connection_status_start(amp_look_t *look, amp_client_t *client,
                                                                   const amp_tenant_t *tenant,
                                                                   amp_connection_t *out);

/** Finds the tenant's connection and waits for the result. If there are several connections, the best is
 * written to *out:
 * - Healthy ones come first, then those of unknown status, then those with bad credentials.
 * - Among these, the one that changed last (updateTime, else createTime) comes first.
 * - Among these, the one with the smallest ID comes first.
 *
 * So the result does not depend on the order of the list. Pass it to amp_health for the verdict.
 *
 * Returns AMP_OK with look->count, or a negative amp_status_t. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_connection_status(amp_look_t *look, amp_client_t *client,
                                                             const amp_tenant_t *tenant,
                                                             amp_connection_t *out);

/** Starts amp_connection_baseline, which has the same arguments. Returns AMP_OK, or AMP_ERR_STATE. Continue
 * with amp_look_step. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_connection_baseline_start(amp_look_t *look, amp_client_t *client,
                                                                     const amp_tenant_t *tenant,
                                                                     amp_baseline_t *out);

/** Stores the tenant's present connections in *out, to find new ones later, and waits for the result. Returns
 * AMP_OK, or a negative amp_status_t. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_connection_baseline(amp_look_t *look, amp_client_t *client,
                                                               const amp_tenant_t *tenant,
                                                               amp_baseline_t *out);

/** Starts amp_connection_reconcile, which has the same arguments. Returns AMP_OK, or AMP_ERR_STATE. Continue
 * with amp_look_step. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_connection_reconcile_start(amp_look_t *look, amp_client_t *client,
                                                                      const amp_tenant_t *tenant,
                                                                      const amp_baseline_t *before,
                                                                      amp_connection_t *out);

/** Finds out whether generateConnection took effect after it ended with AMP_ERR_UNKNOWN_OUTCOME, and waits
 * for the result. `before` is the baseline from before the request; NULL: the tenant had no connection. Only
 * a list request is sent.
 *
 * Returns AMP_OK with look->count, or a negative amp_status_t.
 * - count 1: the connection was created; it is in *out.
 * - count 0: the service has no new connection yet. A request that was aborted may still arrive. Wait some
 *   seconds and call this again before you send the request again.
 * - count above 1: other connections were created too; the best is in *out. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_connection_reconcile(amp_look_t *look, amp_client_t *client,
                                                                const amp_tenant_t *tenant,
                                                                const amp_baseline_t *before,
                                                                amp_connection_t *out);

/** Continues a query, in place of amp_step. Never waits. Returns AMP_PENDING to be called again, at once or
 * after amp_wait; AMP_END when the result is complete; or a negative amp_status_t. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_look_step(amp_look_t *look);

#ifdef __cplusplus
}
#endif
#endif
