/* SPDX-License-Identifier: MIT */
/* The automaton byte for byte, against the grammar. Covers the paths that read many bytes at once and those
 * that read single bytes. */
#include "lexing.h"

#include "json/automaton.h"

#include "oracle.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static void check_once(const char *text, size_t len)
{
    for (unsigned place = 0; place < LEXED_PLACES; ++place) {
        char put[256];
        size_t size = lexed_put(place, text, len, put, sizeof put);
        amp_status_t expected = oracle_is_json(put, size) ? AMP_END : AMP_ERR_JSON;
        amp_status_t status = read_once(lexed_schema(place), 64, put, size)->status;
        if (status != expected) {
            fail_msg("place %u: %d, not %d: %.*s", place, (int)status, (int)expected, (int)len, text);
        }
    }
}

/* Replaces the byte at `at` by every value. The text must be JSON if and only if the value is in `good`. */
static void check_each(const char *text, size_t at, const char *good)
{
    char copy[64];
    size_t len = strlen(text);
    memcpy(copy, text, len + 1);
    for (unsigned c = 0; c < 256; ++c) {
        copy[at] = (char)c;
        assert_int_equal(oracle_is_json(copy, len), c != 0 && strchr(good, (int)c) != NULL);
        check_once(copy, len);
    }
}

static void takes_the_escapes_there_are(void **unused)
{
    (void)unused;
    check_each("\"\\x\"", 2, "\"\\/bfnrt");
    check_each("{\"\\x\":1}", 3, "\\/bfnrt\"");
    check_each("[\"ab\\xcd\"]", 5, "\"\\/bfnrt");
    for (size_t at = 3; at < 7; ++at) {
        check_each("\"\\u0000\"", at, "0123456789abcdefABCDEF");
        check_each("{\"\\u0000\":\"\"}", at + 1, "0123456789abcdefABCDEF");
    }
}

static void takes_the_white_space_there_is(void **unused)
{
    static const char text[] = "x{x\"a\"x:x\"x\"x,x\"b\"x:x[x\"y\"x,x{x}x,xtruex,x-1x]x}x";
    (void)unused;
    for (size_t at = 0; at < sizeof text - 1u; ++at) {
        char copy[64];
        size_t len = 0;
        if (text[at] != 'x' || text[at - (at > 0)] == '1' || (text[at + 1] == '"' && text[at - 1] == '"')) {
            continue;
        }
        for (size_t i = 0; i < sizeof text - 1u; ++i) {
            if (i == at || text[i] != 'x') {
                copy[len++] = text[i];
            }
        }
        copy[len] = '\0';
        check_each(copy, (size_t)(strchr(copy, 'x') - copy), " \t\n\r");
    }
}

/* Fillers whose values are next to those of bytes that stop a run. */
static void a_run_ends_at_every_place(void **unused)
{
    static const char fillers[] = " !#[]a~\x7f";
    (void)unused;
    for (size_t f = 0; f < sizeof fillers - 1u; ++f) {
        for (size_t len = 1; len <= 20; ++len) {
            for (size_t at = 0; at < len; ++at) {
                char text[32];
                memset(text, fillers[f], sizeof text);
                text[0] = '"';
                text[len + 1] = '"';
                /* An emulator tests one in PIECES_STRIDE of the values in each place. */
                for (unsigned c = (unsigned)(at + len) % PIECES_STRIDE; c < 256; c += PIECES_STRIDE) {
                    text[1 + at] = (char)c;
                    assert_int_equal(lex_once(LEXED_ALONE, text, len + 2) == AMP_END,
                                     c >= 0x20 && c < 0x80 && c != '"' && c != '\\');
                }
            }
        }
    }
}

static void check_utf8(const uint8_t *bytes, size_t len)
{
    char text[16] = "{\"a\":\"";
    memcpy(text + 6, bytes, len);
    memcpy(text + 6 + len, "\"}", 2);
    amp_status_t expected = oracle_is_json(text, len + 8) ? AMP_END : AMP_ERR_JSON;
    assert_int_equal(lex_once(LEXED_ALONE, text, len + 8), expected);
    memcpy(text, "{\"", 2);
    memcpy(text + 2, bytes, len);
    memcpy(text + 2 + len, "\":0}", 4);
    expected = oracle_is_json(text, len + 6) ? AMP_END : AMP_ERR_JSON;
    assert_int_equal(lex_once(LEXED_ALONE, text, len + 6), expected);
}

static void strings_are_utf8(void **unused)
{
    static const uint8_t edges[] = {0x1f, 0x20, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc2, 0xff};
    const size_t count = sizeof edges;
    (void)unused;
    for (unsigned lead = 0x80; lead <= 0xff; ++lead) {
        /* An emulator tests only one in PIECES_STRIDE of the sequences of four bytes. */
        for (size_t n = 0; n < count * count * count; n += n < count * count ? 1u : PIECES_STRIDE) {
            uint8_t bytes[4] = {(uint8_t)lead, edges[n / count / count], edges[n / count % count],
                                edges[n % count]};
            for (size_t len = n == 0 ? 1 : n < count ? 2 : n < count * count ? 3 : 4; len <= 4; ++len) {
                check_utf8(bytes, len);
            }
        }
    }
}

