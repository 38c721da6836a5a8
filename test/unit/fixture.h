/* SPDX-License-Identifier: MIT */
/* A client over a memory port, and the responses that it receives. */
#ifndef AMP_TEST_FIXTURE_H
#define AMP_TEST_FIXTURE_H

#include "memory_port.h"

#include "ampersand/ampersand.h"

#define COUNT_OF(list) (sizeof(list) / sizeof((list)[0]))

#define API_KEY "key-5E2C7E7"

/* Members that the service promises. Members with a secret must be dropped. */
#define CONNECTION(id)                                                                                       \
    "{\"id\":\"" id "\",\"projectId\":\"p-1\",\"provider\":\"salesforce\","                                  \
    "\"group\":{\"groupRef\":\"g-1\",\"groupName\":\"G\"},"                                                  \
    "\"consumer\":{\"consumerRef\":\"c-1\",\"consumerName\":\"C\"},"                                         \
    "\"createTime\":\"2023-07-13T21:34:44Z\",\"authScheme\":\"apiKey\",\"status\":\"working\","              \
    "\"apiKey\":\"an5wer-5ecret\",\"basicAuth\":{\"username\":\"u5er-5ecret\",\"password\":\"pa55-5ecret\"}" \
    ","                                                                                                      \
    "\"oauth2AuthorizationCode\":{\"accessToken\":{\"token\":\"t0ken-5ecret\"}}}"

#define PROBLEM                                                                                              \
    "{\"title\":\"No\",\"status\":400,\"detail\":\"because\",\"apiKey\":\"an5wer-5ecret\","                  \
    "\"requestId\":\"r-1\",\"retryable\":true}"

static const char *const answer_secrets[] = {"an5wer-5ecret", "u5er-5ecret", "pa55-5ecret", "t0ken-5ecret"};

typedef struct {
    memory_port_t memory;
    amp_port_t port;
    amp_config_t config;
    amp_url_t url;
    amp_client_t client;
    uint8_t *work; /* of exactly work_size bytes, so that the address sanitizer guards it */
    size_t work_size;
    amp_connection_t out;
    amp_problem_t problem;
    volatile uint8_t cancel;
} fixture_t;

/* The IDs of the connections CONNECTION("a") and CONNECTION("b"): an answer must be about the requested one.
 */
static const amp_get_connection_t get_args = {{"a", 1}, {NULL, 0}};
static const amp_get_connection_t get_b_args = {{"b", 1}, {NULL, 0}};
static const amp_list_connections_t list_args = {{NULL, 0}, {NULL, 0}, {NULL, 0}};

static inline amp_generate_connection_t generate_args(void)
{
    amp_generate_connection_t args;
    memset(&args, 0, sizeof args);
    args.provider = AMP_STR("salesforce");
    args.group_ref = AMP_STR("g-1");
    args.consumer_ref = AMP_STR("c-1");
    args.credential.kind = &amp_credential_api_key;
    args.credential.api_key = AMP_STR("cred-5ecret");
    return args;
}

static inline void fixture_init_sized(fixture_t *f, const memory_answer_t *answers, size_t count,
                                      size_t work_size)
{
    memset(f, 0, sizeof *f);
    f->port = memory_port(&f->memory, answers, count);
    assert_int_equal(amp_url_parse(AMP_STR("https://api.example/v1"), &f->url), 0);
    f->config.base_url = &f->url;
    f->config.project = AMP_STR("p-1");
    f->config.api_key = AMP_STR(API_KEY);
    f->config.port = &f->port;
    f->config.problem = &f->problem;
    f->config.problem_schema = &amp_problem_schema;
    f->config.cancel = &f->cancel;
    f->work_size = work_size;
    f->work = malloc(work_size);
    assert_non_null(f->work);
    memset(&f->out, 0xee, sizeof f->out);
    assert_int_equal(amp_init(&f->client, &f->config, f->work, work_size), AMP_OK);
}

