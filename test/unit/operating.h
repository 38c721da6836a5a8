/* SPDX-License-Identifier: MIT */
/* The table of all operations: valid arguments, the request that must be sent, and a valid response. */
#ifndef AMP_TEST_OPERATING_H
#define AMP_TEST_OPERATING_H

#include "../any_record.h"
#include "fixture.h"

#define INSTALLATION                                                                                         \
    "{\"id\":\"n-1\",\"projectId\":\"p-1\",\"integrationId\":\"i-1\",\"healthStatus\":\"healthy\","          \
    "\"createTime\":\"2023-07-13T21:34:44Z\",\"createdBy\":\"x\",\"connection\":" CONNECTION(                \
        "c-1") ","                                                                                           \
               "\"config\":{\"id\":\"k\",\"revisionId\":\"l\",\"createTime\":\"2023-07-13T21:34:44Z\","      \
               "\"createdBy\":\"y\",\"content\":{\"a\":[1]}}}"
#define OPERATION(id)                                                                                        \
    "{\"id\":\"" id "\",\"projectId\":\"p-1\",\"integrationId\":\"i-1\",\"configId\":\"k\","                 \
    "\"installationId\":\"n-1\",\"actionType\":\"read\",\"status\":\"success\"}"
#define PROGRESS                                                                                             \
    "{\"installationId\":\"n-1\",\"objectName\":\"o\",\"operationId\":\"q\",\"recordsProcessed\":7}"
#define URL_TEXT "https://login.example/start?state=ab-5ecret"

/* The record or URL that an operation receives. */
typedef struct {
    any_record_t as;
    char url[128];
} received_t;

static received_t received;

static inline void received_init(int is_url)
{
    memset(&received, 0xee, sizeof received);
    if (is_url) {
        received.as.url.ptr = received.url;
        received.as.url.size = sizeof received.url;
    }
}

typedef struct {
    amp_status_t (*start)(amp_client_t *client, received_t *out);
    const char *line; /* method and target */
    const char *body; /* or NULL */
    const char *status;
    const char *type;
    const char *answer;
    size_t size; /* size of the record; 0: a URL, or no record */
} operation_t;

/* Defines a function that starts the operation with static arguments. */
#define STARTS(name, member, ...)                                                                            \
    static amp_status_t start_##name(amp_client_t *client, received_t *out)                                  \
    {                                                                                                        \
        static const amp_##name##_t args = {__VA_ARGS__};                                                    \
        (void)out;                                                                                           \
        return amp_##name##_start(client, &args, member);                                                    \
    }
#define VIEW(text)                                                                                           \
    {                                                                                                        \
        text, sizeof text - 1u                                                                               \
    }

static amp_status_t start_generate_connection(amp_client_t *client, received_t *out)
{
    static amp_generate_connection_t args;
    args = generate_args();
    return amp_generate_connection_start(client, &args, &out->as.connection);
}

static amp_status_t start_update_connection(amp_client_t *client, received_t *out)
{
    static amp_update_connection_t args;
    args.id = AMP_STR("c/1");
    args.provider_workspace_ref = AMP_STR("w");
    args.credential = generate_args().credential;
    return amp_update_connection_start(client, &args, &out->as.connection);
}

STARTS(get_connection, &out->as.connection, VIEW("c-1"), {NULL, 0})
STARTS(list_connections, &out->as.connection, VIEW("salesforce"), VIEW("g 1"), {NULL, 0})
STARTS(delete_connection, NULL, VIEW("c-1"))
STARTS(oauth_connect, &out->as.url, VIEW("salesforce"), VIEW("g-1"), VIEW("r-1"), {NULL, 0}, {NULL, 0},
       {NULL, 0}, VIEW("app"), {NULL, NULL, 0})
STARTS(oauth_update, &out->as.url, VIEW("c-1"))
STARTS(custom_auth_connect, &out->as.custom_auth, VIEW("own"), VIEW("g-1"), VIEW("r-1"), {NULL, 0}, {NULL, 0},
       {NULL, 0}, {NULL, 0}, {NULL, NULL, 0}, VIEW("{\"k\":\"cred-5ecret\"}"), {NULL, 0})