static void check_damage(const char *base, size_t at)
{
    char text[128];
    size_t len = strlen(base);
    memcpy(text, base, at);
    memcpy(text + at, base + at + 1, len - at - 1);
    check_once(text, len - 1);
    memcpy(text + at + 1, base + at + 1, len - at - 1);
    for (unsigned c = 0; c < 256; ++c) {
        text[at] = (char)c;
        check_once(text, len);
    }
    memcpy(text + at + 1, base + at, len - at);
    for (unsigned c = 0; c < 256; ++c) {
        text[at] = (char)c;
        check_once(text, len + 1);
    }
}

static void takes_nothing_else(void **unused)
{
    static const char *const bases[] = {
        "{\"u\":{\"a\":\"b\",\"ccccccccc\":\"ddddddddddd\",\"e\":\"\",\"\":\"f\"}}",
        "[{\"a\":0,\"b\":\"c\",\"d\":\"e\" ,\"f\":\"g\"},[\"h\",\"i\"]]",
        "{\"a\":[1,\"x\\u00e9\\n\",{\"b\":null,\"c\":\"y\xc3\xa9z\",\"d\":\"w\"}],\"e\":-1.5e+2}",
    };
    (void)unused;
    for (size_t i = 0; i < COUNT(bases); ++i) {
        assert_true(oracle_is_json(bases[i], strlen(bases[i])));
        check_once(bases[i], strlen(bases[i]));
        for (size_t at = 0; at < strlen(bases[i]); at += PIECES_STRIDE) {
            check_damage(bases[i], at);
        }
    }
}

/* A run of braces in a text ends at every place of a word. Outside of a text these braces would open
 * objects. */
static void brackets_in_a_text_open_nothing(void **unused)
{
    char text[128];
    (void)unused;
    for (int run = 0; run < 90; ++run) {
        int len = snprintf(
            text, sizeof text, "{\"u\":{\"a\":\"%.*s\",\"b\":\"\"}}", run,
            "{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{");
        check_once(text, (size_t)len);
        check_read(NULL, text, AMP_END, NULL);
    }
}

static size_t nest(char *out, unsigned levels, uint64_t objects)
{
    size_t len = 0;
    for (unsigned i = 0; i < levels; ++i) {
        const char *open = objects >> i % 64 & 1u ? "{\"a\":" : "[";
        memcpy(out + len, open, strlen(open));
        len += strlen(open);
    }
    out[len++] = '1';
    for (unsigned i = levels; i-- > 0;) {
        out[len++] = objects >> i % 64 & 1u ? '}' : ']';
    }
    out[len] = '\0';
    return len;
}

static void depth_has_a_limit(void **unused)
{
    static const uint64_t patterns[] = {0, UINT64_MAX, 0x5555555555555555u, 0xf0f00f0f12345678u};
    char text[(AMP_JSON_DEPTH + 1) * 6 + 2];
    (void)unused;
    for (size_t i = 0; i < COUNT(patterns); ++i) {
        size_t len = nest(text, AMP_JSON_DEPTH, patterns[i]);
        assert_int_equal(lex(LEXED_ALONE, text, len), AMP_END);
        len = nest(text, AMP_JSON_DEPTH - 1, patterns[i]);
        assert_int_equal(lex(1, text, len), AMP_END);
        assert_int_equal(lex(3, text, len), AMP_END);
        len = nest(text, AMP_JSON_DEPTH, patterns[i]);
        assert_int_equal(lex(1, text, len), AMP_ERR_DEPTH);
        assert_int_equal(lex(3, text, len), AMP_ERR_DEPTH);
        len = nest(text, AMP_JSON_DEPTH + 1, patterns[i]);
        assert_int_equal(lex(LEXED_ALONE, text, len), AMP_ERR_DEPTH);
    }
}

static void closing_fits_opening(void **unused)
{
    char text[128];
    (void)unused;
    for (unsigned levels = 1; levels <= 10; ++levels) {
        for (uint64_t objects = 0; objects < (uint64_t)1 << levels; ++objects) {
            size_t len = nest(text, levels, objects);
            assert_true(oracle_is_json(text, len));
            check_once(text, len);
            for (size_t at = len - levels; at < len; ++at) {
                char right = text[at];
                text[at] = right == '}' ? ']' : '}';
                assert_false(oracle_is_json(text, len));
                check_once(text, len);
                text[at] = right;
            }
        }
    }
}

static void an_object_is_told_from_other_texts(void **unused)
{
    static const struct {
        amp_str_t text;
        int is_object;
    } rows[] = {
        {{"{}", 2}, 1},   {{" \t\r\n{\"a\":[{}]} ", 15}, 1},
        {{"[]", 2}, 0},   {{"{}", 1}, 0},
        {{"{}}", 3}, 0},  {{"\0{}", 3}, 0},
        {{"  ", 2}, 0},   {{NULL, 0}, 0},
        {{"{\0}", 3}, 0},
    };
    (void)unused;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
        assert_int_equal(amp__json_is_object(rows[i].text), rows[i].is_object);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(brackets_in_a_text_open_nothing),
        cmocka_unit_test(an_object_is_told_from_other_texts),
        cmocka_unit_test(takes_the_escapes_there_are),
        cmocka_unit_test(takes_the_white_space_there_is),
        cmocka_unit_test(a_run_ends_at_every_place),
        cmocka_unit_test(strings_are_utf8),
        cmocka_unit_test(takes_nothing_else),
        cmocka_unit_test(depth_has_a_limit),
        cmocka_unit_test(closing_fits_opening),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
