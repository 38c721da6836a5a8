/* SPDX-License-Identifier: MIT */
/* A tenant's connections: the selection among several, the tenant, and new ones. */
#include "listing.h"

#include "flow/baseline.h"

static fixture_t f;
static amp_look_t look;

static const amp_tenant_t tenant = {{"salesforce", 10}, {"g-1", 3}, {"c-1", 3}};

static amp_status_t status_of(const memory_answer_t *answer, const amp_tenant_t *whose)
{
    fixture_init(&f, answer, 1);
    memset(&look, 0xee, sizeof look);
    return amp_connection_status(&look, &f.client, whose, &f.out);
}

static void the_query_names_one_tenant(void **unused)
{
    static const amp_tenant_t odd = {{"sales force", 11}, {"g&1", 3}, {NULL, 0}};
    memory_answer_t answer;
    (void)unused;
    list_begin();
    answer = list_end();
    assert_int_equal(status_of(&answer, &tenant), AMP_OK);
    assert_int_equal(look.count, 0);
    assert_true(is_zero(&f.out, sizeof f.out));
    assert_true(memory_holds(f.memory.sent, f.memory.sent_len,
                             "GET /v1/projects/p-1/connections?provider=salesforce&groupRef=g-1&"
                             "consumerRef=c-1 HTTP/1.1\r\n"));
    fixture_end(&f);
    assert_int_equal(status_of(&answer, &odd), AMP_OK);
    assert_true(memory_holds(f.memory.sent, f.memory.sent_len,
                             "GET /v1/projects/p-1/connections?provider=sales%20force&groupRef=g%261 HTTP"));
    fixture_end(&f);
}

static void provider_and_group_are_demanded(void **unused)
{
    static const amp_tenant_t no_provider = {{NULL, 0}, {"g-1", 3}, {"c-1", 3}};
    static const amp_tenant_t no_group = {{"salesforce", 10}, {"", 0}, {"c-1", 3}};
    (void)unused;
    for (int i = 0; i < 2; ++i) {
        assert_int_equal(status_of(NULL, i == 0 ? &no_provider : &no_group), AMP_ERR_ARGUMENT);
        assert_string_equal(amp_client_info(&f.client)->field, i == 0 ? "provider" : "groupRef");
        assert_int_equal(f.memory.open_calls, 0);
        assert_int_equal(look.count, 0);
        fixture_end(&f);
    }
}

/* Every order of three. */
static const uint8_t orders[6][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};

static void the_best_of_several_is_returned_in_any_order(void **unused)
{
    static const struct {
        const char *id;
        const char *status;
        const char *created;
        const char *updated;
    } rows[][3] = {
        /* by health; the best comes first here */
        {{"a", "working", T1, T1}, {"b", "paused", T2, T2}, {"c", "bad_credentials", T3, T3}},
        {{"a", "created", T1, T1}, {"b", "bad_credentials", T2, T2}, {"c", "bad_credentials", T3, T3}},
        {{"a", "paused", T1, T1}, {"b", "bad_credentials", T2, T2}, {"c", "bad_credentials", T3, T3}},
        /* then by the time of the last change */
        {{"c", "created", T1, T3}, {"b", "working", T1, T2}, {"a", "working", T3, T1}},
        {{"c", "working", T3, NULL}, {"b", "created", T1, T2}, {"a", "created", T2, T1}},
        {{"c", "bad_credentials", T1, T3},
         {"b", "bad_credentials", T2, NULL},
         {"a", "bad_credentials", T1, NULL}},
        /* then by the id */
        {{"a", "working", T1, T2}, {"a0", "created", T2, T2}, {"b", "working", T2, NULL}},
    };
    (void)unused;
    for (size_t row = 0; row < COUNT_OF(rows); ++row) {
        for (size_t order = 0; order < 6; ++order) {
            list_begin();
            for (size_t i = 0; i < 3; ++i) {
                const uint8_t at = orders[order][i];
                list_add(rows[row][at].id, rows[row][at].status, rows[row][at].created,
                         rows[row][at].updated);
            }
            memory_answer_t answer = list_end();
            assert_int_equal(status_of(&answer, &tenant), AMP_OK);
            assert_int_equal(look.count, 3);
            assert_string_equal(f.out.id, rows[row][0].id);
            assert_string_equal(f.out.status, rows[row][0].status);
            assert_string_equal(f.out.group_name, "G");
            holds_no_secret(&f);
            assert_false(memory_holds(&look, sizeof look, "an5wer-5ecret"));
            fixture_end(&f);
        }
    }
}

