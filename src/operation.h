/* SPDX-License-Identifier: MIT */
/* What an operation is: one row of a table, and the struct its arguments come in. */
#ifndef AMP_SRC_OPERATION_H
#define AMP_SRC_OPERATION_H

#include "ampersand/operations.h"
#include "writer.h"

/* Where an argument goes. A path's arguments stand in the order of its braces. */
enum { AMP_IN_PATH, AMP_IN_QUERY, AMP_IN_BODY };

/* An amp_str_t of the argument struct. */
typedef struct {
    const char *name;  /* the service's */
    const char *words; /* allowed values, each closed by a NUL, then an empty one; NULL: any */
    uint16_t offset;
    uint8_t where;
    uint8_t required;
} amp_param_t;

typedef struct amp_operation {
    const char *method;
    const char *path; /* behind the base URL; {} is the next path argument, {p} the project */
    const amp_param_t *params;
    uint8_t param_count;
    uint8_t has_body;
    uint8_t safe;                                            /* may be sent again when nothing came back */
    uint8_t anonymous;                                       /* no credential is sent */
    void (*members)(amp_writer_t *writer, const void *args); /* more of the body, or NULL */
    const amp_schema_t *schema;                              /* of the answer; NULL: it has none */
} amp_operation_t;

/* AMP_OK or AMP_ERR_STATE. */
amp_status_t amp_start_operation(amp_client_t *client, const amp_operation_t *operation, const void *args,
                                 void *out);

#endif
