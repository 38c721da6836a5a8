/* SPDX-License-Identifier: MIT */
/* The description of an endpoint: one constant row with the method, the path, the parameters and the answer.
 * src/operations has the rows; the client reads them through this header without knowing the operations. */
#ifndef AMP_SRC_ENDPOINT_H
#define AMP_SRC_ENDPOINT_H

#include "../http/writer.h"
#include "ampersand/client.h"

/* Where an argument is sent. Path arguments come first in the table, in the order of the {} in the path. */
enum { AMP_IN_PATH, AMP_IN_QUERY, AMP_IN_BODY };

/* A parameter: a member of the argument struct, of type amp_str_t. */
typedef struct {
    const char *name; /* its name at the service; also info.field if the argument cannot be sent */
    uint16_t offset;  /* of the member, bytes */
    uint8_t where;    /* AMP_IN_PATH, AMP_IN_QUERY or AMP_IN_BODY */
    uint8_t rules;    /* AMP_IS_REQUIRED and others, used for AMP_IN_BODY: see writer_json.h */
} amp_param_t;

/* Flags of an endpoint. */
enum {
    AMP_IS_ANONYMOUS = 1, /* no credential is sent */
    AMP_ANY_SUCCESS = 2,  /* without a schema, any 2xx with any body but a page is a success */
    AMP_IS_SAFE = 4,      /* the request changes no state, so it may be sent twice (RFC 9110, 9.2.1) */
    AMP_SENDS_LENGTH = 8, /* a request without a body has Content-Length: 0 (RFC 9110, 8.6) */
    AMP_IS_DELETE = 16    /* a success is complete with its head; its body is ignored */
};
/* Flags are bits, so a member that holds AMP_IS_DELETE holds all smaller flags too. */
typedef char amp_endpoint_flags_fit_t[AMP_IS_DELETE <= UINT8_MAX ? 1 : -1];

/* Reads an answer that is text. `out` is the operation's output struct. */
typedef struct {
    const char *media;                                        /* media type, for the Accept header */
    void (*clear)(void *out);                                 /* zeroes the output */
    void (*feed)(void *out, const uint8_t *data, size_t len); /* takes the next bytes of the body */
    /* Takes the end of the body. Returns AMP_END, or an error; with AMP_ERR_TOO_LONG, *out_need is the
     * required size in bytes. */
    amp_status_t (*end)(void *out, size_t *out_need);
} amp_text_answer_t;

/* Writes a part of a request: the same bytes at every call. */
typedef void (*amp_write_fn)(const amp_client_t *client, amp_writer_t *writer);

/* A row. Code that only some operations need is called through a pointer, NULL in the other rows. So the
 * linker keeps that code only in programs that use those operations. */
typedef struct amp_endpoint {
    const char *method;
    /* A path that begins with a slash follows the base URL. Any other path follows /projects/{project}/ of
     * the configured project. Each {} is replaced by the next path argument. */
    const char *path;
    const amp_param_t *params;
    const amp_schema_t *schema; /* of the answer; NULL if the answer is text or has no content */
    amp_write_fn body;          /* writes one JSON object; NULL: the request has no body */
    amp_write_fn query;         /* writes query parameters that need more than a row in `params`, or NULL */
    amp_write_fn target;        /* writes path and query in place of `path` and `params`, or NULL */
    const amp_text_answer_t *text; /* reads a text answer; NULL: the answer is JSON or has no content */
    /* Checks a record against the request, or NULL. Returns AMP_OK, or an error with the name of the member
     * in *out_field, a static string. */
    amp_status_t (*check)(const amp_client_t *client, const char **out_field);
    /* Called after each page of a list, or NULL. Returns AMP_PENDING to request the next page, AMP_END after
     * the last one, or an error. */
    amp_status_t (*next_page)(amp_client_t *client);
    uint8_t param_count; /* rows in `params` */
    uint8_t flags;
} amp_endpoint_t;

/* Starts a request. `endpoint`, `args` and `out` must stay valid until the request is over. Returns AMP_OK,
 * or AMP_ERR_STATE while another request is in progress, or the error of amp_init. */
amp_status_t amp__endpoint_start(amp_client_t *client, const amp_endpoint_t *endpoint, const void *args,
                                 void *out);

#endif
