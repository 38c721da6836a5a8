/* SPDX-License-Identifier: MIT */
/* What a connection is made of: a secret of one kind, and the provider's metadata.
 *
 * Views of UTF-8 text without NUL; nothing is copied. A secret is written to the work buffer only
 * while it is sent, and wiped there. */
#ifndef AMPERSAND_CREDENTIALS_H
#define AMPERSAND_CREDENTIALS_H

#include <stddef.h>

#include "config.h"
#include "text.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A kind of credential: one of the constants below. Only those that a program names are linked. */
typedef struct amp_credential_kind amp_credential_kind_t;

extern AMP_PUBLIC const amp_credential_kind_t amp_credential_api_key;       /* api_key */
extern AMP_PUBLIC const amp_credential_kind_t amp_credential_basic_auth;    /* username, password */
extern AMP_PUBLIC const amp_credential_kind_t amp_credential_oauth2_client; /* client_id, client_secret,
                                                                             * scopes */
extern AMP_PUBLIC const amp_credential_kind_t
    amp_credential_oauth2_password;                                       /* username, password,
                                                                           * client_id, client_secret, scopes */
extern AMP_PUBLIC const amp_credential_kind_t amp_credential_oauth2_code; /* access_token,
                                                                           * refresh_token, scopes */
extern AMP_PUBLIC const amp_credential_kind_t amp_credential_custom_auth; /* custom_auth */

/* A token that is imported. Times are RFC 3339, and left out when empty. */
typedef struct {
    amp_str_t token;
    amp_str_t issued_at;
    amp_str_t expires_at;
} amp_oauth2_token_t;

/* Members that the kind does not name are not looked at. */
typedef struct {
    const amp_credential_kind_t *kind; /* NULL: none is sent */
    amp_str_t api_key;
    amp_str_t username;
    amp_str_t password; /* may be empty */
    amp_str_t client_id;
    amp_str_t client_secret;
    amp_oauth2_token_t access_token;  /* that is imported */
    amp_oauth2_token_t refresh_token; /* left out when its token is */
    const amp_str_t *scopes;          /* may be NULL when there are none */
    size_t scope_count;
    amp_str_t custom_auth; /* the text of one JSON object; checked, then sent as it is */
} amp_credential_t;

/* A pair of providerMetadata, every key once. */
typedef struct {
    amp_str_t key;
    amp_str_t value;
    amp_str_t source; /* input, token or provider; input when left out */
    amp_str_t display_name;
} amp_metadata_t;

/* How metadata is written: the constant, which is linked only when a program names it. */
typedef struct amp_metadata_kind amp_metadata_kind_t;
extern AMP_PUBLIC const amp_metadata_kind_t amp_provider_metadata;

/* The pairs of a connection's providerMetadata. */
typedef struct {
    const amp_metadata_kind_t *kind; /* &amp_provider_metadata, where there are pairs */
    const amp_metadata_t *pairs;
    size_t count; /* of pairs; 0: none is sent */
} amp_metadata_list_t;

#ifdef __cplusplus
}
#endif
#endif
