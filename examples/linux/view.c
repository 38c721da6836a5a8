/* SPDX-License-Identifier: MIT */
/* The kinds of records, their columns, and their colours. A record is flushed when it is printed, so that a
 * list of any length starts before it ends. */
#include "view.h"

#include <stdio.h>
#include <string.h>

#include "process.h"
#include "record_out.h"
#include "terminal.h"
#include "text_out.h"

#define ID_COLUMNS 36u /* a UUID as text */

static const column_t connection_columns[] = {
    {"STATUS", "status", 15},
    {"PROVIDER", "provider", 14},
    {"GROUP", "group.groupRef", 20},
    {"CONSUMER", "consumer.consumerRef", 20},
    {"UPDATED", "updateTime", 20},
    {"ID", "id", ID_COLUMNS},
    {NULL, NULL, 0},
};

static const column_t installation_columns[] = {
    {"HEALTH", "healthStatus", 10},
    {"LAST", "lastOperationStatus", 11},
    {"CONNECTION", "connection.status", 15},
    {"PROVIDER", "connection.provider", 14},
    {"GROUP", "group.groupRef", 20},
    {"UPDATED", "updateTime", 20},
    {"ID", "id", ID_COLUMNS},
    {NULL, NULL, 0},
};

static const column_t operation_columns[] = {
    {"STATUS", "status", 11},      {"ACTION", "actionType", 9}, {"RESULT", "result", 44},
    {"CREATED", "createTime", 20}, {"ID", "id", ID_COLUMNS},    {NULL, NULL, 0},
};

static const column_t backfill_columns[] = {
    {"RECORDS", "recordsProcessed", 12},
    {"OF ABOUT", "recordsEstimatedTotal", 12},
    {"OBJECT", "objectName", 20},
    {"UPDATED", "updateTime", 20},
    {"OPERATION", "operationId", ID_COLUMNS},
    {NULL, NULL, 0},
};

static const amp_field_t url_fields[] = {AMP_FIELD("url", AMP_STRING, AMP_REQUIRED, url_t, url)};
static const amp_schema_t url_schema = AMP_SCHEMA(url_t, url_fields, 0);

static const amp_field_t deleted_fields[] = {AMP_FIELD("deleted", AMP_STRING, AMP_REQUIRED, deleted_t, id)};
static const amp_schema_t deleted_schema = AMP_SCHEMA(deleted_t, deleted_fields, 0);

const kind_t kind_connection = {"connection", .schema = &amp_connection_schema, .health = "status"};
const kind_t kind_connections = {"connections", .schema = &amp_connections_schema, .health = "status",
                                 .columns = connection_columns, .none = "no connections"};
const kind_t kind_installation = {"installation", .schema = &amp_installation_schema,
                                  .health = "healthStatus"};
const kind_t kind_installations = {"installations", .schema = &amp_installations_schema,
                                   .health = "healthStatus", .columns = installation_columns,
                                   .none = "no installations"};
const kind_t kind_operation = {"operation", .schema = &amp_operation_schema, .health = "status"};
const kind_t kind_operations = {"operations",
                                .schema = &amp_operation_schema,
                                .health = "status",
                                .columns = operation_columns,
                                .none = "no operations",
                                .offset = offsetof(amp_operations_t, operation)};
const kind_t kind_backfill = {"backfill", .schema = &amp_backfill_progress_schema};
const kind_t kind_backfills = {"backfills", .schema = &amp_backfill_progress_schema,
                               .columns = backfill_columns};
const kind_t kind_problem = {"problem", .schema = &amp_problem_schema};
const kind_t kind_url = {"url", .schema = &url_schema, .bare = ""};
const kind_t kind_deleted = {"deleted", .schema = &deleted_schema, .bare = "deleted "};

#define GREEN "\033[32m"
#define RED "\033[31m"
#define YELLOW "\033[33m"
#define BOLD "\033[1m"
#define PLAIN "\033[0m"
#define GAP 2u /* spaces after a path */

/* Status words with a colour. `created` has no colour: it is neither good nor bad. */
static const struct {
    const char *word;
    const char *colour;
} colours[] = {
    {"working", GREEN},       {"healthy", GREEN},  {"success", GREEN}, {"ok", GREEN},
    {"bad_credentials", RED}, {"unhealthy", RED},  {"failure", RED},   {"failed", RED},
    {"in_progress", YELLOW},  {"skipped", YELLOW},
};

void view_set_deleted(deleted_t *deleted, const char *id)
{
    deleted->mask.present = 1;
    snprintf(deleted->id, sizeof deleted->id, "%s", id);
}

void view_init(view_t *view, cli_t *cli, const kind_t *kind)
{
    view->cli = cli;
    view->kind = kind;
    view->count = 0;
    view->in_colour = terminal_has_colour();
}

int view_is_list(const view_t *view)
{
    return view->kind != NULL && view->kind->columns != NULL;
}

