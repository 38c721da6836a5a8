/* SPDX-License-Identifier: MIT */
/* `connection status` and `connection wait`: check whether a customer's connection is healthy. The verdict is
 * printed after an error too, with the error's exit status. */
#include <string.h>

#include "ampersand/tenant.h"
#include "network.h"
#include "process.h"
#include "starts.h"
#include "verdict.h"
#include "waiting.h"

typedef struct {
    cli_t *cli;
    amp_client_t *client;
    amp_tenant_t tenant;
    amp_look_t look;
    amp_connection_t found;
    verdict_t verdict;
    unsigned answers; /* lists of connections read so far */
} question_t;

static amp_client_t *begin(question_t *question, cli_t *cli)
{
    question->cli = cli;
    question->tenant.provider = given(cli, OPT_PROVIDER);
    question->tenant.group_ref = given(cli, OPT_GROUP);
    question->tenant.consumer_ref = given(cli, OPT_CONSUMER);
    question->client = network_open(cli);
    if (question->client != NULL) {
        verdict_init(&question->verdict, cli, question->client);
    }
    return question->client;
}

static const amp_connection_t *found(const question_t *question)
{
    return question->look.count > 0 ? &question->found : NULL;
}

static amp_status_t step(void *look)
{
    return amp_look_step(look);
}

/* Reads the connections once and judges the result, or the error. Returns AMP_OK or the failure's status. */
static amp_status_t ask(question_t *question, int is_expected)
{
    amp_status_t status =
        amp_connection_status_start(&question->look, question->client, &question->tenant, &question->found);
    if (status == AMP_OK) {
        status = network_drive(question->cli, step, &question->look);
    }
    verdict_judge(&question->verdict, found(question), is_expected);
    question->answers += status == AMP_END;
    return status == AMP_END ? AMP_OK : status;
}

/* Prints the verdict, except after a wrong use of the program or an interruption. */
static void print_verdict(question_t *question)
{
    cli_t *cli = question->cli;
    failure_t failure = cli->failure;
    amp_verdict_t verdict = question->verdict.health.verdict;
    if (amp_class_of(failure.status) == AMP_CLASS_CALLER && verdict == AMP_VERDICT_UNKNOWN) {
        return;
    }
    if (failure.status != AMP_ERR_CANCELLED &&
        verdict_print(&question->verdict, found(question), question->look.count) == AMP_OK &&
        failure.status == AMP_OK && verdict != AMP_VERDICT_OK) {
        cli->exit_status = EXIT_UNWELL;
    }
}

amp_status_t run_connection_status(cli_t *cli)
{
    static question_t question;
    if (begin(&question, cli) != NULL) {
        (void)ask(&question, 0);
        print_verdict(&question);
    }
    network_close(cli);
    return cli->failure.status;
}

/* Returns 1 when another poll may return a different verdict. Network errors are retried only after a first
 * answer of the service, so that a wrong URL is reported at once. */
static int is_undecided(const question_t *question)
{
    switch (question->verdict.health.verdict) {
    case AMP_VERDICT_PENDING:
        return question->cli->failure.status != AMP_ERR_CANCELLED;
    case AMP_VERDICT_NETWORK:
    case AMP_VERDICT_RETRY_AT:
        return question->answers > 0;
    case AMP_VERDICT_UNKNOWN:
        return question->cli->failure.status == AMP_OK;
    default:
        return 0;
    }
}

static void wait_for(question_t *question, waiting_t *waiting)
{
    cli_t *cli = question->cli;
    for (;;) {
        (void)ask(question, 1);
        if (!is_undecided(question) || process_left_ms(waiting->end_ms, 1) == 0) {
            break;
        }
        uint32_t ms = question->verdict.health.wait_ms;
        const uint32_t most_ms = 2u * AMP_PACE_PENDING_MS;
        ms = question->verdict.health.verdict == AMP_VERDICT_UNKNOWN && ms > most_ms ? most_ms : ms;
        if (waiting_sleep(waiting, ms) != AMP_OK || network_again(cli) != AMP_OK) {
            break;
        }
        failure_set(&cli->failure, AMP_OK, NULL, NULL);
    }
    waiting_clear(waiting);
}

amp_status_t run_connection_wait(cli_t *cli)
{
    static question_t question;
    waiting_t waiting;
    if (waiting_init(&waiting, cli, "the connection") == AMP_OK && begin(&question, cli) != NULL) {
        wait_for(&question, &waiting);
        print_verdict(&question);
    }
    network_close(cli);
    return cli->failure.status;
}
