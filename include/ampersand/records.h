/* SPDX-License-Identifier: MIT */
/** @file
 * The service's records as fixed-size structs. Texts are NUL-terminated UTF-8. An absent text is empty, and
 * its bit in `mask` is clear (AMP_HAS). The comment of a member begins with its JSON path in the answer.
 *
 * Answers may contain credentials (apiKey, oauth2AuthorizationCode, basicAuth). No record stores them; they
 * are dropped while they are received. */
#ifndef AMPERSAND_RECORDS_H
#define AMPERSAND_RECORDS_H

#include "schema.h"
#include "text.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A connection: one credential of a customer, stored by the service. */
typedef struct {
    amp_mask_t mask;              /**< Rows that were in the answer: see AMP_HAS and AMP_WAS_TRUNCATED. */
    char id[AMP_ID_SIZE];         /**< "id": text that identifies, required. */
    char project_id[AMP_ID_SIZE]; /**< "projectId": text that identifies, required. */
    char provider[AMP_WORD_SIZE]; /**< "provider": text that identifies, required. */
    char provider_workspace_ref[AMP_REF_SIZE]; /**< "providerWorkspaceRef": text that identifies, optional. */
    char provider_consumer_ref[AMP_REF_SIZE];  /**< "providerConsumerRef": text that identifies, optional. */
    char auth_scheme[AMP_WORD_SIZE]; /**< "authScheme": text that identifies, required; open enumeration:
                                        none, apiKey, basic and others. */
    char status[AMP_WORD_SIZE];      /**< "status": text that identifies, required; open enumeration: created,
                                        working, bad_credentials. */
    amp_time_t create_time;          /**< "createTime": a time, required. */
    amp_time_t update_time;          /**< "updateTime": a time, optional. */
    char group_ref[AMP_REF_SIZE];    /**< "group.groupRef": text that identifies, required. */
    char group_name[AMP_NAME_SIZE];  /**< "group.groupName": text that describes, required. */
    char consumer_ref[AMP_REF_SIZE]; /**< "consumer.consumerRef": text that identifies, required. */
    char consumer_name[AMP_NAME_SIZE]; /**< "consumer.consumerName": text that describes, required. */
    char provider_app_id[AMP_ID_SIZE]; /**< "providerApp.id": text that identifies, required. */
    char provider_app_external_ref[AMP_REF_SIZE]; /**< "providerApp.externalRef": text that identifies,
                                                     optional. */
    char provider_app_client_id[AMP_REF_SIZE]; /**< "providerApp.clientId": text that identifies, required. */
} amp_connection_t;

/** Rows of amp_connection_schema, for AMP_HAS and AMP_WAS_TRUNCATED. */
enum {
    AMP_CONNECTION_ID,                        /**< "id" */
    AMP_CONNECTION_PROJECT_ID,                /**< "projectId" */
    AMP_CONNECTION_PROVIDER,                  /**< "provider" */
    AMP_CONNECTION_GROUP,                     /**< "group" */
    AMP_CONNECTION_GROUP_REF,                 /**< "group.groupRef" */
    AMP_CONNECTION_GROUP_NAME,                /**< "group.groupName" */
    AMP_CONNECTION_CONSUMER,                  /**< "consumer" */
    AMP_CONNECTION_CONSUMER_REF,              /**< "consumer.consumerRef" */
    AMP_CONNECTION_CONSUMER_NAME,             /**< "consumer.consumerName" */
    AMP_CONNECTION_PROVIDER_APP,              /**< "providerApp" */
    AMP_CONNECTION_PROVIDER_APP_ID,           /**< "providerApp.id" */
    AMP_CONNECTION_PROVIDER_APP_EXTERNAL_REF, /**< "providerApp.externalRef" */
    AMP_CONNECTION_PROVIDER_APP_CLIENT_ID,    /**< "providerApp.clientId" */
    AMP_CONNECTION_PROVIDER_WORKSPACE_REF,    /**< "providerWorkspaceRef" */
    AMP_CONNECTION_PROVIDER_CONSUMER_REF,     /**< "providerConsumerRef" */
    AMP_CONNECTION_CREATE_TIME,               /**< "createTime" */
    AMP_CONNECTION_UPDATE_TIME,               /**< "updateTime" */
    AMP_CONNECTION_AUTH_SCHEME,               /**< "authScheme" */
    AMP_CONNECTION_STATUS                     /**< "status" */
};

