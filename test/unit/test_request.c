/* SPDX-License-Identifier: MIT */
/* The exact bytes of each request. */
#include "fixture.h"

#define START                                                                                                \
    " HTTP/1.1\r\nHost: api.example\r\nUser-Agent: ampersand-c/" AMP_VERSION_STRING                          \
    "\r\nAccept: application/json"
#define END "\r\nAccept-Encoding: identity\r\n"
#define HEAD START END
#define KEY "X-Api-Key: " API_KEY "\r\n"

static fixture_t f;

static memory_answer_t answer; /* any answer, because this test checks only the request */

static void open_fixture(size_t work_size)
{
    answer = json_answer(0, "200 OK", CONNECTION("a"));
    fixture_init_sized(&f, &answer, 1, work_size);
}

static void sent_is(const char *expected)
{
    f.memory.sent[f.memory.sent_len] = '\0';
    assert_string_equal((const char *)f.memory.sent, expected);
}

static void refused(amp_status_t status, const char *field)
{
    assert_int_equal(status, AMP_ERR_ARGUMENT);
    assert_int_equal(amp_client_info(&f.client)->status, AMP_ERR_ARGUMENT);
    assert_non_null(amp_client_info(&f.client)->field);
    assert_string_equal(amp_client_info(&f.client)->field, field);
    assert_int_equal(amp_client_info(&f.client)->stage, AMP_STAGE_START);
    assert_int_equal(f.memory.sent_len, 0);
    assert_int_equal(f.memory.open_calls, 0);
    assert_int_equal(amp_client_info(&f.client)->requests, 0);
    assert_true(is_zero(&f.out, sizeof f.out));
    assert_true(is_zero(f.work, f.work_size));
}

static void get_connection_is_sent(void **unused)
{
    static const struct {
        amp_get_connection_t args;
        const char *target;
    } rows[] = {
        {{{"a", 1}, {NULL, 0}}, "/v1/projects/p-1/connections/a"},
        {{{"a/b?c", 5}, {NULL, 0}}, "/v1/projects/p-1/connections/a%2Fb%3Fc"},
        {{{"\xc3\xa9", 2}, {"", 0}}, "/v1/projects/p-1/connections/%C3%A9"},
        {{{"x", 1}, {"ifExpired", 9}}, "/v1/projects/p-1/connections/x?refresh=ifExpired"},
        {{{"x", 1}, {"force", 5}}, "/v1/projects/p-1/connections/x?refresh=force"},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        char expected[512];
        open_fixture(AMP_WORK_SIZE);
        /* All answers are about connection "a". */
        assert_int_equal(amp_get_connection(&f.client, &rows[i].args, &f.out),
                         i == 0 ? AMP_OK : AMP_ERR_MISMATCH);
        /* A refresh changes the connection. Its problem documents must be recognized by their own type. */
        const char *more = rows[i].args.refresh.len > 0 ? ", application/problem+json" : "";
        (void)snprintf(expected, sizeof expected, "GET %s" START "%s" END KEY "\r\n", rows[i].target, more);
        sent_is(expected);
        fixture_end(&f);
    }
}

static void get_connection_refuses_arguments(void **unused)
{
    static const struct {
        amp_get_connection_t args;
        const char *field;
    } rows[] = {
        {{{NULL, 0}, {NULL, 0}}, "connectionId"},     {{{"", 0}, {"force", 5}}, "connectionId"},
        {{{".", 1}, {NULL, 0}}, "connectionId"},      {{{"..", 2}, {NULL, 0}}, "connectionId"},
        {{{"a\0b", 3}, {NULL, 0}}, "connectionId"},   {{{"\xff", 1}, {NULL, 0}}, "connectionId"},
        {{{"x", 1}, {"Force", 5}}, "refresh"},        {{{"x", 1}, {"forced", 6}}, "refresh"},
        {{{"x", 1}, {"forc", 4}}, "refresh"},         {{{"x", 1}, {"ifExpired\0force", 15}}, "refresh"},
        {{{"x", 1}, {"ifExpired\0", 10}}, "refresh"}, {{{"x", 1}, {"\0", 1}}, "refresh"},
        {{{"x", 1}, {"ifexpired", 9}}, "refresh"},    {{{"", 0}, {"never", 5}}, "connectionId"},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        open_fixture(AMP_WORK_MIN);
        refused(amp_get_connection(&f.client, &rows[i].args, &f.out), rows[i].field);
        fixture_end(&f);
    }
}

static void list_connections_is_sent(void **unused)
{
    static const struct {
        amp_list_connections_t args;
        const char *query;
    } rows[] = {
        {{{NULL, 0}, {NULL, 0}, {NULL, 0}}, ""},
        {{{"sf", 2}, {NULL, 0}, {NULL, 0}}, "?provider=sf"},
        {{{NULL, 0}, {"g 1", 3}, {NULL, 0}}, "?groupRef=g%201"},
        {{{NULL, 0}, {NULL, 0}, {"..", 2}}, "?consumerRef=.."},
        {{{"a&b", 3}, {"c=d", 3}, {"e+f", 3}}, "?provider=a%26b&groupRef=c%3Dd&consumerRef=e%2Bf"},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        char expected[512];
        open_fixture(AMP_WORK_SIZE);
        assert_int_equal(amp_list_connections_start(&f.client, &rows[i].args, &f.out), AMP_OK);
        assert_int_equal(amp_run(&f.client), AMP_ERR_TYPE);
        (void)snprintf(expected, sizeof expected, "GET /v1/projects/p-1/connections%s" HEAD KEY "\r\n",
                       rows[i].query);
        sent_is(expected);
        fixture_end(&f);
    }
}

