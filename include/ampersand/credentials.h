/* SPDX-License-Identifier: MIT */
/** @file
 * The content of a connection: one credential, and the provider's metadata.
 *
 * All texts are views of UTF-8 without NUL; nothing is copied. A secret is in the work buffer only while it
 * is sent, and is then wiped. */
#ifndef AMPERSAND_CREDENTIALS_H
#define AMPERSAND_CREDENTIALS_H

#include <stddef.h>

#include "config.h"
#include "text.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A kind of credential: one of the constants below. A kind is linked only if the program uses it. */
typedef struct amp_credential_kind amp_credential_kind_t;

/** Uses api_key. */
extern AMP_PUBLIC const amp_credential_kind_t amp_credential_api_key;
/** Uses username, password. */
extern AMP_PUBLIC const amp_credential_kind_t amp_credential_basic_auth;
/** Uses client_id, client_secret, scopes. */
extern AMP_PUBLIC const amp_credential_kind_t amp_credential_oauth2_client;
/** Uses username, password, client_id, client_secret, scopes. */
extern AMP_PUBLIC const amp_credential_kind_t amp_credential_oauth2_password;
/** Uses access_token, refresh_token, scopes. */
extern AMP_PUBLIC const amp_credential_kind_t amp_credential_oauth2_code;
/** Uses custom_auth. */
extern AMP_PUBLIC const amp_credential_kind_t amp_credential_custom_auth;

/** An OAuth token to import. Times are RFC 3339; an empty time is not sent. */
typedef struct {
    amp_str_t token;      /**< The token, a secret. */
    amp_str_t issued_at;  /**< Time of issue, optional. */
    amp_str_t expires_at; /**< Time of expiry, optional. */
} amp_oauth2_token_t;

/** A credential. Members that the kind does not use are ignored. Those that it uses must not be empty, except
 * `password`, `refresh_token` and `scopes`. */
typedef struct {
    const amp_credential_kind_t *kind; /**< The kind; NULL: no credential is sent. */
    amp_str_t api_key;                 /**< API key, a secret. */
    amp_str_t username;                /**< User name. */
    amp_str_t password;                /**< Password, a secret; may be empty. */
    amp_str_t client_id;               /**< OAuth client ID. */
    amp_str_t client_secret;           /**< OAuth client secret. */
    amp_oauth2_token_t access_token;   /**< The access token to import. */
    amp_oauth2_token_t refresh_token;  /**< The refresh token to import; not sent if its token is empty. */
    const amp_str_t *scopes;           /**< OAuth scopes; may be NULL if there are none. */
    size_t scope_count;                /**< Number of scopes. */
    amp_str_t custom_auth;             /**< Text of one JSON object; checked, then sent unchanged. */
} amp_credential_t;

/** A pair of providerMetadata. Keys must be unique within a list. */
typedef struct {
    amp_str_t key;          /**< Key. */
    amp_str_t value;        /**< Value. */
    amp_str_t source;       /**< input, token or provider; default: input. */
    amp_str_t display_name; /**< displayName, optional. */
} amp_metadata_t;

/** The writer of metadata: amp_provider_metadata. It is linked only if the program uses it. */
typedef struct amp_metadata_kind amp_metadata_kind_t;

/** The only kind of metadata. */
extern AMP_PUBLIC const amp_metadata_kind_t amp_provider_metadata;

/** The providerMetadata of a connection. */
typedef struct {
    const amp_metadata_kind_t *kind; /**< Address of amp_provider_metadata; may be NULL if count is 0. */
    const amp_metadata_t *pairs;     /**< The pairs. */
    size_t count;                    /**< Number of pairs; 0: no metadata is sent. */
} amp_metadata_list_t;

#ifdef __cplusplus
}
#endif
#endif
