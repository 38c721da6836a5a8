/* SPDX-License-Identifier: MIT */
/** @file
 * The operations of the service. Each has an argument struct, amp_..._start, which never waits, and a
 * function that waits. Lists have no function that waits.
 *
 * Arguments
 * - Arguments are views of UTF-8 text without NUL. {NULL, 0} omits an optional argument. A required one must
 *   not be empty.
 * - The argument struct, all it points to, and the record must stay in place until the request is over
 *   (AMP_END, an error, amp_reset). The request is written from them in pieces; nothing is copied.
 * - An argument that does not fit its member of the record is refused if the request creates or changes that
 *   record. This is checked for groupRef, consumerRef, providerWorkspaceRef (AMP_REF_SIZE), provider
 *   (AMP_WORD_SIZE), providerAppId and connectionId (AMP_ID_SIZE).
 *
 * Results
 * - amp_..._start returns AMP_OK. It returns AMP_ERR_STATE while a request is in progress or if the client is
 *   closed. Continue with amp_step.
 * - An invalid argument is reported by a step, before anything is sent: AMP_ERR_ARGUMENT with
 *   amp_client_info()->field. If a token callback is set, that step comes after the token is available.
 * - Functions that wait return AMP_OK or a negative amp_status_t.
 * - Lists are of any length and in no defined order. Each AMP_ITEM of amp_step or amp_next is one more record
 *   in *out.
 *
 * Changes
 *
 * Every operation except get and list changes something. getConnection with `refresh` is a change too. The
 * service has no idempotency key, and the library never sends a change twice. After AMP_ERR_UNKNOWN_OUTCOME
 * check the outcome (list, get) before you send the change again. The request was sent, at least in part, and
 * one of these holds:
 * - There was no head of an answer.
 * - The head reported success, but the answer then ended early, was aborted, or exceeded the deadline.
 * - The request was cancelled or reset.
 * - The answer is not HTTP, is a page, is a success that the service does not send, or is 303.
 * - The answer is 408 or 5xx without the service's own problem document.
 *
 * A document counts as the service's own if it is complete and is application/problem+json, or
 * application/json with a type, a title or a detail. If config->problem is NULL, the document is not read,
 * and only application/problem+json counts.
 *
 * Any other error with amp_client_info()->http from 200 to 299 means that the change was made but its answer
 * is invalid: do not send it again. AMP_ERR_SERVICE with 500 to 599, except 503, means that the service
 * failed, perhaps halfway: check the outcome first. */
#ifndef AMPERSAND_OPERATIONS_H
#define AMPERSAND_OPERATIONS_H

#include "client.h"
#include "credentials.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A buffer for an answer that is a URL. The answer must be 200 and text/plain; another success is
 * AMP_ERR_UNKNOWN_OUTCOME with the cause AMP_ERR_NOT_API. The URL must begin with https:// and be visible
 * ASCII; otherwise the result is AMP_ERR_VALUE. A URL that does not fit is AMP_ERR_TOO_LONG with
 * amp_client_info()->need. 1024 bytes hold all URLs seen so far. Empty after an error. */
typedef struct {
    char *ptr;   /**< The caller's buffer; receives the URL, NUL-terminated. */
    size_t size; /**< Bytes at ptr. */
    size_t len;  /**< Length of the URL, without the NUL. */
} amp_url_buf_t;

/** Arguments of generateConnection. */
typedef struct {
    amp_str_t provider;               /**< provider; required. */
    amp_str_t group_ref;              /**< groupRef; required. */
    amp_str_t consumer_ref;           /**< consumerRef; required. */
    amp_str_t group_name;             /**< groupName; optional. */
    amp_str_t consumer_name;          /**< consumerName; optional. */
    amp_str_t provider_workspace_ref; /**< providerWorkspaceRef; optional. */
    amp_metadata_list_t metadata;     /**< providerMetadata; optional. */
    amp_credential_t credential;      /**< The credential; optional. */
} amp_generate_connection_t;

/** Starts generateConnection, which creates a connection. Returns AMP_OK, or AMP_ERR_STATE. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_generate_connection_start(amp_client_t *client,
                                                                     const amp_generate_connection_t *args,
                                                                     amp_connection_t *out);

/** Performs generateConnection and waits for the result. Returns AMP_OK, or a negative amp_status_t. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_generate_connection(amp_client_t *client,
                                                               const amp_generate_connection_t *args,
                                                               amp_connection_t *out);

/** Arguments of getConnection. With `refresh` the service refreshes the token, which is a change: do not use
 * it for polling. */
typedef struct {
    amp_str_t id;      /**< The ID of the connection; required. */
    amp_str_t refresh; /**< "ifExpired" or "force"; optional. */
} amp_get_connection_t;

