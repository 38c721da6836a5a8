/* SPDX-License-Identifier: MIT */
/* Starts any operation, with valid arguments or with arguments from the fuzzer's input. */
#ifndef AMP_FUZZ_CALLS_H
#define AMP_FUZZ_CALLS_H

#include "../any_record.h"
#include "fuzz.h"

#define CALL_SECRET "cred-5ecret"
#define CALL_KEY "key-5E2C7E7"

/* The sources of argument values. */
typedef struct {
    amp_str_t ref;  /* value of every required argument */
    amp_str_t more; /* value of every optional argument */
    amp_credential_t credential;
    amp_metadata_t metadata[2];
    amp_metadata_list_t list;
    uint32_t number;
    union {
        amp_generate_connection_t generate;
        amp_get_connection_t get;
        amp_list_connections_t list;
        amp_update_connection_t update;
        amp_delete_connection_t remove;
        amp_oauth_connect_t oauth;
        amp_oauth_update_t oauth_update;
        amp_custom_auth_connect_t custom;
        amp_list_installations_t installations;
        amp_list_installations_for_project_t project_installations;
        amp_get_installation_t installation;
        amp_update_installation_t update_installation;
        amp_create_installation_t create;
        amp_delete_installation_t remove_installation;
        amp_get_backfill_progress_t progress;
        amp_list_operations_t operations;
        amp_get_operation_t operation;
        amp_get_provider_t provider;
        amp_request_t any;
    } args;
    amp_str_t any_args[2];
} call_t;

#define CALL_KINDS 19u

/* Starts operation `kind`. */
static inline amp_status_t call_start(call_t *call, unsigned kind, amp_client_t *client, void *out)
{
    amp_str_t ref = call->ref;
    amp_str_t more = call->more;
    switch (kind) {
    case 0:
        call->args.generate = (amp_generate_connection_t){.provider = ref,
                                                          .group_ref = ref,
                                                          .consumer_ref = ref,
                                                          .group_name = more,
                                                          .consumer_name = more,
                                                          .provider_workspace_ref = more,
                                                          .metadata = call->list,
                                                          .credential = call->credential};
        return amp_generate_connection_start(client, &call->args.generate, out);
    case 1:
        call->args.get = (amp_get_connection_t){ref, {NULL, 0}};
        return amp_get_connection_start(client, &call->args.get, out);
    case 2:
        call->args.list = (amp_list_connections_t){more, more, more};
        return amp_list_connections_start(client, &call->args.list, out);
    case 3:
        call->args.update = (amp_update_connection_t){.id = ref,
                                                      .provider_workspace_ref = more,
                                                      .metadata = call->list,
                                                      .credential = call->credential};
        return amp_update_connection_start(client, &call->args.update, out);
    case 4:
        call->args.remove = (amp_delete_connection_t){ref};
        return amp_delete_connection_start(client, &call->args.remove, NULL);
    case 5:
        call->args.oauth = (amp_oauth_connect_t){.provider = ref,
                                                 .group_ref = ref,
                                                 .consumer_ref = ref,
                                                 .provider_app_id = more,
                                                 .metadata = call->list};
        return amp_oauth_connect_start(client, &call->args.oauth, out);
    case 6:
        call->args.oauth_update = (amp_oauth_update_t){ref};
        return amp_oauth_update_start(client, &call->args.oauth_update, out);
    case 7:
        memset(&call->args.custom, 0, sizeof call->args.custom);
        call->args.custom.provider = ref;
        call->args.custom.group_ref = ref;
        call->args.custom.consumer_ref = ref;
        call->args.custom.group_name = more;
        call->args.custom.custom_auth = AMP_STR("{\"k\":\"" CALL_SECRET "\"}");
        return amp_custom_auth_connect_start(client, &call->args.custom, out);
    case 8:
        call->args.installations = (amp_list_installations_t){ref, more};
        return amp_list_installations_start(client, &call->args.installations, out);
    case 9:
        call->args.project_installations = (amp_list_installations_for_project_t){more};
        return amp_list_installations_for_project_start(client, &call->args.project_installations, out);
    case 10:
        call->args.installation = (amp_get_installation_t){ref, ref};
        return amp_get_installation_start(client, &call->args.installation, out);
    case 11:
        call->args.update_installation = (amp_update_installation_t){ref, ref, ref};
        return amp_update_installation_start(client, &call->args.update_installation, out);
    case 12:
        call->args.create = (amp_create_installation_t){ref, ref, more, ref, {NULL, 0}};
        return amp_create_installation_start(client, &call->args.create, out);
    case 13:
        call->args.remove_installation = (amp_delete_installation_t){ref, ref};
        return amp_delete_installation_start(client, &call->args.remove_installation, NULL);
    case 14:
        call->args.progress = (amp_get_backfill_progress_t){ref, ref, ref};
        return amp_get_backfill_progress_start(client, &call->args.progress, out);
    case 15:
        call->args.operations = (amp_list_operations_t){ref, ref, call->number};
        return amp_list_operations_start(client, &call->args.operations, out);
    case 16:
        call->args.operation = (amp_get_operation_t){ref};
        return amp_get_operation_start(client, &call->args.operation, out);
    case 17:
        call->args.provider = (amp_get_provider_t){ref};
        return amp_get_provider_start(client, &call->args.provider, out);
    default:
        call->any_args[0] = ref;
        call->any_args[1] = more;
        call->args.any = (amp_request_t){"PUT", "/projects/{p}/x/{}?y={}", call->any_args,
                                         2,     AMP_STR("{\"a\":[1]}"),    &amp_provider_schema,
                                         0};
        return amp_request_start(client, &call->args.any, out);
    }
}

/* Returns the size of the record that `kind` fills. */
static inline size_t call_out_size(unsigned kind)
{
    static const size_t sizes[CALL_KINDS] = {sizeof(amp_connection_t),
                                             sizeof(amp_connection_t),
                                             sizeof(amp_connection_t),
                                             sizeof(amp_connection_t),
                                             0,
                                             0,
                                             0,
                                             sizeof(amp_custom_auth_t),
                                             sizeof(amp_installation_t),
                                             sizeof(amp_installation_t),
                                             sizeof(amp_installation_t),
                                             sizeof(amp_installation_t),
                                             sizeof(amp_installation_t),
                                             0,
                                             sizeof(amp_backfill_progress_t),
                                             sizeof(amp_operations_t),
                                             sizeof(amp_operation_t),
                                             sizeof(amp_provider_t),
                                             sizeof(amp_provider_t)};
    return sizes[kind];
}

static inline int call_gives_url(unsigned kind)
{
    return kind == 5u || kind == 6u;
}

/* Returns 1 for a GET request: the client may repeat it when no response arrived. */
static inline int call_is_safe(unsigned kind)
{
    return kind == 1u || kind == 2u || (kind >= 8u && kind <= 10u) || (kind >= 14u && kind <= 17u);
}

#endif
