/* SPDX-License-Identifier: MIT */
/* The body of generateConnection for every kind of credential: its length, and the same bytes through a work
 * buffer of any size. */
#include "fixture.h"

#define REFS "{\"groupRef\":\"g-1\",\"consumerRef\":\"c-1\",\"provider\":\"salesforce\""

#define HEAD                                                                                                 \
    "POST /v1/projects/p-1/connections:generate HTTP/1.1\r\nHost: api.example\r\n"                           \
    "User-Agent: ampersand-c/" AMP_VERSION_STRING                                                            \
    "\r\nAccept: application/json, application/problem+json\r\nAccept-Encoding: identity\r\n"                \
    "X-Api-Key: " API_KEY "\r\nContent-Type: application/json\r\nContent-Length: "

static fixture_t f;
static memory_answer_t answer;

static void open_fixture(size_t work_size)
{
    answer = json_answer(0, "201 Created", CONNECTION("x"));
    fixture_init_sized(&f, &answer, 1, work_size);
}

static void body_is(const amp_generate_connection_t *args, const char *body)
{
    char expected[4096];
    open_fixture(AMP_WORK_MIN);
    assert_int_equal(amp_generate_connection(&f.client, args, &f.out), AMP_OK);
    (void)snprintf(expected, sizeof expected, HEAD "%lu\r\n\r\n%s", (unsigned long)strlen(body), body);
    f.memory.sent[f.memory.sent_len] = '\0';
    assert_string_equal((const char *)f.memory.sent, expected);
    holds_no_secret(&f);
    fixture_end(&f);
}

static void refused(const amp_generate_connection_t *args, const char *field)
{
    open_fixture(AMP_WORK_MIN);
    assert_int_equal(amp_generate_connection(&f.client, args, &f.out), AMP_ERR_ARGUMENT);
    assert_non_null(amp_client_info(&f.client)->field);
    assert_string_equal(amp_client_info(&f.client)->field, field);
    assert_int_equal(amp_client_info(&f.client)->cause, AMP_OK);
    assert_int_equal(f.memory.open_calls, 0);
    assert_int_equal(f.memory.sent_len, 0);
    assert_true(is_zero(&f.out, sizeof f.out));
    assert_true(is_zero(f.work, f.work_size));
    fixture_end(&f);
}

static const amp_str_t scopes[] = {{"crm.read", 8}, {"a\"b", 3}};

/* A credential with every member set. Members of other kinds must not be in the body. */
static amp_credential_t full_credential(const amp_credential_kind_t *kind)
{
    amp_credential_t c;
    memset(&c, 0, sizeof c);
    c.kind = kind;
    c.api_key = AMP_STR("cred-5ecret");
    c.username = AMP_STR("user");
    c.password = AMP_STR("p\"\\w");
    c.client_id = AMP_STR("client");
    c.client_secret = AMP_STR("cred-5ecret");
    c.access_token.token = AMP_STR("acc");
    c.access_token.issued_at = AMP_STR("2023-07-13T21:34:44.816000Z");
    c.access_token.expires_at = AMP_STR("2023-07-13T23:34:45+02:00");
    c.refresh_token.token = AMP_STR("ref");
    c.scopes = scopes;
    c.scope_count = COUNT_OF(scopes);
    c.custom_auth = AMP_STR("{\"a\" : [1, \"\\u00e9\"]}");
    return c;
}

#define SCOPES ",\"scopes\":[\"crm.read\",\"a\\\"b\"]"

static void each_kind_is_one_object(void **unused)
{
    static const struct {
        const amp_credential_kind_t *kind;
        const char *body;
    } rows[] = {
        {NULL, REFS "}"},
        {&amp_credential_api_key, REFS ",\"apiKey\":\"cred-5ecret\"}"},
        {&amp_credential_basic_auth,
         REFS ",\"basicAuth\":{\"username\":\"user\",\"password\":\"p\\\"\\\\w\"}}"},
        {&amp_credential_oauth2_client,
         REFS ",\"oauth2ClientCredentials\":{\"clientId\":\"client\",\"clientSecret\":\"cred-5ecret\"" SCOPES
              "}}"},
        {&amp_credential_oauth2_password,
         REFS ",\"oauth2PasswordCredentials\":{\"username\":\"user\",\"password\":\"p\\\"\\\\w\","
              "\"clientId\":\"client\",\"clientSecret\":\"cred-5ecret\"" SCOPES "}}"},
        {&amp_credential_oauth2_code,
         REFS ",\"oauth2AuthorizationCode\":{\"accessToken\":{\"token\":\"acc\","
              "\"issuedAt\":\"2023-07-13T21:34:44.816000Z\",\"expiresAt\":\"2023-07-13T23:34:45+02:00\"},"
              "\"refreshToken\":{\"token\":\"ref\"}" SCOPES "}}"},
        {&amp_credential_custom_auth, REFS ",\"customAuth\":{\"a\" : [1, \"\\u00e9\"]}}"},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        amp_generate_connection_t args = generate_args();
        args.credential = full_credential(rows[i].kind);
        body_is(&args, rows[i].body);
    }
}

