/* SPDX-License-Identifier: MIT */
/* Lists a group's connections over TLS. The same code runs on all boards and on a host. */
#include "check.h"

#include <stdio.h>
#include <stdlib.h>

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
    /* The size depends on mbedTLS and is known only at run time. The memory is allocated once and never
     * freed. */
    static void *tls_state;
    static uint8_t work[AMP_WORK_SIZE];
    static amp_problem_t problem;
    static amp_client_t client;
    static char text[AMP_EXPLAIN_SIZE];
    amp_port_t tls;
    amp_status_t status = AMP_ERR_MEMORY;
    if (tls_state == NULL) {
        tls_state = malloc(amp_tls_storage_size());
    }
    if (tls_state != NULL) {
        status = amp_tls_init(tls_state, amp_tls_storage_size(), trust, &tls);
    }
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
        print_line(amp_explain(&client, &tls, text, sizeof text));
    }
    amp_close(&client);
    amp_tls_free(&tls);
    return status;
}
