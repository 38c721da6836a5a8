/* SPDX-License-Identifier: MIT */
/* amp_device.h: a device opens with each kind of trust, refuses a bad configuration, and leaves no secret. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "amp_device.h"

#include "../../examples/platformio/src/arduino/roots.h"
#include "../memory_holds.h"

#define KEY "a-key-that-must-not-stay"

/* The socket port of the test. `open` returns `result` and records its arguments. */
typedef struct {
    int result;
    int opens;
    int closes;
    char host[64];
    uint16_t port;
    uint32_t ms;
} under_t;

static int under_open(void *ctx, const char *host, uint16_t port)
{
    under_t *under = ctx;
    ++under->opens;
    (void)snprintf(under->host, sizeof under->host, "%s", host);
    under->port = port;
    return under->result;
}

static int under_send(void *ctx, const uint8_t *data, size_t len)
{
    (void)ctx;
    (void)data;
    return (int)len;
}

static int under_recv(void *ctx, uint8_t *data, size_t len)
{
    (void)ctx;
    (void)data;
    (void)len;
    return 0;
}

static void under_close(void *ctx)
{
    under_t *under = ctx;
    ++under->closes;
}

static uint32_t under_now_ms(void *ctx)
{
    const under_t *under = ctx;
    return under->ms;
}

static void under_wait(void *ctx, unsigned wanted, uint32_t ms)
{
    under_t *under = ctx;
    (void)wanted;
    under->ms += ms;
}

/* A bundle without certificates, as in Arduino's core 2.x. */
static int attach_empty(void *ssl_config)
{
    (void)ssl_config;
    return 0;
}

static int64_t clock_at(void *ctx)
{
    const int64_t *seconds = ctx;
    return *seconds;
}

static amp_device_t device;
static under_t under;
static amp_port_t port;

static amp_device_config_t good_config(void)
{
    static const under_t fresh;
    under = fresh;
    port = (amp_port_t){.ctx = &under,
                        .open = under_open,
                        .send = under_send,
                        .recv = under_recv,
                        .close = under_close,
                        .now_ms = under_now_ms,
                        .wait = under_wait};
    return (amp_device_config_t){.project = "p",
                                 .api_key = KEY,
                                 .anchors = roots,
                                 .anchor_count = sizeof roots / sizeof roots[0],
                                 .under = &port};
}

static amp_status_t start(void)
{
    static amp_get_connection_t which;
    which.id = AMP_STR("c-1");
    return amp_get_connection_start(&device.client, &which, &device.connection);
}

static void test_it_connects_to_the_service(void **state)
{
    amp_device_config_t config = good_config();
    (void)state;
    assert_int_equal(amp_device_open(&device, &config), AMP_OK);
    assert_int_equal(under.opens, 0); /* no call is made before the first operation */
    assert_int_equal(start(), AMP_OK);
    while (under.opens == 0) {
        assert_int_equal(amp_step(&device.client), AMP_PENDING);
    }
    assert_string_equal(under.host, "api.withampersand.com");
    assert_int_equal(under.port, 443);
    amp_device_close(&device);
    assert_int_equal(start(), AMP_ERR_STATE);
    assert_true(amp_device_idle(&device));
}

static void test_it_connects_to_another_url(void **state)
{
    amp_device_config_t config = good_config();
    (void)state;
    config.url = "https://example.org:8443/v1";
    config.timeout_ms = 1000;
    assert_int_equal(amp_device_open(&device, &config), AMP_OK);
    assert_int_equal(start(), AMP_OK);
    assert_int_equal(amp_run(&device.client), AMP_ERR_DEADLINE);
    assert_string_equal(under.host, "example.org");
    assert_int_equal(under.port, 8443);
    assert_in_range(under.ms, 1000, 1100);
    amp_device_close(&device);
}

