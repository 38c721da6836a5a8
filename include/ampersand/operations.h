/* SPDX-License-Identifier: MIT */
/* The service's operations. For each: what it is sent, amp_…_start which never waits, and a
 * call that waits.
 *
 * Arguments are views of UTF-8 text without NUL. {NULL, 0} leaves an optional one out; a
 * required one must not be empty. The argument struct, all it points to, and the record stay
 * in place until the request is over (AMP_END, an error, amp_reset): the request is written
 * from them in pieces and nothing is copied.
 *
 * Every start gives AMP_OK, or AMP_ERR_STATE while a request is under way and with a client that is
 * closed. What is wrong with an argument comes from the first step (a token that is waited for comes
 * before), and before anything is sent: AMP_ERR_ARGUMENT with amp_client_info()->field. So is an
 * argument that its member of a record could not hold, where the request makes or changes that record:
 * groupRef, consumerRef, providerWorkspaceRef (AMP_REF_SIZE), provider (AMP_WORD_SIZE), providerAppId and
 * connectionId (AMP_ID_SIZE). Calls that wait give AMP_OK or the error.
 *
 * Lists are of any length and in no defined order. They have no call that waits for all:
 * each AMP_ITEM of amp_step or amp_next is one more record in *out.
 *
 * An operation that changes something (every one but get and list, and getConnection with `refresh`) has
 * no idempotency key, and the library never sends it twice. After AMP_ERR_UNKNOWN_OUTCOME look (list, get)
 * before you send it again: the request has left, at least in part, and
 * - no head of an answer came, or the answer ended, was cut or ran into the deadline after a success's head;
 * - or the request was cancelled or reset;
 * - or the answer is not HTTP, is a page, is a success of a kind that the service does not send, is 303, or
 *   is 408 or 5xx without the service's own problem document.
 * That document counts when it came whole, as application/problem+json, or as application/json with a type,
 * a title or a detail. Without config->problem it is not read: then only application/problem+json counts.
 * Any other error with amp_client_info()->http from 200 to 299 means the change was made, and its whole
 * answer breaks a rule: do not send it again either. AMP_ERR_SERVICE with 500 to 599, 503 excepted, is the
 * service's own word that it failed, perhaps halfway: look first, too. */
#ifndef AMPERSAND_OPERATIONS_H
#define AMPERSAND_OPERATIONS_H

#include "client.h"
#include "credentials.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Where an answer that is a URL goes: the caller's `size` bytes at `ptr`. `len` bytes and a NUL
 * are written. It is believed only when the answer is 200 and text/plain, begins with https://,
 * and is visible ASCII throughout: AMP_ERR_VALUE else; AMP_ERR_TOO_LONG with `need` when it does
 * not fit. 1024 bytes hold those that were seen. Empty after an error. */
typedef struct {
    char *ptr;
    size_t size;
    size_t len;
} amp_url_buf_t;

/* generateConnection: makes a connection. */
typedef struct {
    amp_str_t provider;     /* required */
    amp_str_t group_ref;    /* required */
    amp_str_t consumer_ref; /* required */
    amp_str_t group_name;
    amp_str_t consumer_name;
    amp_str_t provider_workspace_ref;
    amp_metadata_list_t metadata;
    amp_credential_t credential;
} amp_generate_connection_t;
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_generate_connection_start(amp_client_t *client,
                                                                     const amp_generate_connection_t *args,
                                                                     amp_connection_t *out);
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_generate_connection(amp_client_t *client,
                                                               const amp_generate_connection_t *args,
                                                               amp_connection_t *out);

/* getConnection. `refresh` makes the service refresh the token, a side effect: not for polling. */
typedef struct {
    amp_str_t id;      /* required */
    amp_str_t refresh; /* ifExpired or force */
} amp_get_connection_t;
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_get_connection_start(amp_client_t *client,
                                                                const amp_get_connection_t *args,
                                                                amp_connection_t *out);
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_get_connection(amp_client_t *client,
                                                          const amp_get_connection_t *args,
                                                          amp_connection_t *out);

/* listConnections. */
typedef struct {
    amp_str_t provider;
    amp_str_t group_ref;
    amp_str_t consumer_ref;
} amp_list_connections_t;
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_list_connections_start(amp_client_t *client,
                                                                  const amp_list_connections_t *args,
                                                                  amp_connection_t *out);

