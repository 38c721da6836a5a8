/* SPDX-License-Identifier: MIT */
/* `doctor`: runs getProvider, which needs no credential, and reports each stage of the request as a check. */
#include <stdio.h>
#include <time.h>

#include "network.h"
#include "starts.h"

#define DEFAULT_PROVIDER "salesforce"

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
    char check[8];
    char result[8];
    int32_t ms;
    char detail[FAILURE_TEXT_SIZE];
} check_t;

enum { ROW_CHECK, ROW_RESULT, ROW_MS, ROW_DETAIL };
static const amp_field_t check_fields[] = {
    [ROW_CHECK] = AMP_FIELD("check", AMP_STRING, AMP_REQUIRED, check_t, check),
    [ROW_RESULT] = AMP_FIELD("result", AMP_STRING, AMP_REQUIRED, check_t, result),
    [ROW_MS] = AMP_FIELD("ms", AMP_INT, 0, check_t, ms),
    [ROW_DETAIL] = AMP_FIELD("detail", AMP_STRING_TRUNC, 0, check_t, detail),
};
static const amp_schema_t check_schema = AMP_SCHEMA(check_t, check_fields, 0);
static const column_t check_columns[] = {
    {"RESULT", "result", 8}, {"CHECK", "check", 8}, {"MS", "ms", 6}, {"DETAIL", "detail", 0}, {NULL, NULL, 0},
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

static amp_status_t show(cli_t *cli, const failure_t *failure, const amp_provider_t *provider)
{
    view_t view;
    view_init(&view, cli, &kind_checks);
    for (int n = 0; n < CHECK_COUNT; ++n) {
        const char *result = result_of(failure, n);
        check_t check = {{1u << ROW_CHECK | 1u << ROW_RESULT, 0}, "", "", 0, ""};
        snprintf(check.check, sizeof check.check, "%s", checks[n].name);
        snprintf(check.result, sizeof check.result, "%s", result);
        if (n != CLOCK && *result != 's') {
            check.ms = (int32_t)(network_reached_ms(checks[n].end) - network_reached_ms(checks[n].stage));
            check.mask.present |= 1u << ROW_MS;
        }
        describe(failure, n, provider, &check);
        check.mask.present |= check.detail[0] != '\0' ? 1u << ROW_DETAIL : 0;
        if (view_record(&view, &check) != AMP_OK) {
            return cli->failure.status;
        }
    }
    return AMP_OK;
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
    args.provider = amp_str(options_positional(&cli->args, 0));
    if (args.provider.len == 0) {
        args.provider = amp_str(DEFAULT_PROVIDER);
    }
    amp_status_t status = amp_get_provider_start(client, &args, &provider);
    if (status == AMP_OK && network_finish(cli) == AMP_ERR_ARGUMENT) {
        return;
    }
    failure_t failure = cli->failure;
    if (show(cli, &failure, &provider) == AMP_OK && is_other_fault(&failure)) {
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
