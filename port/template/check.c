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

#ifndef CHECK_TIMES
#define CHECK_TIMES 100 /* connections in the last case */
#endif
#define CHECK_DEADLINE_MS 10000u
#define CHECK_SHORT_MS 1000u /* the deadline of the case "silence" */
#define CHECK_LATE_MS 500u   /* how late a deadline or a wait may end */

typedef enum { CHECK_OPEN, CHECK_SEND, CHECK_RECV, CHECK_CLOSE, CHECK_WAIT, CHECK_FUNCTIONS } function_t;

static const char *const names[CHECK_FUNCTIONS] = {"open", "send", "recv", "close", "wait, beyond its limit"};
static amp_port_t watched;
static const char *broken; /* the first rule that the port broke, or NULL */
static uint32_t longest_ms[CHECK_FUNCTIONS];

static uint32_t watch_now_ms(void *ctx)
{
    (void)ctx;
    return watched.now_ms(watched.ctx);
}

static void require(int is_kept, const char *rule)
{
    if (!is_kept && broken == NULL) {
        broken = rule;
    }
}

/* Stores the time of one call. Only `wait` may take `allowed_ms`. */
static void measure(function_t function, uint32_t since_ms, uint32_t allowed_ms)
{
    const uint32_t ms = watch_now_ms(NULL) - since_ms;
    require(ms < UINT32_MAX / 2, "now_ms never decreases");
    if (ms > allowed_ms && ms - allowed_ms > longest_ms[function]) {
        longest_ms[function] = ms - allowed_ms;
    }
}

static int watch_open(void *ctx, const char *host, uint16_t port)
{
    (void)ctx;
    const uint32_t since_ms = watch_now_ms(NULL);
    const int result = watched.open(watched.ctx, host, port);
    measure(CHECK_OPEN, since_ms, 0);
    require(result <= 1, "open returns 1, 0 or an error");
    return result;
}

static int watch_send(void *ctx, const uint8_t *data, size_t len)
{
    (void)ctx;
    const uint32_t since_ms = watch_now_ms(NULL);
    const int result = watched.send(watched.ctx, data, len);
    measure(CHECK_SEND, since_ms, 0);
    require(result <= (int)len, "send returns at most len");
    return result;
}

static int watch_recv(void *ctx, uint8_t *data, size_t len)
{
    (void)ctx;
    const uint32_t since_ms = watch_now_ms(NULL);
    const int result = watched.recv(watched.ctx, data, len);
    measure(CHECK_RECV, since_ms, 0);
    require(result <= (int)len, "recv returns at most len");
    return result;
}

static void watch_close(void *ctx)
{
    (void)ctx;
    const uint32_t since_ms = watch_now_ms(NULL);
    watched.close(watched.ctx);
    watched.close(watched.ctx); /* allowed at any time, also twice */
    measure(CHECK_CLOSE, since_ms, 0);
}

static void watch_wait(void *ctx, unsigned wanted, uint32_t ms)
{
    (void)ctx;
    const uint32_t since_ms = watch_now_ms(NULL);
    watched.wait(watched.ctx, wanted, ms);
    measure(CHECK_WAIT, since_ms, ms);
}

static void watch_report(void *ctx, amp_port_report_t *out_report)
{
    (void)ctx;
    if (watched.report != NULL) {
        watched.report(watched.ctx, out_report);
    }
}

/* Sends one request over a new connection. Returns its result. */
static amp_status_t ask(const amp_port_t *tls, const char *base_url, uint32_t timeout_ms)
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
static int passes(const char *name, amp_status_t got, amp_status_t expected, amp_status_t other)
{
    const int is_right = got == expected || got == other;
    printf("%s %s: %s", is_right ? "ok    " : "NOT OK", name, amp_status_name(got));
    printf(is_right ? "\n" : ", expected %s\n", amp_status_name(expected));
    return is_right;
}

/* Runs a case, then a request without a fault: the port must work again. */
static int check(const amp_port_t *tls, const char *name, const char *url, amp_status_t expected,
                 amp_status_t other)
{
    const uint32_t since_ms = watch_now_ms(NULL);
    const uint32_t limit_ms = expected == AMP_ERR_DEADLINE ? CHECK_SHORT_MS : CHECK_DEADLINE_MS;
    int is_right = passes(name, ask(tls, url, limit_ms), expected, other);
    require(watch_now_ms(NULL) - since_ms <= limit_ms + CHECK_LATE_MS, "a request ends by its deadline");
    if (expected != AMP_OK) {
        is_right &=
            passes("   the next request", ask(tls, FIRST_BASE_URL, CHECK_DEADLINE_MS), AMP_OK, AMP_OK);
    }
    return is_right;
}

