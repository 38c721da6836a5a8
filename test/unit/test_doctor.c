/* SPDX-License-Identifier: MIT */
/* The doctor's checks, over a port in memory: results, details, advice, and what is sent. */
#include "fixture.h"

#define NOW_S 1800000000 /* 2027-01-15T08:00:00Z */
#define DATE "Date: Fri, 15 Jan 2027 08:00:00 GMT\r\n"
#define PROVIDER "{\"name\":\"salesforce\",\"authType\":\"oauth2\"}"

static fixture_t f;
static amp_doctor_t doctor;
static amp_doctor_args_t args;
static memory_answer_t answers[2];
static int64_t device_s;
static char results[8];
static char details[AMP_DOCTOR_COUNT_][AMP_DOCTOR_DETAIL_SIZE];
static const char *advice[AMP_DOCTOR_COUNT_];

static int64_t device_clock(void *ctx)
{
    (void)ctx;
    return device_s;
}

static int is_address_long;

static void peer_address(void *ctx, char *out, size_t size)
{
    assert_ptr_equal(ctx, &device_s);
    assert_int_equal(size, AMP_DOCTOR_ADDRESS_SIZE);
    memset(out, 'x', size); /* a longer text is truncated and NUL-terminated by the doctor */
    memcpy(out, "192.0.2.1", is_address_long ? 9 : 10);
}

static uint8_t is_resumed;

static void fake_stats(const amp_port_t *port, amp_tls_stats_t *out_stats)
{
    memset(out_stats, 0, sizeof *out_stats);
    assert_ptr_equal(port, &f.port);
    out_stats->resumed = is_resumed;
    out_stats->protocol = "TLSv1.3";
    out_stats->suite = "TLS1-3-AES-128-GCM-SHA256";
}

static amp_tls_failure_t tls_failure;
static int has_tls = 1;
static void fake_failure(const amp_port_t *port, amp_tls_failure_t *out_failure)
{
    assert_ptr_equal(port, &f.port);
    *out_failure = tls_failure;
}

static const amp_doctor_tls_t fake_tls = {fake_stats, fake_failure};

static void set_up(const char *status, const char *body, const char *second_status)
{
    answers[0] = answer_with(0, status, DATE JSON_TYPE, body);
    answers[1] = answer_with(1, second_status, JSON_TYPE, "[]");
    fixture_init(&f, answers, 2);
    memset(&args, 0, sizeof args);
    memset(&tls_failure, 0, sizeof tls_failure);
    tls_failure.rule = "";
    strcpy(tls_failure.issuer, "Test\tCA");
    device_s = NOW_S;
    args.tls = &f.port;
    args.clock = device_clock;
    args.address = peer_address;
    args.address_ctx = &device_s;
}

/* Runs all checks. `results` gets a letter for each: o(k), f(ailed), s(kipped). */
static amp_status_t examine(void)
{
    unsigned n = 0;
    amp_status_t status = amp_doctor_start_with(&doctor, &f.client, &args, has_tls ? &fake_tls : NULL);
    assert_int_equal(status, AMP_OK);
    assert_string_equal(doctor.advice, "");
    while ((status = amp_doctor_next(&doctor)) == AMP_ITEM) {
        assert_int_equal(doctor.check, n);
        int is_fault = doctor.result == AMP_DOCTOR_FAILED && doctor.answer != AMP_ERR_CANCELLED;
        assert_int_equal(doctor.advice[0] != '\0', is_fault);
        results[n] = amp_doctor_result_name(doctor.result)[0];
        memcpy(details[n], doctor.detail, sizeof doctor.detail);
        advice[n] = doctor.advice;
        ++n;
    }
    results[n] = '\0';
    assert_int_equal(amp_doctor_idle_ms(&doctor), AMP_NEVER_MS);
    assert_int_equal(amp_doctor_step(&doctor), status);
    return status;
}

static int sent_with(const char *text)
{
    return memory_holds(f.memory.sent, f.memory.sent_len, text);
}

