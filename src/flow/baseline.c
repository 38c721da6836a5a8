/* SPDX-License-Identifier: MIT */
#include "baseline.h"

#include "../base/hash.h"
#include "connection_words.h"

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

/* Which mark is the connection's; AMP_BASELINE_SIZE when none is. */
static unsigned find(const amp_baseline_t *baseline, const amp_connection_t *connection)
{
    const uint32_t mark = amp__hash(connection->id);
    for (unsigned i = 0; i < baseline->count && i < AMP_BASELINE_SIZE; ++i) {
        if (baseline->hashes[i] == mark) {
            return i;
        }
    }
    return AMP_BASELINE_SIZE;
}

void amp__baseline_watch(amp_baseline_t *baseline, const amp_connection_t *connection)
{
    /* It takes the place of one that stays known by its time, as all beyond the marks. */
    const unsigned last = AMP_BASELINE_SIZE - 1u;
    if (find(baseline, connection) == AMP_BASELINE_SIZE) {
        baseline->hashes[last] = amp__hash(connection->id);
        baseline->healthy = (uint8_t)(baseline->healthy & ~(1u << last));
    }
}

amp_change_t amp__baseline_compare(const amp_baseline_t *baseline, const amp_connection_t *connection)
{
    const unsigned at = find(baseline, connection);
    if (at < AMP_BASELINE_SIZE) {
        int was_healthy = (baseline->healthy >> at & 1u) != 0;
        return !was_healthy && amp__is_healthy(connection->status) ? AMP_IS_MENDED : AMP_WAS_THERE;
    }
    /* Not among the marks: new, unless there were more than have one. */
    return baseline->count <= AMP_BASELINE_SIZE || connection->create_time > baseline->newest ? AMP_IS_NEW
                                                                                              : AMP_WAS_THERE;
}
