/* SPDX-License-Identifier: MIT */
/* The commands on installations and their operations. */
#include "starts.h"

amp_status_t start_installation_list(cli_t *cli, amp_client_t *client, record_t *record)
{
    static amp_list_installations_t of_one;
    static amp_list_installations_for_project_t of_all;
    of_one.integration_id = word(cli, 0);
    of_one.group_ref = given(cli, OPT_GROUP);
    of_all.group_ref = of_one.group_ref;
    return of_one.integration_id.len > 0
               ? amp_list_installations_start(client, &of_one, &record->installation)
               : amp_list_installations_for_project_start(client, &of_all, &record->installation);
}

amp_status_t start_installation_get(cli_t *cli, amp_client_t *client, record_t *record)
{
    static amp_get_installation_t args;
    args.integration_id = word(cli, 0);
    args.installation_id = word(cli, 1);
    return amp_get_installation_start(client, &args, &record->installation);
}

amp_status_t start_installation_update(cli_t *cli, amp_client_t *client, record_t *record)
{
    static amp_update_installation_t args;
    args.integration_id = word(cli, 0);
    args.installation_id = word(cli, 1);
    args.connection_id = given(cli, OPT_CONNECTION);
    return amp_update_installation_start(client, &args, &record->installation);
}

amp_status_t start_installation_delete(cli_t *cli, amp_client_t *client, record_t *record)
{
    static amp_delete_installation_t args;
    args.integration_id = word(cli, 0);
    args.installation_id = word(cli, 1);
    view_set_deleted(&record->deleted, options_positional(&cli->args, 1));
    return amp_delete_installation_start(client, &args, NULL);
}

amp_status_t start_operation_list(cli_t *cli, amp_client_t *client, record_t *record)
{
    static amp_list_operations_t args;
    args.integration_id = word(cli, 0);
    args.installation_id = word(cli, 1);
    return amp_list_operations_start(client, &args, &record->operations);
}

amp_status_t start_operation_get(cli_t *cli, amp_client_t *client, record_t *record)
{
    static amp_get_operation_t args;
    args.id = word(cli, 0);
    return amp_get_operation_start(client, &args, &record->operation);
}