static void all_is_well(void **unused)
{
    (void)unused;
    set_up("200 OK", PROVIDER, "200 OK");
    device_s = NOW_S - 3;
    assert_int_equal(examine(), AMP_END);
    assert_string_equal(results, "ooooooo");
    assert_int_equal(doctor.status, AMP_OK);
    assert_string_equal(details[AMP_DOCTOR_DNS], "api.example, 192.0.2.1");
    assert_string_equal(details[AMP_DOCTOR_TCP], "192.0.2.1 port 443");
    assert_string_equal(details[AMP_DOCTOR_TLS], "TLSv1.3 TLS1-3-AES-128-GCM-SHA256, issued by Test?CA");
    assert_string_equal(details[AMP_DOCTOR_CLOCK], "2027-01-15T07:59:57Z, offset -3 s");
    assert_string_equal(details[AMP_DOCTOR_SERVICE], "salesforce (oauth2)");
    assert_string_equal(details[AMP_DOCTOR_CREDENTIAL], "");
    assert_true(sent_with("GET /v1/providers/salesforce "));
    assert_true(sent_with("GET /v1/projects/p-1/connections?groupRef=ampersand-doctor "));
    assert_int_equal(f.memory.opens, 1);
    fixture_end(&f);
}

static void tls_is_described_as_far_as_it_is_known(void **unused)
{
    (void)unused;
    set_up("200 OK", PROVIDER, "200 OK");
    is_resumed = 1;
    assert_int_equal(examine(), AMP_END);
    is_resumed = 0;
    assert_string_equal(details[AMP_DOCTOR_TLS], "TLSv1.3 TLS1-3-AES-128-GCM-SHA256, resumed");
    fixture_end(&f);
    set_up("200 OK", PROVIDER, "200 OK");
    tls_failure.issuer[0] = '\0';
    args.address = NULL;
    assert_int_equal(examine(), AMP_END);
    assert_string_equal(details[AMP_DOCTOR_TLS], "TLSv1.3 TLS1-3-AES-128-GCM-SHA256");
    fixture_end(&f);
    set_up("200 OK", PROVIDER, "200 OK");
    is_address_long = 1;
    assert_int_equal(examine(), AMP_END);
    is_address_long = 0;
    assert_int_equal(strlen(doctor.address), AMP_DOCTOR_ADDRESS_SIZE - 1u);
    fixture_end(&f);
    has_tls = 0; /* a modem implements TLS */
    set_up("200 OK", PROVIDER, "503 Service Unavailable");
    assert_int_equal(examine(), AMP_END);
    assert_string_equal(details[AMP_DOCTOR_TLS], "");
    fixture_end(&f);
    has_tls = 1;
}

static void nothing_is_sent_with_a_placeholder(void **unused)
{
    (void)unused;
    for (unsigned i = 0; i < 2; ++i) {
        set_up("200 OK", PROVIDER, "200 OK");
        args.no_credential = i == 0;
        f.config.project.len = i;
        assert_int_equal(examine(), AMP_END);
        assert_string_equal(results, i == 0 ? "ooooo"
                                              "ss"
                                            : "ooooooo");
        assert_int_equal(sent_with(API_KEY), i);
        fixture_end(&f);
    }
    set_up("200 OK", PROVIDER, "200 OK");
    f.config.project.len = 0;
    assert_int_equal(examine(), AMP_END);
    assert_string_equal(results, "ooooo"
                                 "ss");
    assert_string_equal(details[AMP_DOCTOR_PROJECT], "no project is set");
    assert_string_equal(details[AMP_DOCTOR_CREDENTIAL], "");
    assert_false(sent_with(API_KEY));
    fixture_end(&f);
}

