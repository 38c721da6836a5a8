/* SPDX-License-Identifier: MIT */
/* Lists a group's connections over TLS. The same code runs on all boards and on a host. */
#include "check.h"

#include <stdio.h>

#if defined(_WIN32)
#include "amp_windows.h"
#define CHECK_ADDRESS amp_windows_address
#else
#include "amp_posix.h"
#define CHECK_ADDRESS amp_posix_address
#endif

/* Reports each check of the doctor, with advice if it fails. */
static void examine(amp_client_t *client, const amp_tls_config_t *trust, const amp_port_t *tls,
                    check_print_fn print_line)
{
    static amp_doctor_t doctor;
    static char line[sizeof doctor.detail + 200u];
    const amp_doctor_args_t args = {.tls = tls,
                                    .clock = trust->clock,
                                    .address = CHECK_ADDRESS,
                                    .address_ctx = trust->under->ctx}; /* amp_posix_t or amp_windows_t */
    amp_status_t status = amp_doctor_start(&doctor, client, &args);
    while (status >= 0 && (status = amp_doctor_next(&doctor)) == AMP_ITEM) {
        snprintf(line, sizeof line, "%s: %s %s%s%s", amp_doctor_check_name(doctor.check),
                 amp_doctor_result_name(doctor.result), doctor.detail,
                 doctor.advice[0] != '\0' ? "; to do: " : "", doctor.advice);
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
                               int with_doctor, check_print_fn print_line)
{
    static amp_tls_storage_t tls_storage;
    static uint8_t work[AMP_WORK_SIZE];
    static amp_problem_t problem;
    static amp_client_t client;
    static char text[AMP_EXPLAIN_SIZE];
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
    if (status == AMP_OK && with_doctor) {
        examine(&client, trust, &tls, print_line);
    }
    status = status == AMP_OK ? list(&client, group, print_line) : status;
    if (status != AMP_END) {
        print_line(amp_explain(&client, &tls, text, sizeof text));
    }
    amp_close(&client);
    amp_tls_free(&tls);
    return status;
}