/** Starts getConnection, which reads one connection. Returns AMP_OK, or AMP_ERR_STATE. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_get_connection_start(amp_client_t *client,
                                                                const amp_get_connection_t *args,
                                                                amp_connection_t *out);

/** Performs getConnection and waits for the result. Returns AMP_OK, or a negative amp_status_t. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_get_connection(amp_client_t *client,
                                                          const amp_get_connection_t *args,
                                                          amp_connection_t *out);

/** Arguments of listConnections: filters. */
typedef struct {
    amp_str_t provider;     /**< provider; optional. */
    amp_str_t group_ref;    /**< groupRef; optional. */
    amp_str_t consumer_ref; /**< consumerRef; optional. */
} amp_list_connections_t;

/** Starts listConnections, which lists connections. Returns AMP_OK, or AMP_ERR_STATE. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_list_connections_start(amp_client_t *client,
                                                                  const amp_list_connections_t *args,
                                                                  amp_connection_t *out);

/** Arguments of updateConnection: at least one change. A credential must have the scheme of the connection.
 * Imported tokens and customAuth cannot be changed this way. */
typedef struct {
    amp_str_t id;                     /**< The ID of the connection; required. */
    amp_str_t provider_workspace_ref; /**< providerWorkspaceRef; optional. */
    amp_metadata_list_t metadata;     /**< providerMetadata; optional. */
    amp_credential_t credential;      /**< The credential; optional. */
} amp_update_connection_t;

/** Starts updateConnection, which changes a connection. Returns AMP_OK, or AMP_ERR_STATE. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_update_connection_start(amp_client_t *client,
                                                                   const amp_update_connection_t *args,
                                                                   amp_connection_t *out);

/** Performs updateConnection and waits for the result. Returns AMP_OK, or a negative amp_status_t. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_update_connection(amp_client_t *client,
                                                             const amp_update_connection_t *args,
                                                             amp_connection_t *out);

/** Arguments of deleteConnection. */
typedef struct {
    amp_str_t id; /**< The ID of the connection; required. */
} amp_delete_connection_t;

/** Starts deleteConnection, which deletes a connection. `out` is not used; pass NULL. Returns AMP_OK, or
 * AMP_ERR_STATE. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_delete_connection_start(amp_client_t *client,
                                                                   const amp_delete_connection_t *args,
                                                                   void *out);

/** Performs deleteConnection and waits for the result. `out` is not used; pass NULL. Returns AMP_OK, or a
 * negative amp_status_t. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_delete_connection(amp_client_t *client,
                                                             const amp_delete_connection_t *args, void *out);

/** Arguments of oauthConnect. */
typedef struct {
    amp_str_t provider;               /**< provider; required. */
    amp_str_t group_ref;              /**< groupRef; required. */
    amp_str_t consumer_ref;           /**< consumerRef; required. */
    amp_str_t group_name;             /**< groupName; optional. */
    amp_str_t consumer_name;          /**< consumerName; optional. */
    amp_str_t provider_workspace_ref; /**< providerWorkspaceRef; optional. */
    amp_str_t provider_app_id;        /**< providerAppId; optional. */
    amp_metadata_list_t metadata;     /**< providerMetadata; optional. */
} amp_oauth_connect_t;

/** Starts oauthConnect, which gets the URL at which a user authorizes a new connection in a browser. Returns
 * AMP_OK, or AMP_ERR_STATE. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_oauth_connect_start(amp_client_t *client,
                                                               const amp_oauth_connect_t *args,
                                                               amp_url_buf_t *out);

/** Performs oauthConnect and waits for the result. Returns AMP_OK, or a negative amp_status_t. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_oauth_connect(amp_client_t *client,
                                                         const amp_oauth_connect_t *args, amp_url_buf_t *out);

/** Arguments of oauthUpdate. */
typedef struct {
    amp_str_t id; /**< The ID of the connection; required. */
} amp_oauth_update_t;

/** Starts oauthUpdate, which gets the URL at which a user authorizes an OAuth connection again. Returns
 * AMP_OK, or AMP_ERR_STATE. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_oauth_update_start(amp_client_t *client,
                                                              const amp_oauth_update_t *args,
                                                              amp_url_buf_t *out);

/** Performs oauthUpdate and waits for the result. Returns AMP_OK, or a negative amp_status_t. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_oauth_update(amp_client_t *client, const amp_oauth_update_t *args,
                                                        amp_url_buf_t *out);

/** Arguments of customAuthConnect. If the answer is a redirect, send the user to its URL, then call the
 * operation again with session_id and callback_params. */
