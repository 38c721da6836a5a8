/* SPDX-License-Identifier: MIT */
/* Answers that are a URL, or contain one: only a correct URL reaches the caller. */
#include "operating.h"

#include "operations/url_answer.h"

static fixture_t f;

#define TEXT_TYPE "Content-Type: text/plain\r\n"

static const amp_oauth_update_t args = {{"c-1", 3}};

/* Requests the URL, with memory of exactly `size` bytes. */
static amp_status_t ask(const memory_answer_t *answer, amp_url_buf_t *text, memory_pace_t pace)
{
    fixture_init(&f, answer, 1);
    f.memory.pace = pace;
    if (text->size > 0) {
        memset(text->ptr, 0xee, text->size);
    }
    return amp_oauth_update(&f.client, &args, text);
}

static void urls_that_are_accepted(void **unused)
{
    static const struct {
        const char *status;
        const char *headers;
        const char *body;
        amp_status_t result;
    } rows[] = {
        {"200 OK", TEXT_TYPE, "https://h", AMP_OK},
        {"200 OK", "Content-Type: Text/Plain;charset=utf-8\r\n", "https://h.example/?a=b#c%20~", AMP_OK},
        {"200 OK", TEXT_TYPE, "", AMP_ERR_VALUE},
        {"200 OK", TEXT_TYPE, "https://", AMP_ERR_VALUE},
        {"200 OK", TEXT_TYPE, "https:///x", AMP_ERR_VALUE},
        {"200 OK", TEXT_TYPE, "http://h", AMP_ERR_VALUE},
        {"200 OK", TEXT_TYPE, "HTTPS://h", AMP_ERR_VALUE},
        {"200 OK", TEXT_TYPE, " https://h", AMP_ERR_VALUE},
        {"200 OK", TEXT_TYPE, "https://h\n", AMP_ERR_VALUE},
        {"200 OK", TEXT_TYPE, "https://h/a b", AMP_ERR_VALUE},
        {"200 OK", TEXT_TYPE, "https://h/\x7f", AMP_ERR_VALUE},
        {"200 OK", TEXT_TYPE, "https://h/\x1b[2J", AMP_ERR_VALUE},
        {"200 OK", TEXT_TYPE, "https://h/\xc3\xa9", AMP_ERR_VALUE},
        {"200 OK", TEXT_TYPE, "an error occurred", AMP_ERR_VALUE},
        {"200 OK", JSON_TYPE, "https://h", AMP_ERR_UNKNOWN_OUTCOME},
        {"200 OK", "", "https://h", AMP_ERR_UNKNOWN_OUTCOME},
        {"200 OK", TEXT_TYPE "Content-Encoding: br\r\n", "https://h", AMP_ERR_UNKNOWN_OUTCOME},
        {"201 Created", TEXT_TYPE, "https://h", AMP_ERR_UNKNOWN_OUTCOME},
        {"404 Not Found", PROBLEM_TYPE, "https://h", AMP_ERR_NOT_FOUND},
        {"400 Oh", TEXT_TYPE, "https://h", AMP_ERR_BAD_REQUEST},
        {"500 Oh", TEXT_TYPE, "https://h", AMP_ERR_UNKNOWN_OUTCOME},
    };
    char url[64];
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        const memory_answer_t answer = answer_with(0, rows[i].status, rows[i].headers, rows[i].body);
        for (unsigned pace = MEMORY_AT_ONCE; pace <= MEMORY_BYTE_EVERY_OTHER_CALL; ++pace) {
            amp_url_buf_t text = {url, sizeof url, 99};
            amp_status_t status = ask(&answer, &text, (memory_pace_t)pace);
            if (status != rows[i].result) {
                fail_msg("%s returns %s", rows[i].body, amp_status_name(status));
            }
            if (status == AMP_OK) {
                assert_string_equal(url, rows[i].body);
                assert_int_equal(text.len, strlen(rows[i].body));
            } else {
                assert_int_equal(text.len, 0);
                assert_true(is_zero(url, sizeof url));
            }
            if (status == AMP_ERR_VALUE) {
                assert_string_equal(amp_client_info(&f.client)->field, "url");
            }
            fixture_end(&f);
        }
    }
}

/* Buffers of every size near the URL's. Either the complete URL is stored with its NUL, or the error reports
 * the required size. */
