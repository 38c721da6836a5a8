/* SPDX-License-Identifier: MIT */
/* Remembers a tenant's connections in a struct of fixed size, to find a new or a recovered one later.
 *
 * Invariants:
 * - The first AMP_BASELINE_SIZE connections are known by the hash of their ID.
 * - Bit n of `healthy` belongs to hashes[n]. It is 1 if that connection was healthy.
 * - Connections beyond that are known only by the newest createTime: a later one is new. */
#include "baseline.h"

#include "../base/hash.h"
#include "connection_words.h"

#define HEALTHY_BITS (8u * sizeof(((amp_baseline_t *)0)->healthy))
typedef char each_hash_has_a_healthy_bit_t[AMP_BASELINE_SIZE <= HEALTHY_BITS ? 1 : -1];

void amp__baseline_add(amp_baseline_t *baseline, const amp_connection_t *connection)
{
    if (baseline->count < AMP_BASELINE_SIZE) {
        baseline->hashes[baseline->count] = amp__hash(connection->id);
        if (amp__is_healthy(connection->status)) {
            baseline->healthy = (uint8_t)(baseline->healthy | 1u << baseline->count);
        }
    }
    if (baseline->count == 0 || connection->create_time > baseline->newest) {
        baseline->newest = connection->create_time;
    }
    baseline->count += baseline->count < UINT32_MAX;
}

/* Returns the index of the connection's hash, or AMP_BASELINE_SIZE if it has none. */
static unsigned find(const amp_baseline_t *baseline, const amp_connection_t *connection)
{
    const uint32_t hash = amp__hash(connection->id);
    for (unsigned i = 0; i < baseline->count && i < AMP_BASELINE_SIZE; ++i) {
        if (baseline->hashes[i] == hash) {
            return i;
        }
    }
    return AMP_BASELINE_SIZE;
}

void amp__baseline_watch(amp_baseline_t *baseline, const amp_connection_t *connection)
{
    /* The hash replaces the last one. The connection that loses its hash is still recognized as old by its
     * createTime. */
    const unsigned last = AMP_BASELINE_SIZE - 1u;
    if (find(baseline, connection) == AMP_BASELINE_SIZE) {
        baseline->hashes[last] = amp__hash(connection->id);
        baseline->healthy = (uint8_t)(baseline->healthy & ~(1u << last));
    }
}

amp_change_t amp__baseline_compare(const amp_baseline_t *baseline, const amp_connection_t *connection)
{
    const unsigned index = find(baseline, connection);
    if (index < AMP_BASELINE_SIZE) {
        int was_healthy = (baseline->healthy >> index & 1u) != 0;
        return !was_healthy && amp__is_healthy(connection->status) ? AMP_CHANGE_RECOVERED : AMP_CHANGE_NONE;
    }
    /* No hash matches. The connection is new if all connections of the baseline have a hash. */
    return baseline->count <= AMP_BASELINE_SIZE || connection->create_time > baseline->newest
               ? AMP_CHANGE_NEW
               : AMP_CHANGE_NONE;
}
