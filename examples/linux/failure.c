/* SPDX-License-Identifier: MIT */
/* The sentence of a failure has the stage, the message, and the facts in parentheses. The problem document of
 * the service follows, one member per line. */
#include "failure.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "advice.h"
#include "duration.h"
#include "process.h"
#include "record_out.h"
#include "terminal.h"
#include "text_out.h"

#define EXIT_INTERRUPTED 130
#define EXIT_READER_GONE 141 /* as a shell reports SIGPIPE */
#define INDENT 2u            /* of further lines on a terminal */
#define HTTP_UNAVAILABLE 503u

/* The members of a problem document that are printed, one per line. */
static const struct {
    const char *label;
    const char *path;
} problem_lines[] = {
    {"title", "title"},
    {"detail", "detail"},
    {"issue in", "issues[0].in"},
    {"issue with", "issues[0].name"},
    {"issue", "issues[0].detail"},
    {"remedy", "remedy"},
    {"retry after", "retryAfter"},
    {"requestId", "requestId"},
};

amp_status_t failure_set(failure_t *failure, amp_status_t status, const char *field, const char *format, ...)
{
    memset(failure, 0, sizeof *failure);
    failure->status = status;
    failure->field = field;
    if (format != NULL) {
        va_list args;
        va_start(args, format);
        vsnprintf(failure->text, sizeof failure->text, format, args);
        va_end(args);
    }
    return status;
}

amp_status_t failure_from_client(failure_t *failure, const amp_client_t *client)
{
    const amp_info_t *info = amp_client_info(client);
    memset(failure, 0, sizeof *failure);
    failure->status = info->status;
    failure->cause = info->cause;
    failure->stage = info->stage;
    failure->http = info->http;
    failure->is_unsafe = info->is_unsafe;
    failure->code = info->code;
    failure->need = info->need;
    failure->field = info->field;
    failure->retry_after_s = amp_retry_after_s(info, (amp_time_t)time(NULL) * 1000000);
    memcpy(failure->note, info->note, sizeof failure->note - 1u);
    failure->problem = amp_client_problem(client);
    return failure->status;
}

int failure_may_have_changed(const failure_t *failure)
{
    int is_answered = failure->is_unsafe && failure->status < 0;
    return failure->status == AMP_ERR_UNKNOWN_OUTCOME || (is_answered && failure->http / 100u == 2u) ||
           (is_answered && failure->http / 100u == 5u && failure->http != HTTP_UNAVAILABLE);
}

void failure_of_unprinted_change(failure_t *failure, const amp_client_t *client)
{
    const failure_t why = *failure;
    if (why.status == AMP_ERR_CONFIG) { /* for example a full disk */
        failure->is_unsafe = 1;
        failure->http = amp_client_info(client)->http;
        return;
    }
    failure_from_client(failure, client);
    failure->status = AMP_ERR_UNKNOWN_OUTCOME;
    failure->cause = why.status;
    failure->output_broken = 1;
}

amp_status_t failure_of_file(failure_t *failure, amp_status_t status, const char *field, const char *path)
{
    const char *name = strcmp(path, "-") == 0 ? "standard input" : path;
    if (status != AMP_ERR_ARGUMENT) {
        return failure_set(failure, status, field, NULL);
    }
    return failure_set(failure, status, field, "cannot read %.200s: %s", name, strerror(errno));
}

amp_status_t failure_of_output(failure_t *failure)
{
    int error = errno;
    if (process_cancelled) {
        failure_set(failure, AMP_ERR_CANCELLED, NULL, NULL);
    } else {
        failure_set(failure, AMP_ERR_CONFIG, NULL, "standard output cannot be written: %s", strerror(error));
        failure->is_silent = error == EPIPE; /* for example `| head -1` */
    }
    failure->output_broken = 1;
    return failure->status;
}

void failure_plain_text(const char *text, char *out, size_t size)
{
    const char *member = strstr(text, ": see ");
    snprintf(out, size, "%.*s", (int)(member != NULL ? (size_t)(member - text) : strlen(text)), text);
}

/* Returns the text of a status. It has the answer's code or the system's error where they are more
 * specific. */
static const char *describe(const failure_t *failure, amp_status_t status, char scratch[FAILURE_TEXT_SIZE])
{
    if (status == AMP_ERR_NOT_API && failure->http != 0) {
        snprintf(scratch, FAILURE_TEXT_SIZE,
                 "HTTP %u from something that is not the service: a proxy, firewall or captive portal",
                 failure->http);
        return scratch;
    }
    if (status == AMP_ERR_NETWORK && failure->code > 0) { /* the code of the POSIX port is an errno */
        snprintf(scratch, FAILURE_TEXT_SIZE, "the network failed: %s", strerror((int)failure->code));
        return scratch;
    }
    if (status == AMP_ERR_CANCELLED) {
        return "interrupted";
    }
    failure_plain_text(amp_status_text(status), scratch, FAILURE_TEXT_SIZE);
    return scratch;
}

const char *failure_message(const failure_t *failure, char scratch[FAILURE_TEXT_SIZE])
{
    return failure->text[0] != '\0' ? failure->text : describe(failure, failure->status, scratch);
}