static void anothers_connection_is_an_error(void **unused)
{
    static const struct {
        const char *provider;
        const char *group;
        const char *consumer;
        const char *field;
    } rows[] = {
        {"hubspot", "g-1", "c-1", "provider"},
        {"Salesforce", "g-1", "c-1", "provider"},
        {"salesforce2", "g-1", "c-1", "provider"},
        {"salesforc", "g-1", "c-1", "provider"},
        {"salesforce", "g-2", "c-1", "group.groupRef"},
        {"salesforce", "", "c-1", "group.groupRef"},
        {"salesforce", "g-1", "c-2", "consumer.consumerRef"},
        {"salesforce", "g-1", "c-11", "consumer.consumerRef"},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        for (unsigned at = 0; at < 3; ++at) {
            list_begin();
            for (unsigned n = 0; n < 3; ++n) {
                if (n == at) {
                    const listed_t row = {"x",           "working",       T1, NULL, NULL, rows[i].provider,
                                          rows[i].group, rows[i].consumer};
                    list_add_row(&row);
                } else {
                    list_add("mine", "working", T1, NULL);
                }
            }
            memory_answer_t answer = list_end();
            assert_int_equal(status_of(&answer, &tenant), AMP_ERR_MISMATCH);
            assert_string_equal(amp_client_info(&f.client)->field, rows[i].field);
            assert_int_equal(amp_client_info(&f.client)->status, AMP_ERR_MISMATCH);
            assert_int_equal(amp_step(&f.client), AMP_ERR_MISMATCH);
            assert_int_equal(look.count, 0);
            assert_true(is_zero(&f.out, sizeof f.out));
            assert_true(is_zero(&look.current, sizeof look.current));
            assert_false(f.memory.is_open);
            fixture_end(&f);
        }
    }
}

static void any_consumer_matches_when_unspecified(void **unused)
{
    static const amp_tenant_t group = {{"salesforce", 10}, {"g-1", 3}, {NULL, 0}};
    memory_answer_t answer;
    (void)unused;
    list_begin();
    const listed_t other = {"b", "working", T2, NULL, NULL, NULL, NULL, "c-2"};
    list_add("a", "working", T1, NULL);
    list_add_row(&other);
    answer = list_end();
    assert_int_equal(status_of(&answer, &group), AMP_OK);
    assert_int_equal(look.count, 2);
    assert_string_equal(f.out.consumer_ref, "c-2");
    fixture_end(&f);
}

/* Every error, at any time, is an error. It is never "no connection". */
static void an_error_is_never_no_connection(void **unused)
{
    (void)unused;
    list_begin();
    list_add("a", "working", T1, NULL);
    list_add("b", "working", T2, NULL);
    memory_answer_t whole = list_end();
    for (size_t len = 0; len < whole.len; ++len) {
        memory_answer_t cut = whole;
        cut.len = len;
        assert_true(status_of(&cut, &tenant) < 0);
        assert_int_equal(look.count, 0);
        assert_true(is_zero(&f.out, sizeof f.out));
        fixture_end(&f);
    }
    static const char *const errors[] = {"401 x", "403 x", "404 x", "429 x", "500 x", "302 x"};
    for (size_t i = 0; i < COUNT_OF(errors); ++i) {
        memory_answer_t answer = answer_with(0, errors[i], PROBLEM_TYPE, PROBLEM);
        assert_true(status_of(&answer, &tenant) < 0);
        assert_int_equal(look.count, 0);
        assert_true(is_zero(&f.out, sizeof f.out));
        fixture_end(&f);
    }
}

static void a_list_of_any_length_uses_the_same_memory(void **unused)
{
    memory_answer_t answer;
    (void)unused;
    list_begin();
    for (unsigned i = 0; i < 300; ++i) {
        char id[16];
        snprintf(id, sizeof id, "id-%u", i);
        list_add(id, i == 217 ? "created" : "bad_credentials", T1, NULL);
    }
    answer = list_end();
    assert_int_equal(status_of(&answer, &tenant), AMP_OK);
    assert_int_equal(look.count, 300);
    assert_string_equal(f.out.id, "id-217");
    fixture_end(&f);
}

