/* SPDX-License-Identifier: MIT */
/* A test that fails. Each board must report it as failed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void is_right(void **unused)
{
    (void)unused;
    assert_int_equal(2, 1 + 1);
}

static void is_wrong(void **unused)
{
    (void)unused;
    assert_int_equal(3, 1 + 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(is_right), cmocka_unit_test(is_wrong)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