static void empty_optional_members_are_left_out(void **unused)
{
    amp_generate_connection_t args = generate_args();
    (void)unused;
    args.credential = full_credential(&amp_credential_oauth2_client);
    args.credential.scope_count = 0;
    body_is(&args,
            REFS ",\"oauth2ClientCredentials\":{\"clientId\":\"client\",\"clientSecret\":\"cred-5ecret\"}}");
    args.credential = full_credential(&amp_credential_oauth2_code);
    args.credential.scope_count = 0;
    args.credential.access_token.issued_at = amp_str(NULL);
    args.credential.access_token.expires_at = amp_str(NULL);
    args.credential.refresh_token.token.len = 0;
    body_is(&args, REFS ",\"oauth2AuthorizationCode\":{\"accessToken\":{\"token\":\"acc\"}}}");
    args.credential.refresh_token = (amp_oauth2_token_t){.token = AMP_STR("r")};
    body_is(&args, REFS ",\"oauth2AuthorizationCode\":{\"accessToken\":{\"token\":\"acc\"},"
                        "\"refreshToken\":{\"token\":\"r\"}}}");
    args.credential = full_credential(&amp_credential_basic_auth);
    args.credential.password.len = 0;
    body_is(&args, REFS ",\"basicAuth\":{\"username\":\"user\",\"password\":\"\"}}");
    args.credential.kind = NULL;
    args.group_name = AMP_STR("G\n");
    body_is(&args, REFS ",\"groupName\":\"G\\u000A\"}");
    args.group_name.len = 0;
    args.consumer_name = AMP_STR("C");
    args.provider_workspace_ref = AMP_STR("w");
    body_is(&args, REFS ",\"consumerName\":\"C\",\"providerWorkspaceRef\":\"w\"}");
}

static void metadata_is_an_object_by_key(void **unused)
{
    static const amp_metadata_t metadata[] = {
        {{"k", 1}, {"v", 1}, {NULL, 0}, {NULL, 0}},
        {{"K\"", 2}, {NULL, 0}, {"token", 5}, {"D", 1}},
        {{"z", 1}, {"\xc3\xa9", 2}, {"provider", 8}, {"", 0}},
        {{"y", 1}, {"v", 1}, {"input", 5}, {"", 0}},
    };
    amp_generate_connection_t args = generate_args();
    (void)unused;
    args.metadata.kind = &amp_provider_metadata;
    args.metadata.pairs = metadata;
    args.metadata.count = COUNT_OF(metadata);
    body_is(&args, REFS ",\"providerMetadata\":{\"k\":{\"value\":\"v\",\"source\":\"input\"},"
                        "\"K\\\"\":{\"value\":\"\",\"source\":\"token\",\"displayName\":\"D\"},"
                        "\"z\":{\"value\":\"\xc3\xa9\",\"source\":\"provider\"},"
                        "\"y\":{\"value\":\"v\",\"source\":\"input\"}},\"apiKey\":\"cred-5ecret\"}");
}

