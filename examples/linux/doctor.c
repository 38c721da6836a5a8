/* SPDX-License-Identifier: MIT */
/* `doctor`: runs getProvider, which needs no credential, and reports each stage of the request as a check.
 * Then a list of connections checks the credential and the project, when both are set. A check after a failed
 * one is skipped. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "network.h"
#include "secret.h"
#include "starts.h"

#define DEFAULT_PROVIDER "salesforce"
#define NO_GROUP "ampersand-doctor" /* no group has this reference, so the list is short */

enum { DNS, TCP, TLS, CLOCK, SERVICE, CHECK_COUNT };

/* The checks and the stages of the request that they cover. The clock is checked as part of TLS. */
static const struct {
    const char *name;
    amp_stage_t stage;
    amp_stage_t end; /* the stage after it */
} checks[CHECK_COUNT] = {
    [DNS] = {"dns", AMP_STAGE_DNS, AMP_STAGE_CONNECT},
    [TCP] = {"tcp", AMP_STAGE_CONNECT, AMP_STAGE_TLS},
    [TLS] = {"tls", AMP_STAGE_TLS, AMP_STAGE_SEND},
    [CLOCK] = {"clock", AMP_STAGE_TLS, AMP_STAGE_TLS},
    [SERVICE] = {"service", AMP_STAGE_SEND, AMP_STAGE_COUNT_},
};

typedef struct {
    amp_mask_t mask;
    char check[12];
    char result[8];
    int32_t ms;
    char detail[FAILURE_TEXT_SIZE];
    char advice[100];
} check_t;

enum { ROW_CHECK, ROW_RESULT, ROW_MS, ROW_DETAIL, ROW_ADVICE };
static const amp_field_t check_fields[] = {
    [ROW_CHECK] = AMP_FIELD("check", AMP_STRING, AMP_REQUIRED, check_t, check),
    [ROW_RESULT] = AMP_FIELD("result", AMP_STRING, AMP_REQUIRED, check_t, result),
    [ROW_MS] = AMP_FIELD("ms", AMP_INT, 0, check_t, ms),
    [ROW_DETAIL] = AMP_FIELD("detail", AMP_STRING_TRUNC, 0, check_t, detail),
    [ROW_ADVICE] = AMP_FIELD("advice", AMP_STRING_TRUNC, 0, check_t, advice),
};
static const amp_schema_t check_schema = AMP_SCHEMA(check_t, check_fields, 0);
static const column_t check_columns[] = {
    {"RESULT", "result", 8}, {"CHECK", "check", 10}, {"MS", "ms", 6},
    {"DETAIL", "detail", 0}, {NULL, NULL, 0},
};
static const kind_t kind_checks = {"checks", .schema = &check_schema, .health = "result",
                                   .columns = check_columns};

/* Returns the check that failed, or CHECK_COUNT. */
static int failed_check(const failure_t *failure)
{
    int check = SERVICE;
    if (failure->status == AMP_OK || failure->status == AMP_ERR_CLOCK) {
        return failure->status == AMP_OK ? CHECK_COUNT : CLOCK;
    }
    while (check > DNS && (check == CLOCK || failure->stage < checks[check].stage)) {
        --check;
    }
    return check;
}

static const char *result_of(const failure_t *failure, int n)
{
    if (failure->status == AMP_OK) {
        return "ok";
    }
    return n == failed_check(failure) ? "failed" : checks[n].stage < failure->stage ? "ok" : "skipped";
}

/* A wrong clock shows as a certificate that is expired or not valid yet. */
static void describe_clock(const failure_t *failure, check_t *check)
{
    time_t now = time(NULL);
    struct tm utc;
    size_t len = 0;
    if (gmtime_r(&now, &utc) != NULL) {
        len = strftime(check->detail, sizeof check->detail, "%Y-%m-%dT%H:%M:%SZ", &utc);
    }
    if (failure->status == AMP_ERR_CERT_EXPIRED || failure->status == AMP_ERR_CERT_FUTURE) {
        snprintf(check->detail + len, sizeof check->detail - len, "; if this time is wrong, set the clock");
    }
}

