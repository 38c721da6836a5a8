/* SPDX-License-Identifier: MIT */
/* Simulates a crowd of devices. All lose the service in the same second, and it returns half an hour later.
 * Prints the number of requests per second, if every device waits as amp_pace_retry and amp_pace_poll say.
 *
 *   crowd NAME RETRY_AFTER_S DRAWN          prints lines `crowd.NAME.PHASE.FIGURE VALUE`
 *   crowd NAME RETRY_AFTER_S DRAWN series   prints a line for each second: its number, and the requests in it
 *
 * RETRY_AFTER_S is the Retry-After of the failing service, 0 for none. With DRAWN 0 every device always draws
 * the longest wait: this models a crowd without jitter, which only doubles its waits.
 *
 * Phases: `away` starts a minute after the Retry-After has passed, and ends when the service returns. `back`
 * is the longest possible wait after that. `looks` is several hours of hourly polls. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ampersand/pace.h"

#define DEVICES 100000u
#define AWAY_S 1800u
#define BACK_S (AMP_PACE_MAX_MS / 1000u)
#define LOOKS_S (4u * 3600u)
#define RETRY_AFTER_MAX_S 600u
#define SECONDS (AWAY_S + RETRY_AFTER_MAX_S + BACK_S + LOOKS_S)
/* Hourly polls are about 28 requests per second. Chance can double so few, so they are counted in bins of ten
 * seconds. */
#define LOOKS_BIN_S 10u
#define NO_DEVICE UINT32_MAX

typedef struct {
    amp_pace_t pace;
    uint32_t random;
    uint32_t at_ms;
    uint32_t next; /* next device that sends in the same second */
} device_t;

static device_t devices[DEVICES];
static uint32_t first_of[SECONDS];
static uint32_t asked[SECONDS];

/* xorshift32: the weakest generator that a device may have. */
static uint32_t drawn(void *ctx)
{
    uint32_t *state = ctx;
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

static uint32_t longest(void *ctx)
{
    (void)ctx;
    return UINT32_MAX;
}

static void put(uint32_t number)
{
    const uint32_t second = devices[number].at_ms / 1000u;
    if (second < SECONDS) {
        devices[number].next = first_of[second];
        first_of[second] = number;
    }
}

/* All devices start in second 0. The seed is a serial number, spread over all bits and made odd. */
static void gather(uint32_t (*random)(void *ctx))
{
    memset(first_of, 0xff, sizeof first_of);
    for (uint32_t i = 0; i < DEVICES; ++i) {
        devices[i].pace.random = random;
        devices[i].pace.random_ctx = &devices[i].random;
        devices[i].random = (i + 1u) * 2654435769u;
        put(i);
    }
}

/* A wait may end in the second that it began in. Then this loop finds the device again. */
static void ask(uint32_t second, uint32_t retry_after_s)
{
    while (first_of[second] != NO_DEVICE) {
        device_t *device = &devices[first_of[second]];
        const uint32_t number = first_of[second];
        first_of[second] = device->next;
        ++asked[second];
        device->at_ms += second < AWAY_S ? amp_pace_retry(&device->pace, retry_after_s * 1000u)
                                         : amp_pace_poll(&device->pace);
        put(number);
    }
}

/* Prints the number of requests of a phase, its seconds, the largest bin, and the seconds of a bin. */
static void report(const char *name, const char *phase, uint32_t from, uint32_t len, uint32_t bin)
{
    uint32_t all = 0;
    uint32_t most = 0;
    for (uint32_t at = from; at + bin <= from + len; at += bin) {
        uint32_t count = 0;
        for (uint32_t i = 0; i < bin; ++i) {
            count += asked[at + i];
        }
        all += count;
        most = count > most ? count : most;
    }
    printf("crowd.%s.%s.all %lu\n", name, phase, (unsigned long)all);
    printf("crowd.%s.%s.seconds %lu\n", name, phase, (unsigned long)len);
    printf("crowd.%s.%s.most %lu\n", name, phase, (unsigned long)most);
    printf("crowd.%s.%s.bin %lu\n", name, phase, (unsigned long)bin);
}

static void print_series(void)
{
    for (uint32_t second = 0; second < SECONDS; ++second) {
        printf("%lu %lu\n", (unsigned long)second, (unsigned long)asked[second]);
    }
}

int main(int argc, char **argv)
{
    uint32_t retry_after_s;
    uint32_t settled_s;
    if (argc < 4 || argc > 5 || (retry_after_s = (uint32_t)strtoul(argv[2], NULL, 10)) > RETRY_AFTER_MAX_S) {
        (void)fprintf(stderr, "usage: crowd NAME RETRY_AFTER_S DRAWN [series]\n");
        return 2;
    }
    gather(strcmp(argv[3], "0") == 0 ? longest : drawn);
    for (uint32_t second = 0; second < SECONDS; ++second) {
        ask(second, retry_after_s);
    }
    if (argc == 5) {
        print_series();
        return 0;
    }
    settled_s = 60u + retry_after_s;
    report(argv[1], "away", settled_s, AWAY_S - settled_s, 1);
    report(argv[1], "back", AWAY_S, retry_after_s + BACK_S, 1);
    report(argv[1], "looks", AWAY_S + retry_after_s + BACK_S, LOOKS_S, LOOKS_BIN_S);
    return 0;
}