static inline void fixture_init(fixture_t *f, const memory_answer_t *answers, size_t count)
{
    fixture_init_sized(f, answers, count, AMP_WORK_MIN);
}

static inline int is_zero(const void *memory, size_t size)
{
    const uint8_t *bytes = memory;
    for (size_t i = 0; i < size; ++i) {
        if (bytes[i] != 0) {
            return 0;
        }
    }
    return 1;
}

static inline void fixture_end(fixture_t *f)
{
    amp_close(&f->client);
    assert_true(is_zero(f->work, f->work_size));
    assert_false(f->memory.is_open);
    free(f->work);
}

/* Returns a complete answer with a Content-Length. It is valid until the next one for the same slot. */
static inline memory_answer_t answer_with(unsigned slot, const char *status, const char *headers,
                                          const char *body)
{
    static char texts[4][8192];
    const memory_answer_t answer = {texts[slot], 0, 0, 0};
    memory_answer_t whole = answer;
    int len = snprintf(texts[slot], sizeof texts[slot], "HTTP/1.1 %s\r\n%sContent-Length: %lu\r\n\r\n%s",
                       status, headers, (unsigned long)strlen(body), body);
    assert_in_range(len, 1, sizeof texts[slot] - 1u);
    whole.len = (size_t)len;
    return whole;
}

#define JSON_TYPE "Content-Type: application/json\r\n"
#define PROBLEM_TYPE "Content-Type: application/problem+json\r\n"

static inline memory_answer_t json_answer(unsigned slot, const char *status, const char *body)
{
    return answer_with(slot, status, JSON_TYPE, body);
}

static inline size_t head_length(const memory_answer_t *answer)
{
    return (size_t)(strstr(answer->text, "\r\n\r\n") + 4 - answer->text);
}

/* Checks that the record is that of CONNECTION(id), and complete. */
static inline void out_is(const amp_connection_t *out, const char *id)
{
    assert_string_equal(out->id, id);
    assert_string_equal(out->project_id, "p-1");
    assert_string_equal(out->provider, "salesforce");
    assert_string_equal(out->group_ref, "g-1");
    assert_string_equal(out->group_name, "G");
    assert_string_equal(out->consumer_ref, "c-1");
    assert_string_equal(out->consumer_name, "C");
    assert_string_equal(out->status, "working");
    assert_string_equal(out->auth_scheme, "apiKey");
    assert_true(out->create_time > 0);
    assert_false(AMP_HAS(out, AMP_CONNECTION_UPDATE_TIME));
}

/* Checks that no secret of a request or an answer is in the library's memory. */
static inline void holds_no_secret(const fixture_t *f)
{
    static const char *const sent[] = {API_KEY, "cred-5ecret", "jwt-5ecret"};
    for (size_t i = 0; i < COUNT_OF(sent); ++i) {
        assert_false(memory_holds(f->work, f->work_size, sent[i]));
        assert_false(memory_holds(&f->client, sizeof f->client, sent[i]));
    }
    for (size_t i = 0; i < COUNT_OF(answer_secrets); ++i) {
        assert_false(memory_holds(f->work, f->work_size, answer_secrets[i]));
        assert_false(memory_holds(&f->client, sizeof f->client, answer_secrets[i]));
        assert_false(memory_holds(&f->out, sizeof f->out, answer_secrets[i]));
        assert_false(memory_holds(&f->problem, sizeof f->problem, answer_secrets[i]));
    }
}

/* Returns how often the text occurs in the bytes that were sent, over all connections. */
static inline unsigned sent_count(const fixture_t *f, const char *text)
{
    size_t len = strlen(text);
    unsigned count = 0;
    for (size_t at = 0; at + len <= f->memory.sent_len; ++at) {
        count += memcmp(f->memory.sent + at, text, len) == 0;
    }
    return count;
}

#endif