static void list_connections_refuses_arguments(void **unused)
{
    static const struct {
        amp_list_connections_t args;
        const char *field;
    } rows[] = {
        {{{"\xff", 1}, {"\xff", 1}, {NULL, 0}}, "provider"},
        {{{NULL, 0}, {"a\0", 2}, {NULL, 0}}, "groupRef"},
        {{{NULL, 0}, {NULL, 0}, {"\xc3", 1}}, "consumerRef"},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        open_fixture(AMP_WORK_MIN);
        assert_int_equal(amp_list_connections_start(&f.client, &rows[i].args, &f.out), AMP_OK);
        refused(amp_run(&f.client), rows[i].field);
        fixture_end(&f);
    }
}

static void the_project_is_a_segment(void **unused)
{
    static const struct {
        amp_str_t project;
        const char *start; /* NULL: refused */
    } rows[] = {
        {{"my project", 10}, "GET /v1/projects/my%20project/connections/a "},
        {{"a/b", 3}, "GET /v1/projects/a%2Fb/connections/a "},
        {{NULL, 0}, NULL},
        {{"", 0}, NULL},
        {{"..", 2}, NULL},
        {{"\xff", 1}, NULL},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        open_fixture(AMP_WORK_SIZE);
        f.config.project = rows[i].project;
        amp_status_t status = amp_get_connection(&f.client, &get_args, &f.out);
        if (rows[i].start == NULL) {
            refused(status, "projectIdOrName");
        } else {
            assert_int_equal(status, AMP_OK);
            assert_memory_equal(f.memory.sent, rows[i].start, strlen(rows[i].start));
        }
        fixture_end(&f);
    }
}

static void the_host_header_is_the_authority(void **unused)
{
    static const struct {
        amp_str_t url; /* or */
        const amp_url_t *region;
        const char *host;
        uint16_t port;
        const char *sent;
    } rows[] = {
        {{"https://h", 9}, NULL, "h", 443, "GET /projects/p-1/connections/a HTTP/1.1\r\nHost: h\r\n"},
        /* A dot at the end is part of the requested Host: curl 8320. */
        {{"https://h.", 10}, NULL, "h.", 443, "GET /projects/p-1/connections/a HTTP/1.1\r\nHost: h.\r\n"},
        {{"https://h:8443/", 15},
         NULL,
         "h",
         8443,
         "GET /projects/p-1/connections/a HTTP/1.1\r\nHost: h:8443\r\n"},
        {{"https://[::1]:1/a/b/", 20},
         NULL,
         "::1",
         1,
         "GET /a/b/projects/p-1/connections/a HTTP/1.1\r\nHost: [::1]:1\r\n"},
        {{NULL, 0},
         NULL,
         "api.withampersand.com",
         443,
         "GET /v1/projects/p-1/connections/a HTTP/1.1\r\nHost: api.withampersand.com\r\n"},
        {{NULL, 0},
         &amp_base_url_eu,
         "api.eu.withampersand.com",
         443,
         "GET /v1/projects/p-1/connections/a HTTP/1.1\r\nHost: api.eu.withampersand.com\r\n"},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        open_fixture(AMP_WORK_MIN);
        f.config.base_url = rows[i].region;
        if (rows[i].url.len > 0) {
            assert_int_equal(amp_url_parse(rows[i].url, &f.url), 0);
            f.config.base_url = &f.url;
        }
        assert_int_equal(amp_init(&f.client, &f.config, f.work, f.work_size), AMP_OK);
        assert_int_equal(amp_get_connection(&f.client, &get_args, &f.out), AMP_OK);
        assert_string_equal(f.memory.host, rows[i].host);
        assert_int_equal(f.memory.number, rows[i].port);
        assert_memory_equal(f.memory.sent, rows[i].sent, strlen(rows[i].sent));
        fixture_end(&f);
    }
}

static amp_status_t give_token(void *ctx, int renew, amp_str_t *out_token)
{
    (void)renew;
    *out_token = amp_str(ctx);
    return AMP_OK;
}

static void a_token_is_sent_as_bearer(void **unused)
{
    char token[] = "jwt.a-b_c";
    (void)unused;
    open_fixture(AMP_WORK_SIZE);
    f.config.api_key.len = 0;
    f.config.token = give_token;
    f.config.token_ctx = token;
    assert_int_equal(amp_init(&f.client, &f.config, f.work, f.work_size), AMP_OK);
    assert_int_equal(amp_get_connection(&f.client, &get_args, &f.out), AMP_OK);
    sent_is("GET /v1/projects/p-1/connections/a" HEAD "Authorization: Bearer jwt.a-b_c\r\n\r\n");
    fixture_end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(get_connection_is_sent),    cmocka_unit_test(get_connection_refuses_arguments),
        cmocka_unit_test(list_connections_is_sent),  cmocka_unit_test(list_connections_refuses_arguments),
        cmocka_unit_test(the_project_is_a_segment),  cmocka_unit_test(the_host_header_is_the_authority),
        cmocka_unit_test(a_token_is_sent_as_bearer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