static void a_step_never_waits(void **unused)
{
    amp_status_t status;
    (void)unused;
    list_begin();
    list_add("a", "working", T1, NULL);
    memory_answer_t answer = list_end();
    for (memory_pace_t pace = MEMORY_AT_ONCE; pace <= MEMORY_BYTE_EVERY_OTHER_CALL; ++pace) {
        fixture_init(&f, &answer, 1);
        f.memory.pace = pace;
        assert_int_equal(amp_connection_status_start(&look, &f.client, &tenant, &f.out), AMP_OK);
        assert_int_equal(amp_connection_status_start(&look, &f.client, &tenant, &f.out), AMP_ERR_STATE);
        while ((status = amp_look_step(&look)) == AMP_PENDING) {
        }
        assert_int_equal(status, AMP_END);
        assert_int_equal(amp_look_step(&look), AMP_END);
        assert_int_equal(f.memory.waits, 0);
        assert_string_equal(f.out.id, "a");
        fixture_end(&f);
    }
}

/* A start is refused while a look-up is in progress. The look-up must keep its results, or it would report
 * "no connection". */
static void a_second_start_changes_nothing(void **unused)
{
    static amp_baseline_t notes;
    amp_status_t status;
    unsigned starts = 0;
    (void)unused;
    list_begin();
    list_add("a", "working", T1, NULL);
    list_add("b", "bad_credentials", T1, NULL);
    memory_answer_t answer = list_end();
    fixture_init(&f, &answer, 1);
    assert_int_equal(amp_connection_status_start(&look, &f.client, &tenant, &f.out), AMP_OK);
    while ((status = amp_look_step(&look)) == AMP_PENDING) {
        assert_int_equal(amp_connection_baseline_start(&look, &f.client, &tenant, &notes), AMP_ERR_STATE);
        assert_int_equal(amp_connection_status_start(&look, &f.client, &tenant, &f.out), AMP_ERR_STATE);
        starts += look.count > 0;
    }
    assert_int_equal(status, AMP_END);
    assert_true(starts > 0);
    assert_int_equal(look.count, 2);
    assert_string_equal(f.out.id, "a");
    assert_true(is_zero(&notes, sizeof notes));
    fixture_end(&f);
}

/* A client without a configuration returns an error, not "no connection". */
static void a_start_that_fails_leaves_nothing(void **unused)
{
    (void)unused;
    list_begin();
    memory_answer_t answer = list_end();
    fixture_init(&f, &answer, 1);
    amp_close(&f.client);
    memset(&look, 0xee, sizeof look);
    assert_int_equal(amp_connection_status(&look, &f.client, &tenant, &f.out), AMP_ERR_STATE);
    assert_int_equal(look.count, 0);
    assert_true(is_zero(&f.out, sizeof f.out));
    assert_int_equal(amp_look_step(&look), AMP_ERR_STATE);
    fixture_end(&f);
}

/* A waiting call must not busy-wait, and must not wait longer than for the network. */
static void a_call_that_waits_waits_for_the_network(void **unused)
{
    (void)unused;
    list_begin();
    list_add("a", "working", T1, NULL);
    memory_answer_t answer = list_end();
    fixture_init(&f, &answer, 1);
    f.memory.pace = MEMORY_EVERY_OTHER_CALL;
    const uint32_t start_ms = f.memory.now_ms;
    assert_int_equal(amp_connection_status(&look, &f.client, &tenant, &f.out), AMP_OK);
    assert_true(f.memory.waits > 0);
    assert_int_equal(f.memory.now_ms - start_ms, f.memory.waits); /* a millisecond each */
    fixture_end(&f);
}

static amp_baseline_t baseline_of_list(void)
{
    amp_baseline_t baseline;
    memory_answer_t answer = list_end();
    fixture_init(&f, &answer, 1);
    memset(&baseline, 0xee, sizeof baseline);
    assert_int_equal(amp_connection_baseline(&look, &f.client, &tenant, &baseline), AMP_OK);
    fixture_end(&f);
    return baseline;
}

static amp_status_t reconcile(const amp_baseline_t *before)
{
    memory_answer_t answer = list_end();
    fixture_init(&f, &answer, 1);
    amp_status_t status = amp_connection_reconcile(&look, &f.client, &tenant, before, &f.out);
    assert_true(memory_holds(f.memory.sent, f.memory.sent_len, "GET /v1/projects/p-1/connections?"));
    assert_false(memory_holds(f.memory.sent, f.memory.sent_len, "POST"));
    assert_int_equal(amp_client_info(&f.client)->requests, 1);
    return status;
}