/** An installation: one integration, enabled for a group. */
typedef struct {
    amp_mask_t mask;                  /**< Rows that were in the answer: see AMP_HAS and AMP_WAS_TRUNCATED. */
    char id[AMP_ID_SIZE];             /**< "id": text that identifies, required. */
    char project_id[AMP_ID_SIZE];     /**< "projectId": text that identifies, required. */
    char integration_id[AMP_ID_SIZE]; /**< "integrationId": text that identifies, required. */
    char health_status[AMP_WORD_SIZE]; /**< "healthStatus": text that identifies, required; open enumeration:
                                          healthy, unhealthy. */
    char last_operation_status[AMP_WORD_SIZE]; /**< "lastOperationStatus": text that identifies, optional;
                                                  open enumeration: success, failure, in_progress. */
    amp_time_t create_time;                    /**< "createTime": a time, required. */
    char created_by[AMP_CREATED_BY_SIZE]; /**< "createdBy": text that identifies, required; consumer:REF. */
    amp_time_t update_time;               /**< "updateTime": a time, optional. */
    char group_ref[AMP_REF_SIZE]; /**< "group.groupRef": text that identifies, required within group, which is
                                     optional. */
    char group_name[AMP_NAME_SIZE];              /**< "group.groupName": text that describes, required. */
    amp_connection_t connection;                 /**< "connection": a record, required. */
    char config_id[AMP_ID_SIZE];                 /**< "config.id": text that identifies, required. */
    char config_revision_id[AMP_ID_SIZE];        /**< "config.revisionId": text that identifies, required. */
    amp_time_t config_create_time;               /**< "config.createTime": a time, required. */
    char config_created_by[AMP_CREATED_BY_SIZE]; /**< "config.createdBy": text that identifies, required;
                                                    consumer:REF, builder:REF or api:CALLER. */
} amp_installation_t;

/** Rows of amp_installation_schema. */
enum {
    AMP_INSTALLATION_ID,                   /**< "id" */
    AMP_INSTALLATION_PROJECT_ID,           /**< "projectId" */
    AMP_INSTALLATION_INTEGRATION_ID,       /**< "integrationId" */
    AMP_INSTALLATION_GROUP,                /**< "group" */
    AMP_INSTALLATION_GROUP_REF,            /**< "group.groupRef" */
    AMP_INSTALLATION_GROUP_NAME,           /**< "group.groupName" */
    AMP_INSTALLATION_HEALTH_STATUS,        /**< "healthStatus" */
    AMP_INSTALLATION_CONNECTION,           /**< "connection" */
    AMP_INSTALLATION_CREATE_TIME,          /**< "createTime" */
    AMP_INSTALLATION_CREATED_BY,           /**< "createdBy" */
    AMP_INSTALLATION_UPDATE_TIME,          /**< "updateTime" */
    AMP_INSTALLATION_CONFIG,               /**< "config" */
    AMP_INSTALLATION_CONFIG_ID,            /**< "config.id" */
    AMP_INSTALLATION_CONFIG_REVISION_ID,   /**< "config.revisionId" */
    AMP_INSTALLATION_CONFIG_CREATE_TIME,   /**< "config.createTime" */
    AMP_INSTALLATION_CONFIG_CREATED_BY,    /**< "config.createdBy" */
    AMP_INSTALLATION_LAST_OPERATION_STATUS /**< "lastOperationStatus" */
};

