/* SPDX-License-Identifier: MIT */
/* The service's operations. For each: what it is sent, amp_start_… which never waits, and a
 * call that waits.
 *
 * Arguments are views of UTF-8 text without NUL. {NULL, 0} leaves an optional one out; a
 * required one must not be empty. The argument struct, all it points to, and the record stay
 * in place until the request is over (AMP_END, an error, amp_reset): the request is written
 * from them in pieces and nothing is copied.
 *
 * Every start gives AMP_OK, or AMP_ERR_STATE while a request is under way. What is wrong with
 * an argument comes from the first step, before anything is sent: AMP_ERR_ARGUMENT with
 * amp_last()->field. Calls that wait give AMP_OK or the error. */
#ifndef AMPERSAND_OPERATIONS_H
#define AMPERSAND_OPERATIONS_H

#include "client.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A pair of providerMetadata. */
typedef struct {
    amp_str_t key;
    amp_str_t value;
    amp_str_t source; /* input, token or provider; input when left out */
    amp_str_t display_name;
} amp_metadata_t;

/* A token that is imported. Times are RFC 3339, and left out when empty. */
typedef struct {
    amp_str_t token;
    amp_str_t issued_at;
    amp_str_t expires_at;
} amp_oauth2_token_t;

typedef enum {
    AMP_CREDENTIAL_NONE,
    AMP_CREDENTIAL_API_KEY,            /* api_key */
    AMP_CREDENTIAL_BASIC,              /* username, password */
    AMP_CREDENTIAL_CLIENT_CREDENTIALS, /* client_id, client_secret, scopes */
    AMP_CREDENTIAL_PASSWORD,           /* username, password, client_id, client_secret, scopes */
    AMP_CREDENTIAL_AUTHORIZATION_CODE, /* access_token, refresh_token, scopes */
    AMP_CREDENTIAL_CUSTOM              /* custom_auth */
} amp_credential_kind_t;

/* The secret a connection is made of. Members that the kind does not name are not looked at.
 * It is written to the work buffer only while it is sent, and wiped there. */
typedef struct {
    amp_credential_kind_t kind;
    amp_str_t api_key;
    amp_str_t username;
    amp_str_t password; /* may be empty */
    amp_str_t client_id;
    amp_str_t client_secret;
    amp_oauth2_token_t access_token;
    amp_oauth2_token_t refresh_token; /* left out when its token is */
    const amp_str_t *scopes;
    size_t scope_count;
    amp_str_t custom_auth; /* the text of one JSON object; checked, then sent as it is */
} amp_credential_t;

/* generateConnection: makes a connection; 201 and the connection.
 * It has no idempotency key: AMP_ERR_UNKNOWN_OUTCOME means look (list) before a second try. */
typedef struct {
    amp_str_t provider;     /* required */
    amp_str_t group_ref;    /* required */
    amp_str_t consumer_ref; /* required */
    amp_str_t group_name;
    amp_str_t consumer_name;
    amp_str_t provider_workspace_ref;
    const amp_metadata_t *metadata;
    size_t metadata_count;
    amp_credential_t credential;
} amp_generate_connection_t;

AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_start_generate_connection(
    amp_client_t *client, const amp_generate_connection_t *args, amp_connection_t *out);
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_generate_connection(
    amp_client_t *client, const amp_generate_connection_t *args, amp_connection_t *out);

/* getConnection. `refresh` makes the service refresh the token, a side effect: not for polling. */
typedef struct {
    amp_str_t id;      /* required */
    amp_str_t refresh; /* ifExpired or force */
} amp_get_connection_t;

AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_start_get_connection(amp_client_t *client,
                                                                const amp_get_connection_t *args,
                                                                amp_connection_t *out);
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_get_connection(amp_client_t *client,
                                                          const amp_get_connection_t *args,
                                                          amp_connection_t *out);

/* listConnections: any number of them, in no defined order. Each AMP_ITEM of amp_step or
 * amp_next is one more connection in *out. */
typedef struct {
    amp_str_t provider;
    amp_str_t group_ref;
    amp_str_t consumer_ref;
} amp_list_connections_t;

AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_start_list_connections(
    amp_client_t *client, const amp_list_connections_t *args, amp_connection_t *out);

#ifdef __cplusplus
}
#endif
#endif
