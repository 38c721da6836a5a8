/* SPDX-License-Identifier: MIT */
/* Configurations that amp_init accepts or refuses. */
#include "fixture.h"

static memory_port_t memory;
static amp_port_t port;
static amp_config_t config;
static amp_client_t client;
static uint8_t work[AMP_WORK_SIZE];

static amp_status_t give_token(void *ctx, int renew, amp_str_t *out_token)
{
    (void)ctx;
    (void)renew;
    (void)out_token;
    return AMP_PENDING;
}

static void set_up(void)
{
    port = memory_port(&memory, NULL, 0);
    memset(&config, 0, sizeof config);
    config.project = AMP_STR("p");
    config.api_key = AMP_STR(API_KEY);
    config.port = &port;
    memset(&client, 0xa5, sizeof client);
    memset(work, 0xa5, sizeof work);
}

static void refused(const char *field)
{
    assert_int_equal(amp_init(&client, &config, work, sizeof work), AMP_ERR_CONFIG);
    assert_int_equal(amp_client_info(&client)->status, AMP_ERR_CONFIG);
    assert_string_equal(amp_client_info(&client)->field, field);
    assert_int_equal(amp_get_connection_start(&client, &get_args, NULL), AMP_ERR_CONFIG);
    assert_int_equal(amp_step(&client), AMP_ERR_CONFIG);
    assert_int_equal(amp_next(&client), AMP_ERR_CONFIG);
    assert_int_equal(amp_run(&client), AMP_ERR_CONFIG);
    assert_null(amp_client_problem(&client));
    amp_wait(&client, 10);
    amp_reset(&client);
    assert_int_equal(amp_step(&client), AMP_ERR_CONFIG);
    assert_int_equal(memory.calls + memory.waits + memory.closes, 0);
    amp_close(&client);
    assert_int_equal(amp_step(&client), AMP_ERR_STATE);
    set_up();
}

static void bad_members_are_named(void **unused)
{
    static const char host[255];
    static const amp_url_t without_host = {{host, 0}, {host, 0}, {"/v1", 3}, 443};
    static const amp_url_t with_too_long_a_host = {{host, 254}, {host, 254}, {"/v1", 3}, 443};
    (void)unused;
    set_up();
    config.base_url = &without_host;
    refused("base_url");
    config.base_url = &with_too_long_a_host;
    refused("base_url");
    config.port = NULL;
    refused("port");
    port.secure = 0;
    refused("port");
    config.api_key.len = 0;
    refused("api_key");
    config.token = give_token;
    refused("token");
    config.timeout_ms = 0x80000000u;
    refused("timeout_ms");
    config.timeout_ms = UINT32_MAX;
    refused("timeout_ms");
}

/* URLs with bytes that are not allowed. These could end the request line or the Host header, truncate the
 * name that TLS checks, or change the path. They are refused before anything is sent. */
static void a_url_made_by_hand_is_checked(void **unused)
{
    static const char bad[] = {'\0', '\t', '\n', '\r', ' ', '?', '#', '\\', '\x1b', '\x7f', '\x80', '\xff'};
    static const amp_url_t good = {{"h.example", 9}, {"h.example:8443", 14}, {"/v1/x", 5}, 8443};
    (void)unused;
    set_up();
    for (unsigned member = 0; member < 3; ++member) {
        const amp_str_t whole = member == 0 ? good.host : member == 1 ? good.authority : good.prefix;
        for (size_t at = 0; at < whole.len; ++at) {
            for (size_t i = 0; i < sizeof bad; ++i) {
                char text[32];
                amp_url_t url = good;
                amp_str_t *changed = member == 0 ? &url.host : member == 1 ? &url.authority : &url.prefix;
                memcpy(text, whole.ptr, whole.len);
                text[at] = bad[i];
                changed->ptr = text;
                config.base_url = &url;
                refused("base_url");
            }
        }
    }
    char host[254]; /* one byte more than the maximum length of a name */
    memset(host, 'h', sizeof host);
    const amp_url_t others[] = {{{"h", 1}, {"h", 1}, {"v1", 2}, 443},
                                {{"", 0}, {"h", 1}, {"/v1", 3}, 443},
                                {{host, sizeof host}, {"h", 1}, {"/v1", 3}, 443},
                                {{"h", 1}, {"", 0}, {"/v1", 3}, 443}};
    for (size_t i = 0; i < COUNT_OF(others); ++i) {
        config.base_url = &others[i];
        refused("base_url");
    }
    config.base_url = &good;
    assert_int_equal(amp_init(&client, &config, work, sizeof work), AMP_OK);
    amp_close(&client);
}

