/* SPDX-License-Identifier: MIT */
/* How to test firmware on a host: reads a recorded answer of the service as the board does. */
#include <stdio.h>
#include <string.h>

#include "ampersand/ampersand.h"

static const char answer[] =
    "[{\"id\":\"c1\",\"projectId\":\"p1\",\"provider\":\"salesforce\",\"status\":\"bad_credentials\","
    "\"group\":{\"groupRef\":\"acme\",\"groupName\":\"Acme\"},"
    "\"consumer\":{\"consumerRef\":\"ada\",\"consumerName\":\"Ada\"},"
    "\"createTime\":\"2023-07-13T21:34:44Z\",\"authScheme\":\"apiKey\"}]";

static void check(const char *name, int is_right)
{
    printf("%s %s\n", is_right ? "ok" : "not ok", name);
}

int main(void)
{
    static amp_reader_t reader;
    static amp_connection_t connection;
    static uint8_t window[256];
    size_t used = 0;
    amp_status_t status =
        amp_reader_init(&reader, &amp_connections_schema, &connection, window, sizeof window);
    check("the reader is initialized", status == AMP_OK);
    status = amp_reader_feed(&reader, answer, sizeof answer - 1u, &used);
    check("a connection is read", status == AMP_ITEM && strcmp(connection.id, "c1") == 0);
    check("its status is read", strcmp(connection.status, "bad_credentials") == 0);
    check("its workspace is absent", !AMP_HAS(&connection, AMP_CONNECTION_PROVIDER_WORKSPACE_REF));
    status = amp_reader_feed(&reader, answer + used, sizeof answer - 1u - used, &used);
    check("the list ends after it", status == AMP_PENDING && amp_reader_end(&reader) == AMP_END);
    puts("end"); /* failures have their own lines: a nonzero status would look like a crash */
    return 0;
}