/* updateConnection: changes what is given, one thing at least. A credential must be of the
 * connection's own scheme; imported tokens and customAuth cannot be changed this way. */
typedef struct {
    amp_str_t id; /* required */
    amp_str_t provider_workspace_ref;
    amp_metadata_list_t metadata;
    amp_credential_t credential;
} amp_update_connection_t;
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_update_connection_start(amp_client_t *client,
                                                                   const amp_update_connection_t *args,
                                                                   amp_connection_t *out);
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_update_connection(amp_client_t *client,
                                                             const amp_update_connection_t *args,
                                                             amp_connection_t *out);

/* deleteConnection. `out` is not used: NULL. */
typedef struct {
    amp_str_t id; /* required */
} amp_delete_connection_t;
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_delete_connection_start(amp_client_t *client,
                                                                   const amp_delete_connection_t *args,
                                                                   void *out);
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_delete_connection(amp_client_t *client,
                                                             const amp_delete_connection_t *args, void *out);

/* oauthConnect: the URL at which a user authorises a new connection, in a browser. */
typedef struct {
    amp_str_t provider;     /* required */
    amp_str_t group_ref;    /* required */
    amp_str_t consumer_ref; /* required */
    amp_str_t group_name;
    amp_str_t consumer_name;
    amp_str_t provider_workspace_ref;
    amp_str_t provider_app_id;
    amp_metadata_list_t metadata;
} amp_oauth_connect_t;
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_oauth_connect_start(amp_client_t *client,
                                                               const amp_oauth_connect_t *args,
                                                               amp_url_buf_t *out);
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_oauth_connect(amp_client_t *client,
                                                         const amp_oauth_connect_t *args, amp_url_buf_t *out);

/* oauthUpdate: the URL at which a user authorises an OAuth connection anew. */
typedef struct {
    amp_str_t id; /* required: the connection's */
} amp_oauth_update_t;
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_oauth_update_start(amp_client_t *client,
                                                              const amp_oauth_update_t *args,
                                                              amp_url_buf_t *out);
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_oauth_update(amp_client_t *client, const amp_oauth_update_t *args,
                                                        amp_url_buf_t *out);

/* customAuthConnect: a connection at once, or a URL to go through first; then it is called
 * again with session_id and callback_params. */
typedef struct {
    amp_str_t provider;
    amp_str_t group_ref;
    amp_str_t consumer_ref;
    amp_str_t group_name;
    amp_str_t consumer_name;
    amp_str_t provider_app_id;
    amp_str_t session_id;
    amp_metadata_list_t metadata;
    amp_str_t custom_auth;     /* the text of one JSON object */
    amp_str_t callback_params; /* the text of one JSON object */
} amp_custom_auth_connect_t;
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_custom_auth_connect_start(amp_client_t *client,
                                                                     const amp_custom_auth_connect_t *args,
                                                                     amp_custom_auth_t *out);
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_custom_auth_connect(amp_client_t *client,
                                                               const amp_custom_auth_connect_t *args,
                                                               amp_custom_auth_t *out);

/* listInstallations: those of one integration. */
typedef struct {
    amp_str_t integration_id; /* required */
    amp_str_t group_ref;
} amp_list_installations_t;
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_list_installations_start(amp_client_t *client,
                                                                    const amp_list_installations_t *args,
                                                                    amp_installation_t *out);

/* listInstallationsForProject. */
typedef struct {
    amp_str_t group_ref;
} amp_list_installations_for_project_t;
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_list_installations_for_project_start(
    amp_client_t *client, const amp_list_installations_for_project_t *args, amp_installation_t *out);

/* getInstallation. */
typedef struct {
    amp_str_t integration_id;  /* required */
    amp_str_t installation_id; /* required */
} amp_get_installation_t;
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_get_installation_start(amp_client_t *client,
                                                                  const amp_get_installation_t *args,
                                                                  amp_installation_t *out);
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_get_installation(amp_client_t *client,
                                                            const amp_get_installation_t *args,
                                                            amp_installation_t *out);

/* updateInstallation: what a device has reason to change, the connection that is used. For
 * the configuration see amp_request_start. */
