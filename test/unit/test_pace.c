/* SPDX-License-Identifier: MIT */
#include "pieces.h"

#include "ampersand/pace.h"

/* Returns the number that the test set, and counts the calls. */
typedef struct {
    uint32_t number;
    unsigned calls;
} numbers_t;

static uint32_t number(void *ctx)
{
    numbers_t *numbers = ctx;
    ++numbers->calls;
    return numbers->number;
}

static uint32_t seeded(void *ctx)
{
    uint32_t *state = ctx;
    *state = *state * 1664525u + 1013904223u;
    return *state;
}

static amp_pace_t pace_of(numbers_t *numbers)
{
    amp_pace_t pace;
    memset(&pace, 0, sizeof pace);
    pace.random = number;
    pace.random_ctx = numbers;
    return pace;
}

static void failures_double_the_window_up_to_the_most(void **unused)
{
    static const uint32_t windows[] = {2000, 4000, 8000, 16000, 32000, 64000, 120000, 120000, 120000};
    numbers_t highest = {UINT32_MAX, 0};
    numbers_t lowest = {0, 0};
    numbers_t middle = {0x80000000u, 0};
    amp_pace_t most = pace_of(&highest);
    amp_pace_t least = pace_of(&lowest);
    amp_pace_t half = pace_of(&middle);
    (void)unused;
    for (size_t i = 0; i < sizeof windows / sizeof windows[0]; ++i) {
        assert_int_equal(amp_pace_retry(&most, 0), windows[i]);
        assert_int_equal(amp_pace_retry(&least, 0), 0);
        assert_int_equal(amp_pace_retry(&half, 0), windows[i] / 2u);
    }
    assert_int_equal(highest.calls, 9);
}

static void a_long_row_of_failures_stays_at_the_most(void **unused)
{
    numbers_t highest = {UINT32_MAX, 0};
    amp_pace_t pace = pace_of(&highest);
    (void)unused;
    pace.first_ms = 1;
    pace.max_ms = UINT32_MAX;
    for (int i = 0; i < 1000; ++i) {
        uint32_t wait = amp_pace_retry(&pace, 0);
        assert_int_equal(wait, i < 27 ? 1u << i : AMP_PACE_DAY_MS);
    }
    assert_int_equal(pace.failures, 31);
}

static void success_resets_the_pace(void **unused)
{
    numbers_t highest = {UINT32_MAX, 0};
    amp_pace_t pace = pace_of(&highest);
    (void)unused;
    for (int i = 0; i < 5; ++i) {
        (void)!amp_pace_retry(&pace, 0);
    }
    assert_int_equal(amp_pace_poll(&pace), 5400000);
    assert_int_equal(amp_pace_retry(&pace, 0), 2000);
    assert_int_equal(amp_pace_pending(&pace), 7500);
    assert_int_equal(amp_pace_retry(&pace, 0), 2000);
}

static void polls_are_from_half_to_one_and_a_half(void **unused)
{
    numbers_t numbers = {0, 0};
    amp_pace_t pace = pace_of(&numbers);
    (void)unused;
    assert_int_equal(amp_pace_poll(&pace), 1800000);
    assert_int_equal(amp_pace_pending(&pace), 2500);
    numbers.number = UINT32_MAX;
    pace.poll_ms = 1000;
    pace.pending_ms = 10;
    assert_int_equal(amp_pace_poll(&pace), 1500);
    assert_int_equal(amp_pace_pending(&pace), 15);
    pace.poll_ms = UINT32_MAX;
    assert_int_equal(amp_pace_poll(&pace), AMP_PACE_DAY_MS + AMP_PACE_DAY_MS / 2u);
}

/* The wait is never shorter than the service's Retry-After, and is spread after it. */
static void the_wait_of_the_service_is_kept(void **unused)
{
    static const struct {
        uint32_t least;
        uint32_t most; /* limits of the wait after the first failure */
    } rows[] = {
        {1, 2001},
        {1999, 3999},
        {2000, 4000},
        {30000, 60000},
        {120000, 240000},
        {3600000, 3720000},
        {86400000, 86520000},
        {86400001, 86520000},
        {UINT32_MAX, 86520000},
    };
    (void)unused;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
        numbers_t numbers = {0, 0};
        amp_pace_t pace = pace_of(&numbers);
        uint32_t least = rows[i].least < AMP_PACE_DAY_MS ? rows[i].least : AMP_PACE_DAY_MS;
        assert_int_equal(amp_pace_retry(&pace, rows[i].least), least);
        pace.failures = 0;
        numbers.number = UINT32_MAX;
        assert_int_equal(amp_pace_retry(&pace, rows[i].least), rows[i].most);
    }
}

/* With repeated Retry-After, the waits of devices spread further each time. */
static void doubling_begins_at_the_wait_of_the_service(void **unused)
{
    static const uint32_t waits[] = {20000, 30000, 50000, 90000, 130000, 130000};
    numbers_t highest = {UINT32_MAX, 0};
    amp_pace_t pace = pace_of(&highest);
    (void)unused;
    for (size_t i = 0; i < sizeof waits / sizeof waits[0]; ++i) {
        assert_int_equal(amp_pace_retry(&pace, 10000), waits[i]);
    }
    (void)!amp_pace_poll(&pace);
    assert_int_equal(amp_pace_retry(&pace, 10000), waits[0]);
}

static void same_seed_same_schedule(void **unused)
{
    uint32_t seeds[] = {7, 7, 8};
    uint32_t waits[3][40];
    (void)unused;
    for (int k = 0; k < 3; ++k) {
        amp_pace_t pace;
        memset(&pace, 0, sizeof pace);
        pace.random = seeded;
        pace.random_ctx = &seeds[k];
        for (int i = 0; i < 40; ++i) {
            waits[k][i] = i % 10 == 9 ? amp_pace_poll(&pace) : amp_pace_retry(&pace, i % 3 == 0 ? 5000 : 0);
        }
    }
    assert_memory_equal(waits[0], waits[1], sizeof waits[0]);
    assert_memory_not_equal(waits[0], waits[2], sizeof waits[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(failures_double_the_window_up_to_the_most),
        cmocka_unit_test(a_long_row_of_failures_stays_at_the_most),
        cmocka_unit_test(success_resets_the_pace),
        cmocka_unit_test(polls_are_from_half_to_one_and_a_half),
        cmocka_unit_test(the_wait_of_the_service_is_kept),
        cmocka_unit_test(doubling_begins_at_the_wait_of_the_service),
        cmocka_unit_test(same_seed_same_schedule),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
