/* SPDX-License-Identifier: MIT */
/* Which connection of a list is the answer. */
#include <string.h>

#include "baseline.h"
#include "connection_words.h"
#include "tenant_private.h"

/* The member of a record that is another tenant's, or NULL. */
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

static int rank(const amp_connection_t *connection)
{
    return amp__is_healthy(connection->status) ? 2 : !amp__is_refused(connection->status);
}

static amp_time_t changed(const amp_connection_t *connection)
{
    return AMP_HAS(connection, AMP_CONNECTION_UPDATE_TIME) ? connection->update_time
                                                           : connection->create_time;
}

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

const char *amp__look_take(amp_look_t *look)
{
    const amp_connection_t *each = &look->current;
    const char *field = mismatch(look->tenant, each);
    if (field != NULL) {
        return field;
    }
    if (look->baseline != NULL) {
        amp__baseline_add(look->baseline, each);
    }
    if (look->before != NULL) {
        amp_change_t change = amp__baseline_compare(look->before, each);
        if (change == AMP_WAS_THERE || (change == AMP_IS_MENDED && !look->with_recovered)) {
            return NULL;
        }
    }
    if (look->best != NULL && (look->count == 0 || is_better(each, look->best))) {
        *look->best = *each;
    }
    look->count += look->count < UINT32_MAX;
    return NULL;
}