typedef struct {
    amp_str_t integration_id;  /* required */
    amp_str_t installation_id; /* required */
    amp_str_t connection_id;   /* required */
} amp_update_installation_t;
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_update_installation_start(amp_client_t *client,
                                                                     const amp_update_installation_t *args,
                                                                     amp_installation_t *out);
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_update_installation(amp_client_t *client,
                                                               const amp_update_installation_t *args,
                                                               amp_installation_t *out);

/* createInstallation, with the integration's own configuration unless `config` is given. */
typedef struct {
    amp_str_t integration_id; /* required */
    amp_str_t group_ref;      /* required */
    amp_str_t connection_id;  /* the group's first for this provider when left out */
    amp_str_t provider;       /* required without config */
    amp_str_t config;         /* the text of one JSON object, in place of provider */
} amp_create_installation_t;
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_create_installation_start(amp_client_t *client,
                                                                     const amp_create_installation_t *args,
                                                                     amp_installation_t *out);
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_create_installation(amp_client_t *client,
                                                               const amp_create_installation_t *args,
                                                               amp_installation_t *out);

/* deleteInstallation. `out` is not used: NULL. */
typedef struct {
    amp_str_t integration_id;  /* required */
    amp_str_t installation_id; /* required */
} amp_delete_installation_t;
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_delete_installation_start(amp_client_t *client,
                                                                     const amp_delete_installation_t *args,
                                                                     void *out);
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_delete_installation(amp_client_t *client,
                                                               const amp_delete_installation_t *args,
                                                               void *out);

/* getBackfillProgress. */
typedef struct {
    amp_str_t integration_id;  /* required */
    amp_str_t installation_id; /* required */
    amp_str_t object_name;     /* required */
} amp_get_backfill_progress_t;
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_get_backfill_progress_start(
    amp_client_t *client, const amp_get_backfill_progress_t *args, amp_backfill_progress_t *out);
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_get_backfill_progress(amp_client_t *client,
                                                                 const amp_get_backfill_progress_t *args,
                                                                 amp_backfill_progress_t *out);

/* listOperations: each AMP_ITEM is one more in out->operation. All pages are asked for, one
 * after the other over the same connection; the one deadline is for all of them. */
typedef struct {
    amp_str_t integration_id;  /* required */
    amp_str_t installation_id; /* required */
    uint32_t page_size;        /* 0: the service's choice */
} amp_list_operations_t;
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_list_operations_start(amp_client_t *client,
                                                                 const amp_list_operations_t *args,
                                                                 amp_operations_t *out);

/* getOperation. */
typedef struct {
    amp_str_t id; /* required */
} amp_get_operation_t;
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_get_operation_start(amp_client_t *client,
                                                               const amp_get_operation_t *args,
                                                               amp_operation_t *out);
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_get_operation(amp_client_t *client,
                                                         const amp_get_operation_t *args,
                                                         amp_operation_t *out);

/* getProvider. Sends no credential: a test of names, network, TLS and clock that risks none. */
typedef struct {
    amp_str_t provider; /* required */
} amp_get_provider_t;
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_get_provider_start(amp_client_t *client,
                                                              const amp_get_provider_t *args,
                                                              amp_provider_t *out);
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_get_provider(amp_client_t *client, const amp_get_provider_t *args,
                                                        amp_provider_t *out);

/* Any other endpoint of the service, read by a table of the caller's own (schema.h). */
typedef struct {
    const char *method;    /* GET, POST, PATCH, PUT or DELETE */
    const char *path;      /* behind the base URL, with its query: "/projects/{p}/teams/{}?tag={}".
                            * {p} is the project, {} the next of args, percent-encoded; the rest
                            * is sent as it is */
    const amp_str_t *args; /* as many as there are {} */
    size_t arg_count;
    amp_str_t body;             /* the text of one JSON object, or empty: none is sent */
    const amp_schema_t *schema; /* of the answer; NULL: a success is not looked at, if it is no page */
    uint8_t changes; /* 1: a GET that changes something, so that it is never sent twice; the other methods
                      * are never sent twice anyway */
} amp_request_t;

/* `out` is of the schema's type, NULL without one; records of a list arrive as AMP_ITEM. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_request_start(amp_client_t *client, const amp_request_t *request,
                                                         void *out);

#ifdef __cplusplus
}
#endif
#endif
