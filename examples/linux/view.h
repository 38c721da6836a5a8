/* SPDX-License-Identifier: MIT */
/* Records on standard output, as they arrive: JSON lines, a table, or one record in full. */
#ifndef CLI_VIEW_H
#define CLI_VIEW_H

#include "cli.h"

typedef struct {
    const char *header;
    const char *path;
    unsigned width; /* 0: the last column, never cut */
} column_t;

/* How the records of a schema are shown. */
typedef struct {
    const char *name; /* as in `decode KIND` */
    const amp_schema_t *schema;
    const char *health;      /* the member that is shown first, and in colour; or NULL */
    const column_t *columns; /* of a list; else NULL */
    const char *none;        /* what an empty list is told as */
    size_t offset;           /* of the record in what the library fills */
    const char *bare;        /* not NULL: a person is shown this text and the value of the only member */
} kind_t;

extern const kind_t kind_connection;
extern const kind_t kind_connections;
extern const kind_t kind_installation;
extern const kind_t kind_installations;
extern const kind_t kind_operation;
extern const kind_t kind_operations;
extern const kind_t kind_backfill;
extern const kind_t kind_backfills; /* the same one, looked at again and again */
extern const kind_t kind_problem;
extern const kind_t kind_url;
extern const kind_t kind_deleted;

/* An answer that is a URL, as a record. */
typedef struct {
    amp_mask_t mask;
    char url[4096];
} url_t;

/* A deletion, as a record. */
typedef struct {
    amp_mask_t mask;
    char id[4096];
} deleted_t;

/* Room for what the library fills, of any kind. */
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

void view_init(view_t *view, cli_t *cli, const kind_t *kind);

/* A kind of NULL shows nothing. */
int view_is_list(const view_t *view);

/* Prints a record and pushes it out. AMP_OK, or the failure of standard output. */
amp_status_t view_record(view_t *view, const void *record);

/* Pushes out what was printed. AMP_OK or the failure of standard output. */
amp_status_t view_flush(view_t *view);

/* Says that a list was empty, to a person. */
void view_end(const view_t *view);

#endif