static void metadata_is_refused(void **unused)
{
    static const amp_metadata_t rows[][2] = {
        {{{NULL, 0}, {"v", 1}, {NULL, 0}, {NULL, 0}}, {{"k", 1}, {"v", 1}, {NULL, 0}, {NULL, 0}}},
        {{{"k", 1}, {"v", 1}, {"Input", 5}, {NULL, 0}}, {{"l", 1}, {"v", 1}, {NULL, 0}, {NULL, 0}}},
        {{{"k", 1}, {"v", 1}, {"tokens", 6}, {NULL, 0}}, {{"l", 1}, {"v", 1}, {NULL, 0}, {NULL, 0}}},
        {{{"k", 1}, {"v", 1}, {NULL, 0}, {NULL, 0}}, {{"k", 1}, {"w", 1}, {NULL, 0}, {NULL, 0}}},
        {{{"k", 1}, {"\0", 1}, {NULL, 0}, {NULL, 0}}, {{"l", 1}, {"w", 1}, {NULL, 0}, {NULL, 0}}},
        {{{"k\xff", 2}, {"v", 1}, {NULL, 0}, {NULL, 0}}, {{"l", 1}, {"w", 1}, {NULL, 0}, {NULL, 0}}},
        {{{"k", 1}, {"v", 1}, {NULL, 0}, {NULL, 0}}, {{"l", 1}, {"w", 1}, {NULL, 0}, {"\x80", 1}}},
    };
    static const amp_metadata_t good[] = {{{"k", 1}, {"v", 1}, {NULL, 0}, {NULL, 0}},
                                          {{"l", 1}, {"w", 1}, {NULL, 0}, {NULL, 0}}};
    amp_generate_connection_t args = generate_args();
    (void)unused;
    args.metadata.kind = &amp_provider_metadata;
    args.metadata.count = 2;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        args.metadata.pairs = rows[i];
        refused(&args, "providerMetadata");
    }
    args.metadata.kind = NULL;
    args.metadata.pairs = good;
    refused(&args, "providerMetadata");
}

static void missing_arguments_are_refused(void **unused)
{
    amp_generate_connection_t args = generate_args();
    (void)unused;
    args.group_ref.len = 0;
    refused(&args, "groupRef");
    args.consumer_ref.len = 0;
    refused(&args, "groupRef");
    args = generate_args();
    args.consumer_ref.ptr = NULL;
    args.consumer_ref.len = 0;
    refused(&args, "consumerRef");
    args = generate_args();
    args.provider.len = 0;
    refused(&args, "provider");
}

static void texts_are_checked(void **unused)
{
    static const struct {
        const char *field;
        size_t offset;
    } rows[] = {
        {"groupRef", offsetof(amp_generate_connection_t, group_ref)},
        {"consumerRef", offsetof(amp_generate_connection_t, consumer_ref)},
        {"provider", offsetof(amp_generate_connection_t, provider)},
        {"groupName", offsetof(amp_generate_connection_t, group_name)},
        {"consumerName", offsetof(amp_generate_connection_t, consumer_name)},
        {"providerWorkspaceRef", offsetof(amp_generate_connection_t, provider_workspace_ref)},
    };
    static const amp_str_t bad[] = {{"a\0", 2}, {"\xed\xa0\x80", 3}};
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        for (size_t k = 0; k < COUNT_OF(bad); ++k) {
            amp_generate_connection_t args = generate_args();
            memcpy((uint8_t *)&args + rows[i].offset, &bad[k], sizeof bad[k]);
            refused(&args, rows[i].field);
        }
    }
}

static void credentials_are_checked(void **unused)
{
    static const struct {
        const amp_credential_kind_t *kind;
        size_t offset;
        const char *field;
        int may_be_empty;
    } rows[] = {
        {&amp_credential_api_key, offsetof(amp_credential_t, api_key), "apiKey", 0},
        {&amp_credential_basic_auth, offsetof(amp_credential_t, username), "basicAuth.username", 0},
        {&amp_credential_basic_auth, offsetof(amp_credential_t, password), "basicAuth.password", 1},
        {&amp_credential_oauth2_client, offsetof(amp_credential_t, client_id),
         "oauth2ClientCredentials.clientId", 0},
        {&amp_credential_oauth2_client, offsetof(amp_credential_t, client_secret),
         "oauth2ClientCredentials.clientSecret", 0},
        {&amp_credential_oauth2_password, offsetof(amp_credential_t, username),
         "oauth2PasswordCredentials.username", 0},
        {&amp_credential_oauth2_password, offsetof(amp_credential_t, password),
         "oauth2PasswordCredentials.password", 1},
        {&amp_credential_oauth2_password, offsetof(amp_credential_t, client_id),
         "oauth2PasswordCredentials.clientId", 0},
        {&amp_credential_oauth2_password, offsetof(amp_credential_t, client_secret),
         "oauth2PasswordCredentials.clientSecret", 0},
        {&amp_credential_oauth2_code, offsetof(amp_credential_t, access_token.token), "accessToken", 0},
        {&amp_credential_oauth2_code, offsetof(amp_credential_t, refresh_token.token), "refreshToken", 1},
        {&amp_credential_custom_auth, offsetof(amp_credential_t, custom_auth), "customAuth", 0},
    };
    static const amp_str_t empty = {NULL, 0};
    static const amp_str_t no_text = {"{\"\xff", 3};
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        amp_generate_connection_t args = generate_args();
        args.credential = full_credential(rows[i].kind);
        memcpy((uint8_t *)&args.credential + rows[i].offset, &no_text, sizeof no_text);
        refused(&args, rows[i].field);
        if (!rows[i].may_be_empty) {
            memcpy((uint8_t *)&args.credential + rows[i].offset, &empty, sizeof empty);
            refused(&args, rows[i].field);
        }
    }
}

