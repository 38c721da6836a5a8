/* SPDX-License-Identifier: MIT */
#include "pieces.h"

#include "base/wipe.h"

static void zeroes_exactly_its_argument(void **unused)
{
    uint8_t bytes[64];
    (void)unused;
    for (size_t from = 0; from < 20; ++from) {
        for (size_t len = 0; len + from < sizeof bytes; ++len) {
            memset(bytes, 0xa5, sizeof bytes);
            amp__wipe(bytes + from, len);
            for (size_t i = 0; i < sizeof bytes; ++i) {
                assert_int_equal(bytes[i], i >= from && i < from + len ? 0 : 0xa5);
            }
        }
    }
}

/* The memory is not read after this function returns, so a compiler could remove a plain memset. The test
 * reads it through a pointer that the compiler cannot trace. */
static uint8_t *volatile where;

static void __attribute__((noinline)) keep_and_wipe(uint8_t *memory, size_t len)
{
    memset(memory, 0x5a, len);
    where = memory;
    amp__wipe(memory, len);
}

static void is_not_dropped_before_free(void **unused)
{
    uint8_t *memory = malloc(256);
    uint8_t seen = 0;
    (void)unused;
    assert_non_null(memory);
    keep_and_wipe(memory, 256);
    for (size_t i = 0; i < 256; ++i) {
        seen = (uint8_t)(seen | ((volatile uint8_t *)where)[i]);
    }
    free(memory);
    assert_int_equal(seen, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(zeroes_exactly_its_argument),
        cmocka_unit_test(is_not_dropped_before_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
