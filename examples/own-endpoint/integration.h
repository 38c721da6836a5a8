/* SPDX-License-Identifier: MIT */
/* A project's integrations. The library has no operation for this endpoint, so the application describes it
 * with its own schema. */
#ifndef INTEGRATION_H
#define INTEGRATION_H

#include "ampersand/ampersand.h"

/* The members of an integration that this application reads. The library skips all other members while it
 * reads the answer. */
typedef struct {
    amp_mask_t mask;
    char id[AMP_ID_SIZE];
    char name[AMP_NAME_SIZE];
    char provider[AMP_WORD_SIZE];
    amp_time_t update_time; /* optional */
    char revision_id[AMP_ID_SIZE];
    char display_name[AMP_NAME_SIZE]; /* optional */
} integration_t;

/* Rows of the schema, for AMP_HAS. */
enum {
    INTEGRATION_ID,
    INTEGRATION_NAME,
    INTEGRATION_PROVIDER,
    INTEGRATION_UPDATE_TIME,
    INTEGRATION_REVISION,
    INTEGRATION_REVISION_ID,
    INTEGRATION_REVISION_CONTENT,
    INTEGRATION_DISPLAY_NAME
};

extern const amp_schema_t integrations_schema;

/* GET /projects/{p}/integrations */
extern const amp_request_t list_integrations;

#endif
