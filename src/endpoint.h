/* SPDX-License-Identifier: MIT */
/* What an operation is: one row of a table, and the struct its arguments come in. */
#ifndef AMP_SRC_ENDPOINT_H
#define AMP_SRC_ENDPOINT_H

#include "ampersand/operations.h"
#include "writer.h"

/* Where an argument goes. A path's arguments stand in the order of its braces. */
enum {
    AMP_IN_PATH,
    AMP_IN_QUERY,
    AMP_IN_QUERY_NUMBER, /* a uint32_t of the argument struct, 0 left out; the others are amp_str_t */
    AMP_IN_QUERY_PAGE,   /* the next page's token, which the answer before has left in the record */
    AMP_IN_BODY
};

/* A member of the argument struct. */
typedef struct {
    const char *name;  /* the service's */
    const char *words; /* allowed values, each closed by a NUL, then an empty one; NULL: any */
    uint16_t offset;
    uint8_t where;
    uint8_t required;
} amp_param_t;

/* Flags of an endpoint. */
enum {
    AMP_HAS_BODY = 1,      /* one JSON object is sent */
    AMP_SENDS_PROJECT = 2, /* its first member is the project */
    AMP_IS_ANONYMOUS = 4,  /* no credential is sent */
    AMP_GIVES_URL = 8,     /* the answer is text/plain, a URL; `out` is an amp_text_t */
    AMP_HAS_PAGES = 16,    /* the answer may be one of many; `out` is an amp_operations_t */
    AMP_IS_CUSTOM = 32     /* method, path, body and schema come from an amp_request_t */
};

typedef struct amp_endpoint {
    const char *method;
    const char *path; /* behind the base URL; {} is the next path argument, {p} the project */
    const amp_param_t *params;
    void (*members)(amp_writer_t *writer, const void *args);        /* more of the body, or NULL */
    const amp_schema_t *schema;                                     /* of the answer; NULL: it has none */
    amp_status_t (*check)(const void *out, const char **out_field); /* what a schema cannot say, or NULL */
    uint8_t param_count;
    uint8_t flags;
} amp_endpoint_t;

/* AMP_OK or AMP_ERR_STATE. */
amp_status_t amp_start_endpoint(amp_client_t *client, const amp_endpoint_t *endpoint, const void *args,
                                void *out);

#endif
