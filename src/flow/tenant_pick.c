/* SPDX-License-Identifier: MIT */
/* Picks the connection of a list that a look returns.
 *
 * Invariant: is_better() is a total order, so the result does not depend on the order of the list. */
#include <string.h>

#include "baseline.h"
#include "connection_words.h"
#include "tenant_private.h"

/* Returns the name of a member of the record that is another tenant's, or NULL. */
static const char *mismatch(const amp_tenant_t *tenant, const amp_connection_t *connection)
{
    if (!amp_str_equal(tenant->provider, amp_str(connection->provider))) {
        return "provider";
    }
    if (!amp_str_equal(tenant->group_ref, amp_str(connection->group_ref))) {
        return "group.groupRef";
    }
    if (tenant->consumer_ref.len > 0 &&
        !amp_str_equal(tenant->consumer_ref, amp_str(connection->consumer_ref))) {
        return "consumer.consumerRef";
    }
    return NULL;
}

/* Returns 2 for a healthy connection, 1 for an unknown status, 0 for bad credentials. */
static int rank(const amp_connection_t *connection)
{
    return amp__is_healthy(connection->status) ? 2 : !amp__is_refused(connection->status);
}

/* Returns the time of the last change. */
static amp_time_t changed(const amp_connection_t *connection)
{
    return AMP_HAS(connection, AMP_CONNECTION_UPDATE_TIME) ? connection->update_time
                                                           : connection->create_time;
}

/* Returns 1 if a look prefers `a` to `b`. */
static int is_better(const amp_connection_t *a, const amp_connection_t *b)
{
    if (rank(a) != rank(b)) {
        return rank(a) > rank(b);
    }
    if (changed(a) != changed(b)) {
        return changed(a) > changed(b);
    }
    return strcmp(a->id, b->id) < 0;
}

const char *amp__look_evaluate(amp_look_t *look)
{
    const amp_connection_t *current = &look->current;
    const char *field = mismatch(look->tenant, current);
    if (field != NULL) {
        return field;
    }
    if (look->baseline != NULL) {
        amp__baseline_add(look->baseline, current);
    }
    if (look->before != NULL) {
        amp_change_t change = amp__baseline_compare(look->before, current);
        if (change == AMP_CHANGE_NONE || (change == AMP_CHANGE_RECOVERED && !look->with_recovered)) {
            return NULL;
        }
    }
    if (look->best != NULL && (look->count == 0 || is_better(current, look->best))) {
        *look->best = *current;
    }
    look->count += look->count < UINT32_MAX;
    return NULL;
}
