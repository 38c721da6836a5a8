/* SPDX-License-Identifier: MIT */
/* What went wrong, from wherever it came, and how it is told. */
#ifndef CLI_FAILURE_H
#define CLI_FAILURE_H

#include "ampersand/client.h"
#include "ampersand/records.h"

typedef struct {
    amp_status_t status; /* AMP_OK: nothing went wrong */
    amp_status_t cause;  /* under AMP_ERR_UNKNOWN_OUTCOME */
    amp_stage_t stage;
    unsigned http;
    int is_unsafe; /* the request may change something at the service */
    long code;
    size_t need;
    const char *field; /* static, or NULL */
    uint32_t retry_after_s;
    char note[AMP_NOTE_SIZE];
    char text[400];               /* our own sentence; empty: the status has one */
    char look[400];               /* the command that shows whether a change took effect, or empty */
    const amp_problem_t *problem; /* the service's own words, or NULL */
    int output_broken;            /* standard output takes nothing more */
    int is_silent;
} failure_t;

#if defined(__GNUC__)
#define FAILURE_FORMAT __attribute__((format(printf, 4, 5)))
#else
#define FAILURE_FORMAT
#endif

/* Sets all of it; a format of NULL leaves the sentence to the status. Returns the status. */
amp_status_t failure_set(failure_t *failure, amp_status_t status, const char *field, const char *format,
                         ...) FAILURE_FORMAT;

/* Takes over how the client's last request ended. */
amp_status_t failure_from_client(failure_t *failure, const amp_client_t *client);

/* 1 when a change took effect, or may have: it must not be sent again before somebody has looked. */
int failure_may_have_changed(const failure_t *failure);

/* A change went well, and was interrupted before it was told. */
void failure_of_untold_change(failure_t *failure, const amp_client_t *client);

/* A file gave `status` (process.h); for AMP_ERR_ARGUMENT errno says why. */
amp_status_t failure_of_file(failure_t *failure, amp_status_t status, const char *field, const char *path);

/* Standard output took no more; errno says why, unless it was an interruption. */
amp_status_t failure_of_output(failure_t *failure);

/* Tells it on standard error and, as JSON, on standard output. */
void failure_report(const failure_t *failure, int as_json);

int failure_exit_status(const failure_t *failure);

#endif