/* Writes FIRST_BASE_URL with `path` as its path: "/x:cut=100/v1". */
static const char *with_path(const char *path)
{
    static char url[128];
    const char *host = FIRST_BASE_URL + strlen("https://");
    const size_t len = strlen("https://") + strcspn(host, "/");
    if (len + strlen(path) >= sizeof url) {
        return "";
    }
    memcpy(url, FIRST_BASE_URL, len);
    memcpy(url + len, path, strlen(path) + 1);
    return url;
}

/* Writes FIRST_BASE_URL with port 1, where the host has no server. */
static const char *closed_port(void)
{
    static char url[128];
    const char *host = FIRST_BASE_URL + strlen("https://");
    const char *colon = strrchr(host, ':');
    const size_t len = strlen("https://") + (colon != NULL ? (size_t)(colon - host) : strcspn(host, "/"));
    if (len + sizeof ":1/v1" > sizeof url) {
        return "";
    }
    memcpy(url, FIRST_BASE_URL, len);
    memcpy(url + len, ":1/v1", sizeof ":1/v1");
    return url;
}

static int check_clock(void)
{
    const uint32_t since_ms = watch_now_ms(NULL);
    for (unsigned long i = 0; i < 1000000 && watch_now_ms(NULL) - since_ms < 50; ++i) {
        watch_wait(NULL, 0, 50); /* without a connection; may return early */
    }
    return passes("clock and wait", watch_now_ms(NULL) - since_ms >= 50 ? AMP_OK : AMP_ERR_CLOCK, AMP_OK,
                  AMP_OK);
}

static int check_many(const amp_port_t *tls)
{
    amp_status_t status = AMP_OK;
    for (int i = 0; i < CHECK_TIMES && status == AMP_OK; ++i) {
        status = ask(tls, FIRST_BASE_URL, CHECK_DEADLINE_MS);
    }
    return passes("many connections", status, AMP_OK, AMP_OK);
}

static int run(const amp_port_t *tls)
{
    int is_right = check_clock();
    watch_close(NULL); /* before the first connection */
    is_right &= check(tls, "answer", FIRST_BASE_URL, AMP_OK, AMP_OK);
    is_right &= check(tls, "answer byte by byte", with_path("/x:drip=1/v1"), AMP_OK, AMP_OK);
    is_right &= check(tls, "unknown name", "https://no-such-name.invalid/v1", AMP_ERR_DNS, AMP_ERR_DNS);
    is_right &= check(tls, "closed port", closed_port(), AMP_ERR_CONNECT, AMP_ERR_CONNECT);
    is_right &= check(tls, "connection cut", with_path("/x:cut=100/v1"), AMP_ERR_ABORTED, AMP_ERR_CLOSED);
    is_right &= check(tls, "connection reset", with_path("/x:reset/v1"), AMP_ERR_ABORTED, AMP_ERR_CLOSED);
    is_right &= check(tls, "silence", with_path("/x:delay=3000/v1"), AMP_ERR_DEADLINE, AMP_ERR_DEADLINE);
    is_right &= check_many(tls);
    return is_right;
}

int main(void)
{
    static amp_stub_t tcp_state;
    static amp_tls_storage_t storage;
    const amp_anchor_t anchor = {AMP_ANCHOR_PEM, FIRST_ANCHORS, sizeof(FIRST_ANCHORS)};
    const amp_port_t watch = {NULL,         watch_open, watch_send,   watch_recv, watch_close,
                              watch_now_ms, watch_wait, watch_report, 0,          NULL};
    amp_tls_config_t trust = {0};
    amp_port_t tls = {0};
    amp_stub_init(&tcp_state, &watched);
    trust.under = &watch;
    trust.anchors = &anchor;
    trust.anchor_count = 1;
    amp_status_t status = amp_tls_init(&storage, sizeof storage, &trust, &tls);
    if (status != AMP_OK) {
        printf("%s: %s\n", amp_status_name(status), amp_status_text(status));
        return EXIT_FAILURE;
    }
    int is_right = run(&tls);
    amp_tls_free(&tls);
    require(longest_ms[CHECK_WAIT] <= CHECK_LATE_MS, "wait returns after `ms`");
    for (int i = 0; i < CHECK_FUNCTIONS; ++i) {
        printf("longest %s: %lu ms\n", names[i], (unsigned long)longest_ms[i]);
    }
    printf("rules: %s\n", broken != NULL ? broken : "kept");
    return is_right && broken == NULL ? EXIT_SUCCESS : EXIT_FAILURE;
}