/* The port fails at this stage. */
static void the_stage_tells_which_check_failed(void **unused)
{
    static const struct {
        amp_stage_t stage;
        amp_status_t status;
        const char *results;
        const char *advice;
    } rows[] = {
        {AMP_STAGE_DNS, AMP_ERR_DNS, "fssssss", "DNS server"},
        {AMP_STAGE_CONNECT, AMP_ERR_CONNECT, "ofsssss", "firewall"},
        {AMP_STAGE_CONNECT, AMP_ERR_NETWORK, "ofsssss", "network"},
        {AMP_STAGE_TLS, AMP_ERR_TLS, "oofssss", "proxy"},
        {AMP_STAGE_TLS, AMP_ERR_CERT_EXPIRED, "oofssss", "clock"},
        {AMP_STAGE_TLS, AMP_ERR_CERT_FUTURE, "oofssss", "clock"},
        {AMP_STAGE_TLS, AMP_ERR_CLOCK, "sssfsss", "set the clock"},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        set_up("200 OK", PROVIDER, "200 OK");
        f.memory.fault = MEMORY_OPEN_CALL;
        f.memory.fault_status = rows[i].status;
        f.memory.report.stage = rows[i].stage;
        tls_failure.status = rows[i].status;
        strcpy(tls_failure.subject, "old.example");
        assert_int_equal(examine(), AMP_END);
        assert_string_equal(results, rows[i].results);
        assert_int_equal(doctor.status, rows[i].status);
        const size_t failed = (size_t)(strchr(results, 'f') - results);
        assert_non_null(strstr(advice[failed], rows[i].advice));
        assert_non_null(
            strstr(details[failed], failed == AMP_DOCTOR_CLOCK ? "2027" : amp_status_name(rows[i].status)));
        assert_string_equal(details[AMP_DOCTOR_CLOCK],
                            rows[i].status == AMP_ERR_CERT_EXPIRED || rows[i].status == AMP_ERR_CERT_FUTURE
                                ? "2027-01-15T08:00:00Z; if this time is wrong, set the clock"
                                : "2027-01-15T08:00:00Z");
        assert_string_equal(details[AMP_DOCTOR_CREDENTIAL], "");
        if (rows[i].status == AMP_ERR_CERT_EXPIRED) {
            assert_non_null(strstr(details[failed], "certificate of old.example"));
        }
        fixture_end(&f);
    }
}

static void the_service_may_fail(void **unused)
{
    (void)unused;
    set_up("503 Service Unavailable", "{\"title\":\"Busy\"}", "200 OK");
    assert_int_equal(examine(), AMP_END);
    assert_string_equal(results, "oooofss");
    assert_int_equal(doctor.status, AMP_ERR_SERVICE);
    assert_non_null(strstr(details[AMP_DOCTOR_SERVICE], "HTTP 503). The service says: Busy"));
    assert_non_null(strstr(advice[AMP_DOCTOR_SERVICE], "wait"));
    fixture_end(&f);
    set_up("404 Not Found", "{}", "200 OK");
    assert_int_equal(examine(), AMP_END);
    assert_non_null(strstr(advice[AMP_DOCTOR_SERVICE], "name of the provider"));
    fixture_end(&f);
}

static void credential_and_project_are_told_apart(void **unused)
{
    static const struct {
        const char *status;
        const char *results;
        amp_status_t code;
    } rows[] = {{"401 Unauthorized", "ooooofs", AMP_ERR_UNAUTHORIZED},
                {"403 Forbidden", "ooooofs", AMP_ERR_FORBIDDEN},
                {"404 Not Found", "oooooof", AMP_ERR_NOT_FOUND},
                {"400 Bad Request", "oooooof", AMP_ERR_BAD_REQUEST},
                {"500 No", "ooooofs", AMP_ERR_SERVICE}};
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        set_up("200 OK", PROVIDER, rows[i].status);
        assert_int_equal(examine(), AMP_END);
        assert_string_equal(results, rows[i].results);
        assert_int_equal(doctor.status, rows[i].code);
        const size_t failed = (size_t)(strchr(results, 'f') - results);
        assert_non_null(strstr(details[failed], amp_status_name(rows[i].code)));
        fixture_end(&f);
    }
    assert_non_null(strstr(advice[AMP_DOCTOR_CREDENTIAL], "wait"));
}

