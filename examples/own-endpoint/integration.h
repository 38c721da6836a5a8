/* SPDX-License-Identifier: MIT */
/* A project's integrations: an endpoint that the library has no operation for, read by a table of
 * the application's own. */
#ifndef INTEGRATION_H
#define INTEGRATION_H

#include "ampersand/ampersand.h"

/* What this application wants of an integration; the rest, and all of its configuration, is
 * dropped as it streams by. */
typedef struct {
    amp_mask_t mask;
    char id[AMP_ID_SIZE];
    char name[AMP_NAME_SIZE];
    char provider[AMP_WORD_SIZE];
    amp_time_t update_time; /* optional */
    char revision_id[AMP_ID_SIZE];
    char display_name[AMP_NAME_SIZE]; /* optional */
} integration_t;

/* Rows of the table, for AMP_HAS. */
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