/* The document and its schema must be set together: one without the other is refused. */
static void half_a_problem_is_refused(void **unused)
{
    static amp_problem_t problem;
    (void)unused;
    set_up();
    config.problem = &problem;
    refused("problem_schema");
    config.problem_schema = &amp_problem_schema;
    refused("problem_schema");
    config.problem = &problem;
    config.problem_schema = &amp_installation_schema;
    refused("problem_schema");
    amp_schema_t too_many = amp_problem_schema;
    too_many.count = 33;
    config.problem_schema = &too_many;
    refused("problem_schema");
    config.problem = &problem;
    config.problem_schema = &amp_problem_schema;
    assert_int_equal(amp_init(&client, &config, work, sizeof work), AMP_OK);
    amp_close(&client);
}

static void bad_keys_are_refused(void **unused)
{
    static const amp_str_t keys[] = {{" k", 2},  {"k ", 2},       {"k\r\nX: y", 7}, {"k\n", 2},
                                     {"k\0", 2}, {"\xc3\xa9", 2}, {"\x7f", 1}};
    (void)unused;
    set_up();
    for (size_t i = 0; i < COUNT_OF(keys); ++i) {
        config.api_key = keys[i];
        refused("api_key");
    }
}

/* `need` is a number of bytes. A bad URL has no `need`. */
static void only_too_little_memory_needs_more(void **unused)
{
    (void)unused;
    set_up();
    config.port = NULL;
    assert_int_equal(amp_init(&client, &config, work, sizeof work), AMP_ERR_CONFIG);
    assert_int_equal(amp_client_info(&client)->need, 0);
}

static void too_little_memory_is_refused(void **unused)
{
    static const size_t sizes[] = {0, 1, 255, 256, AMP_WORK_MIN - 1u};
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(sizes); ++i) {
        set_up();
        assert_int_equal(amp_init(&client, &config, work, sizes[i]), AMP_ERR_MEMORY);
        assert_int_equal(amp_client_info(&client)->status, AMP_ERR_MEMORY);
        assert_int_equal(amp_client_info(&client)->need, AMP_WORK_MIN);
        assert_int_equal(amp_step(&client), AMP_ERR_MEMORY);
        assert_int_equal(amp_get_connection_start(&client, &get_args, NULL), AMP_ERR_MEMORY);
        assert_int_equal(work[0], 0xa5);
    }
}

static void missing_pointers_are_refused(void **unused)
{
    (void)unused;
    set_up();
    assert_int_equal(amp_init(NULL, &config, work, sizeof work), AMP_ERR_ARGUMENT);
    assert_int_equal(amp_init(&client, NULL, work, sizeof work), AMP_ERR_ARGUMENT);
    assert_int_equal(amp_init(&client, &config, NULL, sizeof work), AMP_ERR_ARGUMENT);
    assert_int_equal(amp_client_info(&client)->status, AMP_ERR_ARGUMENT);
    memset(&client, 0xa5, sizeof client);
    assert_int_equal(amp_init(&client, NULL, work, sizeof work), AMP_ERR_ARGUMENT);
    assert_int_equal(amp_get_connection_start(&client, &get_args, NULL), AMP_ERR_ARGUMENT);
    assert_int_equal(amp_run(&client), AMP_ERR_ARGUMENT);
    amp_close(&client);
    assert_int_equal(work[0], 0xa5);
}