/* An offset of five minutes or more is a fault, but other checks still run. */
static void the_clock_is_compared(void **unused)
{
    static const struct {
        int64_t device_s;
        char result;
        const char *detail;
    } rows[] = {{NOW_S + 300, 'o', "2027-01-15T08:05:00Z, offset 300 s"},
                {NOW_S + 301, 'f', "2027-01-15T08:05:01Z, offset 301 s"},
                {NOW_S - 300, 'o', "2027-01-15T07:55:00Z, offset -300 s"},
                {NOW_S - 301, 'f', "2027-01-15T07:54:59Z, offset -301 s"},
                {253402300799, 'f', "9999-12-31T23:59:59Z, offset 2147483647 s"}};
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        set_up("200 OK", PROVIDER, "200 OK");
        device_s = rows[i].device_s;
        assert_int_equal(examine(), AMP_END);
        assert_int_equal(results[AMP_DOCTOR_CLOCK], rows[i].result);
        assert_int_equal(results[AMP_DOCTOR_PROJECT], 'o');
        assert_string_equal(details[AMP_DOCTOR_CLOCK], rows[i].detail);
        assert_int_equal(doctor.status, rows[i].result == 'f' ? AMP_ERR_CLOCK : AMP_OK);
        fixture_end(&f);
    }
    set_up("200 OK", PROVIDER, "200 OK");
    args.clock = NULL;
    assert_int_equal(examine(), AMP_END);
    assert_string_equal(results, "ooo"
                                 "s"
                                 "ooo");
    assert_string_equal(details[AMP_DOCTOR_CLOCK], "there is no clock");
    fixture_end(&f);
}

static void the_clock_of_the_service_may_be_missing_or_far_away(void **unused)
{
    (void)unused;
    set_up("200 OK", PROVIDER, "200 OK");
    answers[0] = answer_with(0, "200 OK", JSON_TYPE, PROVIDER);
    assert_int_equal(examine(), AMP_END);
    assert_string_equal(results, "ooooooo");
    assert_string_equal(details[AMP_DOCTOR_CLOCK], "2027-01-15T08:00:00Z");
    fixture_end(&f);
    set_up("200 OK", PROVIDER, "200 OK");
    answers[0] = answer_with(0, "200 OK", "Date: Fri, 31 Dec 9999 23:59:59 GMT\r\n" JSON_TYPE, PROVIDER);
    assert_int_equal(examine(), AMP_END);
    assert_int_equal(results[AMP_DOCTOR_CLOCK], 'f');
    assert_string_equal(details[AMP_DOCTOR_CLOCK], "2027-01-15T08:00:00Z, offset -2147483647 s");
    fixture_end(&f);
}

/* The first failure is the status. Later failures are reported too. */
static void two_checks_may_fail(void **unused)
{
    (void)unused;
    set_up("200 OK", PROVIDER, "401 Unauthorized");
    device_s = NOW_S + 301;
    assert_int_equal(examine(), AMP_END);
    assert_string_equal(results, "ooofofs");
    assert_int_equal(doctor.status, AMP_ERR_CLOCK);
    assert_non_null(strstr(details[AMP_DOCTOR_CREDENTIAL], "AMP_ERR_UNAUTHORIZED"));
    fixture_end(&f);
}

static void an_address_is_not_named_twice(void **unused)
{
    (void)unused;
    set_up("200 OK", PROVIDER, "200 OK");
    assert_int_equal(amp_url_parse(AMP_STR("https://192.0.2.1/v1"), &f.url), 0);
    assert_int_equal(amp_init(&f.client, &f.config, f.work, f.work_size), AMP_OK);
    assert_int_equal(examine(), AMP_END);
    assert_string_equal(details[AMP_DOCTOR_DNS], "192.0.2.1");
    fixture_end(&f);
}

