/* SPDX-License-Identifier: MIT */
/* ampersand: asks the Ampersand service from a command line, through the library's public headers.
 * The contract of options, output and exit status is that of --help. */
#include <stdio.h>

#include "commands.h"
#include "process.h"
#include "secret.h"

#define DEADLINE_MS 30000u

static amp_status_t set_deadline(cli_t *cli)
{
    const char *text = options_get(&cli->args, OPT_DEADLINE);
    uint32_t ms = DEADLINE_MS;
    if (text != NULL && options_seconds(text, &ms) != AMP_OK) {
        return failure_set(&cli->failure, AMP_ERR_ARGUMENT, options[OPT_DEADLINE].name,
                           "--deadline takes seconds, above 0 and up to 86400, such as 5 or 0.5");
    }
    cli->end_ms = cli->start_ms + ms;
    return AMP_OK;
}

static void print_stats(const stats_t *stats)
{
    fprintf(stderr,
            "stats: {\"tx\":%llu,\"rx\":%llu,\"tls\":\"%s\",\"resumed\":%s,\"handshakes\":%u,"
            "\"requests\":%u,\"work\":%u,\"client\":%lu}\n",
            (unsigned long long)stats->sent, (unsigned long long)stats->received, stats->protocol,
            stats->resumed ? "true" : "false", stats->handshakes, stats->requests, (unsigned)AMP_WORK_SIZE,
            (unsigned long)sizeof(amp_client_t));
}

static int is_about_itself(cli_t *cli, int argc, char **argv)
{
    if (options_has_flag(argc, argv, options[OPT_HELP].name)) {
        (void)options_parse(&cli->args, argc, argv, &cli->failure);
        cli->failure.status = AMP_OK;
        commands_help(&cli->args);
        return 1;
    }
    if (options_has_flag(argc, argv, options[OPT_VERSION].name)) {
        puts("ampersand " AMP_VERSION_STRING);
        return 1;
    }
    return 0;
}

static void run(cli_t *cli, int argc, char **argv)
{
    cli->as_json = options_has_flag(argc, argv, options[OPT_JSON].name);
    if (is_about_itself(cli, argc, argv) || options_parse(&cli->args, argc, argv, &cli->failure) != AMP_OK ||
        set_deadline(cli) != AMP_OK) {
        return;
    }
    cli->is_verbose = options_nth(&cli->args, OPT_VERBOSE, 0) != NULL;
    cli->failure.status = commands_run(cli);
}

/* An interrupted program ends, whether or not its reader goes on: what stdio still holds would be
 * written, and waited for, at the end. */
static void finish_output(failure_t *failure)
{
    if (failure->status == AMP_OK && (fflush(stdout) != 0 || ferror(stdout))) {
        failure_of_output(failure);
    }
    if (process_cancelled && process_output_waits()) {
        failure->output_broken = 1;
    }
    if (failure->output_broken) {
        process_drop_output();
    }
}

int main(int argc, char **argv)
{
    static cli_t cli;
    cli.start_ms = process_now_ms();
    process_prepare();
    secret_take_environment();
    run(&cli, argc, argv);
    finish_output(&cli.failure);
    if (cli.failure.status != AMP_OK) {
        failure_report(&cli.failure, cli.as_json);
    }
    if (options_nth(&cli.args, OPT_STATS, 0) != NULL) {
        print_stats(&cli.stats);
    }
    secret_wipe();
    return cli.exit_status != 0 && !cli.failure.output_broken ? cli.exit_status
                                                              : failure_exit_status(&cli.failure);
}