/** A problem document: application/problem+json (RFC 9457) with the service's own members. Every member is
 * optional. Every text describes: a long one is truncated and flagged. Only the first cause and the first
 * issue are stored.
 *
 * The table is AMP_LENIENT: a member that cannot be read counts as absent, and the others are read. A text
 * that is not JSON, is nested too deeply, or is not an object is not a problem document. */
typedef struct {
    amp_mask_t mask;                  /**< Rows that were in the answer: see AMP_HAS and AMP_WAS_TRUNCATED. */
    char type[AMP_NAME_SIZE];         /**< "type": text that describes, optional. */
    char href[AMP_TEXT_SIZE];         /**< "href": text that describes, optional. */
    char title[AMP_NAME_SIZE];        /**< "title": text that describes, optional. */
    int32_t status;                   /**< "status": a number, optional. */
    char detail[AMP_TEXT_SIZE];       /**< "detail": text that describes, optional. */
    char instance[AMP_NAME_SIZE];     /**< "instance": text that describes, optional. */
    char subsystem[AMP_WORD_SIZE];    /**< "subsystem": text that describes, optional. */
    amp_time_t time;                  /**< "time": a time, optional. */
    char request_id[AMP_ID_SIZE];     /**< "requestId": text that describes, optional. */
    char cause[AMP_TEXT_SIZE];        /**< "causes[0]": text that describes, optional. */
    char remedy[AMP_TEXT_SIZE];       /**< "remedy": text that describes, optional. */
    uint8_t retryable;                /**< "retryable": 0 or 1, optional. */
    amp_time_t retry_after;           /**< "retryAfter": a time, optional. */
    char issue_in[AMP_WORD_SIZE];     /**< "issues[0].in": text that describes, optional. */
    char issue_name[AMP_NAME_SIZE];   /**< "issues[0].name": text that describes, optional. */
    char issue_detail[AMP_TEXT_SIZE]; /**< "issues[0].detail": text that describes, optional. */
} amp_problem_t;

/** Rows of amp_problem_schema. */
enum {
    AMP_PROBLEM_TYPE,        /**< "type" */
    AMP_PROBLEM_HREF,        /**< "href" */
    AMP_PROBLEM_TITLE,       /**< "title" */
    AMP_PROBLEM_STATUS,      /**< "status" */
    AMP_PROBLEM_DETAIL,      /**< "detail" */
    AMP_PROBLEM_INSTANCE,    /**< "instance" */
    AMP_PROBLEM_SUBSYSTEM,   /**< "subsystem" */
    AMP_PROBLEM_TIME,        /**< "time" */
    AMP_PROBLEM_REQUEST_ID,  /**< "requestId" */
    AMP_PROBLEM_CAUSES,      /**< "causes" */
    AMP_PROBLEM_CAUSE,       /**< "causes[0]" */
    AMP_PROBLEM_REMEDY,      /**< "remedy" */
    AMP_PROBLEM_RETRYABLE,   /**< "retryable" */
    AMP_PROBLEM_RETRY_AFTER, /**< "retryAfter" */
    AMP_PROBLEM_ISSUES,      /**< "issues" */
    AMP_PROBLEM_ISSUE,       /**< "issues[0]" */
    AMP_PROBLEM_ISSUE_IN,    /**< "issues[0].in" */
    AMP_PROBLEM_ISSUE_NAME,  /**< "issues[0].name" */
    AMP_PROBLEM_ISSUE_DETAIL /**< "issues[0].detail" */
};

/** Progress of a backfill, the first read of an object. */
typedef struct {
    amp_mask_t mask; /**< Rows that were in the answer: see AMP_HAS and AMP_WAS_TRUNCATED. */
    char installation_id[AMP_ID_SIZE]; /**< "installationId": text that identifies, required. */
    char object_name[AMP_REF_SIZE];    /**< "objectName": text that identifies, required. */
    char operation_id[AMP_ID_SIZE];    /**< "operationId": text that identifies, required. */
    int64_t records_processed;         /**< "recordsProcessed": a number, required. */
    int64_t records_estimated_total; /**< "recordsEstimatedTotal": a number, optional: not every provider has
                                        it. */
    amp_time_t create_time;          /**< "createTime": a time, optional. */
    amp_time_t update_time;          /**< "updateTime": a time, optional. */
} amp_backfill_progress_t;

