/* SPDX-License-Identifier: MIT */
/* The size of the work buffer. The default size is enough for any text that fits its member. A smaller one
 * causes an error that reports the size that would have been enough. */
#include "fixture.h"

#include "describing.h"

#define HEAD "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n"
#define ESCAPED 50u

static fixture_t f;
static describing_t d;

/* Returns a text of as many characters as the member holds, the first of them escaped. */
static const char *longest_text(size_t characters)
{
    static char text[8192];
    size_t len = 1;
    text[0] = '"';
    for (size_t i = 0; i < characters; ++i) {
        const char *character = i < ESCAPED ? "\\u0026" : "x";
        assert_true(len + 8u < sizeof text);
        (void)strcpy(text + len, character);
        len += strlen(character);
    }
    (void)strcpy(text + len, "\"");
    return text;
}

/* Reads *d as the answer to a custom request. */
static amp_status_t read_described(const amp_schema_t *schema, memory_pace_t pace, size_t work_size)
{
    static char text[DESCRIBING_SIZE + sizeof HEAD];
    static uint64_t out[1024];
    const amp_request_t request = {.method = "GET", .path = "/x", .schema = schema};
    const memory_answer_t answer = {text, sizeof HEAD - 1u + d.len, AMP_ERR_CLOSED, 0};
    assert_true(schema->size <= sizeof out);
    (void)snprintf(text, sizeof text, "%s%s", HEAD, d.text);
    fixture_init_sized(&f, &answer, 1, work_size);
    f.memory.pace = pace;
    assert_int_equal(amp_request_start(&f.client, &request, out), AMP_OK);
    return amp_run(&f.client);
}

static void fits_the_usual_buffer(const place_t *place)
{
    if (place->field->type != AMP_STRING && place->field->type != AMP_STRING_TRUNC) {
        return;
    }
    memset(&d, 0, sizeof d);
    d.schema = place->of;
    d.row = place->row;
    d.change = CHANGE_VALUE;
    d.value = longest_text(place->field->size - 1u);
    (void)describe(&d, place->read);
    for (unsigned pace = MEMORY_AT_ONCE; pace <= MEMORY_BYTE_BY_BYTE; ++pace) {
        assert_int_equal(read_described(place->read, (memory_pace_t)pace, AMP_WORK_SIZE), AMP_OK);
        fixture_end(&f);
    }
}

static void any_text_that_fits_its_member_fits_the_usual_buffer(void **unused)
{
    (void)unused;
    describe_each_row(fits_the_usual_buffer);
}

/* The reported size is enough, and one byte less is not. */
static void the_need_of_a_window_is_that_of_the_buffer(void **unused)
{
    size_t need;
    (void)unused;
    memset(&d, 0, sizeof d);
    d.schema = &amp_custom_auth_schema;
    d.row = AMP_CUSTOM_AUTH_REDIRECT_URL;
    d.change = CHANGE_VALUE;
    d.value = longest_text(AMP_URL_SIZE - 1u);
    (void)describe(&d, &amp_custom_auth_schema);
    assert_int_equal(read_described(&amp_custom_auth_schema, MEMORY_BYTE_BY_BYTE, AMP_WORK_MIN),
                     AMP_ERR_WINDOW);
    assert_string_equal(amp_client_info(&f.client)->field, "redirect.url");
    need = amp_client_info(&f.client)->need;
    fixture_end(&f);
    assert_in_range(need, AMP_WORK_MIN, AMP_WORK_SIZE);
    assert_int_equal(read_described(&amp_custom_auth_schema, MEMORY_BYTE_BY_BYTE, need), AMP_OK);
    fixture_end(&f);
    assert_int_equal(read_described(&amp_custom_auth_schema, MEMORY_BYTE_BY_BYTE, need - 1u), AMP_ERR_WINDOW);
    assert_int_equal(amp_client_info(&f.client)->need, need);
    fixture_end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_text_that_fits_its_member_fits_the_usual_buffer),
        cmocka_unit_test(the_need_of_a_window_is_that_of_the_buffer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