static void a_new_connection_is_found(void **unused)
{
    (void)unused;
    list_begin();
    list_add("old", "working", T1, NULL);
    list_add("ill", "bad_credentials", T1, NULL);
    const amp_baseline_t before = baseline_of_list();
    list_begin();
    list_add("ill", "working", T1, T3); /* repaired, but not searched for */
    list_add("made", "created", T2, NULL);
    list_add("old", "working", T1, T3);
    assert_int_equal(reconcile(&before), AMP_OK);
    assert_int_equal(look.count, 1);
    assert_string_equal(f.out.id, "made");
    fixture_end(&f);
}

/* The health of each connection is kept at its own place. */
static void only_what_was_ill_recovers(void **unused)
{
    amp_baseline_t baseline;
    amp_connection_t connection;
    (void)unused;
    memset(&baseline, 0, sizeof baseline);
    memset(&connection, 0, sizeof connection);
    for (unsigned i = 0; i < AMP_BASELINE_SIZE; ++i) {
        connection.id[0] = (char)('a' + i);
        strcpy(connection.status, i % 3u == 1u ? "working" : "bad_credentials");
        amp__baseline_add(&baseline, &connection);
    }
    strcpy(connection.status, "working");
    for (unsigned i = 0; i < AMP_BASELINE_SIZE; ++i) {
        connection.id[0] = (char)('a' + i);
        assert_int_equal(amp__baseline_compare(&baseline, &connection),
                         i % 3u == 1u ? AMP_CHANGE_NONE : AMP_CHANGE_RECOVERED);
    }
}

static void without_a_new_connection_nothing_is_found(void **unused)
{
    (void)unused;
    list_begin();
    list_add("old", "working", T1, NULL);
    const amp_baseline_t before = baseline_of_list();
    list_begin();
    list_add("old", "created", T1, T3);
    assert_int_equal(reconcile(&before), AMP_OK);
    assert_int_equal(look.count, 0);
    assert_true(is_zero(&f.out, sizeof f.out));
    fixture_end(&f);
    list_begin();
    assert_int_equal(reconcile(&before), AMP_OK);
    assert_int_equal(look.count, 0);
    fixture_end(&f);
    list_begin();
    assert_int_equal(reconcile(NULL), AMP_OK);
    assert_int_equal(look.count, 0);
    fixture_end(&f);
}

static void without_a_baseline_all_is_new(void **unused)
{
    (void)unused;
    list_begin();
    const amp_baseline_t empty = baseline_of_list();
    for (int i = 0; i < 2; ++i) {
        list_begin();
        list_add("made", "created", T1, NULL);
        assert_int_equal(reconcile(i == 0 ? NULL : &empty), AMP_OK);
        assert_int_equal(look.count, 1);
        assert_string_equal(f.out.id, "made");
        fixture_end(&f);
    }
}

static void a_second_new_one_is_reported(void **unused)
{
    (void)unused;
    list_begin();
    list_add("made", "created", T2, NULL);
    list_add("other", "created", T3, NULL);
    assert_int_equal(reconcile(NULL), AMP_OK);
    assert_int_equal(look.count, 2);
    assert_string_equal(f.out.id, "other");
    fixture_end(&f);
}

static void list_add_many(unsigned count, const char *created)
{
    for (unsigned i = 0; i < count; ++i) {
        char id[16];
        snprintf(id, sizeof id, "many-%u", i);
        list_add(id, "working", created, NULL);
    }
}

/* There are more connections than hashes in a baseline. A connection is new if it was created later than all
 * of them. */
static void a_long_list_has_a_baseline_too(void **unused)
{
    (void)unused;
    for (unsigned count = AMP_BASELINE_SIZE - 1u; count <= AMP_BASELINE_SIZE + 3u; ++count) {
        list_begin();
        list_add_many(count, T2);
        const amp_baseline_t before = baseline_of_list();
        assert_int_equal(before.count, count);
        list_begin();
        list_add("made", "created", T3, NULL);
        list_add_many(count, T2);
        assert_int_equal(reconcile(&before), AMP_OK);
        assert_int_equal(look.count, 1);
        assert_string_equal(f.out.id, "made");
        fixture_end(&f);
        list_begin();
        list_add("strange", "created", T2, NULL); /* new, but no later */
        list_add_many(count, T2);
        assert_int_equal(reconcile(&before), AMP_OK);
        assert_int_equal(look.count, count <= AMP_BASELINE_SIZE);
        fixture_end(&f);
    }
}

