/* SPDX-License-Identifier: MIT */
/* The error object of --json. Members that do not apply are left out. */
#include <stdio.h>

#include "failure.h"
#include "record_out.h"
#include "text_out.h"

static void print_string(const char *before, const char *value)
{
    if (value != NULL && value[0] != '\0') {
        fputs(before, stdout);
        text_print_json(stdout, value);
    }
}

/* `number`: 64 bits hold every Retry-After and every size; a long has 32 on many boards. */
static void print_number(const char *name, int64_t number)
{
    if (number != 0) {
        printf(",\"%s\":%lld", name, (long long)number);
    }
}

static void print_certificate(const amp_tls_failure_t *certificate)
{
    if (certificate->status != AMP_OK) {
        fputs(",\"certificate\":{\"rule\":", stdout);
        text_print_json(stdout, certificate->rule);
        print_string(",\"subject\":", certificate->subject);
        print_string(",\"issuer\":", certificate->issuer);
        putchar('}');
    }
}

void failure_print_json(const failure_t *failure)
{
    char scratch[FAILURE_TEXT_SIZE];
    printf("{\"error\":{\"status\":\"%s\"", amp_status_name(failure->status));
    print_string(",\"message\":", failure_message(failure, scratch));
    printf(",\"stage\":\"%s\"", amp_stage_name(failure->stage));
    print_number("http", failure->http);
    print_string(",\"cause\":", failure->cause != AMP_OK ? amp_status_name(failure->cause) : NULL);
    print_number("code", failure->code);
    print_string(",\"field\":", failure->field);
    print_number("need", (int64_t)failure->need);
    print_string(",\"note\":", failure->note);
    print_number("retryAfter", failure->retry_after_s);
    print_certificate(&failure->certificate);
    if (failure->problem != NULL) {
        fputs(",\"problem\":", stdout);
        record_print_json(stdout, &amp_problem_schema, failure->problem);
    }
    fputs("}}\n", stdout);
    fflush(stdout);
}
