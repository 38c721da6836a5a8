/* SPDX-License-Identifier: MIT */
/* Checks a port against the rules of port.h: the second program for a new port, see ../README.md. It watches
 * every call of the port while it talks to the sandbox of this project. Switches in the sandbox's URL cause
 * the faults. The program prints one line for each case, then the longest time of each function. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amp_stub.h"
#include "ampersand/ampersand.h"
#include "first_config.h" /* FIRST_ANCHORS: certificates in PEM format. FIRST_BASE_URL: the sandbox. */

#ifndef AMP_CHECK_TIMES
#define AMP_CHECK_TIMES 100 /* connections in the last case */
#endif
#define AMP_CHECK_DEADLINE_MS 10000u
#define AMP_CHECK_SHORT_MS 1000u /* the deadline of the case "silence" */
#define AMP_CHECK_LATE_MS 1000u  /* how late a deadline or a wait may end */

typedef enum {
    AMP_CHECK_OPEN,
    AMP_CHECK_SEND,
    AMP_CHECK_RECV,
    AMP_CHECK_CLOSE,
    AMP_CHECK_WAIT,
    AMP_CHECK_FUNCTIONS
} amp_check_function_t;

static const char *const amp_check_names[AMP_CHECK_FUNCTIONS] = {"open", "send", "recv", "close",
                                                                 "wait, beyond its limit"};
static amp_port_t amp_watched;
static const char *amp_check_broken; /* the first rule that the port broke, or NULL */
static uint32_t amp_check_longest_ms[AMP_CHECK_FUNCTIONS];

static uint32_t amp_watch_now_ms(void *ctx)
{
    (void)ctx;
    return amp_watched.now_ms(amp_watched.ctx);
}

static void amp_check_require(int is_kept, const char *rule)
{
    if (!is_kept && amp_check_broken == NULL) {
        amp_check_broken = rule;
    }
}

/* Stores the time of one call. Only `wait` may take `allowed_ms`. */
static void amp_check_measure(amp_check_function_t function, uint32_t since_ms, uint32_t allowed_ms)
{
    const uint32_t ms = amp_watch_now_ms(NULL) - since_ms;
    amp_check_require(ms < UINT32_MAX / 2, "now_ms never decreases");
    if (ms > allowed_ms && ms - allowed_ms > amp_check_longest_ms[function]) {
        amp_check_longest_ms[function] = ms - allowed_ms;
    }
}

static int amp_watch_open(void *ctx, const char *host, uint16_t port)
{
    (void)ctx;
    const uint32_t since_ms = amp_watch_now_ms(NULL);
    const int result = amp_watched.open(amp_watched.ctx, host, port);
    amp_check_measure(AMP_CHECK_OPEN, since_ms, 0);
    amp_check_require(result <= 1, "open returns 1, 0 or an error");
    return result;
}

static int amp_watch_send(void *ctx, const uint8_t *data, size_t len)
{
    (void)ctx;
    const uint32_t since_ms = amp_watch_now_ms(NULL);
    const int result = amp_watched.send(amp_watched.ctx, data, len);
    amp_check_measure(AMP_CHECK_SEND, since_ms, 0);
    amp_check_require(result <= (int)len, "send returns at most len");
    return result;
}

static int amp_watch_recv(void *ctx, uint8_t *data, size_t len)
{
    (void)ctx;
    const uint32_t since_ms = amp_watch_now_ms(NULL);
    const int result = amp_watched.recv(amp_watched.ctx, data, len);
    amp_check_measure(AMP_CHECK_RECV, since_ms, 0);
    amp_check_require(result <= (int)len, "recv returns at most len");
    return result;
}

static void amp_watch_close(void *ctx)
{
    (void)ctx;
    const uint32_t since_ms = amp_watch_now_ms(NULL);
    amp_watched.close(amp_watched.ctx);
    amp_watched.close(amp_watched.ctx); /* allowed at any time, also twice */
    amp_check_measure(AMP_CHECK_CLOSE, since_ms, 0);
}

