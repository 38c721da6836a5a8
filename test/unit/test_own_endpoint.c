/* SPDX-License-Identifier: MIT */
/* Tests that an application can write for its own schema: here the one of examples/own-endpoint. */
#include "pieces.h"

#include "integration.h"

#define INTEGRATION                                                                                          \
    "{\"id\":\"i-1\",\"projectId\":\"p\",\"name\":\"read-accounts\",\"provider\":\"salesforce\","            \
    "\"createTime\":\"2023-07-13T21:34:44Z\",\"latestRevision\":{\"id\":\"r-1\",\"content\":{"               \
    "\"displayName\":\"Accounts\",\"read\":{\"objects\":[]}}}}"

static void the_table_keeps_the_rules(void **unused)
{
    (void)unused;
    assert_int_equal(amp_schema_check(&integrations_schema, NULL), AMP_OK);
}

static void a_captured_answer_is_read(void **unused)
{
    static const char text[] = "[" INTEGRATION "]";
    integration_t integration;
    amp_reader_t reader;
    uint8_t window[256];
    size_t used;
    (void)unused;
    assert_int_equal(amp_reader_init(&reader, &integrations_schema, &integration, window, sizeof window),
                     AMP_OK);
    assert_int_equal(amp_reader_feed(&reader, text, strlen(text), &used), AMP_ITEM);
    assert_string_equal(integration.id, "i-1");
    assert_string_equal(integration.name, "read-accounts");
    assert_string_equal(integration.provider, "salesforce");
    assert_string_equal(integration.revision_id, "r-1");
    assert_string_equal(integration.display_name, "Accounts");
    assert_true(AMP_HAS(&integration, INTEGRATION_DISPLAY_NAME));
    assert_false(AMP_HAS(&integration, INTEGRATION_UPDATE_TIME));
    assert_int_equal(amp_reader_feed(&reader, text + used, strlen(text) - used, &used), AMP_PENDING);
    assert_int_equal(amp_reader_end(&reader), AMP_END);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_keeps_the_rules),
        cmocka_unit_test(a_captured_answer_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