static void other_members_of_credentials_are_checked(void **unused)
{
    static const amp_str_t bad_scopes[][2] = {{{"a", 1}, {NULL, 0}}, {{"\xff", 1}, {"a", 1}}};
    amp_generate_connection_t args = generate_args();
    (void)unused;
    args.credential = full_credential(&amp_credential_oauth2_password);
    for (size_t i = 0; i < COUNT_OF(bad_scopes); ++i) {
        args.credential.scopes = bad_scopes[i];
        refused(&args, "scopes");
    }
    args.credential = full_credential(&amp_credential_oauth2_code);
    args.credential.access_token.issued_at = AMP_STR("2023-07-13");
    refused(&args, "issuedAt");
    args.credential.access_token.issued_at = AMP_STR("2");
    refused(&args, "issuedAt");
    args.credential = full_credential(&amp_credential_oauth2_code);
    args.credential.refresh_token.expires_at = AMP_STR("2023-02-30T00:00:00Z");
    refused(&args, "expiresAt");
}

static void custom_auth_is_one_json_object(void **unused)
{
    static const amp_str_t good[] = {{"{}", 2}, {" {\"a\":{\"b\":[]}} \r\n\t", 19}};
    static const amp_str_t bad[] = {
        {"[]", 2},   {"\"{}\"", 4},     {"1", 1},           {"null", 4}, {"{", 1},        {"{}{}", 4},
        {"{},", 3},  {"{}x", 3},        {"{\"a\"}", 5},     {" ", 1},    {"{\"a\":1", 6}, {"}", 1},
        {"{}\0", 3}, {"{\"a\":1,}", 8}, {"{\"a\":tru}", 9}, {"{}]", 3},  {"{}\"\"", 4},   {"{} 1", 4}};
    amp_generate_connection_t args = generate_args();
    (void)unused;
    args.credential = full_credential(&amp_credential_custom_auth);
    for (size_t i = 0; i < COUNT_OF(good); ++i) {
        char expected[256];
        args.credential.custom_auth = good[i];
        (void)snprintf(expected, sizeof expected, REFS ",\"customAuth\":%.*s}", (int)good[i].len,
                       good[i].ptr);
        body_is(&args, expected);
    }
    for (size_t i = 0; i < COUNT_OF(bad); ++i) {
        args.credential.custom_auth = bad[i];
        refused(&args, "customAuth");
    }
}

/* A long body, so that every size of the work buffer splits it elsewhere. The speed of the port must make no
 * difference either. */
static void pieces_of_any_size_make_the_same_request(void **unused)
{
    static char name[3000];
    static uint8_t whole[8192];
    size_t whole_len = 0;
    amp_generate_connection_t args = generate_args();
    (void)unused;
    memset(name, '"', sizeof name);
    args.group_name.ptr = name;
    args.group_name.len = sizeof name;
    args.credential = full_credential(&amp_credential_oauth2_password);
    for (size_t size = 8192; size >= AMP_WORK_MIN; size = size > 700 ? size - 701 : size - 1) {
        open_fixture(size);
        f.memory.pace = whole_len > 0 ? (memory_pace_t)(size % 4u) : MEMORY_AT_ONCE;
        assert_int_equal(amp_generate_connection(&f.client, &args, &f.out), AMP_OK);
        if (whole_len == 0) {
            whole_len = f.memory.sent_len;
            memcpy(whole, f.memory.sent, whole_len);
            assert_true(whole_len > 2u * sizeof name);
        }
        assert_int_equal(f.memory.sent_len, whole_len);
        assert_memory_equal(f.memory.sent, whole, whole_len);
        fixture_end(&f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_is_one_object),
        cmocka_unit_test(empty_optional_members_are_left_out),
        cmocka_unit_test(metadata_is_an_object_by_key),
        cmocka_unit_test(metadata_is_refused),
        cmocka_unit_test(missing_arguments_are_refused),
        cmocka_unit_test(texts_are_checked),
        cmocka_unit_test(credentials_are_checked),
        cmocka_unit_test(other_members_of_credentials_are_checked),
        cmocka_unit_test(custom_auth_is_one_json_object),
        cmocka_unit_test(pieces_of_any_size_make_the_same_request),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
