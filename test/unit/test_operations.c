/* SPDX-License-Identifier: MIT */
/* Every operation: the exact bytes that it sends, and the results of valid and invalid answers. */
#include "operating.h"

static fixture_t f;

static void check_sent(const operation_t *operation)
{
    static char expected[4096];
    const char *accept = operation_gives_url(operation) ? "text/plain" : "application/json";
    /* A GET is safe, so its error is accepted as application/json or application/problem+json. A change
     * accepts only the latter. */
    const char *problem = operation->line[0] == 'G' ? "" : ", application/problem+json";
    int is_anonymous = strstr(operation->line, "/providers/") != NULL;
    char length[96] = "";
    if (operation->body != NULL) {
        (void)snprintf(length, sizeof length, "Content-Type: application/json\r\nContent-Length: %lu\r\n",
                       (unsigned long)strlen(operation->body));
    } else if (operation->line[0] == 'P') {
        (void)snprintf(length, sizeof length, "Content-Length: 0\r\n");
    }
    (void)snprintf(expected, sizeof expected,
                   "%s HTTP/1.1\r\nHost: api.example\r\nUser-Agent: ampersand-c/" AMP_VERSION_STRING
                   "\r\nAccept: %s%s\r\nAccept-Encoding: identity\r\n%s%s\r\n%s",
                   operation->line, accept, problem, is_anonymous ? "" : "X-Api-Key: " API_KEY "\r\n", length,
                   operation->body != NULL ? operation->body : "");
    f.memory.sent[f.memory.sent_len] = '\0';
    assert_string_equal((const char *)f.memory.sent, expected);
}

static void each_sends_its_own_bytes_and_reads_its_answer(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(operations); ++i) {
        const memory_answer_t answer = operation_answer(0, &operations[i]);
        for (unsigned pace = MEMORY_AT_ONCE; pace <= MEMORY_BYTE_EVERY_OTHER_CALL; ++pace) {
            fixture_init(&f, &answer, 1);
            f.memory.pace = (memory_pace_t)pace;
            assert_int_equal(operation_run(&operations[i], &f.client), AMP_OK);
            check_sent(&operations[i]);
            assert_int_equal(amp_client_info(&f.client)->requests, 1);
            assert_int_equal(amp_client_info(&f.client)->status, AMP_END);
            assert_null(amp_client_info(&f.client)->field);
            assert_true(operations[i].size == 0 || !is_zero(&received, operations[i].size));
            holds_no_secret(&f);
            fixture_end(&f);
        }
    }
}

static void records_are_read(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(operations); ++i) {
        const memory_answer_t answer = operation_answer(0, &operations[i]);
        fixture_init(&f, &answer, 1);
        assert_int_equal(operation_run(&operations[i], &f.client), AMP_OK);
        if (operations[i].start == start_get_backfill_progress) {
            assert_int_equal(received.as.progress.records_processed, 7);
            assert_false(AMP_HAS(&received.as.progress, AMP_BACKFILL_PROGRESS_RECORDS_ESTIMATED_TOTAL));
        } else if (operations[i].start == start_get_operation) {
            assert_string_equal(received.as.operation.id, "q-1");
            assert_string_equal(received.as.operation.action_type, "read");
        } else if (operations[i].start == start_create_installation) {
            assert_string_equal(received.as.installation.connection.id, "c-1");
            assert_string_equal(received.as.installation.config_revision_id, "l");
        } else if (operations[i].start == start_custom_auth_connect) {
            assert_string_equal(received.as.custom_auth.session_id, "s");
        } else if (operation_gives_url(&operations[i])) {
            assert_string_equal(received.url, URL_TEXT);
            assert_int_equal(received.as.url.len, strlen(URL_TEXT));
        }
        fixture_end(&f);
    }
}

