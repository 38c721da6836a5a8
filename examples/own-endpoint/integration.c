/* SPDX-License-Identifier: MIT */
/* The schema and the request of an endpoint that the library does not have. */
#include "integration.h"

/* One row for each member to read. Each object on the path to a member also has a row, before the rows of its
 * members. A unit test calls amp_schema_check(), which fails if a row breaks a rule of schema.h. */
static const amp_field_t fields[] = {
    [INTEGRATION_ID] = AMP_FIELD("id", AMP_STRING, AMP_REQUIRED, integration_t, id),
    [INTEGRATION_NAME] = AMP_FIELD("name", AMP_STRING_TRUNC, AMP_REQUIRED, integration_t, name),
    [INTEGRATION_PROVIDER] = AMP_FIELD("provider", AMP_STRING, AMP_REQUIRED, integration_t, provider),
    [INTEGRATION_UPDATE_TIME] = AMP_FIELD("updateTime", AMP_TIME, 0, integration_t, update_time),
    [INTEGRATION_REVISION] = AMP_CONTAINER("latestRevision", AMP_OBJECT, AMP_REQUIRED),
    [INTEGRATION_REVISION_ID] =
        AMP_FIELD("latestRevision.id", AMP_STRING, AMP_REQUIRED, integration_t, revision_id),
    [INTEGRATION_REVISION_CONTENT] = AMP_CONTAINER("latestRevision.content", AMP_OBJECT, 0),
    [INTEGRATION_DISPLAY_NAME] =
        AMP_FIELD("latestRevision.content.displayName", AMP_STRING_TRUNC, 0, integration_t, display_name),
};

const amp_schema_t integrations_schema = AMP_SCHEMA(integration_t, fields, AMP_LIST);

/* The project of the client's configuration replaces {p}. */
const amp_request_t list_integrations = {
    .method = "GET", .path = "/projects/{p}/integrations", .schema = &integrations_schema};