/* A device whose clock is not set sends nothing. */
static void test_its_clock(void **state)
{
    int64_t seconds = 1000;
    amp_device_config_t config = good_config();
    (void)state;
    config.clock = clock_at;
    config.clock_ctx = &seconds;
    assert_int_equal(amp_device_open(&device, &config), AMP_OK);
    assert_int_equal(start(), AMP_OK);
    assert_int_equal(amp_run(&device.client), AMP_ERR_CLOCK);
    assert_int_equal(under.opens, 0);
    config.clock = NULL; /* the system's clock is set */
    under.result = AMP_ERR_NETWORK;
    assert_int_equal(amp_device_open(&device, &config), AMP_OK);
    assert_int_equal(start(), AMP_OK);
    assert_int_equal(amp_run(&device.client), AMP_ERR_NETWORK);
    assert_int_equal(under.opens, 1);
    amp_device_close(&device);
}

static void expect_refused(const amp_device_config_t *config, amp_status_t status, const char *field)
{
    assert_int_equal(amp_device_open(&device, config), status);
    if (field != NULL) {
        assert_string_equal(amp_client_info(&device.client)->field, field);
    }
    char text[AMP_EXPLAIN_SIZE];
    assert_non_null(
        strstr(amp_explain(&device.client, &device.tls, text, sizeof text), amp_status_name(status)));
    assert_true(start() < 0); /* parts that were not set up are not used */
    assert_true(amp_next(&device.client) < 0);
    assert_int_equal(under.opens, 0);
    amp_device_close(&device);
}

static amp_status_t no_token(void *ctx, int renew, amp_str_t *out_token)
{
    (void)ctx;
    (void)renew;
    (void)out_token;
    return AMP_ERR_TOKEN;
}

static void test_a_bad_configuration(void **state)
{
    amp_device_config_t config = good_config();
    (void)state;
    config.api_key = NULL;
    expect_refused(&config, AMP_ERR_CONFIG, "api_key");
    config.api_key = "";
    expect_refused(&config, AMP_ERR_CONFIG, "api_key");
    config = good_config();
    config.token = no_token;
    expect_refused(&config, AMP_ERR_CONFIG, "token");
    config = good_config();
    config.url = "http://example.org";
    expect_refused(&config, AMP_ERR_CONFIG, "base_url");
    config.url = "https://a b";
    expect_refused(&config, AMP_ERR_CONFIG, "base_url");
    assert_int_equal(amp_device_open(NULL, &config), AMP_ERR_ARGUMENT);
    assert_int_equal(amp_device_open(&device, NULL), AMP_ERR_ARGUMENT);
}

static void test_a_token_instead_of_a_key(void **state)
{
    amp_device_config_t config = good_config();
    (void)state;
    config.api_key = NULL;
    config.token = no_token;
    assert_int_equal(amp_device_open(&device, &config), AMP_OK);
    assert_int_equal(start(), AMP_OK);
    assert_int_equal(amp_run(&device.client), AMP_ERR_TOKEN);
    amp_device_close(&device);
}

static void test_bad_trust(void **state)
{
    static const char garbage[] = "no certificate";
    const amp_anchor_t anchor = {AMP_ANCHOR_DER, garbage, sizeof garbage};
    amp_device_config_t config = good_config();
    (void)state;
    config.ca_file = "/nowhere/roots.pem";
    expect_refused(&config, AMP_ERR_ARGUMENT, NULL); /* two forms */
    config.anchor_count = 0;
    expect_refused(&config, AMP_ERR_TRUST, NULL);
    config.ca_pem = garbage;
    expect_refused(&config, AMP_ERR_ARGUMENT, NULL); /* two forms */
    config.ca_file = "";
    expect_refused(&config, AMP_ERR_TRUST, NULL);
    config.ca_pem = NULL;
    config.anchors = &anchor;
    config.anchor_count = 1;
    expect_refused(&config, AMP_ERR_TRUST, NULL);
    config.anchor_count = 0;
    config.bundle = attach_empty;
    expect_refused(&config, AMP_ERR_TRUST, NULL);
}