static void amp_watch_wait(void *ctx, unsigned wanted, uint32_t ms)
{
    (void)ctx;
    const uint32_t since_ms = amp_watch_now_ms(NULL);
    amp_watched.wait(amp_watched.ctx, wanted, ms);
    amp_check_measure(AMP_CHECK_WAIT, since_ms, ms);
}

static void amp_watch_report(void *ctx, amp_port_report_t *out_report)
{
    (void)ctx;
    if (amp_watched.report != NULL) {
        amp_watched.report(amp_watched.ctx, out_report);
    }
}

/* Sends one request over a new connection. Returns its result. */
static amp_status_t amp_check_ask(const amp_port_t *tls, const char *base_url, uint32_t timeout_ms)
{
    static amp_client_t client;
    static uint8_t work[AMP_WORK_SIZE];
    static amp_provider_t provider;
    static amp_url_t url;
    static amp_config_t config;
    const amp_get_provider_t args = {AMP_STR("salesforce")};
    config.base_url = &url;
    config.api_key = AMP_STR("not sent");
    config.port = tls;
    config.timeout_ms = timeout_ms;
    amp_status_t status = amp_url_parse(amp_str(base_url), &url);
    status = status == AMP_OK ? amp_init(&client, &config, work, sizeof work) : status;
    status = status == AMP_OK ? amp_get_provider(&client, &args, &provider) : status;
    amp_close(&client);
    return status;
}

/* Prints a case. Returns 1 if its result is one of the two expected ones. */
static int amp_check_passes(const char *name, amp_status_t got, amp_status_t expected, amp_status_t other)
{
    const int is_right = got == expected || got == other;
    printf("%s %s: %s", is_right ? "ok    " : "NOT OK", name, amp_status_name(got));
    printf(is_right ? "\n" : ", expected %s\n", amp_status_name(expected));
    return is_right;
}

/* Writes FIRST_BASE_URL with another path, "/x:cut=100/v1", or with another port and path, ":1/v1". */
static const char *amp_check_url(const char *rest)
{
    static char url[128];
    const size_t host = strlen("https://");
    size_t len = host + strcspn(FIRST_BASE_URL + host, "/");
    for (size_t i = len; rest[0] == ':' && i > host; --i) {
        if (FIRST_BASE_URL[i] == ':') {
            len = i;
            break;
        }
    }
    if (len + strlen(rest) >= sizeof url) {
        return "";
    }
    memcpy(url, FIRST_BASE_URL, len);
    memcpy(url + len, rest, strlen(rest) + 1);
    return url;
}

/* A case: the sandbox's URL with `rest`, or a whole URL, and the results that are right. */
typedef struct {
    const char *name;
    const char *rest;
    amp_status_t expected;
    amp_status_t other;
} amp_check_case_t;

static const amp_check_case_t amp_check_cases[] = {
    {"answer", "/v1", AMP_OK, AMP_OK},
    {"answer byte by byte", "/x:drip=1/v1", AMP_OK, AMP_OK},
    {"unknown name", "https://no-such-name.invalid/v1", AMP_ERR_DNS, AMP_ERR_DNS},
    {"closed port", ":1/v1", AMP_ERR_CONNECT, AMP_ERR_CONNECT},
    {"connection cut", "/x:cut=100/v1", AMP_ERR_ABORTED, AMP_ERR_CLOSED},
    {"connection reset", "/x:reset/v1", AMP_ERR_ABORTED, AMP_ERR_CLOSED},
    {"silence", "/x:delay=3000/v1", AMP_ERR_DEADLINE, AMP_ERR_DEADLINE},
};

/* Runs a case, then a request without a fault: the port must work again. Returns 1 if both results are right.
 */
