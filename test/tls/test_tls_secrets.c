/* SPDX-License-Identifier: MIT */
/* Checks that no secret of a request or its answer is in memory after the request, however it ended. Searches
 * the client, mbedTLS's buffers and keys, freed blocks of the heap or the arena, and the stack. */
#define _POSIX_C_SOURCE 200809L

#include "memory.h"
#include "rig_case.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#define STEPS_MAX 500u
#define TOKEN "eyJhbGciOiJ.jwt-5ecret"
#define CREDENTIAL "cred-5ecret"
#define COOKIE "c00kie-5ecret"
#define FIRST "an5wer-5ecret-1"
#define LAST "an5wer-5ecret-2"
#define JSON "application/json"
#define PROBLEM "application/problem+json"

#define X10 "0123456789"
#define X100 X10 X10 X10 X10 X10 X10 X10 X10 X10 X10
#define X1000 X100 X100 X100 X100 X100 X100 X100 X100 X100 X100
#define CONNECTION(secret)                                                                                   \
    "{\"id\":\"connection-123\",\"projectId\":\"p-1\",\"provider\":\"salesforce\","                          \
    "\"group\":{\"groupRef\":\"g-1\",\"groupName\":\"G\"},\"consumer\":{\"consumerRef\":\"c-1\","            \
    "\"consumerName\":\"C\"},\"createTime\":\"2023-07-13T21:34:44Z\",\"authScheme\":\"apiKey\","             \
    "\"status\":\"working\",\"apiKey\":\"" secret "\"}"
/* Longer than one recv of the client, so that the last secret stays in mbedTLS's buffer for several steps. */
#define FILLED                                                                                               \
    "{\"apiKey\":\"" FIRST "\",\"x\":\"" X1000 X1000 "\",\"oauth2AuthorizationCode\":{\"accessToken\":"      \
    "{\"token\":\"" LAST "\"}}}"

#if defined(MBEDTLS_MEMORY_BUFFER_ALLOC_C)
static uint64_t arena[16384];
#endif

/* An answer whose body is in one record. */
typedef struct {
    const char *line;
    const char *media;
    const char *body;
    amp_status_t status; /* result of getConnection */
} answer_t;

static const answer_t *answer;

static void say(rig_t *of)
{
    char head[256];
    static const char cookie[] = "Set-Cookie: " COOKIE "\r\n\r\n";
    int len = snprintf(head, sizeof head, "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %zu\r\n",
                       answer->line, answer->media, strlen(answer->body));
    rig_say(of, head, (size_t)len);
    rig_say(of, cookie, sizeof cookie - 1u);
    rig_say(of, answer->body, strlen(answer->body));
}

/* Does not print the secret, because it would then be in the buffer of standard output. */
static void has_none(const char *when)
{
    static const struct {
        const char *name;
        const char *text;
    } secrets[] = {{"API key", RIG_KEY},
                   {"token", TOKEN},
                   {"credential", CREDENTIAL},
                   {"cookie of the answer", COOKIE},
                   {"first secret of the answer", FIRST},
                   {"last secret of the answer", LAST}};
    for (size_t i = 0; i < sizeof secrets / sizeof secrets[0]; ++i) {
        const char *place = memory_find(secrets[i].text);
        if (place != NULL) {
            fail_msg("%s: the %s is in %s", when, secrets[i].name, place);
        }
    }
}

static amp_status_t give_token(void *ctx, int renew, amp_str_t *out_token)
{
    (void)ctx;
    (void)renew;
    *out_token = AMP_STR(TOKEN);
    return AMP_OK;
}

/* Configurations of a client. */
typedef enum { GET, GET_WITH_TOKEN, GENERATE, QUESTIONS } question_t;

static void set_up(question_t question)
{
    rig_connect(&rig);
    if (question == GET_WITH_TOKEN) {
        amp_close(&rig.client);
        rig.client_config.api_key = AMP_STR("");
        rig.client_config.token = give_token;
        assert_int_equal(amp_init(&rig.client, &rig.client_config, rig.work, sizeof rig.work), AMP_OK);
    }
}

static void begin(question_t question)
{
    static const amp_get_connection_t which = {.id = {"connection-123", 14}};
    static amp_generate_connection_t wanted;
    wanted.provider = AMP_STR("salesforce");
    wanted.group_ref = AMP_STR("g-1");
    wanted.consumer_ref = AMP_STR("c-1");
    wanted.credential.kind = &amp_credential_api_key;
    wanted.credential.api_key = AMP_STR(CREDENTIAL);
    assert_int_equal(question == GENERATE ? amp_generate_connection_start(&rig.client, &wanted, &rig.record)
                                          : amp_get_connection_start(&rig.client, &which, &rig.record),
                     AMP_OK);
}