static void describe(const failure_t *failure, int n, const amp_provider_t *provider, check_t *check)
{
    amp_tls_stats_t tls;
    if (n == failed_check(failure)) {
        char scratch[FAILURE_TEXT_SIZE];
        snprintf(check->detail, sizeof check->detail, "%s", failure_message(failure, scratch));
    } else if (n == CLOCK) {
        describe_clock(failure, check);
    } else if (n == TLS && *result_of(failure, n) == 'o') {
        network_tls(&tls);
        snprintf(check->detail, sizeof check->detail, "%s %s", tls.protocol, tls.suite);
    } else if (n == SERVICE && failure->status == AMP_OK) {
        snprintf(check->detail, sizeof check->detail, "%s (%s)", provider->name, provider->auth_type);
    }
}

/* Returns the advice for a failed check. A row with a status goes before the row for any other status. */
static const char *advice_for(const failure_t *failure, const char *check)
{
    static const struct {
        const char *check;
        amp_status_t status; /* AMP_OK: any other status */
        const char *advice;
    } rows[] = {
        {"dns", AMP_OK, "check the host name in --url, and the DNS server of this network"},
        {"tcp", AMP_OK, "check host and port in --url, and the firewall"},
        {"tls", AMP_ERR_CERT_EXPIRED, "check the clock of this machine"},
        {"tls", AMP_ERR_CERT_FUTURE, "check the clock of this machine"},
        {"tls", AMP_ERR_CERT_UNTRUSTED, "check --ca, and look for a proxy that intercepts TLS"},
        {"tls", AMP_OK, "check --url, --ca and --pin, and look for a proxy that intercepts TLS"},
        {"clock", AMP_OK, "set the clock of this machine"},
        {"service", AMP_ERR_NOT_FOUND, "check the name of the provider, and the path in --url"},
        {"service", AMP_ERR_RATE_LIMITED, "wait, then run ampersand doctor again"},
        {"service", AMP_ERR_SERVICE, "wait, then run ampersand doctor again"},
        {"service", AMP_OK, "check --url, and look for a proxy, firewall or captive portal"},
        {"credential", AMP_OK, "use a valid key or token, with --api-key-file or --token-command"},
        {"project", AMP_OK, "check --project"},
    };
    size_t n = 0;
    while (strcmp(rows[n].check, check) != 0 ||
           (rows[n].status != AMP_OK && rows[n].status != failure->status)) {
        ++n; /* ends: each check has a row with AMP_OK */
    }
    return rows[n].advice;
}

/* Prints a check. A person reads the advice on a line of its own. */
static amp_status_t print_check(view_t *view, const failure_t *failure, check_t *check)
{
    int has_advice = strcmp(check->result, "failed") == 0 && failure->status != AMP_ERR_CANCELLED;
    check->mask.present |= 1u << ROW_CHECK | 1u << ROW_RESULT;
    check->mask.present |= check->detail[0] != '\0' ? 1u << ROW_DETAIL : 0;
    if (has_advice) {
        snprintf(check->advice, sizeof check->advice, "%s", advice_for(failure, check->check));
        check->mask.present |= 1u << ROW_ADVICE;
    }
    amp_status_t status = view_record(view, check);
    if (status == AMP_OK && has_advice && !view->cli->as_json) {
        printf("  to do: %s\n", check->advice);
        status = view_flush(view);
    }
    return status;
}

static amp_status_t show_stages(view_t *view, const failure_t *failure, const amp_provider_t *provider)
{
    amp_status_t status = AMP_OK;
    for (int n = 0; n < CHECK_COUNT && status == AMP_OK; ++n) {
        const char *result = result_of(failure, n);
        check_t check;
        memset(&check, 0, sizeof check);
        snprintf(check.check, sizeof check.check, "%s", checks[n].name);
        snprintf(check.result, sizeof check.result, "%s", result);
        if (n != CLOCK && *result != 's') {
            check.ms = (int32_t)(network_reached_ms(checks[n].end) - network_reached_ms(checks[n].stage));
            check.mask.present |= 1u << ROW_MS;
        }
        describe(failure, n, provider, &check);
        status = print_check(view, failure, &check);
    }
    return status;
}

