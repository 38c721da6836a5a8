/* SPDX-License-Identifier: MIT */
/* Writes requests with any texts as arguments. Each is refused, or is well formed and independent of the size
 * of the work buffer. */
#include "calls.h"

#include "base/utf8.h"
#include "client/exchange.h"
#include "json/automaton.h"

#define SENT_MAX 65536u

typedef struct {
    uint8_t bytes[SENT_MAX + 1u];
    size_t len;
    amp_status_t status;
    char field[48];
} sent_t;

static int no_open(void *ctx, const char *host, uint16_t port)
{
    (void)ctx;
    (void)host;
    (void)port;
    return AMP_ERR_CONNECT;
}

static void no_close(void *ctx)
{
    (void)ctx;
}

static uint32_t no_time(void *ctx)
{
    (void)ctx;
    return 0;
}

static void write_request(call_t *call, unsigned kind, const amp_config_t *config, size_t work_size,
                          sent_t *sent)
{
    amp_client_t client;
    any_record_t out;
    char url[64];
    int was_last;
    uint8_t *work = malloc(work_size);
    MUST(work != NULL);
    memset(&out, 0, sizeof out);
    out.url.ptr = url;
    out.url.size = call_gives_url(kind) ? sizeof url : 0;
    sent->len = 0;
    sent->field[0] = '\0';
    MUST(amp_init(&client, config, work, work_size) == AMP_OK);
    MUST(call_start(call, kind, &client, &out) == AMP_OK);
    do {
        const uint8_t *data;
        size_t len;
        sent->status = amp__tx_buf(&client, &data, &len);
        if (sent->status != AMP_OK) {
            break;
        }
        MUST(len > 0 && data >= work && data + len <= work + work_size && sent->len + len <= SENT_MAX);
        memcpy(sent->bytes + sent->len, data, len);
        sent->len += len;
        was_last = amp__tx_ack(&client, len);
    } while (!was_last);
    if (sent->status != AMP_OK) {
        MUST(sent->status == AMP_ERR_ARGUMENT && sent->len == 0 && amp_client_info(&client)->field != NULL);
        snprintf(sent->field, sizeof sent->field, "%s", amp_client_info(&client)->field);
    }
    amp_close(&client);
    MUST(all_zero(work, work_size));
    free(work);
}

/* The caller's JSON may use the full nesting depth. Then no level is left for the objects around it. */
static int is_object(amp_str_t body)
{
    unsigned opened = 0;
    for (size_t i = 0; i < body.len; ++i) {
        opened += body.ptr[i] == '{' || body.ptr[i] == '[';
    }
    return amp__json_is_object(body) || opened > AMP_JSON_DEPTH;
}

/* Checks the request. Its head consists of lines of printable ASCII that end in CR LF, with one credential.
 * Its body has the announced length. */
static void request_must_hold(const sent_t *sent, unsigned kind)
{
    const char *text = (const char *)sent->bytes;
    const char *end = strstr(text, "\r\n\r\n");
    MUST(end != NULL);
    unsigned spaces = 0;
    unsigned keys = 0;
    unsigned hosts = 0;
    for (const char *p = text; p < end; ++p) {
        MUST((*p >= ' ' && *p <= '~') || (p[0] == '\r' && p[1] == '\n') || (p[0] == '\n' && p[-1] == '\r'));
    }
    for (const char *p = text; *p != '\r'; ++p) {
        spaces += *p == ' ';
    }
    for (const char *p = text; p < end; ++p) {
        keys += strncmp(p, "\r\nX-Api-Key: ", 13) == 0;
        hosts += strncmp(p, "\r\nHost: ", 8) == 0;
    }
    MUST(spaces == 2u && hosts == 1u && keys == (kind != 17u));
    const char *length = strstr(text, "\r\nContent-Length: ");
    size_t body_len = length != NULL && length < end ? strtoul(length + 18, NULL, 10) : 0;
    amp_str_t body = {end + 4, sent->len - (size_t)(end + 4 - text)};
    MUST(body.len == body_len);
    MUST(body.len == 0 || (is_object(body) && amp__utf8_valid(&body)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static sent_t sent;
    static sent_t again;
    static const amp_credential_kind_t *const kinds[] = {
        &amp_credential_api_key,         &amp_credential_basic_auth,  &amp_credential_oauth2_client,
        &amp_credential_oauth2_password, &amp_credential_oauth2_code, &amp_credential_custom_auth};
    const amp_port_t port = {NULL, no_open, NULL, NULL, no_close, no_time, NULL, NULL, 1, NULL};
    amp_config_t config = {.api_key = AMP_STR(CALL_KEY), .project = AMP_STR("p-1"), .port = &port};
    input_t input = {data, size};
    call_t call;
    memset(&call, 0, sizeof call);
    unsigned kind = take(&input) % CALL_KINDS;
    size_t work_size = AMP_WORK_MIN + take_two(&input) % 2048u;
    call.number = take_two(&input);
    unsigned which = take(&input);
    size_t ref_len = take(&input);
    ref_len = ref_len < input.left ? ref_len : input.left;
    const char *ref = copy_of(input.at, ref_len);
    const char *more = copy_of(input.at + ref_len, input.left - ref_len);
    call.ref = (amp_str_t){ref, ref_len};
    call.more = (amp_str_t){more, input.left - ref_len < 1024u ? input.left - ref_len : 1024u};
    call.metadata[0] = (amp_metadata_t){.key = call.ref, .value = call.more};
    call.metadata[1] = (amp_metadata_t){.key = call.more, .value = call.ref, .display_name = call.more};
    call.list = (amp_metadata_list_t){&amp_provider_metadata, call.metadata, which % 3u};
    call.credential.kind = kinds[which / 3u % 6u];
    call.credential.api_key = call.more;
    call.credential.username = call.ref;
    call.credential.password = call.more;
    call.credential.client_id = call.more;
    call.credential.client_secret = call.ref;
    call.credential.scopes = &call.more;
    call.credential.scope_count = which & 1u;
    call.credential.access_token.token = call.more;
    call.credential.refresh_token.token = call.ref;
    call.credential.custom_auth = call.more;
    config.project = which & 128u ? call.ref : config.project;
    write_request(&call, kind, &config, work_size, &sent);
    write_request(&call, kind, &config, AMP_WORK_MIN, &again);
    sent.bytes[sent.len] = '\0';
    MUST(sent.status == again.status && sent.len == again.len && strcmp(sent.field, again.field) == 0);
    MUST(memcmp(sent.bytes, again.bytes, sent.len) == 0);
    if (sent.status == AMP_OK) {
        request_must_hold(&sent, kind);
    }
    free((void *)ref);
    free((void *)more);
    return 0;
}