static int is_status(const failure_t *failure, amp_status_t status)
{
    return failure->status == status || failure->cause == status;
}

/* Prints the facts in parentheses at the end of the sentence. */
static void print_facts(FILE *out, const failure_t *failure)
{
    fprintf(out, " (%s", amp_status_name(failure->status));
    if (failure->http != 0) {
        fprintf(out, ", http %u", failure->http);
    }
    if (failure->code != 0) {
        fprintf(out, ", code %ld", failure->code);
        if (failure->code > 0 && is_status(failure, AMP_ERR_CONNECT)) {
            fprintf(out, ": %s", strerror((int)failure->code));
        }
    }
    if (failure->field != NULL && failure->text[0] == '\0') {
        fprintf(out, ", field %s", failure->field);
    }
    if (failure->need != 0) {
        fprintf(out, ", needs %lu bytes", (unsigned long)failure->need);
    }
    if (failure->note_is_place) {
        fprintf(out, ", %s", failure->note);
    } else if (failure->note[0] != '\0' &&
               (is_status(failure, AMP_ERR_REDIRECT) || is_status(failure, AMP_ERR_NOT_API))) {
        fputs(failure->http / 100u == 3u ? ", to " : ", content type ", out);
        text_print(out, failure->note, 0);
    }
    fputs(")", out);
}

static void print_sentence(FILE *out, const failure_t *failure)
{
    char scratch[FAILURE_TEXT_SIZE];
    fprintf(out, "%s: ", amp_stage_name(failure->stage));
    text_print(out, failure_message(failure, scratch), 0);
    if (failure->cause != AMP_OK) {
        fputs("; the underlying error: ", out);
        text_print(out, describe(failure, failure->cause, scratch), 0);
    }
    if (failure->http / 100u == 2u && failure_may_have_changed(failure)) {
        fputs("; the service had reported success: check the result before you repeat the command", out);
    }
    if (!failure->note_is_place && !failure_may_have_changed(failure) &&
        (failure->text[0] == '\0' || failure->status == AMP_ERR_TLS ||
         failure->certificate.status != AMP_OK)) {
        const char *usual = advice_for_status(failure->status);
        const char *advice = usual[0] != '\0' && failure->advice != NULL ? failure->advice : usual;
        fprintf(out, "%s%s", advice[0] != '\0' ? "; " : "", advice);
    }
    print_facts(out, failure);
}

/* Prints a text on standard error, after a label. On a terminal it is broken into lines. */
static void print_wrapped(const char *label, const char *text, unsigned indent)
{
    unsigned at = (unsigned)fprintf(stderr, "%s", label);
    text_wrap(stderr, text, at, indent, terminal_columns(stderr));
}

static void tell(const failure_t *failure)
{
    char *sentence = NULL;
    size_t size;
    FILE *out = open_memstream(&sentence, &size);
    if (out != NULL) {
        print_sentence(out, failure);
        fclose(out);
    }
    print_wrapped("ampersand: ", sentence != NULL ? sentence : amp_status_text(failure->status), INDENT);
    fputc('\n', stderr);
    free(sentence);
    if (failure->check_command[0] != '\0' && failure_may_have_changed(failure)) {
        print_wrapped("  to find out whether it took effect: ", failure->check_command, 2u * INDENT);
        fputc('\n', stderr);
    }
}

static void print_problem(const failure_t *failure)
{
    for (size_t i = 0; failure->problem != NULL && i < sizeof problem_lines / sizeof problem_lines[0]; ++i) {
        char scratch[RECORD_SCALAR_SIZE];
        member_t member = record_find(&amp_problem_schema, failure->problem, problem_lines[i].path);
        if (member.field != NULL) {
            char label[24];
            snprintf(label, sizeof label, "  %s: ", problem_lines[i].label);
            print_wrapped(label, record_text(&member, scratch), 2u * INDENT);
            fputs(member.was_truncated ? "…\n" : "\n", stderr);
        }
    }
    if (failure->retry_after_s != 0) {
        char duration[DURATION_SIZE];
        fprintf(stderr, "  %s: %s\n",
                failure_may_have_changed(failure) ? "the service asks to wait" : "try again in",
                duration_text(failure->retry_after_s, duration));
    }
}

void failure_report(const failure_t *failure, int as_json)
{
    if (!failure->is_silent) {
        tell(failure);
        print_problem(failure);
    }
    if (as_json && !failure->output_broken) {
        failure_print_json(failure);
    }
}

int failure_exit_status(const failure_t *failure)
{
    static const int statuses[] = {
        [AMP_CLASS_OK] = 0,      [AMP_CLASS_CALLER] = 2, [AMP_CLASS_NETWORK] = 4,
        [AMP_CLASS_UNKNOWN] = 6, [AMP_CLASS_ANSWER] = 5, [AMP_CLASS_SERVICE] = 3,
    };
    if (failure->is_silent) {
        return EXIT_READER_GONE;
    }
    return failure->status == AMP_ERR_CANCELLED ? EXIT_INTERRUPTED : statuses[amp_class_of(failure->status)];
}
