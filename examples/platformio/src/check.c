/* SPDX-License-Identifier: MIT */
/* Lists a group's connections over TLS. The same code runs on all boards and on a host. */
#include "check.h"

#include <stdio.h>

static void print_failure(const amp_client_t *client, amp_status_t status, check_print_fn print_line)
{
    char line[200];
    const amp_info_t *info = amp_client_info(client);
    const amp_problem_t *problem = amp_client_problem(client);
    snprintf(line, sizeof line, "%s: %s (stage %s, field %s, code %ld)", amp_status_name(status),
             amp_status_text(status), amp_stage_name(info->stage), info->field != NULL ? info->field : "none",
             (long)info->code);
    print_line(line);
    if (problem != NULL) {
        snprintf(line, sizeof line, "the service says: %s", problem->detail);
        print_line(line);
    }
}

static amp_status_t list(amp_client_t *client, const char *group, check_print_fn print_line)
{
    static amp_connection_t connection;
    const amp_list_connections_t args = {.group_ref = amp_str(group)};
    char line[sizeof connection.id + sizeof connection.provider + sizeof connection.status + 8u];
    amp_status_t status = amp_list_connections_start(client, &args, &connection);
    while (status >= 0 && (status = amp_next(client)) == AMP_ITEM) {
        snprintf(line, sizeof line, "%s %s is %s", connection.provider, connection.id, connection.status);
        print_line(line);
    }
    return status;
}

amp_status_t check_connections(const amp_tls_config_t *trust, amp_config_t *config, const char *group,
                               check_print_fn print_line)
{
    static amp_tls_storage_t tls_storage;
    static uint8_t work[AMP_WORK_SIZE];
    static amp_problem_t problem;
    static amp_client_t client;
    amp_port_t tls;
    amp_status_t status = amp_tls_init(&tls_storage, sizeof tls_storage, trust, &tls);
    if (status != AMP_OK) {
        print_line(amp_status_text(status));
        return status;
    }
    config->port = &tls;
    config->problem = &problem;
    config->problem_schema = &amp_problem_schema;
    status = amp_init(&client, config, work, sizeof work);
    status = status == AMP_OK ? list(&client, group, print_line) : status;
    if (status != AMP_END) {
        print_failure(&client, status, print_line);
    }
    amp_close(&client);
    amp_tls_free(&tls);
    return status;
}