static int amp_check_one(const amp_port_t *tls, const amp_check_case_t *each)
{
    const uint32_t since_ms = amp_watch_now_ms(NULL);
    const uint32_t limit_ms = each->expected == AMP_ERR_DEADLINE ? AMP_CHECK_SHORT_MS : AMP_CHECK_DEADLINE_MS;
    const char *url = each->rest[0] == 'h' ? each->rest : amp_check_url(each->rest);
    int is_right =
        amp_check_passes(each->name, amp_check_ask(tls, url, limit_ms), each->expected, each->other);
    amp_check_require(amp_watch_now_ms(NULL) - since_ms <= limit_ms + AMP_CHECK_LATE_MS,
                      "a request ends by its deadline");
    if (each->expected != AMP_OK) {
        const amp_status_t next = amp_check_ask(tls, FIRST_BASE_URL, AMP_CHECK_DEADLINE_MS);
        is_right &= amp_check_passes("   the next request", next, AMP_OK, AMP_OK);
    }
    return is_right;
}

static int amp_check_clock(void)
{
    const uint32_t since_ms = amp_watch_now_ms(NULL);
    for (unsigned long i = 0; i < 1000000 && amp_watch_now_ms(NULL) - since_ms < 50; ++i) {
        amp_watch_wait(NULL, 0, 50); /* without a connection; may return early */
    }
    return amp_check_passes("clock and wait",
                            amp_watch_now_ms(NULL) - since_ms >= 50 ? AMP_OK : AMP_ERR_CLOCK, AMP_OK, AMP_OK);
}

static int amp_check_many(const amp_port_t *tls)
{
    amp_status_t status = AMP_OK;
    for (int i = 0; i < AMP_CHECK_TIMES && status == AMP_OK; ++i) {
        status = amp_check_ask(tls, FIRST_BASE_URL, AMP_CHECK_DEADLINE_MS);
    }
    return amp_check_passes("many connections", status, AMP_OK, AMP_OK);
}

static int amp_check_run(const amp_port_t *tls)
{
    int is_right = amp_check_clock();
    amp_watch_close(NULL); /* before the first connection */
    for (size_t i = 0; i < sizeof amp_check_cases / sizeof amp_check_cases[0]; ++i) {
        is_right &= amp_check_one(tls, &amp_check_cases[i]);
    }
    is_right &= amp_check_many(tls);
    return is_right;
}

int main(void)
{
    static amp_stub_t tcp_state;
    static amp_tls_storage_t storage;
    const amp_anchor_t anchor = {AMP_ANCHOR_PEM, FIRST_ANCHORS, sizeof(FIRST_ANCHORS)};
    const amp_port_t watch = {NULL,
                              amp_watch_open,
                              amp_watch_send,
                              amp_watch_recv,
                              amp_watch_close,
                              amp_watch_now_ms,
                              amp_watch_wait,
                              amp_watch_report,
                              0,
                              NULL};
    amp_tls_config_t trust = {0};
    amp_port_t tls = {0};
    amp_stub_init(&tcp_state, &amp_watched);
    trust.under = &watch;
    trust.anchors = &anchor;
    trust.anchor_count = 1;
    amp_status_t status = amp_tls_init(&storage, sizeof storage, &trust, &tls);
    if (status != AMP_OK) {
        printf("%s: %s\n", amp_status_name(status), amp_status_text(status));
        return EXIT_FAILURE;
    }
    int is_right = amp_check_run(&tls);
    amp_tls_free(&tls);
    amp_check_require(amp_check_longest_ms[AMP_CHECK_WAIT] <= AMP_CHECK_LATE_MS, "wait returns after `ms`");
    for (int i = 0; i < AMP_CHECK_FUNCTIONS; ++i) {
        printf("longest %s: %lu ms\n", amp_check_names[i], (unsigned long)amp_check_longest_ms[i]);
    }
    printf("rules: %s\n", amp_check_broken != NULL ? amp_check_broken : "kept");
    return is_right && amp_check_broken == NULL ? EXIT_SUCCESS : EXIT_FAILURE;
}