static void it_fits_or_the_need_is_reported(void **unused)
{
    const memory_answer_t answer = answer_with(0, "200 OK", TEXT_TYPE, URL_TEXT);
    const size_t len = strlen(URL_TEXT);
    (void)unused;
    for (size_t size = 0; size < len + 3u; ++size) {
        char *memory = size > 0 ? malloc(size) : NULL; /* or NULL, if the caller did not set it */
        amp_url_buf_t text = {memory, size, 0};
        assert_true(memory != NULL || size == 0);
        amp_status_t status = ask(&answer, &text, MEMORY_BYTE_BY_BYTE);
        if (size > len) {
            assert_int_equal(status, AMP_OK);
            assert_string_equal(memory, URL_TEXT);
        } else {
            assert_int_equal(status, AMP_ERR_TOO_LONG);
            assert_int_equal(amp_client_info(&f.client)->need, len + 1u);
            assert_string_equal(amp_client_info(&f.client)->field, "url");
            assert_true(is_zero(memory, size));
        }
        fixture_end(&f);
        free(memory);
    }
}

static amp_status_t custom_auth(const char *body, amp_custom_auth_t *out)
{
    const memory_answer_t answer = json_answer(0, "200 OK", body);
    static const amp_custom_auth_connect_t custom_args;
    fixture_init_sized(&f, &answer, 1, AMP_WORK_SIZE);
    return amp_custom_auth_connect(&f.client, &custom_args, out);
}

static void custom_auth_returns_one_of_two(void **unused)
{
    static const struct {
        const char *body;
        amp_status_t status;
        const char *field;
    } rows[] = {
        {"{\"connection\":" CONNECTION("a") "}", AMP_OK, NULL},
        {"{\"redirect\":{\"url\":\"https://h/\",\"sessionId\":\"s\"}}", AMP_OK, NULL},
        {"{\"redirect\":null,\"connection\":" CONNECTION("a") "}", AMP_OK, NULL},
        {"{}", AMP_ERR_MISSING, "connection"},
        {"{\"redirect\":null,\"connection\":null}", AMP_ERR_MISSING, "connection"},
        {"{\"redirect\":{\"url\":\"https://h/\",\"sessionId\":\"s\"},\"connection\":" CONNECTION("a") "}",
         AMP_ERR_UNEXPECTED, "redirect"},
        {"{\"redirect\":{\"url\":\"http://h/\",\"sessionId\":\"s\"}}", AMP_ERR_VALUE, "redirect.url"},
        {"{\"redirect\":{\"url\":\"https://h/\\n\",\"sessionId\":\"s\"}}", AMP_ERR_VALUE, "redirect.url"},
        {"{\"redirect\":{\"url\":\"https://h/\"}}", AMP_ERR_MISSING, "redirect.sessionId"},
        {"{\"redirect\":{\"sessionId\":\"s\"}}", AMP_ERR_MISSING, "redirect.url"},
    };
    amp_custom_auth_t out;
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        memset(&out, 0xee, sizeof out);
        assert_int_equal(custom_auth(rows[i].body, &out), rows[i].status);
        if (rows[i].status == AMP_OK) {
            assert_int_equal(AMP_HAS(&out, AMP_CUSTOM_AUTH_REDIRECT), i == 1);
            assert_int_equal(AMP_HAS(&out, AMP_CUSTOM_AUTH_CONNECTION), i != 1);
        } else {
            assert_string_equal(amp_client_info(&f.client)->field, rows[i].field);
            assert_true(is_zero(&out, sizeof out));
        }
        fixture_end(&f);
    }
}

/* The byte count saturates. If it wrapped around, the URL would appear to fit. */
static void an_endless_url_is_too_long(void **unused)
{
    char text[16] = "";
    amp_url_buf_t url = {text, sizeof text, SIZE_MAX - 3u};
    const uint8_t more[8] = "https://";
    size_t need;
    (void)unused;
    amp__url_answer.feed(&url, more, sizeof more);
    assert_int_equal(url.len, SIZE_MAX - 1u);
    amp__url_answer.feed(&url, more, sizeof more);
    assert_int_equal(url.len, SIZE_MAX - 1u);
    assert_int_equal(amp__url_answer.end(&url, &need), AMP_ERR_TOO_LONG);
    assert_int_equal(need, SIZE_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(urls_that_are_accepted),
        cmocka_unit_test(it_fits_or_the_need_is_reported),
        cmocka_unit_test(an_endless_url_is_too_long),
        cmocka_unit_test(custom_auth_returns_one_of_two),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
