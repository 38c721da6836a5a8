/* SPDX-License-Identifier: MIT */
/* Tests mbedTLS's own clock: this program's time() replaces the system's. */
#include <time.h>

#include "rig_case.h"

static time_t system_time = CERTS_NOW;

time_t time(time_t *out)
{
    if (out != NULL) {
        *out = system_time;
    }
    return system_time;
}

static int setup(void **state)
{
    int result = rig_setup(state);
    rig.config.clock = NULL;
    system_time = CERTS_NOW;
    rig_start(RIG_1_2_TICKET);
    return result;
}

static int checks_dates(void)
{
    amp_tls_stats_t stats;
    amp_tls_stats(&rig.tls, &stats);
    return stats.checks_dates;
}

#if defined(MBEDTLS_HAVE_TIME_DATE)
static void test_dates_by_the_system(void **state)
{
    static const time_t unset[] = {-1, 0, 86400, AMP_BUILD_TIME - 1};
    (void)state;
    assert_int_equal(checks_dates(), 1);
    rig_ask_well(&rig);
    rig.connections = 0;
    for (unsigned i = 0; i < sizeof unset / sizeof unset[0]; ++i) {
        rig_disconnect(&rig);
        rig_connect(&rig);
        system_time = unset[i];
        rig_ask_refused(&rig, AMP_ERR_CLOCK);
        assert_int_equal(rig.connections, 0);
    }
    system_time = AMP_BUILD_TIME;
    rig_ask_refused(&rig, AMP_ERR_CERT_FUTURE);
    system_time = CERTS_NOW + 301 * 86400;
    rig_ask_refused(&rig, AMP_ERR_CERT_EXPIRED);
    system_time = 0;
    rig_ask_refused(&rig, AMP_ERR_CLOCK);
    assert_int_equal(amp_client_info(&rig.client)->code, 0); /* not the code of the previous failure */
    system_time = CERTS_NOW;
    rig_ask_well(&rig);
}
#else
static void test_no_dates_at_all(void **state)
{
    (void)state;
    assert_int_equal(checks_dates(), 0);
    system_time = 0;
    rig_ask_well(&rig);
    system_time = CERTS_NOW + 301 * 86400;
    rig_ask_well(&rig);
}
#endif

/* The library uses the application's clock, not the system's. */
static void test_dates_by_the_application(void **state)
{
    static const time_t others[] = {0, 86400, CERTS_NOW + 301 * 86400};
    (void)state;
    rig_free(&rig);
    rig_init(&rig);
    rig_serve(&rig, RIG_1_2_TICKET, &rig_server, NULL);
    rig_connect(&rig);
    assert_int_equal(checks_dates(), 1);
    for (unsigned i = 0; i < sizeof others / sizeof others[0]; ++i) {
        system_time = others[i];
        rig_ask_well(&rig);
    }
    system_time = CERTS_NOW;
    rig.now = CERTS_NOW + 301 * 86400;
    rig_ask_refused(&rig, AMP_ERR_CERT_EXPIRED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#if defined(MBEDTLS_HAVE_TIME_DATE)
        cmocka_unit_test_setup_teardown(test_dates_by_the_system, setup, rig_teardown),
#else
        cmocka_unit_test_setup_teardown(test_no_dates_at_all, setup, rig_teardown),
#endif
        cmocka_unit_test_setup_teardown(test_dates_by_the_application, setup, rig_teardown),
    };
    return cmocka_run_group_tests(tests, rig_make_identities, rig_free_identities);
}