/* A client in static memory without a call of amp_init: no call on it may appear to succeed. */
static void a_client_of_zeros_does_nothing(void **unused)
{
    static amp_connection_t out;
    static amp_look_t look;
    static const amp_tenant_t tenant = {{"salesforce", 10}, {"g-1", 3}, {NULL, 0}};
    (void)unused;
    memset(&client, 0, sizeof client);
    assert_int_equal(amp_get_connection_start(&client, &get_args, &out), AMP_ERR_STATE);
    assert_int_equal(amp_get_connection(&client, &get_args, &out), AMP_ERR_STATE);
    assert_int_equal(amp_connection_status(&look, &client, &tenant, &out), AMP_ERR_STATE);
    assert_int_equal(amp_step(&client), AMP_ERR_STATE);
    assert_int_equal(amp_next(&client), AMP_ERR_STATE);
    assert_int_equal(amp_run(&client), AMP_ERR_STATE);
    assert_null(amp_client_problem(&client));
    amp_wait(&client, 10);
    amp_reset(&client);
    amp_close(&client);
}

/* If the ABI differs, the client's own size is unknown. Nothing is then written to the client. */
static void another_abi_is_refused(void **unused)
{
    (void)unused;
    set_up();
    for (unsigned bit = 0; bit < 32; ++bit) {
        assert_int_equal(amp_init_abi(&client, &config, work, sizeof work, AMP_ABI ^ (uint32_t)1 << bit),
                         AMP_ERR_ABI);
    }
    for (size_t i = 0; i < sizeof client; ++i) {
        assert_int_equal(((const uint8_t *)&client)[i], 0xa5);
    }
    assert_int_equal(amp_init_abi(&client, &config, work, sizeof work, AMP_ABI), AMP_OK);
    assert_int_equal(amp_abi_check(), AMP_OK);
    assert_int_equal(amp_abi_compare(AMP_ABI + 1u), AMP_ERR_ABI);
}

static void good_configurations_are_taken(void **unused)
{
    (void)unused;
    set_up();
    assert_int_equal(amp_init(&client, &config, work, AMP_WORK_MIN), AMP_OK);
    assert_int_equal(amp_client_info(&client)->status, AMP_OK);
    assert_int_equal(amp_client_info(&client)->need, 0);
    assert_null(amp_client_info(&client)->field);
    assert_int_equal(amp_client_info(&client)->requests, 0);
    assert_int_equal(amp_client_info(&client)->connects, 0);
    assert_string_equal(amp_client_info(&client)->note, "");
    assert_true(is_zero(work, AMP_WORK_MIN));
    assert_int_equal(work[AMP_WORK_MIN], 0xa5);
    amp_close(&client);
    set_up();
    config.base_url = &amp_base_url_eu;
    config.timeout_ms = INT32_MAX;
    assert_int_equal(amp_init(&client, &config, work, sizeof work), AMP_OK);
    amp_close(&client);
    config.api_key.len = 0;
    config.token = give_token;
    assert_int_equal(amp_init(&client, &config, work, sizeof work), AMP_OK);
    assert_int_equal(memory.calls, 0);
    amp_close(&client);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bad_members_are_named),
        cmocka_unit_test(a_url_made_by_hand_is_checked),
        cmocka_unit_test(half_a_problem_is_refused),
        cmocka_unit_test(bad_keys_are_refused),
        cmocka_unit_test(only_too_little_memory_needs_more),
        cmocka_unit_test(too_little_memory_is_refused),
        cmocka_unit_test(missing_pointers_are_refused),
        cmocka_unit_test(a_client_of_zeros_does_nothing),
        cmocka_unit_test(another_abi_is_refused),
        cmocka_unit_test(good_configurations_are_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
