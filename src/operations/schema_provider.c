/* SPDX-License-Identifier: MIT */
/* The schema of a provider. */
#include "schema_table.h"

static const amp_field_t provider_fields[] = {
    [AMP_PROVIDER_NAME] = AMP_FIELD("name", AMP_STRING, AMP_REQUIRED, amp_provider_t, name),
    [AMP_PROVIDER_AUTH_TYPE] = AMP_FIELD("authType", AMP_STRING, AMP_REQUIRED, amp_provider_t, auth_type),
    [AMP_PROVIDER_DISPLAY_NAME] = AMP_FIELD("displayName", AMP_STRING_TRUNC, 0, amp_provider_t, display_name),
};
AMP_ROWS_FIT_MASK(provider_fields);

const amp_schema_t amp_provider_schema = AMP_SCHEMA(amp_provider_t, provider_fields, 0);
