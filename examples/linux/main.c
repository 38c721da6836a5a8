/* SPDX-License-Identifier: MIT */
/* ampersand: a command line client of the Ampersand service. It uses only the public headers of the library.
 * Its options, commands and exit statuses are those that --help prints. Secrets are wiped before it ends. */
#include <stdio.h>
#include <string.h>

#include "commands.h"
#include "misspelt.h"
#include "process.h"
#include "secret.h"

#define DEADLINE_MS 30000u

static amp_status_t set_deadline(cli_t *cli)
{
    const char *text = options_get(&cli->args, OPT_DEADLINE);
    uint32_t ms = DEADLINE_MS;
    if (text != NULL && options_seconds(text, &ms) != AMP_OK) {
        return failure_set(&cli->failure, AMP_ERR_ARGUMENT, options[OPT_DEADLINE].name,
                           "--deadline needs a number of seconds from 0.001 to 86400, such as 5 or 0.5");
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

/* Removes a leading word `help` from argv. Returns 1 when it was there. */
static int take_help_word(int *argc, char **argv)
{
    int at = options_find_word(*argc, argv, 1);
    if (at >= *argc || strcmp(argv[at], "help") != 0) {
        return 0;
    }
    memmove(argv + at, argv + at + 1, (size_t)(*argc - at) * sizeof *argv); /* with the NULL at the end */
    --*argc;
    return 1;
}

/* Prints the help of the words in argv. `help bogus` is an error, `bogus --help` prints the whole help. The
 * help of `help` is the whole help. */
static amp_status_t help(cli_t *cli, int argc, char **argv, int is_word)
{
    (void)options_parse(&cli->args, argc, argv, &cli->failure);
    const args_t *args = &cli->args;
    int is_known = args->word_count == 0 || args->command != NULL || strcmp(args->words[0], "help") == 0 ||
                   (args->word_count == 1u && commands_has_group(args->words[0]));
    if (is_word && !is_known) {
        return misspelt_command(&cli->failure, args);
    }
    commands_help(args);
    return failure_set(&cli->failure, AMP_OK, NULL, NULL);
}

static amp_status_t run(cli_t *cli, int argc, char **argv)
{
    int is_help_word = take_help_word(&argc, argv);
    cli->as_json = options_has_flag(argc, argv, OPT_JSON);
    if (is_help_word || options_has_flag(argc, argv, OPT_HELP)) {
        return help(cli, argc, argv, is_help_word);
    }
    if (options_has_flag(argc, argv, OPT_VERSION)) {
        puts("ampersand " AMP_VERSION_STRING);
        return AMP_OK;
    }
    if (options_parse(&cli->args, argc, argv, &cli->failure) != AMP_OK || set_deadline(cli) != AMP_OK) {
        return cli->failure.status;
    }
    if (cli->args.is_group) {
        commands_help(&cli->args);
        return AMP_OK;
    }
    cli->is_verbose = options_nth(&cli->args, OPT_VERBOSE, 0) != NULL;
    return commands_run(cli);
}

/* An interrupted program must end even if the reader of its output has stopped. At exit, stdio would write
 * its buffer and wait for the reader, so the buffer is dropped. */
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
    cli.failure.status = run(&cli, argc, argv);
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