/* Returns 1 for the path of a status: status, connection.status, healthStatus, or the result of a check. */
static int is_status(const view_t *view, const char *path)
{
    size_t len = strlen(path);
    const char *end = len >= 5u ? path + len - 5u : path;
    return strcmp(end, "tatus") == 0 || (view->kind->health != NULL && strcmp(path, view->kind->health) == 0);
}

/* Only a status has a colour. A name that is the same word has no colour. */
static const char *colour_of(const view_t *view, const char *path, const char *word)
{
    for (size_t i = 0; view->in_colour && is_status(view, path) && i < sizeof colours / sizeof colours[0];
         ++i) {
        if (strcmp(word, colours[i].word) == 0) {
            return colours[i].colour;
        }
    }
    return "";
}

/* State of a row: the record, and room for the text of one of its members. */
typedef struct {
    const view_t *view;
    const void *record;
    char scratch[RECORD_SCALAR_SIZE];
} row_t;

static const char *header_cell(void *ctx, const column_t *column, const char **out_colour)
{
    const view_t *view = ctx;
    *out_colour = view->in_colour ? BOLD : "";
    return column->header;
}

static const char *record_cell(void *ctx, const column_t *column, const char **out_colour)
{
    row_t *row = ctx;
    member_t member = record_find(row->view->kind->schema, row->record, column->path);
    const char *text = member.field != NULL ? record_text(&member, row->scratch) : "-";
    *out_colour = colour_of(row->view, column->path, text);
    return text;
}

static void print_row(view_t *view, const void *record)
{
    row_t row = {view, record, ""};
    if (view->count == 0) {
        table_print(view->kind->columns, header_cell, view);
    }
    table_print(view->kind->columns, record_cell, &row);
}

/* State of print_full, which prints a member per line. */
typedef struct {
    const view_t *view;
    const char *skip; /* path of the member that is already printed */
    unsigned width;   /* columns of the longest path */
} lines_t;

static void measure_line(void *ctx, const char *path, const member_t *member)
{
    lines_t *lines = ctx;
    unsigned len = (unsigned)strlen(path);
    (void)member;
    lines->width = len > lines->width ? len : lines->width;
}

static void print_line(void *ctx, const char *path, const member_t *member)
{
    const lines_t *lines = ctx;
    char scratch[RECORD_SCALAR_SIZE];
    const char *text = record_text(member, scratch);
    if (strcmp(path, lines->skip) == 0) {
        return;
    }
    const char *colour = colour_of(lines->view, path, text);
    const unsigned at = lines->width + GAP;
    text_print(stdout, path, at);
    fputs(colour, stdout);
    text_wrap(stdout, text, at, at, terminal_width(stdout));
    fputs(*colour != '\0' ? PLAIN : "", stdout);
    fputs(member->was_truncated ? "…\n" : "\n", stdout);
}

static void print_full(const view_t *view, const void *record)
{
    const kind_t *kind = view->kind;
    lines_t lines = {view, "", 0};
    record_visit(kind->schema, record, measure_line, &lines);
    if (kind->health != NULL) {
        member_t member = record_find(kind->schema, record, kind->health);
        if (member.field != NULL) {
            print_line(&lines, kind->health, &member);
            lines.skip = kind->health;
        }
    }
    record_visit(kind->schema, record, print_line, &lines);
}

static void print_bare(const view_t *view, const void *record)
{
    char scratch[RECORD_SCALAR_SIZE];
    member_t member = record_find(view->kind->schema, record, view->kind->schema->fields[0].path);
    fputs(view->kind->bare, stdout);
    text_print(stdout, record_text(&member, scratch), 0);
    putchar('\n');
}

static void print_record(view_t *view, const void *record)
{
    if (view->cli->as_json) {
        record_print_json(stdout, view->kind->schema, record);
        putchar('\n');
    } else if (view_is_list(view)) {
        print_row(view, record);
    } else if (view->kind->bare != NULL) {
        print_bare(view, record);
    } else {
        print_full(view, record);
    }
}

amp_status_t view_record(view_t *view, const void *record)
{
    if (view->kind == NULL) {
        return AMP_OK;
    }
    print_record(view, (const uint8_t *)record + view->kind->offset);
    ++view->count;
    return view_flush(view);
}

/* A pipe that poll() reports as writable takes 4096 bytes at least, which is more than a usual record has. So
 * a reader that has stopped does not keep the program beyond its deadline. */
amp_status_t view_flush(view_t *view)
{
    failure_t *failure = &view->cli->failure;
    amp_status_t status = process_wait_output(view->cli->end_ms);
    if (status == AMP_ERR_CANCELLED && process_output_waits()) {
        return failure_of_output(failure);
    }
    if (status == AMP_ERR_DEADLINE) {
        failure_set(failure, AMP_ERR_DEADLINE, NULL,
                    "the deadline passed while the reader of standard output did not read");
        failure->output_broken = 1;
        return failure->status;
    }
    return fflush(stdout) != 0 || ferror(stdout) ? failure_of_output(failure) : AMP_OK;
}

void view_end(const view_t *view)
{
    if (view_is_list(view) && view->count == 0 && !view->cli->as_json) {
        fprintf(stderr, "%s\n", view->kind->none);
    }
}
