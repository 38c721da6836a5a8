/* SPDX-License-Identifier: MIT */
#include "pieces.h"

#include "http/url.h"

/* Parses a copy of exactly the view's size, so that AddressSanitizer reports a read beyond it. */
static int parse(const char *text, size_t len, amp_url_t *out_url, char **out_copy)
{
    *out_copy = malloc(len > 0 ? len : 1u);
    assert_non_null(*out_copy);
    memcpy(*out_copy, text, len);
    amp_str_t view = {*out_copy, len};
    return amp_url_parse(view, out_url);
}

static void view_is(amp_str_t view, const char *expected)
{
    assert_int_equal(view.len, strlen(expected));
    if (view.len > 0) {
        assert_memory_equal(view.ptr, expected, view.len);
    }
}

static void good_urls_are_taken_apart(void **unused)
{
    static const struct {
        const char *text;
        const char *host;
        const char *authority;
        const char *prefix;
        uint16_t port;
    } rows[] = {
        {"https://api.withampersand.com/v1", "api.withampersand.com", "api.withampersand.com", "/v1", 443},
        {"https://h", "h", "h", "", 443},
        {"https://h/", "h", "h", "", 443},
        {"https://h///", "h", "h", "", 443},
        {"https://h/a/b/", "h", "h", "/a/b", 443},
        {"https://h/a//b//", "h", "h", "/a//b", 443},
        {"HTTPS://H/V1", "H", "H", "/V1", 443},
        {"hTtPs://h", "h", "h", "", 443},
        {"https://h:1", "h", "h:1", "", 1},
        {"https://h:443/x", "h", "h:443", "/x", 443},
        {"https://h:65535", "h", "h:65535", "", 65535},
        {"https://h:00443", "h", "h:00443", "", 443},
        {"https://127.0.0.1:8443/v1", "127.0.0.1", "127.0.0.1:8443", "/v1", 8443},
        {"https://[::1]", "::1", "[::1]", "", 443},
        {"https://[::1]:8443/v1/", "::1", "[::1]:8443", "/v1", 8443},
        {"https://[fe80::1.2.3.4]/a", "fe80::1.2.3.4", "[fe80::1.2.3.4]", "/a", 443},
        {"https://a-b_c.example/", "a-b_c.example", "a-b_c.example", "", 443},
        {"https://h./v1", "h.", "h.", "/v1", 443},
        {"https://api.withampersand.com.:8443/v1/", "api.withampersand.com.", "api.withampersand.com.:8443",
         "/v1", 8443},
        {"https://h/.a/b./...", "h", "h", "/.a/b./...", 443},
        {"https://h/-._~!$&'()*+,;=:@", "h", "h", "/-._~!$&'()*+,;=:@", 443},
        {"https://h/a%20b%2F", "h", "h", "/a%20b%2F", 443},
        {"https://h/%41", "h", "h", "/%41", 443},
    };
    (void)unused;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
        amp_url_t url;
        char *copy;
        if (parse(rows[i].text, strlen(rows[i].text), &url, &copy) != 0) {
            fail_msg("refused: %s", rows[i].text);
        }
        view_is(url.host, rows[i].host);
        view_is(url.authority, rows[i].authority);
        view_is(url.prefix, rows[i].prefix);
        assert_int_equal(url.port, rows[i].port);
        free(copy);
    }
}

