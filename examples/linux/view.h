/* SPDX-License-Identifier: MIT */
/* Prints records on standard output as they arrive: as JSON lines, as a table, or one record in full. */
#ifndef CLI_VIEW_H
#define CLI_VIEW_H

#include "cli.h"
#include "table_out.h"

/* How the records of a schema are printed. */
typedef struct {
    const char *name; /* the KIND of `decode` */
    const amp_schema_t *schema;
    const char *health;      /* path of the member that is printed first, or NULL */
    const column_t *columns; /* the table of a list, else NULL */
    const char *none;        /* the text for an empty list */
    size_t offset;           /* of the record in the library's struct */
    const char *bare;        /* not NULL: a person is shown this text and the value of the only member */
} kind_t;

extern const kind_t kind_connection;
extern const kind_t kind_connections;
extern const kind_t kind_installation;
extern const kind_t kind_installations;
extern const kind_t kind_operation;
extern const kind_t kind_operations;
extern const kind_t kind_backfill;
extern const kind_t kind_backfills; /* the same record, polled repeatedly */
extern const kind_t kind_problem;
extern const kind_t kind_url;
extern const kind_t kind_deleted;

/* A response that is a URL, as a record. */
typedef struct {
    amp_mask_t mask;
    char url[4096];
} url_t;

/* A deletion, as a record. */
typedef struct {
    amp_mask_t mask;
    char id[4096];
} deleted_t;

/* Memory for the records of any kind. */
typedef union {
    amp_connection_t connection;
    amp_installation_t installation;
    amp_operation_t operation;
    amp_operations_t operations;
    amp_problem_t problem;
    url_t url;
    deleted_t deleted;
} record_t;

typedef struct {
    cli_t *cli;
    const kind_t *kind;
    int in_colour;
    unsigned long count;
} view_t;

/* Stores the id of the record that is to be deleted. A longer id is truncated. */
void view_set_deleted(deleted_t *deleted, const char *id);

/* Initializes *view. `kind` is NULL when the command has no records. */
void view_init(view_t *view, cli_t *cli, const kind_t *kind);

/* Returns 1 when the records are printed as a table. */
int view_is_list(const view_t *view);

/* Prints a record and flushes standard output. Returns AMP_OK or the failure's status. */
amp_status_t view_record(view_t *view, const void *record);

/* Flushes standard output. Returns AMP_OK or the failure's status. */
amp_status_t view_flush(view_t *view);

/* Prints the text for an empty list on standard error, unless the output is JSON. */
void view_end(const view_t *view);

#endif
