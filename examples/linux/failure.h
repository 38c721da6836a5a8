/* SPDX-License-Identifier: MIT */
/* The failure of a command, from the library or the program itself: message, output and exit status. */
#ifndef CLI_FAILURE_H
#define CLI_FAILURE_H

#include "ampersand/client.h"
#include "ampersand/records.h"
#include "ampersand/tls.h"

#define FAILURE_TEXT_SIZE 400u

typedef struct {
    amp_status_t status; /* AMP_OK: no failure */
    amp_status_t cause;  /* the underlying error of AMP_ERR_UNKNOWN_OUTCOME, else AMP_OK */
    amp_stage_t stage;
    unsigned http;
    int is_unsafe; /* 1: the request may change something at the service */
    long code;
    size_t need;
    const char *field; /* static, or NULL */
    uint32_t retry_after_s;
    char note[AMP_NOTE_SIZE];
    int note_is_place;             /* 1: the note is a place in a text */
    amp_tls_failure_t certificate; /* the refused certificate; its status is AMP_OK when there is none */
    char text[FAILURE_TEXT_SIZE];  /* the message; empty: that of the status */
    char check_command[400];       /* the command that shows whether a change took effect, or empty */
    const amp_problem_t *problem;  /* the problem document of the service, or NULL */
    int output_broken;             /* 1: standard output cannot be written */
    const char *advice;            /* replaces the advice for the status; NULL: none */
    int is_silent;                 /* 1: nothing is printed, because the reader closed standard output */
} failure_t;

#if defined(__GNUC__)
#define FAILURE_FORMAT __attribute__((format(printf, 4, 5)))
#else
#define FAILURE_FORMAT
#endif

/* Sets all members. A format of NULL keeps the message of the status. `field` is static or NULL. Returns
 * `status`. */
amp_status_t failure_set(failure_t *failure, amp_status_t status, const char *field, const char *format,
                         ...) FAILURE_FORMAT;

/* Sets the failure from the client's last request. Returns its status. */
amp_status_t failure_from_client(failure_t *failure, const amp_client_t *client);

/* Returns 1 when a change took effect or may have. The user must check before the request is sent again. */
int failure_may_have_changed(const failure_t *failure);

/* Sets the failure for a change that succeeded, but whose record was not printed: *failure has the reason.
 * The message says that the service had reported success. */
void failure_of_unprinted_change(failure_t *failure, const amp_client_t *client);

/* Sets the failure for a file that cannot be read. `status` is from process.h; for AMP_ERR_ARGUMENT, errno
 * has the reason. Returns `status`. */
amp_status_t failure_of_file(failure_t *failure, amp_status_t status, const char *field, const char *path);

/* Sets the failure for standard output that cannot be written. errno has the reason, unless the program was
 * interrupted. Returns the status. */
amp_status_t failure_of_output(failure_t *failure);

/* Prints the failure on standard error and, with as_json, on standard output as JSON. */
void failure_report(const failure_t *failure, int as_json);

/* Writes a text of amp_status_text() without its hint at a member of amp_info_t, such as ": see field". The
 * members are printed as facts. */
void failure_plain_text(const char *text, char *out, size_t size);

/* Returns the message of the failure, which may be in `scratch`. */
const char *failure_message(const failure_t *failure, char scratch[FAILURE_TEXT_SIZE]);

/* Prints the error object of --json on standard output. */
void failure_print_json(const failure_t *failure);

/* Returns the exit status of the program: see the table in --help. */
int failure_exit_status(const failure_t *failure);

#endif