STARTS(list_installations, &out->as.installation, VIEW("i-1"), VIEW("g-1"))
STARTS(list_installations_for_project, &out->as.installation, {NULL, 0})
STARTS(get_installation, &out->as.installation, VIEW("i-1"), VIEW("n-1"))
STARTS(update_installation, &out->as.installation, VIEW("i-1"), VIEW("n-1"), VIEW("c\"2"))
STARTS(create_installation, &out->as.installation, VIEW("i-1"), VIEW("g-1"), VIEW("c-1"), VIEW("salesforce"),
       {NULL, 0})
STARTS(delete_installation, NULL, VIEW("i-1"), VIEW("n-1"))
STARTS(get_backfill_progress, &out->as.progress, VIEW("i-1"), VIEW("n-1"), VIEW("a b"))
STARTS(list_operations, &out->as.operations, VIEW("i-1"), VIEW("n-1"), 50)
STARTS(get_operation, &out->as.operation, VIEW("q-1"))
STARTS(get_provider, &out->as.provider, VIEW("salesforce"))

static amp_status_t start_any(amp_client_t *client, received_t *out)
{
    static const amp_str_t args[] = {VIEW("x/y"), VIEW("..")};
    static const amp_request_t request = {
        "PUT", "/projects/{p}/a/{}?b={}", args, 2, VIEW("{\"z\":1}"), &amp_provider_schema, 0};
    return amp_request_start(client, &request, &out->as.provider);
}

#define IN_PROJECT "/v1/projects/p-1"
#define IN_INTEGRATION IN_PROJECT "/integrations/i-1/installations"
#define RECORD(member) sizeof received.as.member
#define MAKES(object) "201 Created", JSON_TYPE, object
#define SHOWS(object) "200 OK", JSON_TYPE, object
#define SAYS_URL "200 OK", "Content-Type: text/plain; charset=utf-8\r\n", URL_TEXT
#define SAYS_NOTHING "204 No Content", "", ""

