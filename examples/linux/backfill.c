/* SPDX-License-Identifier: MIT */
/* `installation progress`: the progress of the first read of an object, on a terminal as a progress bar. With
 * --follow the progress is polled until the read ends or the deadline passes. */
#include <stdio.h>
#include <string.h>

#include "network.h"
#include "process.h"
#include "starts.h"
#include "terminal.h"
#include "text_out.h"

#define POLL_MS 2000u
#define BAR_CELLS 24u

typedef struct {
    cli_t *cli;
    amp_client_t *client;
    view_t view;
    amp_backfill_progress_t now;
    amp_operation_t operation;
    int64_t before; /* records processed at the previous poll; -1: there was none */
    int has_ended;  /* 1: the operation reports its end */
    int is_drawn;   /* 1: the last line of the terminal is the bar */
} backfill_t;

static int has_total(const backfill_t *backfill)
{
    return AMP_HAS(&backfill->now, AMP_BACKFILL_PROGRESS_RECORDS_ESTIMATED_TOTAL) &&
           backfill->now.records_estimated_total > 0;
}

/* Returns 0 to 100. */
static unsigned percent(const backfill_t *backfill)
{
    double done = (double)backfill->now.records_processed;
    double total = (double)backfill->now.records_estimated_total;
    return done <= 0 ? 0 : done >= total ? 100u : (unsigned)(done * 100.0 / total);
}

/* Draws the bar over the previous one. */
static amp_status_t draw(backfill_t *backfill)
{
    const amp_backfill_progress_t *now = &backfill->now;
    const unsigned width = terminal_width(stdout) - 1u; /* some terminals wrap after the last column */
    unsigned used = 0;
    fputs(backfill->is_drawn ? "\r\033[K" : "", stdout);
    if (has_total(backfill)) {
        unsigned filled = percent(backfill) * BAR_CELLS / 100u;
        used += (unsigned)printf("[");
        for (unsigned cell = 0; cell < BAR_CELLS; ++cell) {
            putchar(cell < filled ? '#' : '.');
        }
        used += BAR_CELLS;
        used += (unsigned)printf("] %3u %%  %lld of %lld ", percent(backfill),
                                 (long long)now->records_processed, (long long)now->records_estimated_total);
    } else {
        used += (unsigned)printf("%lld records ", (long long)now->records_processed);
    }
    if (used < width) { /* a line that wraps could not be drawn over */
        text_clip(stdout, now->object_name, width - used);
    }
    backfill->is_drawn = 1;
    return view_flush(&backfill->view);
}

static amp_status_t ask(backfill_t *backfill)
{
    static amp_get_backfill_progress_t args;
    args.integration_id = word(backfill->cli, 0);
    args.installation_id = word(backfill->cli, 1);
    args.object_name = word(backfill->cli, 2);
    amp_status_t status = amp_get_backfill_progress_start(backfill->client, &args, &backfill->now);
    status = status == AMP_OK ? network_finish(backfill->cli) : status;
    if (status != AMP_OK) {
        return status;
    }
    return terminal_can_redraw() && !backfill->cli->as_json ? draw(backfill)
                                                            : view_record(&backfill->view, &backfill->now);
}

/* Reads the status of the operation. An unknown status is not an end. */
static amp_status_t ask_operation(backfill_t *backfill)
{
    static amp_get_operation_t args;
    args.id = amp_str(backfill->now.operation_id);
    amp_status_t status = amp_get_operation_start(backfill->client, &args, &backfill->operation);
    status = status == AMP_OK ? network_finish(backfill->cli) : status;
    backfill->has_ended = status == AMP_OK && (strcmp(backfill->operation.status, "success") == 0 ||
                                               strcmp(backfill->operation.status, "failure") == 0);
    return status;
}

/* The total is an estimate that may never be reached. When the count has not changed since the previous poll,
 * the operation's status is read, and after its end the count is read once more. */
static amp_status_t follow(backfill_t *backfill)
{
    cli_t *cli = backfill->cli;
    amp_status_t status = AMP_OK;
    while (
        status == AMP_OK && !backfill->has_ended &&
        !(has_total(backfill) && backfill->now.records_processed >= backfill->now.records_estimated_total)) {
        if (backfill->before == backfill->now.records_processed) {
            status = network_again(cli) == AMP_OK ? ask_operation(backfill) : cli->failure.status;
        }
        if (status == AMP_OK && !backfill->has_ended) {
            status = process_sleep(process_left_ms(cli->end_ms, POLL_MS));
            failure_set(&cli->failure, status, NULL, NULL);
        }
        backfill->before = backfill->now.records_processed;
        if (status == AMP_OK) {
            status = network_again(cli) == AMP_OK ? ask(backfill) : cli->failure.status;
        }
    }
    return status;
}

static void print_failure(const backfill_t *backfill)
{
    if (backfill->has_ended && strcmp(backfill->operation.status, "failure") == 0) {
        fputs("the operation failed: ", stderr);
        text_print(stderr, backfill->operation.result, 0);
        putc('\n', stderr);
    }
}

amp_status_t run_installation_progress(cli_t *cli)
{
    static backfill_t backfill;
    int follows = options_nth(&cli->args, OPT_FOLLOW, 0) != NULL;
    backfill.cli = cli;
    backfill.client = network_open(cli);
    backfill.before = -1;
    view_init(&backfill.view, cli, follows ? &kind_backfills : &kind_backfill);
    if (backfill.client != NULL && ask(&backfill) == AMP_OK && follows) {
        follow(&backfill);
    }
    if (backfill.is_drawn) {
        putchar('\n');
        fflush(stdout);
    }
    network_close(cli);
    print_failure(&backfill);
    return cli->failure.status;
}