#if !defined(AMP_DEVICE_CA_FILE) /* Windows has no file of anchors */
#define AMP_DEVICE_CA_FILE "no such file"
#endif

/* The system's trust is used only if the configuration has none. */
static void test_the_systems_trust(void **state)
{
    amp_device_config_t config = good_config();
    FILE *file = fopen(AMP_DEVICE_CA_FILE, "rb");
    (void)state;
    config.anchor_count = 0;
    assert_int_equal(amp_device_open(&device, &config), file != NULL ? AMP_OK : AMP_ERR_TRUST);
    amp_device_close(&device);
    if (file != NULL) {
        (void)fclose(file);
    }
}

static void test_an_application_with_other_sizes(void **state)
{
    static amp_device_t other;
    amp_device_config_t config = good_config();
    (void)state;
    memset(&other, 0x55, sizeof other);
    assert_int_equal(amp_device_open_abi(&other, &config, AMP_DEVICE_ABI + 8u), AMP_ERR_ABI);
    assert_int_equal(other.has_socket, 0x55);
    assert_int_equal(other.work[0], 0x55);
    assert_int_not_equal(AMP_DEVICE_ABI, AMP_ABI);
}

static void assert_wiped(const void *memory, size_t len)
{
    const uint8_t *bytes = memory;
    for (size_t i = 0; i < len; ++i) {
        assert_int_equal(bytes[i], 0);
    }
}

/* The device sends a request that is never answered, and is closed during it. */
static void test_close_leaves_no_secret(void **state)
{
    amp_device_config_t config = good_config();
    (void)state;
    under.result = 1;
    assert_int_equal(amp_device_open(&device, &config), AMP_OK);
    assert_int_equal(start(), AMP_OK);
    for (int i = 0; i < 20; ++i) {
        assert_int_equal(amp_step(&device.client), AMP_PENDING);
    }
    memcpy(device.work, KEY, sizeof KEY); /* as while a request is sent */
    amp_device_close(&device);
    assert_true(under.closes > 0);
    assert_wiped(device.work, sizeof device.work);
    assert_wiped(&device.storage, sizeof device.storage);
    assert_wiped(&device.tls, sizeof device.tls);
    assert_wiped(&device.config, sizeof device.config);
    assert_false(memory_holds(&device, sizeof device, KEY));
    amp_device_close(&device); /* twice */
    assert_int_equal(amp_device_open(&device, &config), AMP_OK);
    assert_int_equal(amp_device_open(&device, &config), AMP_OK); /* closes it first */
    amp_device_close(&device);
}

/* With sockets: a literal address without a listener. */
static void test_sockets(void **state)
{
    static amp_device_t own;
    amp_device_config_t config = good_config();
    (void)state;
    amp_device_close(&own); /* it was never opened */
    assert_true(amp_device_idle(&own));
    config.under = NULL;
    config.url = "https://127.0.0.1:1";
    for (int i = 0; i < 2; ++i) {
        const amp_get_connection_t which = {.id = AMP_STR("c-1")};
        assert_int_equal(amp_device_open(&own, &config), AMP_OK);
        assert_int_equal(amp_get_connection(&own.client, &which, &own.connection), AMP_ERR_CONNECT);
        assert_int_equal(amp_client_info(&own.client)->stage, AMP_STAGE_CONNECT);
        amp_device_close(&own);
        assert_true(amp_device_idle(&own));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_it_connects_to_the_service),
        cmocka_unit_test(test_it_connects_to_another_url),
        cmocka_unit_test(test_its_clock),
        cmocka_unit_test(test_a_bad_configuration),
        cmocka_unit_test(test_a_token_instead_of_a_key),
        cmocka_unit_test(test_bad_trust),
        cmocka_unit_test(test_the_systems_trust),
        cmocka_unit_test(test_an_application_with_other_sizes),
        cmocka_unit_test(test_close_leaves_no_secret),
        cmocka_unit_test(test_sockets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
