/* SPDX-License-Identifier: MIT */
/* What an operation is: one row of a table, and the struct its arguments come in. */
#ifndef AMP_SRC_ENDPOINT_H
#define AMP_SRC_ENDPOINT_H

#include "../http/writer.h"
#include "ampersand/client.h"

/* Where an argument goes. A path's arguments stand first, in the order of its braces. */
enum { AMP_IN_PATH, AMP_IN_QUERY, AMP_IN_BODY };

/* A member of the argument struct, an amp_str_t. */
typedef struct {
    const char *name; /* the service's */
    uint16_t offset;
    uint8_t where;
    uint8_t rules; /* of a text in the body: see object.h */
} amp_param_t;

/* Flags of an endpoint. */
enum {
    AMP_IS_ANONYMOUS = 1,  /* no credential is sent */
    AMP_TAKES_SUCCESS = 2, /* of any kind: the answer is not known to this library */
    AMP_IS_SAFE = 4,       /* the request changes nothing: it may be sent twice */
    AMP_SENDS_LENGTH = 8,  /* its method gives content a meaning: without a body, the length 0 is sent */
    AMP_IS_DELETE = 16     /* done once a success's head is there, whatever its body */
};

/* How an answer that is text/plain is read; `out` is what the operation is given. */
typedef struct {
    const char *media; /* to ask for */
    void (*clear)(void *out);
    void (*feed)(void *out, const uint8_t *data, size_t len);
    amp_status_t (*end)(void *out, size_t *out_need);
} amp_answer_t;

typedef void (*amp_part_fn)(const amp_client_t *client, amp_writer_t *writer);

/* What only some operations need is behind a pointer, NULL in the others, so that it is linked
 * with those that need it. */
typedef struct amp_endpoint {
    const char *method;
    const char *path; /* behind the base URL, or behind /projects/{the project}/ when it does not begin
                       * with a slash; {} is the next path argument */
    const amp_param_t *params;
    const amp_schema_t *schema; /* of the answer; NULL: it has none, or it is text */
    amp_part_fn body;           /* writes one JSON object; NULL: there is no body */
    amp_part_fn query;          /* writes more of the query than the params */
    amp_part_fn target;         /* writes path and query instead */
    const amp_answer_t *text;   /* reads the answer, which is text */
    amp_status_t (*check)(
        const amp_client_t *client,
        const char **out_field);                /* of what a schema cannot
                                                 * say. AMP_OK or an error of the answer, with the member it is about */
    amp_status_t (*turn)(amp_client_t *client); /* after an answer: AMP_PENDING to ask for the next page */
    uint8_t param_count;
    uint8_t flags;
} amp_endpoint_t;

/* AMP_OK or AMP_ERR_STATE. */
amp_status_t amp__endpoint_start(amp_client_t *client, const amp_endpoint_t *endpoint, const void *args,
                                 void *out);

#endif