typedef struct {
    amp_str_t provider;           /**< provider; optional. */
    amp_str_t group_ref;          /**< groupRef; optional. */
    amp_str_t consumer_ref;       /**< consumerRef; optional. */
    amp_str_t group_name;         /**< groupName; optional. */
    amp_str_t consumer_name;      /**< consumerName; optional. */
    amp_str_t provider_app_id;    /**< providerAppId; optional. */
    amp_str_t session_id;         /**< sessionId; optional. */
    amp_metadata_list_t metadata; /**< providerMetadata; optional. */
    amp_str_t custom_auth;        /**< customAuth: the text of one JSON object; optional. */
    amp_str_t callback_params;    /**< callbackParams: the text of one JSON object; optional. */
} amp_custom_auth_connect_t;

/** Starts customAuthConnect, which creates a connection, or gets a URL that the user has to visit first.
 * Returns AMP_OK, or AMP_ERR_STATE. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_custom_auth_connect_start(amp_client_t *client,
                                                                     const amp_custom_auth_connect_t *args,
                                                                     amp_custom_auth_t *out);

/** Performs customAuthConnect and waits for the result. Returns AMP_OK, or a negative amp_status_t. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_custom_auth_connect(amp_client_t *client,
                                                               const amp_custom_auth_connect_t *args,
                                                               amp_custom_auth_t *out);

/** Arguments of listInstallations. */
typedef struct {
    amp_str_t integration_id; /**< integrationId; required. */
    amp_str_t group_ref;      /**< groupRef; optional. */
} amp_list_installations_t;

/** Starts listInstallations, which lists the installations of one integration. Returns AMP_OK, or
 * AMP_ERR_STATE. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_list_installations_start(amp_client_t *client,
                                                                    const amp_list_installations_t *args,
                                                                    amp_installation_t *out);

/** Arguments of listInstallationsForProject. */
typedef struct {
    amp_str_t group_ref; /**< groupRef; optional. */
} amp_list_installations_for_project_t;

/** Starts listInstallationsForProject, which lists the installations of the project. Returns AMP_OK, or
 * AMP_ERR_STATE. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_list_installations_for_project_start(
    amp_client_t *client, const amp_list_installations_for_project_t *args, amp_installation_t *out);

/** Arguments of getInstallation. */
typedef struct {
    amp_str_t integration_id;  /**< integrationId; required. */
    amp_str_t installation_id; /**< installationId; required. */
} amp_get_installation_t;

/** Starts getInstallation, which reads one installation. Returns AMP_OK, or AMP_ERR_STATE. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_get_installation_start(amp_client_t *client,
                                                                  const amp_get_installation_t *args,
                                                                  amp_installation_t *out);

/** Performs getInstallation and waits for the result. Returns AMP_OK, or a negative amp_status_t. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_get_installation(amp_client_t *client,
                                                            const amp_get_installation_t *args,
                                                            amp_installation_t *out);

/** Arguments of updateInstallation. To change the configuration use amp_request_start. */
typedef struct {
    amp_str_t integration_id;  /**< integrationId; required. */
    amp_str_t installation_id; /**< installationId; required. */
    amp_str_t connection_id;   /**< connectionId; required. */
} amp_update_installation_t;

/** Starts updateInstallation, which changes the connection that an installation uses. Returns AMP_OK, or
 * AMP_ERR_STATE. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_update_installation_start(amp_client_t *client,
                                                                     const amp_update_installation_t *args,
                                                                     amp_installation_t *out);

/** Performs updateInstallation and waits for the result. Returns AMP_OK, or a negative amp_status_t. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_update_installation(amp_client_t *client,
                                                               const amp_update_installation_t *args,
                                                               amp_installation_t *out);

/** Arguments of createInstallation. Without `config` the integration's own configuration is used. */
typedef struct {
    amp_str_t integration_id; /**< integrationId; required. */
    amp_str_t group_ref;      /**< groupRef; required. */
    amp_str_t connection_id;  /**< connectionId; default: the group's first connection of this provider. */
    amp_str_t provider;       /**< provider; required without config. */
    amp_str_t config;         /**< config: the text of one JSON object, in place of provider; optional. */
} amp_create_installation_t;

/** Starts createInstallation, which creates an installation. Returns AMP_OK, or AMP_ERR_STATE. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_create_installation_start(amp_client_t *client,
                                                                     const amp_create_installation_t *args,
                                                                     amp_installation_t *out);

/** Performs createInstallation and waits for the result. Returns AMP_OK, or a negative amp_status_t. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_create_installation(amp_client_t *client,
                                                               const amp_create_installation_t *args,
                                                               amp_installation_t *out);

/** Arguments of deleteInstallation. */
typedef struct {
    amp_str_t integration_id;  /**< integrationId; required. */
    amp_str_t installation_id; /**< installationId; required. */
} amp_delete_installation_t;