/* A kept connection would hide that names, TCP or TLS no longer work. */
static void a_clock_that_shows_no_date_is_not_set(void **unused)
{
    static const int64_t times[] = {0, -1, INT64_MIN, 253402300800, INT64_MAX};
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(times); ++i) {
        set_up("200 OK", PROVIDER, "200 OK");
        device_s = times[i];
        assert_int_equal(examine(), AMP_END);
        assert_int_equal(results[AMP_DOCTOR_CLOCK], 'f');
        assert_string_equal(details[AMP_DOCTOR_CLOCK], "the clock is not set");
        assert_string_equal(advice[AMP_DOCTOR_CLOCK], "set the clock");
        fixture_end(&f);
    }
}

static void a_new_connection_is_made(void **unused)
{
    (void)unused;
    set_up("200 OK", PROVIDER, "200 OK");
    answers[1] = answers[0];
    args.no_credential = 1;
    assert_int_equal(amp_get_connection(&f.client, &get_args, &f.out), AMP_ERR_MISSING);
    assert_int_equal(f.memory.opens, 1);
    f.memory.answer = 0;
    assert_int_equal(examine(), AMP_END);
    assert_int_equal(f.memory.opens, 2);
    fixture_end(&f);
}

/* The doctor never waits, and reports when a step is due. */
static void it_takes_its_time_step_by_step(void **unused)
{
    unsigned items = 0;
    unsigned waits = 0;
    amp_status_t status;
    (void)unused;
    set_up("200 OK", PROVIDER, "200 OK");
    f.memory.pace = MEMORY_BYTE_EVERY_OTHER_CALL;
    f.memory.open_delay = 3;
    assert_int_equal(amp_doctor_start_with(&doctor, &f.client, &args, NULL), AMP_OK);
    while ((status = amp_doctor_step(&doctor)) != AMP_END) {
        assert_true(status == AMP_PENDING || status == AMP_ITEM);
        items += status == AMP_ITEM;
        waits += amp_doctor_idle_ms(&doctor) > 0;
        f.memory.now_ms += 10;
        assert_true(status != AMP_ITEM || doctor.result == AMP_DOCTOR_OK);
        assert_true(status != AMP_ITEM || doctor.check != AMP_DOCTOR_TCP || doctor.ms >= 30u);
    }
    assert_int_equal(items, AMP_DOCTOR_COUNT_);
    assert_true(waits > 500u);
    assert_int_equal(f.memory.waits, 0);
    fixture_end(&f);
}

static void misuse_is_an_error(void **unused)
{
    (void)unused;
    set_up("200 OK", PROVIDER, "200 OK");
    assert_int_equal(amp_get_connection_start(&f.client, &get_args, &f.out), AMP_OK);
    assert_int_equal(amp_doctor_start_with(&doctor, &f.client, &args, NULL), AMP_ERR_STATE);
    assert_int_equal(amp_doctor_step(&doctor), AMP_ERR_STATE);
    amp_reset(&f.client);
    args.provider = AMP_STR("..");
    assert_int_equal(amp_doctor_start_with(&doctor, &f.client, &args, NULL), AMP_OK);
    assert_int_equal(amp_doctor_next(&doctor), AMP_ERR_ARGUMENT);
    assert_int_equal(amp_doctor_next(&doctor), AMP_ERR_ARGUMENT);
    args.provider.len = 0;
    amp_status_t status = AMP_OK;
    unsigned at = 0;
    for (; status != AMP_END; ++at) {
        assert_int_equal(amp_init(&f.client, &f.config, f.work, f.work_size), AMP_OK);
        f.memory.answer = 0;
        status = amp_doctor_start_with(&doctor, &f.client, &args, NULL);
        for (unsigned i = 0; i < at && status != AMP_END; ++i) {
            status = amp_doctor_step(&doctor);
            assert_true(status > 0);
        }
        amp_close(&f.client); /* before any step */
        assert_int_equal(amp_doctor_idle_ms(&doctor), status == AMP_END ? AMP_NEVER_MS : 0);
        assert_int_equal(amp_doctor_next(&doctor), status == AMP_END ? AMP_END : AMP_ERR_STATE);
    }
    assert_true(at > 12u);
    fixture_end(&f);
}

