/* SPDX-License-Identifier: MIT */
/* amp__divide against the division of the compiler. */
#include "base/divide.h"

#include "pieces.h"

#define COUNT_OF(list) (sizeof(list) / sizeof((list)[0]))

static void is_as_the_compiler_divides(void **unused)
{
    static const uint64_t spans[] = {0,
                                     1,
                                     999,
                                     1000,
                                     1001,
                                     999999,
                                     1000000,
                                     86400000000u,
                                     UINT32_MAX,
                                     1ull + UINT32_MAX,
                                     1ull << 40,
                                     1ull << 51,
                                     (1ull << 52) - 1,
                                     4294967295999ull,
                                     4294967295999999ull};
    static const uint32_t units[] = {1, 2, 3, 1000, 1000000, 0x7fffffffu, 0x80000000u};
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(spans); ++i) {
        for (size_t j = 0; j < COUNT_OF(units); ++j) {
            uint64_t expected = spans[i] / units[j];
            assert_int_equal(amp__divide(spans[i], units[j]), expected < UINT32_MAX ? expected : UINT32_MAX);
        }
    }
}

static void what_does_not_fit_is_the_largest(void **unused)
{
    (void)unused;
    assert_int_equal(amp__divide(UINT64_MAX, 1), UINT32_MAX);
    assert_int_equal(amp__divide(4294967296000ull, 1000), UINT32_MAX);
    assert_int_equal(amp__divide(4294967294999ull, 1000), UINT32_MAX - 1u);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_as_the_compiler_divides),
        cmocka_unit_test(what_does_not_fit_is_the_largest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
