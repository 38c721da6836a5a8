/* SPDX-License-Identifier: MIT */
#include "pieces.h"

#include "ampersand/status.h"
#include "base/status_texts.h"

typedef struct {
    amp_status_t status;
    int number;
    const char *name;
    const char *text;
    amp_class_t of;
} row_t;

#define CLASS_BY_NUMBER(number)                                                                              \
    ((number) >= 0     ? AMP_CLASS_OK                                                                        \
     : (number) >= -19 ? AMP_CLASS_CALLER                                                                    \
     : (number) >= -38 ? AMP_CLASS_NETWORK                                                                   \
     : (number) == -39 ? AMP_CLASS_UNKNOWN                                                                   \
     : (number) >= -59 ? AMP_CLASS_ANSWER                                                                    \
                       : AMP_CLASS_SERVICE)
#define ROW(name, text) {name, (int)name, #name, text, CLASS_BY_NUMBER(name)},

static const row_t rows[] = {AMP__STATUS_TEXTS(ROW)};
#define ROWS (sizeof rows / sizeof rows[0])

static void returns_names_and_texts(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < ROWS; ++i) {
        assert_string_equal(amp_status_name(rows[i].status), rows[i].name);
        assert_string_equal(amp_status_text(rows[i].status), rows[i].text);
        assert_int_equal(amp_class_of(rows[i].status), rows[i].of);
    }
    assert_string_equal(amp_status_name(AMP_ERR_WINDOW), "AMP_ERR_WINDOW");
    assert_string_equal(amp_status_text(AMP_OK), "done");
}

static void no_two_have_the_same_number_or_text(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < ROWS; ++i) {
        for (size_t k = 0; k < i; ++k) {
            assert_int_not_equal(rows[i].number, rows[k].number);
            assert_string_not_equal(rows[i].text, rows[k].text);
        }
    }
}

static void a_text_is_one_clause(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < ROWS; ++i) {
        size_t len = strlen(rows[i].text);
        assert_true(len > 0);
        assert_true(rows[i].text[len - 1] != '.' && rows[i].text[len - 1] != ' ');
        assert_true(rows[i].text[0] < 'A' || rows[i].text[0] > 'Z');
    }
}

static void an_unknown_number_is_unknown(void **unused)
{
    static const int numbers[] = {4, 100, 0x7ffe, 0x7fff, -12, -19, -38, -53, -59, -68, -1000, -32768};
    (void)unused;
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; ++i) {
        assert_string_equal(amp_status_name((amp_status_t)numbers[i]), "unknown");
        assert_string_equal(amp_status_text((amp_status_t)numbers[i]), "unknown");
    }
    assert_string_equal(amp_stage_name(AMP_STAGE_COUNT_), "unknown");
    assert_string_equal(amp_stage_name((amp_stage_t)200), "unknown");
}

static void classes_are_ranges(void **unused)
{
    static const struct {
        int number;
        amp_class_t of;
    } edges[] = {
        {0x7fff, AMP_CLASS_OK},      {3, AMP_CLASS_OK},        {0, AMP_CLASS_OK},
        {-1, AMP_CLASS_CALLER},      {-11, AMP_CLASS_CALLER},  {-19, AMP_CLASS_CALLER},
        {-20, AMP_CLASS_NETWORK},    {-32, AMP_CLASS_NETWORK}, {-38, AMP_CLASS_NETWORK},
        {-39, AMP_CLASS_UNKNOWN},    {-40, AMP_CLASS_ANSWER},  {-52, AMP_CLASS_ANSWER},
        {-59, AMP_CLASS_ANSWER},     {-60, AMP_CLASS_SERVICE}, {-65, AMP_CLASS_SERVICE},
        {-32768, AMP_CLASS_SERVICE},
    };
    (void)unused;
    for (size_t i = 0; i < sizeof edges / sizeof edges[0]; ++i) {
        assert_int_equal(amp_class_of((amp_status_t)edges[i].number), edges[i].of);
    }
}

static void stages_have_names(void **unused)
{
    static const char *const names[] = {"start", "dns", "connect", "tls", "send", "head", "body"};
    (void)unused;
    assert_int_equal(sizeof names / sizeof names[0], AMP_STAGE_COUNT_);
    for (int i = 0; i < AMP_STAGE_COUNT_; ++i) {
        assert_string_equal(amp_stage_name((amp_stage_t)i), names[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(returns_names_and_texts), cmocka_unit_test(no_two_have_the_same_number_or_text),
        cmocka_unit_test(a_text_is_one_clause),    cmocka_unit_test(an_unknown_number_is_unknown),
        cmocka_unit_test(classes_are_ranges),      cmocka_unit_test(stages_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