static const operation_t operations[] = {
    {start_generate_connection, "POST " IN_PROJECT "/connections:generate",
     "{\"groupRef\":\"g-1\",\"consumerRef\":\"c-1\",\"provider\":\"salesforce\",\"apiKey\":\"cred-5ecret\"}",
     MAKES(CONNECTION("c-1")), RECORD(connection)},
    {start_get_connection, "GET " IN_PROJECT "/connections/c-1", NULL, SHOWS(CONNECTION("c-1")),
     RECORD(connection)},
    {start_list_connections, "GET " IN_PROJECT "/connections?provider=salesforce&groupRef=g%201", NULL,
     SHOWS("[" CONNECTION("c-1") "," CONNECTION("c-2") "]"), RECORD(connection)},
    {start_update_connection, "PATCH " IN_PROJECT "/connections/c%2F1",
     "{\"updateMask\":[\"providerWorkspaceRef\",\"apiKey\"],\"connection\":{\"providerWorkspaceRef\":\"w\","
     "\"apiKey\":\"cred-5ecret\"}}",
     SHOWS(CONNECTION("c/1")), RECORD(connection)},
    {start_delete_connection, "DELETE " IN_PROJECT "/connections/c-1", NULL, SAYS_NOTHING, 0},
    {start_oauth_connect, "POST /v1/oauth-connect",
     "{\"projectIdOrName\":\"p-1\",\"provider\":\"salesforce\",\"groupRef\":\"g-1\",\"consumerRef\":\"r-1\","
     "\"providerAppId\":\"app\"}",
     SAYS_URL, 0},
    {start_oauth_update, "PATCH " IN_PROJECT "/connections/c-1:oauth-update", NULL, SAYS_URL, 0},
    {start_custom_auth_connect, "POST /v1/custom-auth/connect",
     "{\"projectIdOrName\":\"p-1\",\"provider\":\"own\",\"groupRef\":\"g-1\",\"consumerRef\":\"r-1\","
     "\"customAuth\":{\"k\":\"cred-5ecret\"}}",
     SHOWS("{\"redirect\":{\"url\":\"https://h.example/\",\"sessionId\":\"s\"}}"), RECORD(custom_auth)},
    {start_list_installations, "GET " IN_INTEGRATION "?groupRef=g-1", NULL,
     SHOWS("[" INSTALLATION "," INSTALLATION "]"), RECORD(installation)},
    {start_list_installations_for_project, "GET " IN_PROJECT "/installations", NULL,
     SHOWS("[" INSTALLATION "]"), RECORD(installation)},
    {start_get_installation, "GET " IN_INTEGRATION "/n-1", NULL, SHOWS(INSTALLATION), RECORD(installation)},
    {start_update_installation, "PATCH " IN_INTEGRATION "/n-1",
     "{\"updateMask\":[\"connectionId\"],\"installation\":{\"connectionId\":\"c\\\"2\"}}",
     SHOWS(INSTALLATION), RECORD(installation)},
    {start_create_installation, "POST " IN_INTEGRATION,
     "{\"groupRef\":\"g-1\",\"connectionId\":\"c-1\",\"config\":{\"content\":{\"provider\":\"salesforce\"}}}",
     MAKES(INSTALLATION), RECORD(installation)},
    {start_delete_installation, "DELETE " IN_INTEGRATION "/n-1", NULL, SAYS_NOTHING, 0},
    {start_get_backfill_progress, "GET " IN_INTEGRATION "/n-1/objects/a%20b/backfill-progress", NULL,
     SHOWS(PROGRESS), RECORD(progress)},
    {start_list_operations, "GET " IN_INTEGRATION "/n-1/operations?pageSize=50", NULL,
     SHOWS("{\"results\":[" OPERATION("q-1") "],\"pagination\":{\"done\":true}}"), RECORD(operations)},
    {start_get_operation, "GET " IN_PROJECT "/operations/q-1", NULL, SHOWS(OPERATION("q-1")),
     RECORD(operation)},
    {start_get_provider, "GET /v1/providers/salesforce", NULL,
     SHOWS("{\"name\":\"salesforce\",\"authType\":\"oauth2\"}"), RECORD(provider)},
    {start_any, "PUT " IN_PROJECT "/a/x%2Fy?b=..", "{\"z\":1}",
     SHOWS("{\"name\":\"n\",\"authType\":\"none\"}"), RECORD(provider)},
};

static inline int operation_gives_url(const operation_t *operation)
{
    return operation->answer[0] == 'h';
}

static inline int operation_is_safe(const operation_t *operation)
{
    return operation->line[0] == 'G';
}

static inline int operation_deletes(const operation_t *operation)
{
    return operation->line[0] == 'D';
}

static inline memory_answer_t operation_answer(unsigned slot, const operation_t *operation)
{
    static char nothing[] = "HTTP/1.1 204 No Content\r\nDate: x\r\n\r\n";
    if (operation->status[2] == '4') {
        const memory_answer_t empty = {nothing, sizeof nothing - 1u, 0, 0};
        return empty;
    }
    return answer_with(slot, operation->status, operation->type, operation->answer);
}

/* Runs the operation to its end. Returns AMP_OK, or the error. */
static inline amp_status_t operation_run(const operation_t *operation, amp_client_t *client)
{
    received_init(operation_gives_url(operation));
    amp_status_t status = operation->start(client, &received);
    return status == AMP_OK ? amp_run(client) : status;
}

/* Checks that after an error the output holds no byte of a response. */
static inline void operation_left_nothing(const operation_t *operation)
{
    if (operation_gives_url(operation)) {
        assert_int_equal(received.as.url.len, 0);
        assert_true(is_zero(received.url, sizeof received.url));
    } else {
        assert_true(is_zero(&received, operation->size));
    }
}

#endif
