/* SPDX-License-Identifier: MIT */
/* `connect`: prints the URL where a user authorizes a connection, and polls until the connection exists,
 * failed, or the time is over. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "advice.h"
#include "ampersand/connect.h"
#include "network.h"
#include "process.h"
#include "qr_out.h"
#include "record_out.h"
#include "starts.h"
#include "terminal.h"
#include "text_out.h"
#include "verdict.h"
#include "waiting.h"

typedef struct {
    cli_t *cli;
    amp_client_t *client;
    amp_connect_args_t args;
    amp_connect_t connect;
    verdict_t verdict; /* its pace sets the polling interval */
    waiting_t waiting;
    view_t view;
    char url[4096];
    amp_connection_t connection;
} flow_t;

/* The outcome, as a record. */
typedef struct {
    amp_mask_t mask;
    char outcome[AMP_WORD_SIZE];
    amp_connection_t connection;
} outcome_t;

enum { ROW_OUTCOME, ROW_CONNECTION };
static const amp_field_t outcome_fields[] = {
    [ROW_OUTCOME] = AMP_FIELD("outcome", AMP_STRING, 0, outcome_t, outcome),
    [ROW_CONNECTION] = AMP_NESTED("connection", &amp_connection_schema, 0, outcome_t, connection),
};
static const amp_schema_t outcome_schema = AMP_SCHEMA(outcome_t, outcome_fields, 0);
static const kind_t kind_outcome = {"outcome", .schema = &outcome_schema};

/* One step for network_drive. AMP_OK ends the loop there when the flow pauses between two polls. */
static amp_status_t step(void *ctx)
{
    amp_connect_t *connect = ctx;
    int is_pause = connect->state == AMP_CONNECT_WAITING && amp_connect_idle_ms(connect) > 0;
    return is_pause ? AMP_OK : amp_connect_step(connect);
}

static amp_status_t show_url(flow_t *flow)
{
    cli_t *cli = flow->cli;
    if (cli->as_json) {
        fputs("{\"url\":", stdout);
        text_print_json(stdout, flow->url);
        fputs("}\n", stdout);
    } else {
        fputs("Open this URL in a browser to authorize the connection:\n\n", stdout);
        text_print(stdout, flow->url, 0);
        fputs("\n\n", stdout);
    }
    if (options_nth(&cli->args, OPT_QR, 0) != NULL) {
        qr_print(cli->as_json ? stderr : stdout, flow->url, !cli->as_json && terminal_has_colour());
    }
    waiting_restart(&flow->waiting);
    return view_flush(&flow->view);
}

static const char *const outcomes[] = {
    [AMP_CONNECT_CONNECTED] = "CONNECTED",
    [AMP_CONNECT_FAILED] = "FAILED",
    [AMP_CONNECT_EXPIRED] = "EXPIRED",
};

static void print_text(flow_t *flow)
{
    const char *colour = flow->connect.state == AMP_CONNECT_CONNECTED ? "\033[32m" : "\033[31m";
    int in_colour = terminal_has_colour();
    printf("%s%s%s  ", in_colour ? colour : "", outcomes[flow->connect.state], in_colour ? "\033[0m" : "");
    if (flow->connect.state == AMP_CONNECT_EXPIRED) {
        puts("no connection was created in time: run this command again");
        return;
    }
    text_print(stdout, flow->connection.status, 0);
    fputs("\n  connection: ", stdout);
    text_print(stdout, flow->connection.id, 0);
    putchar('\n');
    if (flow->connect.state == AMP_CONNECT_FAILED) {
        char advice[ADVICE_SIZE];
        verdict_judge(&flow->verdict, &flow->connection, 0);
        advice_for_remedy(&flow->cli->args, flow->verdict.health.remedy, flow->connection.id, advice,
                          sizeof advice);
        verdict_print_advice(advice);
    }
}

static amp_status_t show_outcome(flow_t *flow)
{
    static outcome_t outcome;
    if (flow->connect.state != AMP_CONNECT_CONNECTED) {
        flow->cli->exit_status = EXIT_UNWELL;
    }
    if (!flow->cli->as_json) {
        print_text(flow);
        return view_flush(&flow->view);
    }
    snprintf(outcome.outcome, sizeof outcome.outcome, "%s", outcomes[flow->connect.state]);
    outcome.connection = flow->connection;
    outcome.mask.present = 1u << ROW_OUTCOME | (uint32_t)(flow->connection.id[0] != '\0') << ROW_CONNECTION;
    return view_record(&flow->view, &outcome);
}

static amp_status_t run(flow_t *flow)
{
    cli_t *cli = flow->cli;
    amp_status_t status = amp_connect_start(&flow->connect, flow->client, &flow->args);
    while (status >= 0) {
        status = network_drive(cli, step, &flow->connect);
        if (status == AMP_END) {
            waiting_clear(&flow->waiting);
            return show_outcome(flow);
        }
        if (status == AMP_ITEM) {
            status = show_url(flow);
        } else if (status == AMP_OK) {
            status = waiting_sleep(&flow->waiting, amp_connect_idle_ms(&flow->connect));
            status = status == AMP_OK ? network_again(cli) : status;
        }
    }
    waiting_clear(&flow->waiting);
    return status;
}

amp_status_t run_connect(cli_t *cli)
{
    static flow_t flow;
    flow.cli = cli;
    if ((options_nth(&cli->args, OPT_QR, 0) != NULL && qr_check(cli) != AMP_OK) ||
        prepare_connection(cli) != AMP_OK || waiting_init(&flow.waiting, cli, "the user") != AMP_OK) {
        return cli->failure.status;
    }
    flow.client = network_open(cli);
    if (flow.client != NULL) {
        verdict_init(&flow.verdict, cli, flow.client);
        view_init(&flow.view, cli, &kind_outcome);
        oauth_connect_arguments(cli, &flow.args.request);
        flow.args.url.ptr = flow.url;
        flow.args.url.size = sizeof flow.url;
        flow.args.out = &flow.connection;
        flow.args.pace = &flow.verdict.pace;
        flow.args.timeout_ms = flow.waiting.for_ms;
        run(&flow);
    }
    network_close(cli);
    return cli->failure.status;
}