/* The newest connection of a long list is found at any position. */
static void the_order_of_a_long_list_does_not_matter(void **unused)
{
    const unsigned count = AMP_BASELINE_SIZE + 2u;
    (void)unused;
    for (unsigned newest = 0; newest < count; ++newest) {
        list_begin();
        for (unsigned i = 0; i < count; ++i) {
            char id[16];
            snprintf(id, sizeof id, "many-%u", i);
            list_add(id, "working", i == newest ? T2 : T1, NULL);
        }
        const amp_baseline_t before = baseline_of_list();
        list_begin();
        list_add("strange", "created", T2, NULL);
        list_add("made", "created", T3, NULL);
        assert_int_equal(reconcile(&before), AMP_OK);
        assert_int_equal(look.count, 1);
        assert_string_equal(f.out.id, "made");
        fixture_end(&f);
    }
}

/* The answer to a POST is lost. The list shows its outcome, and no request is posted twice. */
static void an_outcome_that_was_unknown_is_settled(void **unused)
{
    const amp_generate_connection_t args = generate_args();
    (void)unused;
    list_begin();
    list_add("made", "created", T1, NULL);
    const memory_answer_t answers[] = {{"", 0, AMP_ERR_ABORTED, 0}, list_end()};
    fixture_init(&f, answers, 2);
    assert_int_equal(amp_generate_connection(&f.client, &args, &f.out), AMP_ERR_UNKNOWN_OUTCOME);
    assert_int_equal(amp_connection_reconcile(&look, &f.client, &tenant, NULL, &f.out), AMP_OK);
    assert_int_equal(look.count, 1);
    assert_string_equal(f.out.id, "made");
    unsigned posts = 0;
    for (size_t at = 0; at + 5u <= f.memory.sent_len; ++at) {
        posts += memcmp(f.memory.sent + at, "POST ", 5) == 0;
    }
    assert_int_equal(posts, 1);
    assert_int_equal(amp_client_info(&f.client)->connects, 2);
    fixture_end(&f);
}

static void a_failed_reconcile_finds_nothing(void **unused)
{
    memory_answer_t answer = answer_with(0, "500 x", PROBLEM_TYPE, PROBLEM);
    (void)unused;
    fixture_init(&f, &answer, 1);
    assert_int_equal(amp_connection_reconcile(&look, &f.client, &tenant, NULL, &f.out), AMP_ERR_SERVICE);
    assert_int_equal(look.count, 0);
    assert_true(is_zero(&f.out, sizeof f.out));
    fixture_end(&f);
    amp_baseline_t baseline;
    fixture_init(&f, &answer, 1);
    memset(&baseline, 0xee, sizeof baseline);
    assert_int_equal(amp_connection_baseline(&look, &f.client, &tenant, &baseline), AMP_ERR_SERVICE);
    assert_int_equal(baseline.count, 0);
    fixture_end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_query_names_one_tenant),
        cmocka_unit_test(provider_and_group_are_demanded),
        cmocka_unit_test(the_best_of_several_is_returned_in_any_order),
        cmocka_unit_test(anothers_connection_is_an_error),
        cmocka_unit_test(any_consumer_matches_when_unspecified),
        cmocka_unit_test(an_error_is_never_no_connection),
        cmocka_unit_test(a_list_of_any_length_uses_the_same_memory),
        cmocka_unit_test(a_step_never_waits),
        cmocka_unit_test(a_second_start_changes_nothing),
        cmocka_unit_test(a_start_that_fails_leaves_nothing),
        cmocka_unit_test(a_call_that_waits_waits_for_the_network),
        cmocka_unit_test(a_new_connection_is_found),
        cmocka_unit_test(only_what_was_ill_recovers),
        cmocka_unit_test(the_order_of_a_long_list_does_not_matter),
        cmocka_unit_test(without_a_new_connection_nothing_is_found),
        cmocka_unit_test(without_a_baseline_all_is_new),
        cmocka_unit_test(a_second_new_one_is_reported),
        cmocka_unit_test(a_long_list_has_a_baseline_too),
        cmocka_unit_test(an_outcome_that_was_unknown_is_settled),
        cmocka_unit_test(a_failed_reconcile_finds_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