/** Starts deleteInstallation, which deletes an installation. `out` is not used; pass NULL. Returns AMP_OK, or
 * AMP_ERR_STATE. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_delete_installation_start(amp_client_t *client,
                                                                     const amp_delete_installation_t *args,
                                                                     void *out);

/** Performs deleteInstallation and waits for the result. `out` is not used; pass NULL. Returns AMP_OK, or a
 * negative amp_status_t. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_delete_installation(amp_client_t *client,
                                                               const amp_delete_installation_t *args,
                                                               void *out);

/** Arguments of getBackfillProgress. */
typedef struct {
    amp_str_t integration_id;  /**< integrationId; required. */
    amp_str_t installation_id; /**< installationId; required. */
    amp_str_t object_name;     /**< objectName; required. */
} amp_get_backfill_progress_t;

/** Starts getBackfillProgress, which reads the progress of the first read of an object. Returns AMP_OK, or
 * AMP_ERR_STATE. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_get_backfill_progress_start(
    amp_client_t *client, const amp_get_backfill_progress_t *args, amp_backfill_progress_t *out);

/** Performs getBackfillProgress and waits for the result. Returns AMP_OK, or a negative amp_status_t. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_get_backfill_progress(amp_client_t *client,
                                                                 const amp_get_backfill_progress_t *args,
                                                                 amp_backfill_progress_t *out);

/** Arguments of listOperations. The library requests all pages, one after the other, over the same
 * connection. One deadline applies to all of them. */
typedef struct {
    amp_str_t integration_id;  /**< integrationId; required. */
    amp_str_t installation_id; /**< installationId; required. */
    uint32_t page_size;        /**< Operations per page; 0: the service's default. */
} amp_list_operations_t;

/** Starts listOperations, which lists the operations of an installation. Each AMP_ITEM is in out->operation.
 * Returns AMP_OK, or AMP_ERR_STATE. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_list_operations_start(amp_client_t *client,
                                                                 const amp_list_operations_t *args,
                                                                 amp_operations_t *out);

/** Arguments of getOperation. */
typedef struct {
    amp_str_t id; /**< The ID of the operation; required. */
} amp_get_operation_t;

/** Starts getOperation, which reads one operation. Returns AMP_OK, or AMP_ERR_STATE. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_get_operation_start(amp_client_t *client,
                                                               const amp_get_operation_t *args,
                                                               amp_operation_t *out);

/** Performs getOperation and waits for the result. Returns AMP_OK, or a negative amp_status_t. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_get_operation(amp_client_t *client,
                                                         const amp_get_operation_t *args,
                                                         amp_operation_t *out);

/** Arguments of getProvider. */
typedef struct {
    amp_str_t provider; /**< provider; required. */
} amp_get_provider_t;

/** Starts getProvider, which reads one provider. Sends no credential, so it tests DNS, network, TLS and clock
 * without risk. Returns AMP_OK, or AMP_ERR_STATE. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_get_provider_start(amp_client_t *client,
                                                              const amp_get_provider_t *args,
                                                              amp_provider_t *out);

/** Performs getProvider and waits for the result. Returns AMP_OK, or a negative amp_status_t. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_get_provider(amp_client_t *client, const amp_get_provider_t *args,
                                                        amp_provider_t *out);

/** A request to any other endpoint of the service. The answer is read by the application's own table
 * (schema.h). */
typedef struct {
    const char *method; /**< GET, POST, PATCH, PUT or DELETE. */
    const char
        *path; /**< Appended to the base URL, with the query: "/projects/{p}/teams/{}?tag={}". {p} is the
                  project, {} the next element of args, percent-encoded. All other text is sent unchanged. */
    const amp_str_t *args;      /**< One text for each {} in the path. */
    size_t arg_count;           /**< Number of args. */
    amp_str_t body;             /**< Text of one JSON object; empty: no body is sent. */
    const amp_schema_t *schema; /**< Table of the answer. NULL: the body of a successful answer is ignored,
                                   unless it is a page (health.h). */
    uint8_t changes; /**< 1: a GET that changes something and must not be sent twice. The other methods are
                      * never sent twice. */
} amp_request_t;

/** Starts a request to any other endpoint. `out` points to the struct of the schema, or is NULL without one.
 * Each record of a list is one AMP_ITEM. Returns AMP_OK, or AMP_ERR_STATE. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_request_start(amp_client_t *client, const amp_request_t *request,
                                                         void *out);

#ifdef __cplusplus
}
#endif
#endif