/** Rows of amp_backfill_progress_schema. */
enum {
    AMP_BACKFILL_PROGRESS_INSTALLATION_ID,         /**< "installationId" */
    AMP_BACKFILL_PROGRESS_OBJECT_NAME,             /**< "objectName" */
    AMP_BACKFILL_PROGRESS_OPERATION_ID,            /**< "operationId" */
    AMP_BACKFILL_PROGRESS_RECORDS_PROCESSED,       /**< "recordsProcessed" */
    AMP_BACKFILL_PROGRESS_RECORDS_ESTIMATED_TOTAL, /**< "recordsEstimatedTotal" */
    AMP_BACKFILL_PROGRESS_CREATE_TIME,             /**< "createTime" */
    AMP_BACKFILL_PROGRESS_UPDATE_TIME              /**< "updateTime" */
};

/** An operation: one run of an action of an installation. */
typedef struct {
    amp_mask_t mask;                  /**< Rows that were in the answer: see AMP_HAS and AMP_WAS_TRUNCATED. */
    char id[AMP_ID_SIZE];             /**< "id": text that identifies, required. */
    char project_id[AMP_ID_SIZE];     /**< "projectId": text that identifies, required. */
    char integration_id[AMP_ID_SIZE]; /**< "integrationId": text that identifies, required. */
    char config_id[AMP_ID_SIZE];      /**< "configId": text that identifies, required. */
    char installation_id[AMP_ID_SIZE]; /**< "installationId": text that identifies, required. */
    char action_type[AMP_WORD_SIZE];   /**< "actionType": text that identifies, required; open enumeration:
                                          read, write and others. */
    char status[AMP_WORD_SIZE]; /**< "status": text that identifies, required; open enumeration: success,
                                   failure, in_progress. */
    char result[AMP_TEXT_SIZE]; /**< "result": text that describes, optional. */
    amp_time_t create_time;     /**< "createTime": a time, optional. */
    char progress_object_name[AMP_REF_SIZE]; /**< "metadata.progress.objectName": text that identifies,
                                                optional: only for a backfill, like the next two. */
    int64_t progress_records_processed;      /**< "metadata.progress.recordsProcessed": a number, optional. */
    int64_t progress_records_estimated_total; /**< "metadata.progress.recordsEstimatedTotal": a number,
                                                 optional. */
} amp_operation_t;

/** Rows of amp_operation_schema. */
enum {
    AMP_OPERATION_PROJECT_ID,                       /**< "projectId" */
    AMP_OPERATION_INTEGRATION_ID,                   /**< "integrationId" */
    AMP_OPERATION_CONFIG_ID,                        /**< "configId" */
    AMP_OPERATION_ACTION_TYPE,                      /**< "actionType" */
    AMP_OPERATION_ID,                               /**< "id" */
    AMP_OPERATION_INSTALLATION_ID,                  /**< "installationId" */
    AMP_OPERATION_STATUS,                           /**< "status" */
    AMP_OPERATION_RESULT,                           /**< "result" */
    AMP_OPERATION_METADATA,                         /**< "metadata" */
    AMP_OPERATION_PROGRESS,                         /**< "metadata.progress" */
    AMP_OPERATION_PROGRESS_OBJECT_NAME,             /**< "metadata.progress.objectName" */
    AMP_OPERATION_PROGRESS_RECORDS_PROCESSED,       /**< "metadata.progress.recordsProcessed" */
    AMP_OPERATION_PROGRESS_RECORDS_ESTIMATED_TOTAL, /**< "metadata.progress.recordsEstimatedTotal" */
    AMP_OPERATION_CREATE_TIME                       /**< "createTime" */
};