static int is_over(amp_status_t status)
{
    return status < 0 || status == AMP_END;
}

static amp_status_t finish(void)
{
    amp_status_t status = AMP_PENDING;
    for (unsigned steps = 0; !is_over(status); ++steps) {
        status = amp_step(&rig.client);
        assert_true(steps < STEPS_MAX);
    }
    return status;
}

static volatile uint8_t cancelled;

static void end_by_cancel(void)
{
    cancelled = 1;
    assert_true(amp_step(&rig.client) < 0);
    cancelled = 0;
}

static void end_by_deadline(void)
{
    rig.ms += 60000;
    assert_true(amp_step(&rig.client) < 0);
}

static void end_by_cut(void)
{
    rig.cut_after = rig.raw_out;
    assert_true(finish() < 0 || rig.answered != 0);
    rig.cut_after = SIZE_MAX;
}

static void end_by_reset(void)
{
    amp_reset(&rig.client);
}

static void end_by_close(void)
{
    amp_close(&rig.client);
}

static const struct {
    const char *name;
    void (*end)(void);
    question_t question;
} ends[] = {{"cancel", end_by_cancel, GET},
            {"deadline", end_by_deadline, GET_WITH_TOKEN},
            {"cut", end_by_cut, GENERATE},
            {"amp_reset", end_by_reset, GENERATE},
            {"amp_close", end_by_close, GET_WITH_TOKEN}};

static void start(void **state)
{
    rig_start(rig_kind_of(state));
    memory_exclude(rig.received, sizeof rig.received);
    rig.closes = 0;
    rig.on_request = say;
}

/* Ends a request after that many steps. Returns 0 if the request was over before. */
static int end_after(unsigned steps, question_t question, void (*end)(void), int *saw)
{
    set_up(question);
    rig.client_config.cancel = &cancelled;
    begin(question);
    while (steps > 0) {
        if (is_over(amp_step(&rig.client))) {
            return 0;
        }
        --steps;
    }
    *saw |= memory_find(LAST) != NULL;
    end();
    return 1;
}

static void test_end_at_any_step(void **state)
{
    static const answer_t filled = {"200 OK", JSON, FILLED, AMP_ERR_MISSING};
    answer = &filled;
    start(state);
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; ++i) {
        unsigned steps = 1;
        int saw = 0;
        while (end_after(steps, ends[i].question, ends[i].end, &saw)) {
            has_none(ends[i].name);
            assert_true(++steps < STEPS_MAX);
        }
        assert_true(steps > 5);
        /* Otherwise the search would miss the place. Small records are read completely, so nothing
         * remains. */
        assert_true(saw || MBEDTLS_SSL_IN_CONTENT_LEN < 16384);
    }
}

/* On a connection that stays open if the answer allows it. */
static void test_whole_answers(void **state)
{
    static const answer_t rows[] = {
        {"200 OK", JSON, CONNECTION(FIRST), AMP_END},
        {"200 OK", JSON, FILLED, AMP_ERR_MISSING},
        {"200 OK", JSON, "{" FILLED, AMP_ERR_JSON},
        {"200 OK", "text/html", FILLED, AMP_ERR_NOT_API},
        {"404 Not Found", PROBLEM, FILLED, AMP_ERR_NOT_FOUND},
        {"401 Unauthorized", PROBLEM, FILLED, AMP_ERR_UNAUTHORIZED},
        {"302 Found", JSON, FILLED, AMP_ERR_REDIRECT},
    };
    start(state);
    for (unsigned question = 0; question < QUESTIONS; ++question) {
        for (size_t i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
            set_up((question_t)question);
            answer = &rows[i];
            for (unsigned twice = 0; twice < 2; ++twice) {
                begin((question_t)question);
                amp_status_t status = finish();
                if (question != GENERATE) {
                    assert_string_equal(amp_status_name(status), amp_status_name(rows[i].status));
                }
                assert_int_equal(status < 0, rows[i].status < 0);
                has_none(rows[i].line);
                amp_reset(&rig.client);
            }
        }
    }
}

