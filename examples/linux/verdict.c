/* SPDX-License-Identifier: MIT */
/* Prints a verdict as text or as a JSON record, and advice that names the next command. */
#include "verdict.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "advice.h"
#include "duration.h"
#include "process.h"
#include "record_out.h"
#include "terminal.h"
#include "text_out.h"
#include "view.h"

#define INDENT 2u /* of the further lines on a terminal */

/* The verdict as a record. The order of the rows is the order of the JSON members. */
typedef struct {
    amp_mask_t mask;
    char verdict[AMP_WORD_SIZE];
    char why[100];
    char word[AMP_WORD_SIZE];
    char remedy[AMP_WORD_SIZE];
    char to_do[ADVICE_SIZE];
    int32_t look_again_in;
    int32_t matching;
    amp_connection_t connection;
} shown_t;

enum { ROW_VERDICT, ROW_WHY, ROW_WORD, ROW_REMEDY, ROW_TO_DO, ROW_LOOK_AGAIN, ROW_MATCHING, ROW_CONNECTION };

#define SHOWN(path, type, member) AMP_FIELD(path, type, 0, shown_t, member)
static const amp_field_t shown_fields[] = {
    [ROW_VERDICT] = SHOWN("verdict", AMP_STRING, verdict),
    [ROW_WHY] = SHOWN("why", AMP_STRING_TRUNC, why),
    [ROW_WORD] = SHOWN("word", AMP_STRING, word),
    [ROW_REMEDY] = SHOWN("remedy", AMP_STRING, remedy),
    [ROW_TO_DO] = SHOWN("toDo", AMP_STRING_TRUNC, to_do),
    [ROW_LOOK_AGAIN] = SHOWN("lookAgainIn", AMP_INT, look_again_in),
    [ROW_MATCHING] = SHOWN("matching", AMP_INT, matching),
    [ROW_CONNECTION] = AMP_NESTED("connection", &amp_connection_schema, 0, shown_t, connection),
};
static const amp_schema_t shown_schema = AMP_SCHEMA(shown_t, shown_fields, 0);

/* xorshift32 (Marsaglia, 2003). The numbers only spread requests over time, so they need not be
 * unpredictable. */
static uint32_t next_number(void *ctx)
{
    uint32_t *seed = ctx;
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

void verdict_init(verdict_t *verdict, cli_t *cli, const amp_client_t *client)
{
    struct timespec now = {0, 0};
    clock_gettime(CLOCK_REALTIME, &now);
    memset(verdict, 0, sizeof *verdict);
    verdict->cli = cli;
    verdict->client = client;
    verdict->seed = ((uint32_t)now.tv_nsec ^ (uint32_t)now.tv_sec ^ (uint32_t)getpid() << 16) | 1u;
    verdict->pace.random = next_number;
    verdict->pace.random_ctx = &verdict->seed;
}

void verdict_judge(verdict_t *verdict, const amp_connection_t *connection, int is_expected)
{
    const amp_evidence_t evidence = {
        .result = amp_client_info(verdict->client)->status,
        .info = amp_client_info(verdict->client),
        .problem = amp_client_problem(verdict->client),
        .connection = connection,
        .utc = (amp_time_t)time(NULL) * 1000000,
        .now_ms = (uint32_t)process_now_ms(),
        .is_expected = (uint8_t)is_expected,
    };
    amp_health(&evidence, &verdict->pace, &verdict->health);
}

void verdict_print_advice(const char *advice)
{
    unsigned at = (unsigned)printf("  to do: ");
    text_wrap(stdout, advice, at, at, terminal_columns(stdout));
    putchar('\n');
}

static void print_text(const verdict_t *verdict, const shown_t *shown)
{
    const char *colour = verdict->health.verdict == AMP_VERDICT_OK ? "\033[32m" : "\033[31m";
    int in_colour = terminal_has_colour();
    char duration[DURATION_SIZE];
    char why[sizeof shown->why + sizeof shown->word + 2u];
    snprintf(why, sizeof why, "%s%s%s", shown->why, shown->word[0] != '\0' ? ": " : "", shown->word);
    printf("%s%s%s  ", in_colour ? colour : "", shown->verdict, in_colour ? "\033[0m" : "");
    text_wrap(stdout, why, (unsigned)strlen(shown->verdict) + 2u, INDENT, terminal_columns(stdout));
    putchar('\n');
    if (verdict->health.remedy != AMP_REMEDY_NONE) {
        verdict_print_advice(shown->to_do);
    }
    printf("  check again in: %s\n", duration_text((uint32_t)shown->look_again_in, duration));
    if (shown->connection.id[0] != '\0') {
        fputs("  connection: ", stdout);
        text_print(stdout, shown->connection.id, 0);
        if (shown->matching > 1) {
            printf(", the best of %ld", (long)shown->matching);
        }
        putchar('\n');
    }
}

amp_status_t verdict_print(verdict_t *verdict, const amp_connection_t *connection, uint32_t matching)
{
    static shown_t shown;
    static const kind_t kind = {"verdict", .schema = &shown_schema};
    const amp_health_t *health = &verdict->health;
    view_t view;
    memset(&shown, 0, sizeof shown);
    snprintf(shown.verdict, sizeof shown.verdict, "%s", amp_verdict_name(health->verdict));
    failure_plain_text(health->why, shown.why, sizeof shown.why);
    snprintf(shown.word, sizeof shown.word, "%s", health->word);
    snprintf(shown.remedy, sizeof shown.remedy, "%s", amp_remedy_name(health->remedy));
    advice_for_remedy(&verdict->cli->args, health->remedy, connection != NULL ? connection->id : "",
                      shown.to_do, sizeof shown.to_do);
    shown.look_again_in = (int32_t)((health->wait_ms + 999u) / 1000u);
    shown.matching = matching < INT32_MAX ? (int32_t)matching : INT32_MAX;
    shown.mask.present =
        1u << ROW_VERDICT | 1u << ROW_WHY | 1u << ROW_REMEDY | 1u << ROW_TO_DO | 1u << ROW_LOOK_AGAIN;
    shown.mask.present |= (uint32_t)(shown.word[0] != '\0') << ROW_WORD;
    shown.mask.present |= (uint32_t)(amp_client_info(verdict->client)->status >= 0) << ROW_MATCHING;
    if (connection != NULL) {
        shown.connection = *connection;
        shown.mask.present |= 1u << ROW_CONNECTION;
    }
    view_init(&view, verdict->cli, &kind);
    if (verdict->cli->as_json) {
        return view_record(&view, &shown);
    }
    print_text(verdict, &shown);
    return view_flush(&view);
}
