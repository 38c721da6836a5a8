/* SPDX-License-Identifier: MIT */
/* `doctor`: prints the checks of the library's doctor as they are made, with advice that names this program's
 * options. */
#include <stdio.h>
#include <string.h>

#include "network.h"
#include "secret.h"
#include "starts.h"
#include "verdict.h"

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
    {"RESULT", "result", 8},  {"CHECK", "check", 10}, {"MS", "ms", 6},
    {"DETAIL", "detail", 40}, {NULL, NULL, 0},
};
static const kind_t kind_checks = {"checks", .schema = &check_schema, .health = "result",
                                   .columns = check_columns};

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
        {"tls", AMP_ERR_DEADLINE, "check the network, or set a longer --deadline"},
        {"tls", AMP_OK, "check --url, --ca and --pin, and look for a proxy that intercepts TLS"},
        {"clock", AMP_OK, "set the clock of this machine"},
        {"service", AMP_ERR_NOT_FOUND, "check the name of the provider, and the path in --url"},
        {"service", AMP_ERR_RATE_LIMITED, "wait, then run ampersand doctor again"},
        {"service", AMP_ERR_SERVICE, "wait, then run ampersand doctor again"},
        {"service", AMP_ERR_DEADLINE, "check the network, or set a longer --deadline"},
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
        verdict_print_advice(check->advice);
        status = view_flush(view);
    }
    return status;
}

/* Sets the failure of a check, for its detail and for the exit status. A clock that differs from the
 * service's is not a failure of a request. */
static void fail_check(cli_t *cli, const amp_doctor_t *doctor)
{
    if (doctor->check == AMP_DOCTOR_CLOCK && doctor->answer != AMP_ERR_CLOCK) {
        failure_set(&cli->failure, AMP_ERR_CLOCK, NULL, "the clock of this machine is wrong: %s",
                    doctor->detail);
    } else {
        (void)network_fail(cli, doctor->answer);
    }
    /* The usual advice is to run this command. */
    cli->failure.advice = advice_for(&cli->failure, amp_doctor_check_name(doctor->check));
}

/* Returns the detail of a check that did not fail. The library's detail is empty when there is no fact. */
static const char *detail_of(const cli_t *cli, const amp_doctor_t *doctor)
{
    const char *project = options_get(&cli->args, OPT_PROJECT);
    if (doctor->detail[0] != '\0') {
        return doctor->detail;
    }
    if (doctor->result == AMP_DOCTOR_OK) {
        return doctor->check == AMP_DOCTOR_PROJECT ? project : "accepted by the service";
    }
    if (doctor->status != AMP_OK) {
        return "an earlier check failed";
    }
    return project == NULL ? "no project is set" : "no credential is set";
}

static amp_status_t show_check(cli_t *cli, view_t *view, const amp_doctor_t *doctor)
{
    char scratch[FAILURE_TEXT_SIZE];
    const char *detail = detail_of(cli, doctor);
    check_t check;
    memset(&check, 0, sizeof check);
    if (doctor->result == AMP_DOCTOR_FAILED) {
        fail_check(cli, doctor);
        detail = failure_message(&cli->failure, scratch);
    }
    snprintf(check.check, sizeof check.check, "%s", amp_doctor_check_name(doctor->check));
    snprintf(check.result, sizeof check.result, "%s", amp_doctor_result_name(doctor->result));
    snprintf(check.detail, sizeof check.detail, "%s", detail);
    if (doctor->check <= AMP_DOCTOR_SERVICE && doctor->check != AMP_DOCTOR_CLOCK &&
        doctor->result != AMP_DOCTOR_SKIPPED) {
        check.ms = (int32_t)doctor->ms;
        check.mask.present |= 1u << ROW_MS;
    }
    return print_check(view, &cli->failure, &check);
}

/* Returns 1 for a failed check that the network did not cause: the exit status is 1. */
static int is_other_fault(amp_status_t status)
{
    amp_class_t class_of = amp_class_of(status);
    return class_of == AMP_CLASS_ANSWER || class_of == AMP_CLASS_SERVICE || status == AMP_ERR_CLOCK;
}

static amp_status_t step(void *doctor)
{
    return amp_doctor_step(doctor);
}

static void examine(cli_t *cli, amp_client_t *client)
{
    static amp_doctor_args_t args;
    static amp_doctor_t doctor;
    view_t view;
    args.provider = amp_str(options_positional(&cli->args, 0));
    args.no_credential = (uint8_t)!secret_is_set(cli);
    network_examine(&args);
    amp_status_t status = amp_doctor_start(&doctor, client, &args);
    view_init(&view, cli, &kind_checks);
    while (status >= 0 && (status = network_drive(cli, step, &doctor)) == AMP_ITEM) {
        if (show_check(cli, &view, &doctor) != AMP_OK) {
            return;
        }
        network_limit(cli); /* the next step may start the second request */
    }
    if (is_other_fault(doctor.status)) {
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