/** A page of operations. Each AMP_ITEM stores one operation. */
typedef struct {
    amp_mask_t mask;           /**< Rows that were in the answer: see AMP_HAS and AMP_WAS_TRUNCATED. */
    amp_operation_t operation; /**< "results": each element of an array, optional. */
    uint8_t done;              /**< "pagination.done": 0 or 1, required. */
    char next_page_token[AMP_PAGE_TOKEN_SIZE]; /**< "pagination.nextPageToken": text that identifies,
                                                  optional. */
} amp_operations_t;

/** Rows of amp_operations_schema. */
enum {
    AMP_OPERATIONS_RESULTS,        /**< "results" */
    AMP_OPERATIONS_PAGINATION,     /**< "pagination" */
    AMP_OPERATIONS_DONE,           /**< "pagination.done" */
    AMP_OPERATIONS_NEXT_PAGE_TOKEN /**< "pagination.nextPageToken" */
};

/** A provider: a SaaS API that can be connected. */
typedef struct {
    amp_mask_t mask;               /**< Rows that were in the answer: see AMP_HAS and AMP_WAS_TRUNCATED. */
    char name[AMP_WORD_SIZE];      /**< "name": text that identifies, required. */
    char auth_type[AMP_WORD_SIZE]; /**< "authType": text that identifies, required; open enumeration: oauth2,
                                      apiKey, basic, jwt, custom, none. */
    char display_name[AMP_NAME_SIZE]; /**< "displayName": text that describes, optional. */
} amp_provider_t;

/** Rows of amp_provider_schema. */
enum {
    AMP_PROVIDER_NAME,        /**< "name" */
    AMP_PROVIDER_AUTH_TYPE,   /**< "authType" */
    AMP_PROVIDER_DISPLAY_NAME /**< "displayName" */
};

/** The answer of customAuthConnect: either a redirect or a connection. */
typedef struct {
    amp_mask_t mask;                 /**< Rows that were in the answer: see AMP_HAS and AMP_WAS_TRUNCATED. */
    char redirect_url[AMP_URL_SIZE]; /**< "redirect.url": text that identifies, required. */
    char session_id[AMP_REF_SIZE];   /**< "redirect.sessionId": text that identifies, required. */
    amp_connection_t connection;     /**< "connection": a record, optional. */
} amp_custom_auth_t;

/** Rows of amp_custom_auth_schema. */
enum {
    AMP_CUSTOM_AUTH_REDIRECT,     /**< "redirect" */
    AMP_CUSTOM_AUTH_REDIRECT_URL, /**< "redirect.url" */
    AMP_CUSTOM_AUTH_SESSION_ID,   /**< "redirect.sessionId" */
    AMP_CUSTOM_AUTH_CONNECTION    /**< "connection" */
};

/** Reads an amp_connection_t. */
extern AMP_PUBLIC const amp_schema_t amp_connection_schema;
/** Reads an array of amp_connection_t, one AMP_ITEM for each element. */
extern AMP_PUBLIC const amp_schema_t amp_connections_schema;
/** Reads an amp_installation_t. */
extern AMP_PUBLIC const amp_schema_t amp_installation_schema;
/** Reads an array of amp_installation_t, one AMP_ITEM for each element. */
extern AMP_PUBLIC const amp_schema_t amp_installations_schema;
/** Reads an amp_problem_t. */
extern AMP_PUBLIC const amp_schema_t amp_problem_schema;
/** Reads an amp_backfill_progress_t. */
extern AMP_PUBLIC const amp_schema_t amp_backfill_progress_schema;
/** Reads an amp_operation_t. */
extern AMP_PUBLIC const amp_schema_t amp_operation_schema;
/** Reads an amp_operations_t, one AMP_ITEM for each operation of the page. */
extern AMP_PUBLIC const amp_schema_t amp_operations_schema;
/** Reads an amp_provider_t. */
extern AMP_PUBLIC const amp_schema_t amp_provider_schema;
/** Reads an amp_custom_auth_t. */
extern AMP_PUBLIC const amp_schema_t amp_custom_auth_schema;

#ifdef __cplusplus
}
#endif
#endif
