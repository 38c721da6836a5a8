/* SPDX-License-Identifier: MIT */
/* The service's records as fixed-size structs. Texts are UTF-8 closed by a NUL; an absent one
 * is empty and its bit in `mask` is clear (AMP_HAS). Member names are the service's.
 *
 * Credentials that an answer may hold (apiKey, oauth2AuthorizationCode, basicAuth) have no
 * place here and are dropped as they stream by. */
#ifndef AMPERSAND_RECORDS_H
#define AMPERSAND_RECORDS_H

#include "schema.h"
#include "text.h"

#ifdef __cplusplus
extern "C" {
#endif

/* One credential that the service holds. */
typedef struct {
    amp_mask_t mask;
    char id[AMP_ID_SIZE];
    char project_id[AMP_ID_SIZE];
    char provider[AMP_WORD_SIZE];
    char provider_workspace_ref[AMP_REF_SIZE]; /* optional */
    char provider_consumer_ref[AMP_REF_SIZE];  /* optional */
    char auth_scheme[AMP_WORD_SIZE];           /* open enumeration: none, apiKey, basic, … */
    char status[AMP_WORD_SIZE];                /* open enumeration: created, working, bad_credentials */
    amp_time_t create_time;
    amp_time_t update_time; /* optional */
    char group_ref[AMP_REF_SIZE];
    char group_name[AMP_NAME_SIZE];
    char consumer_ref[AMP_REF_SIZE];
    char consumer_name[AMP_NAME_SIZE];
    char provider_app_id[AMP_ID_SIZE];            /* with providerApp */
    char provider_app_external_ref[AMP_REF_SIZE]; /* optional */
    char provider_app_client_id[AMP_REF_SIZE];    /* with providerApp */
} amp_connection_t;

/* Rows of amp_connection_schema, for AMP_HAS and AMP_WAS_TRUNCATED. */
enum {
    AMP_CONNECTION_ID,
    AMP_CONNECTION_PROJECT_ID,
    AMP_CONNECTION_PROVIDER,
    AMP_CONNECTION_GROUP,
    AMP_CONNECTION_GROUP_REF,
    AMP_CONNECTION_GROUP_NAME,
    AMP_CONNECTION_CONSUMER,
    AMP_CONNECTION_CONSUMER_REF,
    AMP_CONNECTION_CONSUMER_NAME,
    AMP_CONNECTION_PROVIDER_APP,
    AMP_CONNECTION_PROVIDER_APP_ID,
    AMP_CONNECTION_PROVIDER_APP_EXTERNAL_REF,
    AMP_CONNECTION_PROVIDER_APP_CLIENT_ID,
    AMP_CONNECTION_PROVIDER_WORKSPACE_REF,
    AMP_CONNECTION_PROVIDER_CONSUMER_REF,
    AMP_CONNECTION_CREATE_TIME,
    AMP_CONNECTION_UPDATE_TIME,
    AMP_CONNECTION_AUTH_SCHEME,
    AMP_CONNECTION_STATUS
};

/* One integration, switched on for a group. */
typedef struct {
    amp_mask_t mask;
    char id[AMP_ID_SIZE];
    char project_id[AMP_ID_SIZE];
    char integration_id[AMP_ID_SIZE];
    char health_status[AMP_WORD_SIZE];         /* open enumeration: healthy, unhealthy */
    char last_operation_status[AMP_WORD_SIZE]; /* optional; success, failure, in_progress */
    amp_time_t create_time;
    char created_by[AMP_CREATED_BY_SIZE]; /* consumer:REF */
    amp_time_t update_time;               /* optional */
    char group_ref[AMP_REF_SIZE];         /* with group, which is optional here */
    char group_name[AMP_NAME_SIZE];       /* with group */
    amp_connection_t connection;
    char config_id[AMP_ID_SIZE];
    char config_revision_id[AMP_ID_SIZE];
    amp_time_t config_create_time;
    char config_created_by[AMP_CREATED_BY_SIZE]; /* consumer:REF, builder:REF or api:CALLER */
} amp_installation_t;

/* Rows of amp_installation_schema. */
enum {
    AMP_INSTALLATION_ID,
    AMP_INSTALLATION_PROJECT_ID,
    AMP_INSTALLATION_INTEGRATION_ID,
    AMP_INSTALLATION_GROUP,
    AMP_INSTALLATION_GROUP_REF,
    AMP_INSTALLATION_GROUP_NAME,
    AMP_INSTALLATION_HEALTH_STATUS,
    AMP_INSTALLATION_CONNECTION,
    AMP_INSTALLATION_CREATE_TIME,
    AMP_INSTALLATION_CREATED_BY,
    AMP_INSTALLATION_UPDATE_TIME,
    AMP_INSTALLATION_CONFIG,
    AMP_INSTALLATION_CONFIG_ID,
    AMP_INSTALLATION_CONFIG_REVISION_ID,
    AMP_INSTALLATION_CONFIG_CREATE_TIME,
    AMP_INSTALLATION_CONFIG_CREATED_BY,
    AMP_INSTALLATION_LAST_OPERATION_STATUS
};

/* application/problem+json (RFC 9457) with the service's own members. Every member is optional,
 * every text describes: too long is cut and flagged. Of causes and issues the first is kept. The table is
 * AMP_LENIENT: a member that cannot be read counts as absent, and the others are read. A text that is not
 * JSON, is nested too deeply, or is not an object is no problem document. */
typedef struct {
    amp_mask_t mask;
    char type[AMP_NAME_SIZE];
    char href[AMP_TEXT_SIZE];
    char title[AMP_NAME_SIZE];
    int32_t status;
    char detail[AMP_TEXT_SIZE];
    char instance[AMP_NAME_SIZE];
    char subsystem[AMP_WORD_SIZE];
    amp_time_t time;
    char request_id[AMP_ID_SIZE];
    char cause[AMP_TEXT_SIZE];
    char remedy[AMP_TEXT_SIZE];
    uint8_t retryable;
    amp_time_t retry_after;
    char issue_in[AMP_WORD_SIZE];
    char issue_name[AMP_NAME_SIZE];
    char issue_detail[AMP_TEXT_SIZE];
} amp_problem_t;

/* Rows of amp_problem_schema. */
enum {
    AMP_PROBLEM_TYPE,
    AMP_PROBLEM_HREF,
    AMP_PROBLEM_TITLE,
    AMP_PROBLEM_STATUS,
    AMP_PROBLEM_DETAIL,
    AMP_PROBLEM_INSTANCE,
    AMP_PROBLEM_SUBSYSTEM,
    AMP_PROBLEM_TIME,
    AMP_PROBLEM_REQUEST_ID,
    AMP_PROBLEM_CAUSES,
    AMP_PROBLEM_CAUSE,
    AMP_PROBLEM_REMEDY,
    AMP_PROBLEM_RETRYABLE,
    AMP_PROBLEM_RETRY_AFTER,
    AMP_PROBLEM_ISSUES,
    AMP_PROBLEM_ISSUE,
    AMP_PROBLEM_ISSUE_IN,
    AMP_PROBLEM_ISSUE_NAME,
    AMP_PROBLEM_ISSUE_DETAIL
};

/* How far the first read of an object has come. */
typedef struct {
    amp_mask_t mask;
    char installation_id[AMP_ID_SIZE];
    char object_name[AMP_REF_SIZE];
    char operation_id[AMP_ID_SIZE];
    int64_t records_processed;
    int64_t records_estimated_total; /* optional: not every provider can tell */
    amp_time_t create_time;          /* optional */
    amp_time_t update_time;          /* optional */
} amp_backfill_progress_t;

/* Rows of amp_backfill_progress_schema. */
enum {
    AMP_BACKFILL_PROGRESS_INSTALLATION_ID,
    AMP_BACKFILL_PROGRESS_OBJECT_NAME,
    AMP_BACKFILL_PROGRESS_OPERATION_ID,
    AMP_BACKFILL_PROGRESS_RECORDS_PROCESSED,
    AMP_BACKFILL_PROGRESS_RECORDS_ESTIMATED_TOTAL,
    AMP_BACKFILL_PROGRESS_CREATE_TIME,
    AMP_BACKFILL_PROGRESS_UPDATE_TIME
};

/* One run of something that an installation does. */
typedef struct {
    amp_mask_t mask;
    char id[AMP_ID_SIZE];
    char project_id[AMP_ID_SIZE];
    char integration_id[AMP_ID_SIZE];
    char config_id[AMP_ID_SIZE];
    char installation_id[AMP_ID_SIZE];
    char action_type[AMP_WORD_SIZE];         /* open enumeration: read, write, … */
    char status[AMP_WORD_SIZE];              /* open enumeration: success, failure, in_progress */
    char result[AMP_TEXT_SIZE];              /* optional */
    amp_time_t create_time;                  /* optional */
    char progress_object_name[AMP_REF_SIZE]; /* this and the next two: optional, of a backfill */
    int64_t progress_records_processed;
    int64_t progress_records_estimated_total;
} amp_operation_t;

/* Rows of amp_operation_schema. */
enum {
    AMP_OPERATION_PROJECT_ID,
    AMP_OPERATION_INTEGRATION_ID,
    AMP_OPERATION_CONFIG_ID,
    AMP_OPERATION_ACTION_TYPE,
    AMP_OPERATION_ID,
    AMP_OPERATION_INSTALLATION_ID,
    AMP_OPERATION_STATUS,
    AMP_OPERATION_RESULT,
    AMP_OPERATION_METADATA,
    AMP_OPERATION_PROGRESS,
    AMP_OPERATION_PROGRESS_OBJECT_NAME,
    AMP_OPERATION_PROGRESS_RECORDS_PROCESSED,
    AMP_OPERATION_PROGRESS_RECORDS_ESTIMATED_TOTAL,
    AMP_OPERATION_CREATE_TIME
};

/* A page of operations: `operation` is the one of each AMP_ITEM. */
typedef struct {
    amp_mask_t mask;
    amp_operation_t operation;
    uint8_t done;
    char next_page_token[AMP_PAGE_TOKEN_SIZE];
} amp_operations_t;

/* Rows of amp_operations_schema. */
enum {
    AMP_OPERATIONS_RESULTS,
    AMP_OPERATIONS_PAGINATION,
    AMP_OPERATIONS_DONE,
    AMP_OPERATIONS_NEXT_PAGE_TOKEN
};

/* A SaaS API that can be connected. */
typedef struct {
    amp_mask_t mask;
    char name[AMP_WORD_SIZE];
    char auth_type[AMP_WORD_SIZE];    /* open enumeration: oauth2, apiKey, basic, jwt, custom, none */
    char display_name[AMP_NAME_SIZE]; /* optional */
} amp_provider_t;

/* Rows of amp_provider_schema. */
enum { AMP_PROVIDER_NAME, AMP_PROVIDER_AUTH_TYPE, AMP_PROVIDER_DISPLAY_NAME };

/* What customAuthConnect answers: one of the two. */
typedef struct {
    amp_mask_t mask;
    char redirect_url[AMP_URL_SIZE]; /* with redirect */
    char session_id[AMP_REF_SIZE];   /* with redirect */
    amp_connection_t connection;
} amp_custom_auth_t;

/* Rows of amp_custom_auth_schema. */
enum {
    AMP_CUSTOM_AUTH_REDIRECT,
    AMP_CUSTOM_AUTH_REDIRECT_URL,
    AMP_CUSTOM_AUTH_SESSION_ID,
    AMP_CUSTOM_AUTH_CONNECTION
};

/* Tables of the structs above. amp_connections_schema and amp_installations_schema read an array
 * of them, amp_operations_schema a page. */
extern AMP_PUBLIC const amp_schema_t amp_connection_schema;
extern AMP_PUBLIC const amp_schema_t amp_connections_schema;
extern AMP_PUBLIC const amp_schema_t amp_installation_schema;
extern AMP_PUBLIC const amp_schema_t amp_installations_schema;
extern AMP_PUBLIC const amp_schema_t amp_problem_schema;
extern AMP_PUBLIC const amp_schema_t amp_backfill_progress_schema;
extern AMP_PUBLIC const amp_schema_t amp_operation_schema;
extern AMP_PUBLIC const amp_schema_t amp_operations_schema;
extern AMP_PUBLIC const amp_schema_t amp_provider_schema;
extern AMP_PUBLIC const amp_schema_t amp_custom_auth_schema;

#ifdef __cplusplus
}
#endif
#endif