static void bad_urls_are_refused(void **unused)
{
    static const amp_str_t rows[] = {
        {"", 0},
        {"h", 1},
        {"https", 5},
        {"https:/", 7},
        {"https://", 8},
        {"http://h", 8},
        {"httpS//h", 8},
        {"https:\\\\h", 9},
        {"HTTP://h", 8},
        {"xttps://h", 9},
        {"httpx://h", 9},
        {"https:/xh", 9},
        {"https://[/:1]", 13},
        {"https://[ :1]", 13},
        {"ftp://hhhh", 10},
        {" https://h", 10},
        {"xhttps://h", 10},
        {"https:///v1", 11},
        {"https://:443", 12},
        {"https://h:", 10},
        {"https://h:/x", 12},
        {"https://h:0", 11},
        {"https://h:00000", 15},
        {"https://h:65536", 15},
        {"https://h:99999", 15},
        {"https://h:0000443", 17},
        {"https://h:4294967739", 20},
        {"https://h:+443", 14},
        {"https://h:-1", 12},
        {"https://h:44a", 13},
        {"https://h:443:1", 15},
        {"https://u@h/", 12},
        {"https://u:p@h/", 14},
        {"https://h@", 10},
        {"https://h?q", 11},
        {"https://h/?q", 12},
        {"https://h/v1?q=1", 16},
        {"https://h#f", 11},
        {"https://h/v1#f", 14},
        {"https://h/..", 12},
        {"https://h/%2e%2E", 16},
        {"https://h/a%2eb", 15},
        {"https://h/%", 11},
        {"https://h/%2", 12},
        {"https://h/%zz", 13},
        {"https://h/%2/x", 14},
        {"https://h/.", 11},
        {"https://h/a/../b", 16},
        {"https://h/./b", 13},
        {"https://h/a/..//", 16},
        {"https://h h", 11},
        {"https://h/a b", 13},
        {"https://h ", 10},
        {"https://h/\t", 11},
        {"https://h/\r\nX: y", 16},
        {"https://h\r\n", 11},
        {"https://h.\0", 11},
        {"https://h.\r\n", 12},
        {"https://h.@i", 12},
        {"https://.", 9},
        {"https://./v1", 12},
        {"https://.h", 10},
        {"https://..", 10},
        {"https://h..", 11},
        {"https://h..:443/", 16},
        {"https://a..b", 12},
        {"https://h\0", 10},
        {"https://h/\0", 11},
        {"https://h/a\x7f", 12},
        {"https://h/\xc3\xa9", 12},
        {"https://h\xc3\xa9", 11},
        {"https://h\\a", 11},
        {"https://h/\\a", 12},
        {"https://h/\"", 11},
        {"https://h/<", 11},
        {"https://h/{p}", 13},
        {"https://h/[", 11},
        {"https://h/`", 11},
        {"https://h/|", 11},
        {"https://h/^", 11},
        {"https://h%41", 12},
        {"https://h!", 10},
        {"https://h,i", 11},
        {"https://[", 9},
        {"https://[]", 10},
        {"https://[::1", 12},
        {"https://::1", 11},
        {"https://::1]", 12},
        {"https://[::1]x", 14},
        {"https://[::1]]", 14},
        {"https://[::1/]", 14},
        {"https://[::1]:", 14},
        {"https://[::1 ]", 14},
        {"https://[[::1]]", 15},
    };
    (void)unused;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
        const amp_url_t untouched = {{"x", 1}, {"y", 1}, {"z", 1}, 7};
        amp_url_t url = untouched;
        char *copy;
        if (parse(rows[i].ptr, rows[i].len, &url, &copy) != AMP_ERR_VALUE) {
            fail_msg("accepted: %.*s", (int)rows[i].len, rows[i].ptr);
        }
        assert_memory_equal(&url, &untouched, sizeof url);
        free(copy);
    }
}

/* Every prefix of a good URL is a good URL or is refused. No prefix is read beyond its end. */
static void beginnings_are_not_read_beyond(void **unused)
{
    static const char text[] = "https://[::1]:8443/v1/a";
    (void)unused;
    for (size_t len = 0; len < sizeof text; ++len) {
        amp_url_t url;
        char *copy;
        int result = parse(text, len, &url, &copy);
        int whole = len >= strlen("https://[::1]") && len != strlen("https://[::1]:") && len < sizeof text;
        assert_int_equal(result, whole ? AMP_OK : AMP_ERR_VALUE);
        free(copy);
    }
}

static void hosts_have_a_longest_length(void **unused)
{
    char text[300] = "https://";
    (void)unused;
    memset(text + 8, 'a', 254);
    for (size_t n = 250; n <= 254; ++n) {
        amp_url_t url;
        amp_str_t view = {text, 8 + n};
        assert_int_equal(amp_url_parse(view, &url), n <= 253 ? AMP_OK : AMP_ERR_VALUE);
        if (n <= 253) {
            assert_int_equal(url.host.len, n);
        }
        memcpy(text + 8 + n, ":1/x", 4);
        view.len += 4;
        assert_int_equal(amp_url_parse(view, &url), n <= 253 ? AMP_OK : AMP_ERR_VALUE);
        memset(text + 8 + n, 'a', 4);
    }
}

/* The parsed parts must equal those written by hand. */
static void the_regions_are_taken_apart_well(void **unused)
{
    static const struct {
        amp_str_t text;
        const amp_url_t *url;
    } rows[] = {{{"https://api.withampersand.com/v1", 32}, &amp_base_url},
                {{"https://api.eu.withampersand.com/v1", 35}, &amp_base_url_eu}};
    (void)unused;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
        amp_url_t url;
        assert_int_equal(amp_url_parse(rows[i].text, &url), 0);
        assert_true(amp_str_equal(rows[i].url->host, url.host));
        assert_true(amp_str_equal(rows[i].url->authority, url.authority));
        assert_true(amp_str_equal(rows[i].url->prefix, url.prefix));
        assert_int_equal(rows[i].url->port, url.port);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_urls_are_taken_apart),        cmocka_unit_test(bad_urls_are_refused),
        cmocka_unit_test(beginnings_are_not_read_beyond),   cmocka_unit_test(hosts_have_a_longest_length),
        cmocka_unit_test(the_regions_are_taken_apart_well),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
