/* SPDX-License-Identifier: MIT */
/* The schema of the answer to customAuthConnect: a redirect or a connection. amp__check_custom_auth checks
 * that it is exactly one of them. */
#include "schema_table.h"

static const amp_field_t custom_auth_fields[] = {
    [AMP_CUSTOM_AUTH_REDIRECT] = AMP_CONTAINER("redirect", AMP_OBJECT, 0),
    [AMP_CUSTOM_AUTH_REDIRECT_URL] =
        AMP_FIELD("redirect.url", AMP_STRING, AMP_REQUIRED, amp_custom_auth_t, redirect_url),
    [AMP_CUSTOM_AUTH_SESSION_ID] =
        AMP_FIELD("redirect.sessionId", AMP_STRING, AMP_REQUIRED, amp_custom_auth_t, session_id),
    [AMP_CUSTOM_AUTH_CONNECTION] =
        AMP_NESTED("connection", &amp_connection_schema, 0, amp_custom_auth_t, connection),
};
AMP_ROWS_FIT_MASK(custom_auth_fields);

const amp_schema_t amp_custom_auth_schema = AMP_SCHEMA(amp_custom_auth_t, custom_auth_fields, 0);
