/* SPDX-License-Identifier: MIT */
/* The table of the automaton against the grammar. A text leads to each state. The oracle, which has no
 * states, then decides which bytes may follow: those after which the text can be completed to JSON. */
#include "reading.h"

#include "oracle.h"
#include "json/automaton_tables.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* A text that leads to each state. States that can be in an object or in an array have a text for each. */
static const struct {
    int state;
    const char *text;
} reached[] = {
    {VALUE, ""},
    {VALUE, "[1,"},
    {VALUE, "{\"\":"},
    {ELEMENT, "["},
    {ELEMENT, "{\"\":["},
    {MEMBER, "{"},
    {MEMBER, "[{"},
    {NAME, "{\"\":0,"},
    {COLON, "{\"\""},
    {AFTER_ELEMENT, "[0 "},
    {AFTER_MEMBER, "{\"\":0 "},
    {AFTER_ELEMENT, "[{}"},
    {AFTER_MEMBER, "{\"\":[]"},
    {DONE, "0 "},
    {DONE, "{}"},
    {DONE, "\"\""},
    {DONE, "null"},
    {MINUS, "-"},
    {MINUS, "[-"},
    {ZERO, "0"},
    {ZERO, "[-0"},
    {INTEGER, "1"},
    {INTEGER, "[-10"},
    {POINT, "0."},
    {POINT, "[1."},
    {FRACTION, "0.0"},
    {FRACTION, "[1.10"},
    {E, "0e"},
    {E, "[1.1E"},
    {E_SIGN, "0e+"},
    {E_SIGN, "[0E-"},
    {EXPONENT, "0e0"},
    {EXPONENT, "[1e+10"},
};

/* Endings that can complete a text: the rest of a scalar, the rest of a member, and the ends of
 * containers. */
static const char *const scalars[] = {"", "0", "\"", "rue", "alse", "ull"};
static const char *const members[] = {"", "\"\":0", ":0", "0"};
static const char *const ends[] = {"",    "]",   "}",   "]]",  "]}",  "}]",  "}}",
                                   "]]]", "]}]", "}]]", "}}]", "]]}", "]}}", "}]}"};

/* Returns 1 when the text can be completed to JSON. */
static int is_beginning(const char *text, size_t len)
{
    for (size_t s = 0; s < COUNT(scalars); ++s) {
        for (size_t m = 0; m < COUNT(members); ++m) {
            for (size_t e = 0; e < COUNT(ends); ++e) {
                char whole[64];
                memcpy(whole, text, len);
                int more =
                    snprintf(whole + len, sizeof whole - len, "%s%s%s", scalars[s], members[m], ends[e]);
                if (oracle_is_json(whole, len + (size_t)more)) {
                    return 1;
                }
            }
        }
    }
    return 0;
}

static int is_number(int state)
{
    return state >= MINUS && state <= LAST_ROW;
}

/* Returns the state after a value in the innermost container that the text has open. */
static int after_of(const char *text)
{
    int depth = 0;
    char open[8] = {0};
    for (; *text != '\0'; ++text) {
        if (*text == '[' || *text == '{') {
            open[depth++] = *text;
        }
        depth -= *text == ']' || *text == '}';
    }
    return depth == 0 ? DONE : open[depth - 1] == '[' ? AFTER_ELEMENT : AFTER_MEMBER;
}

/* Returns the next state by the table, also from the end of a number where a number may end. */
static int lead(int state, unsigned c, const char *text)
{
    int next = json_table.next[PAIR(state, json_table.kind[c])];
    if (next == BAD && is_number(state) && state >= FIRST_END) {
        return json_table.next[PAIR(after_of(text), json_table.kind[c])];
    }
    return next;
}

static void each_byte_is_taken_where_the_grammar_has_it(void **unused)
{
    unsigned taken = 0;
    (void)unused;
    for (size_t i = 0; i < COUNT(reached); ++i) {
        char text[32];
        size_t len = strlen(reached[i].text);
        memcpy(text, reached[i].text, len);
        for (unsigned c = 0; c < 256; ++c) {
            text[len] = (char)c;
            int is = lead(reached[i].state, c, reached[i].text) != BAD;
            if (is != is_beginning(text, len + 1u)) {
                fail_msg("state %d: %s, then %02x: the table says %d", reached[i].state, reached[i].text, c,
                         is);
            }
            taken += (unsigned)is;
        }
    }
    assert_in_range(taken, 100, 1000);
}

/* After each accepted byte, the state of the table and the grammar must accept the same next bytes. */
static void each_byte_leads_where_the_grammar_goes(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < COUNT(reached); ++i) {
        for (unsigned c = 0; c < 256; ++c) {
            char text[32];
            size_t len = strlen(reached[i].text);
            int next = lead(reached[i].state, c, reached[i].text);
            if (next <= 0) {
                continue;
            }
            memcpy(text, reached[i].text, len);
            text[len] = (char)c;
            text[len + 1] = '\0';
            for (unsigned after = 0; after < 256; ++after) {
                int is = lead(next, after, text) != BAD;
                char longer[32];
                memcpy(longer, text, len + 1u);
                longer[len + 1] = (char)after;
                assert_int_equal(is, is_beginning(longer, len + 2u));
            }
        }
    }
}

/* Entries below 0 stand for whitespace, the begin or end of a container, or the begin of a literal. */
static void each_beginning_is_of_its_kind(void **unused)
{
    static const struct {
        const char *bytes;
        int what;
    } rows[] = {
        {" \t\n\r", SPACES},
        {"[{", OPEN},
        {"]}", CLOSE},
        {"tfn", BEGIN_LITERAL},
    };
    (void)unused;
    for (int state = VALUE; state <= LAST_ROW; ++state) {
        for (size_t i = 0; i < COUNT(rows); ++i) {
            for (const char *c = rows[i].bytes; *c != '\0'; ++c) {
                int next = json_table.next[PAIR(state, json_table.kind[(uint8_t)*c])];
                assert_true(next == BAD || next == rows[i].what);
            }
        }
        int quote = json_table.next[PAIR(state, QUOTE)];
        int is_name = state == MEMBER || state == NAME;
        assert_true(quote == BAD || quote == (is_name ? BEGIN_NAME : BEGIN_TEXT));
        assert_int_equal(json_table.next[PAIR(state, OTHER)], BAD);
    }
}

/* Every state was reached, and every number can end where the grammar allows it. */
static void every_state_is_looked_at(void **unused)
{
    (void)unused;
    for (int state = VALUE; state <= LAST_ROW; ++state) {
        unsigned seen = 0;
        for (size_t i = 0; i < COUNT(reached); ++i) {
            if (reached[i].state != state) {
                continue;
            }
            ++seen;
            if (is_number(state) && reached[i].text[0] != '[') {
                assert_int_equal(oracle_is_json(reached[i].text, strlen(reached[i].text)),
                                 state >= FIRST_END);
            }
        }
        assert_int_not_equal(seen, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_byte_is_taken_where_the_grammar_has_it),
        cmocka_unit_test(each_byte_leads_where_the_grammar_goes),
        cmocka_unit_test(each_beginning_is_of_its_kind),
        cmocka_unit_test(every_state_is_looked_at),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