/* An event loop that asks how long to wait must not be told to wait without end. */
static void a_client_that_is_reset_is_an_error(void **unused)
{
    (void)unused;
    set_up("200 OK", PROVIDER, "200 OK");
    assert_int_equal(amp_doctor_start_with(&doctor, &f.client, &args, NULL), AMP_OK);
    assert_int_equal(amp_doctor_step(&doctor), AMP_PENDING);
    amp_reset(&f.client);
    assert_int_equal(amp_doctor_idle_ms(&doctor), 0);
    assert_int_equal(amp_doctor_step(&doctor), AMP_ERR_STATE);
    assert_int_equal(amp_doctor_idle_ms(&doctor), AMP_NEVER_MS);
    fixture_end(&f);
}

/* The application starts a request of its own before the doctor asks about the credential. */
static void a_client_that_is_used_meanwhile_is_an_error(void **unused)
{
    (void)unused;
    set_up("200 OK", PROVIDER, "200 OK");
    assert_int_equal(amp_doctor_start_with(&doctor, &f.client, &args, NULL), AMP_OK);
    do {
        assert_int_equal(amp_doctor_next(&doctor), AMP_ITEM);
    } while (doctor.check != AMP_DOCTOR_SERVICE);
    assert_int_equal(amp_get_connection_start(&f.client, &get_args, &f.out), AMP_OK);
    assert_int_equal(amp_doctor_next(&doctor), AMP_ERR_STATE);
    fixture_end(&f);
}

static void a_request_may_be_cancelled(void **unused)
{
    (void)unused;
    set_up("200 OK", PROVIDER, "200 OK");
    f.cancel = 1;
    assert_int_equal(examine(), AMP_END);
    assert_string_equal(results, "fss"
                                 "sss"
                                 "s");
    assert_int_equal(doctor.status, AMP_ERR_CANCELLED);
    fixture_end(&f);
}

static void names_are_known(void **unused)
{
    (void)unused;
    assert_string_equal(amp_doctor_check_name(AMP_DOCTOR_DNS), "dns");
    assert_string_equal(amp_doctor_check_name(AMP_DOCTOR_PROJECT), "project");
    assert_string_equal(amp_doctor_check_name((amp_doctor_check_t)99), "unknown");
    assert_string_equal(amp_doctor_result_name(AMP_DOCTOR_FAILED), "failed");
    assert_string_equal(amp_doctor_result_name((amp_doctor_result_t)99), "unknown");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_is_well),
        cmocka_unit_test(tls_is_described_as_far_as_it_is_known),
        cmocka_unit_test(nothing_is_sent_with_a_placeholder),
        cmocka_unit_test(the_stage_tells_which_check_failed),
        cmocka_unit_test(the_service_may_fail),
        cmocka_unit_test(credential_and_project_are_told_apart),
        cmocka_unit_test(the_clock_is_compared),
        cmocka_unit_test(a_clock_that_shows_no_date_is_not_set),
        cmocka_unit_test(a_new_connection_is_made),
        cmocka_unit_test(it_takes_its_time_step_by_step),
        cmocka_unit_test(misuse_is_an_error),
        cmocka_unit_test(a_client_that_is_reset_is_an_error),
        cmocka_unit_test(the_clock_of_the_service_may_be_missing_or_far_away),
        cmocka_unit_test(two_checks_may_fail),
        cmocka_unit_test(an_address_is_not_named_twice),
        cmocka_unit_test(a_client_that_is_used_meanwhile_is_an_error),
        cmocka_unit_test(a_request_may_be_cancelled),
        cmocka_unit_test(names_are_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