/* Answers that are invalid for this operation: another successful status, another type, no content. */
static void a_wrong_success_is_not_the_service(void **unused)
{
    static const struct {
        const char *status;
        const char *headers;
        const char *body;
    } rows[] = {
        {"200 OK", "Content-Type: text/html\r\n", "<html>"},
        {"200 OK", JSON_TYPE "Content-Encoding: gzip\r\n", "{}"},
        {"202 Accepted", JSON_TYPE, "{}"},
        {"206 Partial Content", JSON_TYPE, "{}"},
        {"200 OK", "", "{}"},
    };
    enum { DELETE_IS_DONE = 1, NO_DELETE = 3 }; /* rows from this one, and the exception among them */
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(operations); ++i) {
        for (size_t row = 0; row < COUNT_OF(rows); ++row) {
            const memory_answer_t answer =
                answer_with(0, rows[row].status, rows[row].headers, rows[row].body);
            fixture_init(&f, &answer, 1);
            int is_unsafe = !operation_is_safe(&operations[i]);
            if (operation_deletes(&operations[i]) && row >= DELETE_IS_DONE && row != NO_DELETE) {
                assert_int_equal(operation_run(&operations[i], &f.client), AMP_OK);
                fixture_end(&f);
                continue;
            }
            assert_int_equal(operation_run(&operations[i], &f.client),
                             is_unsafe ? AMP_ERR_UNKNOWN_OUTCOME : AMP_ERR_NOT_API);
            assert_int_equal(amp_client_info(&f.client)->cause, is_unsafe ? AMP_ERR_NOT_API : AMP_OK);
            operation_left_nothing(&operations[i]);
            assert_int_equal(amp_client_info(&f.client)->stage, AMP_STAGE_HEAD);
            assert_false(f.memory.is_open);
            fixture_end(&f);
        }
    }
}

static void an_error_is_reported_with_the_service_s_words(void **unused)
{
    static const struct {
        const char *line;
        amp_status_t status;
    } rows[] = {
        {"400 x", AMP_ERR_BAD_REQUEST},  {"401 x", AMP_ERR_UNAUTHORIZED}, {"403 x", AMP_ERR_FORBIDDEN},
        {"404 x", AMP_ERR_NOT_FOUND},    {"409 x", AMP_ERR_CONFLICT},     {"422 x", AMP_ERR_BAD_REQUEST},
        {"429 x", AMP_ERR_RATE_LIMITED}, {"500 x", AMP_ERR_SERVICE},      {"503 x", AMP_ERR_SERVICE},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(operations); ++i) {
        for (size_t row = 0; row < COUNT_OF(rows); ++row) {
            const memory_answer_t answer = answer_with(0, rows[row].line, PROBLEM_TYPE, PROBLEM);
            fixture_init(&f, &answer, 1);
            assert_int_equal(operation_run(&operations[i], &f.client), rows[row].status);
            operation_left_nothing(&operations[i]);
            assert_string_equal(amp_client_problem(&f.client)->request_id, "r-1");
            assert_int_equal(amp_client_info(&f.client)->requests, 1);
            holds_no_secret(&f);
            fixture_end(&f);
        }
    }
}

/* The record of each of these must have the requested ID. Another ID of any length is an error, and does not
 * cause a change to be sent again. */
static void an_answer_about_another_is_refused(void **unused)
{
    static const char *const others[] = {
        "x",   "",   "c",    "c-10",
        "C-1", "n-", "q-1x", "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn"};
    size_t compared = 0;
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(operations); ++i) {
        const operation_t *operation = &operations[i];
        if (operation->start != start_get_connection && operation->start != start_update_connection &&
            operation->start != start_get_installation && operation->start != start_update_installation &&
            operation->start != start_get_operation) {
            continue;
        }
        ++compared;
        for (size_t k = 0; k < COUNT_OF(others); ++k) {
            char body[4096];
            const char *rest = strstr(operation->answer, "\",\"projectId\"");
            (void)snprintf(body, sizeof body, "{\"id\":\"%s%s", others[k], rest);
            const memory_answer_t answer = json_answer(0, "200 OK", body);
            fixture_init(&f, &answer, 1);
            assert_int_equal(operation_run(operation, &f.client), AMP_ERR_MISMATCH);
            assert_string_equal(amp_client_info(&f.client)->field, "id");
            operation_left_nothing(operation);
            fixture_end(&f);
        }
    }
    assert_int_equal(compared, 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_sends_its_own_bytes_and_reads_its_answer),
        cmocka_unit_test(records_are_read),
        cmocka_unit_test(an_answer_about_another_is_refused),
        cmocka_unit_test(a_wrong_success_is_not_the_service),
        cmocka_unit_test(an_error_is_reported_with_the_service_s_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
