/* SPDX-License-Identifier: MIT */
/* The part of a redirect's Location that is kept: its host. The rest may contain secrets. */
#include "answering.h"

#define COUNT_OF(list) (sizeof(list) / sizeof((list)[0]))
#define A50 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

typedef struct {
    const char *location;
    const char *note;
} location_t;

static void check_all(const location_t *rows, size_t count)
{
    for (size_t i = 0; i < count; ++i) {
        char text[512];
        reading_t reading;
        int len =
            snprintf(text, sizeof text, "HTTP/1.1 302 Found\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n",
                     rows[i].location);
        answering_read(text, (size_t)len, &reading);
        assert_int_equal(reading.last, AMP_RESPONSE_DONE);
        if (strcmp(reading.note, rows[i].note) != 0) {
            fail_msg("%s of: %s", reading.note, rows[i].location);
        }
    }
}

static void the_host_is_kept(void **unused)
{
    static const location_t rows[] = {
        {"https://login.example/a?token=s", "login.example"},
        {"http://login.example", "login.example"},
        {"HTTPS://Login.Example/", "login.example"},
        {"https://h?x=s", "h"},
        {"https://h#s", "h"},
        {"https://h\\s", "h"},
        {"https://h/s@x", "h"},
        {"https://h?s@x", "h"},
        {"https://h \t", "h"},
        {"https://h s3cret/x", "h"},
        {"https://[::1]/s", "[::1]"},
        {"https://user@h/s", "h"},
        {"https://user:s3cret@h/s", "h"},
        {"https://user:s3cret@/s", ""},
        {"https://h\xc3\xa9x/", "hx"},
        {"https://h:8443/s", "h:8443"},
        {"https://h:8443?s", "h:8443"},
        {"//h/s", "h"},
        {"//user:s3cret@h:1?s", "h:1"},
        {"https://" A50 "bbbbb/s", A50 "bbbbb"},
    };
    (void)unused;
    check_all(rows, COUNT_OF(rows));
}

static void without_a_host_nothing_is_stored(void **unused)
{
    static const location_t rows[] = {
        {"", ""},
        {"/login?token=s", ""},
        {"s3cret", ""},
        {"//h/s", "h"},
        {"https:", ""},
        {"https:/s", ""},
        {"https:s3cret", ""},
        {"https://", ""},
        {"http///h/s", ""},
        {"http //h/s", ""},
        {"https//h/s", ""},
        {"https:///s", ""},
        {"?token=s", ""},
        {"mailto:s3cret@h", ""},
        {"s3cret//h", ""},
        {"ftp://h/s", ""},
        {"https:\\\\h", ""},
    };
    (void)unused;
    check_all(rows, COUNT_OF(rows));
}

/* A URL in a relative path is only text. */
static void a_url_within_a_path_is_no_host(void **unused)
{
    static const location_t rows[] = {
        {"/login?next=https://s3cret/x", ""},
        {"?a=b://s3cret", ""},
        {"//h/x?a://s3cret", "h"},
        {"#a://s3cret", ""},
        {"https://h/\r\nLocation: https://", "h"}, /* a second one without a host changes nothing */
    };
    (void)unused;
    check_all(rows, COUNT_OF(rows));
}

/* In a Location that is too long to be kept completely, user information may be anywhere. */
static void user_information_is_never_kept(void **unused)
{
    static const char *const rows[] = {
        "https://a@s3cret@h/",
        "https://user:s3cret@" A50 ".example/",
        "https://user:s3cret" A50 "@h/",
        "https://s3cret" A50 A50 "@h/",
    };
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        char text[512];
        reading_t reading;
        int len = snprintf(text, sizeof text,
                           "HTTP/1.1 302 Found\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n", rows[i]);
        answering_read(text, (size_t)len, &reading);
        if (strstr(reading.note, "s3cret") != NULL || strchr(reading.note, '@') != NULL) {
            fail_msg("%s of: %s", reading.note, rows[i]);
        }
    }
}

static void only_redirects_have_a_host(void **unused)
{
    static const char *const codes[] = {"200", "201", "404", "503"};
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(codes); ++i) {
        char text[256];
        reading_t reading;
        int len = snprintf(text, sizeof text,
                           "HTTP/1.1 %s x\r\nLocation: https://h/\r\nContent-Type: text/html\r\n"
                           "Location: https://i/\r\nContent-Length: 0\r\n\r\n",
                           codes[i]);
        answering_read(text, (size_t)len, &reading);
        assert_string_equal(reading.note, "text/html");
    }
}

static void a_redirect_of_any_type_keeps_its_host(void **unused)
{
    static const char text[] = "HTTP/1.1 301 x\r\nContent-Type: text/html\r\nLocation: https://h/\r\n"
                               "Content-Length: 0\r\n\r\n";
    static const char other[] = "HTTP/1.1 399 x\r\nLocation: https://h/\r\nContent-Type: text/html\r\n"
                                "Content-Length: 0\r\n\r\n";
    reading_t reading;
    (void)unused;
    answering_read(text, sizeof text - 1u, &reading);
    assert_string_equal(reading.note, "h");
    answering_read(other, sizeof other - 1u, &reading);
    assert_string_equal(reading.note, "h");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_host_is_kept),
        cmocka_unit_test(without_a_host_nothing_is_stored),
        cmocka_unit_test(a_url_within_a_path_is_no_host),
        cmocka_unit_test(user_information_is_never_kept),
        cmocka_unit_test(only_redirects_have_a_host),
        cmocka_unit_test(a_redirect_of_any_type_keeps_its_host),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