/* A step that returns a record leaves only the record in memory, although the next one has arrived. */
static void test_between_records(void **state)
{
    static const answer_t two = {"200 OK", JSON, "[" CONNECTION(FIRST) "," CONNECTION(LAST) "]", AMP_END};
    static const amp_list_connections_t all = {{NULL, 0}, {NULL, 0}, {NULL, 0}};
    answer = &two;
    start(state);
    assert_int_equal(amp_list_connections_start(&rig.client, &all, &rig.record), AMP_OK);
    while (amp_client_info(&rig.client)->requests == 0) {
        assert_int_equal(amp_step(&rig.client), AMP_PENDING);
    }
    has_none("request sent, answer not read");
    while (amp_step(&rig.client) != AMP_ITEM) {
        assert_true(amp_client_info(&rig.client)->status >= 0);
    }
    assert_null(memory_find(FIRST));
    assert_null(memory_find(COOKIE));
    assert_null(memory_find(RIG_KEY));
    assert_non_null(memory_find(LAST));
    while (amp_step(&rig.client) != AMP_ITEM) {
        assert_true(amp_client_info(&rig.client)->status >= 0);
    }
    has_none("after the last record");
    assert_int_equal(amp_next(&rig.client), AMP_END);
    assert_int_equal(rig.connections, 1);
}

/* Only the port: a part of a record was read. */
static void test_port(void **state)
{
    static const answer_t filled = {"200 OK", JSON, FILLED, AMP_ERR_MISSING};
    static const char request[] = "GET / HTTP/1.1\r\nX-Api-Key: " RIG_KEY "\r\n\r\n";
    uint8_t piece[64];
    answer = &filled;
    start(state);
    for (unsigned is_freed = 0; is_freed < 2; ++is_freed) {
        while (rig.tls.open(rig.tls.ctx, "localhost", 443) == 0) {
        }
        assert_int_equal(rig.tls.send(rig.tls.ctx, (const uint8_t *)request, sizeof request - 1u),
                         sizeof request - 1u);
        has_none("request sent");
        while (memory_find(LAST) == NULL) {
            assert_true(rig.tls.recv(rig.tls.ctx, piece, sizeof piece) >= 0);
        }
        memset(piece, 0, sizeof piece);
        if (is_freed) {
            rig_disconnect(&rig);
        } else {
            rig.tls.close(rig.tls.ctx);
        }
        has_none("closed");
    }
}

/* Wiping does not remove data that a resumed handshake needs. */
static void test_session_outlives_wiping(void **state)
{
    static const answer_t good = {"200 OK", JSON, CONNECTION(FIRST), AMP_END};
    answer = &good;
    start(state);
    for (unsigned i = 0; i < 3; ++i) {
        rig.tls.close(rig.tls.ctx);
        rig_ask_well(&rig);
        assert_int_equal(rig.was_reused, i > 0);
        end_by_reset();
        rig.tls.close(rig.tls.ctx);
        has_none("closed");
        amp_close(&rig.client);
        assert_int_equal(amp_init(&rig.client, &rig.client_config, rig.work, sizeof rig.work), AMP_OK);
    }
}

/* The search itself: it finds a text that lies across the border of two mappings, as in .bss. */
static void test_search_across_mappings(void **state)
{
    static const char text[] = "acr055-tw0-mapp1ng5";
    const size_t page = (size_t)sysconf(_SC_PAGESIZE);
    int file = open("/proc/self/exe", O_RDONLY);
    (void)state;
    assert_true(file >= 0);
    char *pages = mmap(NULL, 2u * page, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0);
    assert_true(pages != MAP_FAILED);
    /* The same page of the file twice, so that the system does not join the two. */
    assert_true(mmap(pages + page, page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_FIXED, file, 0) ==
                pages + page);
    assert_null(memory_find(text));
    memcpy(pages + page - sizeof text / 2u, text, sizeof text);
    assert_non_null(memory_find(text));
    munmap(pages, 2u * page);
    close(file);
}

int main(void)
{
    memory_separate_peer();
#if defined(MBEDTLS_MEMORY_BUFFER_ALLOC_C)
    if (amp_tls_arena_init(arena, sizeof arena) != AMP_OK) {
        return 1;
    }
#endif
    const struct CMUnitTest tests[] = {
        RIG_KINDS_OF(test_end_at_any_step),         RIG_KINDS_OF(test_whole_answers),
        RIG_KINDS_OF(test_between_records),         RIG_KINDS_OF(test_port),
        RIG_KINDS_OF(test_session_outlives_wiping), cmocka_unit_test(test_search_across_mappings),
    };
    return cmocka_run_group_tests(tests, rig_make_identities, rig_free_identities);
}
