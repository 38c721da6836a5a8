/* SPDX-License-Identifier: MIT */
/* The functions in the rows of the table of commands; command_t describes each member. */
#ifndef CLI_STARTS_H
#define CLI_STARTS_H

#include "ampersand/operations.h"
#include "commands.h"

amp_status_t prepare_connection(cli_t *cli);
amp_status_t prepare_connection_update(cli_t *cli);
amp_status_t prepare_connection_delete(cli_t *cli);
amp_status_t prepare_installation_delete(cli_t *cli);
amp_status_t start_connection_get(cli_t *cli, amp_client_t *client, record_t *record);
amp_status_t start_connection_list(cli_t *cli, amp_client_t *client, record_t *record);
amp_status_t start_connection_generate(cli_t *cli, amp_client_t *client, record_t *record);
amp_status_t start_connection_update(cli_t *cli, amp_client_t *client, record_t *record);
amp_status_t start_connection_delete(cli_t *cli, amp_client_t *client, record_t *record);
amp_status_t start_oauth_connect(cli_t *cli, amp_client_t *client, record_t *record);
amp_status_t start_oauth_update(cli_t *cli, amp_client_t *client, record_t *record);

amp_status_t start_installation_list(cli_t *cli, amp_client_t *client, record_t *record);
amp_status_t start_installation_get(cli_t *cli, amp_client_t *client, record_t *record);
amp_status_t start_installation_update(cli_t *cli, amp_client_t *client, record_t *record);
amp_status_t start_installation_create(cli_t *cli, amp_client_t *client, record_t *record);
amp_status_t start_installation_delete(cli_t *cli, amp_client_t *client, record_t *record);
amp_status_t start_operation_list(cli_t *cli, amp_client_t *client, record_t *record);
amp_status_t start_operation_get(cli_t *cli, amp_client_t *client, record_t *record);

/* Fills *args from the options. prepare_connection must have read the metadata. */
void oauth_connect_arguments(const cli_t *cli, amp_oauth_connect_t *args);

amp_status_t run_connect(cli_t *cli);
amp_status_t run_connection_status(cli_t *cli);
amp_status_t run_connection_wait(cli_t *cli);
amp_status_t run_installation_progress(cli_t *cli);
amp_status_t run_doctor(cli_t *cli);
amp_status_t run_decode(cli_t *cli);

/* Returns the value of an option as a string of the library, empty when the option is not set. */
static inline amp_str_t given(const cli_t *cli, option_id_t id)
{
    return amp_str(options_get(&cli->args, id));
}

/* Returns the n-th word after the command, empty when there is none. */
static inline amp_str_t word(const cli_t *cli, unsigned n)
{
    return amp_str(options_positional(&cli->args, n));
}

#endif