/* Prints the check of the credential or the project. `result` is "ok", "failed" or "skipped". */
static amp_status_t show_access(view_t *view, const failure_t *failure, const char *name, const char *result,
                                const char *detail)
{
    check_t check;
    memset(&check, 0, sizeof check);
    snprintf(check.check, sizeof check.check, "%s", name);
    snprintf(check.result, sizeof check.result, "%s", result);
    snprintf(check.detail, sizeof check.detail, "%s", detail);
    return print_check(view, failure, &check);
}

static amp_status_t skip_access(cli_t *cli, view_t *view, const failure_t *failure)
{
    int is_ours = failure->status == AMP_OK; /* else a failed check is the reason */
    const char *key = is_ours && !secret_is_set(cli) ? "no credential is set" : "";
    const char *project = is_ours && options_get(&cli->args, OPT_PROJECT) == NULL ? "no project is set" : "";
    amp_status_t status = show_access(view, failure, "credential", "skipped", key);
    return status == AMP_OK ? show_access(view, failure, "project", "skipped", project) : status;
}

/* The service checks the credential before the project: 404 and 400 mean that it accepted the credential. */
static amp_status_t check_access(cli_t *cli, amp_client_t *client, view_t *view)
{
    static amp_list_connections_t args;
    static amp_connection_t record;
    char scratch[FAILURE_TEXT_SIZE];
    args.group_ref = amp_str(NO_GROUP);
    if (network_again(cli) == AMP_OK && amp_list_connections_start(client, &args, &record) == AMP_OK) {
        (void)network_finish(cli);
    }
    failure_t failure = cli->failure;
    const char *message = failure_message(&failure, scratch);
    int is_ok = failure.status == AMP_OK;
    int is_project = failure.status == AMP_ERR_NOT_FOUND || failure.status == AMP_ERR_BAD_REQUEST;
    amp_status_t status = show_access(view, &failure, "credential", is_ok || is_project ? "ok" : "failed",
                                      is_ok || is_project ? "" : message);
    return status != AMP_OK ? status
                            : show_access(view, &failure, "project",
                                          is_ok        ? "ok"
                                          : is_project ? "failed"
                                                       : "skipped",
                                          is_project ? message : "");
}

/* Returns 1 for a failed check that the network did not cause: the exit status is 1. */
static int is_other_fault(const failure_t *failure)
{
    amp_class_t class_of = amp_class_of(failure->status);
    return class_of == AMP_CLASS_ANSWER || class_of == AMP_CLASS_SERVICE || failure->status == AMP_ERR_CLOCK;
}

static void examine(cli_t *cli, amp_client_t *client)
{
    static amp_get_provider_t args;
    static amp_provider_t provider;
    view_t view;
    args.provider = amp_str(options_positional(&cli->args, 0));
    if (args.provider.len == 0) {
        args.provider = amp_str(DEFAULT_PROVIDER);
    }
    amp_status_t status = amp_get_provider_start(client, &args, &provider);
    if (status == AMP_OK && network_finish(cli) == AMP_ERR_ARGUMENT) {
        return;
    }
    failure_t failure = cli->failure;
    int has_access = secret_is_set(cli) && options_get(&cli->args, OPT_PROJECT) != NULL;
    view_init(&view, cli, &kind_checks);
    if (show_stages(&view, &failure, &provider) != AMP_OK ||
        (failure.status == AMP_OK && has_access ? check_access(cli, client, &view)
                                                : skip_access(cli, &view, &failure)) != AMP_OK) {
        return;
    }
    if (is_other_fault(&cli->failure)) {
        cli->exit_status = EXIT_UNWELL;
    }
}

amp_status_t run_doctor(cli_t *cli)
{
    amp_client_t *client = network_open(cli);
    if (client != NULL) {
        examine(cli, client);
    }
    network_close(cli);
    return cli->failure.status;
}
