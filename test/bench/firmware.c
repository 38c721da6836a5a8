/* SPDX-License-Identifier: MIT */
/* The smallest firmware that gets, lists and generates a connection, over a port that does nothing. It is
 * linked, not run. It contains no string literals, so all literals in the image belong to the library. With
 * FIRMWARE_KEEPS_PROBLEM it also reads the problem document of an error response. */
#include "ampersand/ampersand.h"

static int open_none(void *ctx, const char *host, uint16_t port)
{
    (void)ctx, (void)host, (void)port;
    return 1;
}

static int send_none(void *ctx, const uint8_t *data, size_t len)
{
    (void)ctx, (void)data;
    return (int)len;
}

static int recv_none(void *ctx, uint8_t *data, size_t len)
{
    (void)ctx, (void)data, (void)len;
    return AMP_ERR_ABORTED;
}

static void close_none(void *ctx)
{
    (void)ctx;
}

static uint32_t now_ms(void *ctx)
{
    (void)ctx;
    return 0;
}

static void wait_none(void *ctx, unsigned wanted, uint32_t ms)
{
    (void)ctx, (void)wanted, (void)ms;
}

static const amp_port_t port = {
    .open = open_none,
    .send = send_none,
    .recv = recv_none,
    .close = close_none,
    .now_ms = now_ms,
    .wait = wait_none,
    .secure = 1,
};

/* These belong to the application: the value that it displays, and the texts in its flash. */
extern volatile int application_result;
volatile int application_result;

static const char name[] = {'p', 'u', 'm', 'p'};
static const amp_str_t text = {name, sizeof name};

static amp_client_t client;
static amp_connection_t connection;
#if defined(FIRMWARE_KEEPS_PROBLEM)
static amp_problem_t problem;
#endif
static uint8_t work[AMP_WORK_SIZE];

static amp_status_t get(void)
{
    const amp_get_connection_t args = {.id = text};
    return amp_get_connection(&client, &args, &connection);
}

static amp_status_t list(void)
{
    const amp_list_connections_t args = {.group_ref = text};
    amp_status_t status = amp_list_connections_start(&client, &args, &connection);
    if (status == AMP_OK) {
        do {
            status = amp_next(&client);
        } while (status == AMP_ITEM);
    }
    return status;
}

static amp_status_t generate(void)
{
    const amp_generate_connection_t args = {
        .provider = text,
        .group_ref = text,
        .consumer_ref = text,
        .credential = {.kind = &amp_credential_api_key, .api_key = text},
    };
    return amp_generate_connection(&client, &args, &connection);
}

int main(void)
{
    static const amp_config_t config = {
        .project = text,
        .api_key = text,
        .port = &port,
#if defined(FIRMWARE_KEEPS_PROBLEM)
        .problem = &problem,
        .problem_schema = &amp_problem_schema,
#endif
    };
    application_result = amp_init(&client, &config, work, sizeof work);
    for (;;) {
        application_result = get();
        application_result = list();
        application_result = generate();
        application_result = amp_client_problem(&client) != NULL || amp_client_info(&client)->http != 0;
        amp_reset(&client);
        amp_close(&client);
    }
}
