/* SPDX-License-Identifier: MIT */
/* A waiting time in words: the two largest units of days, hours, minutes and seconds. */
#include "duration.h"

#include <stdio.h>

static const struct {
    const char *name;
    uint32_t seconds;
} units[] = {{"day", 86400}, {"hour", 3600}, {"minute", 60}, {"second", 1}};

#define LAST (sizeof units / sizeof units[0] - 1u)

static const char *plural(uint32_t count)
{
    return count == 1u ? "" : "s";
}

const char *duration_text(uint32_t seconds, char out[DURATION_SIZE])
{
    size_t n = 0;
    while (n < LAST && seconds < units[n].seconds) {
        ++n;
    }
    uint32_t small = n < LAST ? units[n + 1u].seconds : 1u;
    /* Rounded up: never shorter than the requested time. 32 bits would make the longest time 0. */
    uint64_t rounded = ((uint64_t)seconds + small - 1u) / small * small;
    uint32_t count = (uint32_t)(rounded / units[n].seconds);
    uint32_t rest = (uint32_t)(rounded % units[n].seconds / small);
    int len = snprintf(out, DURATION_SIZE, "%lu %s%s", (unsigned long)count, units[n].name, plural(count));
    if (rest != 0) {
        snprintf(out + len, DURATION_SIZE - (size_t)len, " %lu %s%s", (unsigned long)rest, units[n + 1u].name,
                 plural(rest));
    }
    return out;
}
