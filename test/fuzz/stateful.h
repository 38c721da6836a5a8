/* SPDX-License-Identifier: MIT */
/* The model of the stateful fuzzer: one client of an application that calls any function at any time. After
 * each call it checks the promises of ampersand.h:
 * - A result is a declared status, and one that the call may return. The first error is sticky.
 * - A change is sent at most once, unless a 401 answers it. It is never reported as safe to repeat.
 * - A call that never waits does not wait, and moves bytes at most twice.
 * - Records are complete or zero. The work buffer is zero between requests. No credential stays in memory.
 * lying_port.h checks the calls of the port, and the memory around each object has canaries. */
#ifndef AMP_FUZZ_STATEFUL_H
#define AMP_FUZZ_STATEFUL_H

#include "calls.h"
#include "guarded.h"
#include "lying_port.h"

#define URL_SIZE 200u
#define MOVES_MAX 2u
#define REFRESH CALL_KINDS /* getConnection with `refresh`: a change */

typedef enum { IN_NOTHING, IN_OPERATION, IN_LOOK, IN_CONNECT, IN_DOCTOR } flow_t;

typedef struct {
    decisions_t *d;
    lying_t port_state;
    amp_port_t port;
    amp_port_t tls; /* zeroed without TLS */
    amp_url_t url;
    amp_config_t config;
    volatile uint8_t cancel;
    unsigned token_lies;
    guarded_t guarded;
    amp_client_t *client;
    uint8_t *work;
    size_t work_size;
    any_record_t *record;
    char *url_text;
    amp_problem_t *problem;
    amp_look_t *look;
    amp_connection_t *best;
    amp_baseline_t *baseline;
    amp_connect_t *connect;
    amp_connect_args_t *connect_args;
    amp_doctor_t *doctor;
    amp_pace_t *pace;
    amp_doctor_args_t doctor_args;
    amp_tenant_t tenant;
    call_t call;

    int is_closed;       /* the client is not usable */
    flow_t flow;         /* the flow that was started last */
    unsigned kind;       /* the kind of operation */
    int has_outputs;     /* outputs of the look: 1 `best`, 2 `baseline`, 3 `best` */
    amp_status_t result; /* result of the flow, once it is over; AMP_PENDING before */
    unsigned items;
} world_t;

static inline uint32_t world_random(void *ctx)
{
    const uint32_t high = decide(ctx, 65536);
    return high << 16 | decide(ctx, 65536);
}

static inline amp_status_t world_token(void *ctx, int renew, amp_str_t *out_token)
{
    static const amp_status_t failures[] = {AMP_ERR_TOKEN, AMP_ERR_NETWORK, AMP_END, AMP_ERR_ARGUMENT};
    world_t *w = ctx;
    MUST(renew == 0 || renew == 1);
    lying_callback(&w->port_state);
    *out_token = AMP_STR(LYING_JWT);
    if (happens(w->d, w->token_lies)) {
        *out_token = decide(w->d, 2) > 0 ? AMP_STR("no\r\ntoken") : (amp_str_t){NULL, 0};
    }
    return happens(w->d, w->token_lies) ? failures[decide(w->d, 4)]
           : happens(w->d, 64)          ? AMP_PENDING
                                        : AMP_OK;
}

/* Sets the arguments of all operations. Some are longer than the work buffer, and some operations do not
 * accept every credential. */
static inline void world_arguments(world_t *w)
{
    static const amp_credential_kind_t *const kinds[] = {
        &amp_credential_api_key,     &amp_credential_api_key,       NULL,
        &amp_credential_basic_auth,  &amp_credential_oauth2_client, &amp_credential_oauth2_password,
        &amp_credential_oauth2_code, &amp_credential_custom_auth};
    static const char spaces[] = "                                                                        ";
    static const amp_str_t scopes[] = {{"a", 1}, {"b", 1}};
    amp_credential_t *credential = &w->call.credential;
    w->call.ref = AMP_STR("r-1");
    w->call.more = decide(w->d, 4) > 0 ? AMP_STR("a b") : (amp_str_t){spaces, decide(w->d, sizeof spaces)};
    w->call.number = 7;
    w->call.metadata[0] = (amp_metadata_t){AMP_STR("k"), w->call.more, {NULL, 0}, {NULL, 0}};
    w->call.metadata[1] = (amp_metadata_t){AMP_STR("l"), AMP_STR("v"), AMP_STR("token"), AMP_STR("d")};
    w->call.list = (amp_metadata_list_t){.kind = &amp_provider_metadata, .pairs = w->call.metadata};
    w->call.list.count = decide(w->d, 3);
    credential->kind = kinds[decide(w->d, 8)];
    credential->api_key = AMP_STR(LYING_SECRET);
    credential->username = credential->client_id = AMP_STR("u");
    credential->password = credential->client_secret = AMP_STR(LYING_SECRET);
    credential->access_token.token = credential->refresh_token.token = AMP_STR(LYING_SECRET);
    credential->scopes = scopes;
    credential->scope_count = decide(w->d, 3);
    credential->custom_auth = AMP_STR("{\"k\":\"" LYING_SECRET "\"}");
}

static inline void world_create(world_t *w)
{
    w->client = guarded_new(&w->guarded, sizeof *w->client);
    w->work_size = AMP_WORK_MIN + decide(w->d, 700);
    w->work = guarded_new(&w->guarded, w->work_size);
    w->record = guarded_new(&w->guarded, sizeof *w->record);
    w->url_text = guarded_new(&w->guarded, URL_SIZE);
    w->problem = guarded_new(&w->guarded, sizeof *w->problem);
    w->look = guarded_new(&w->guarded, sizeof *w->look);
    w->best = guarded_new(&w->guarded, sizeof *w->best);
    w->baseline = guarded_new(&w->guarded, sizeof *w->baseline);
    w->connect = guarded_new(&w->guarded, sizeof *w->connect);
    w->connect_args = guarded_new(&w->guarded, sizeof *w->connect_args);
    w->doctor = guarded_new(&w->guarded, sizeof *w->doctor);
    w->pace = guarded_new(&w->guarded, sizeof *w->pace);
    memset(w->baseline, 0, sizeof *w->baseline);
    memset(w->pace, 0, sizeof *w->pace);
    w->pace->random = world_random;
    w->pace->random_ctx = w->d;
    w->tenant = (amp_tenant_t){AMP_STR("r-1"), AMP_STR("r-1"), AMP_STR("r-1")};
    world_arguments(w);
}

/* Gives the client a configuration, which is sometimes invalid. */
static inline void world_init(world_t *w)
{
    const int is_wrong = happens(w->d, 4);
    lying_t *p = &w->port_state;
    memset(&w->config, 0, sizeof w->config);
    w->url = (amp_url_t){AMP_STR(LYING_HOST), AMP_STR(LYING_AUTHORITY), AMP_STR("/v1"), LYING_NUMBER};
    w->port = lying_port(p);
    w->port.report = decide(w->d, 4) == 3u ? NULL : w->port.report;
    w->port.idle_ms = decide(w->d, 4) == 3u ? NULL : w->port.idle_ms;
    w->config.base_url = &w->url;
    w->config.project = AMP_STR("p-1");
    w->config.port = w->tls.ctx != NULL ? &w->tls : &w->port;
    w->config.timeout_ms = 3000;
    w->config.cancel = decide(w->d, 4) == 3u ? NULL : &w->cancel;
    if (decide(w->d, 2) > 0) {
        w->config.problem = w->problem;
        w->config.problem_schema = &amp_problem_schema;
    }
    if (decide(w->d, 2) > 0) {
        w->config.token = world_token;
        w->config.token_ctx = w;
    } else {
        w->config.api_key = AMP_STR(LYING_KEY);
    }
    w->port.secure = !is_wrong;
    w->config.timeout_ms = is_wrong ? UINT32_MAX : 3000;
    p->client = w->client;
    const amp_status_t status = amp_init(w->client, &w->config, w->work, w->work_size);
    MUST(status == (is_wrong ? AMP_ERR_CONFIG : AMP_OK));
    MUST(amp_client_info(w->client)->status == status);
    w->is_closed = is_wrong;
    w->flow = IN_NOTHING;
    w->result = is_wrong ? AMP_ERR_CONFIG : AMP_ERR_STATE;
}

/* This memory must not contain a credential. */
static inline void must_be_clean(const world_t *w, const void *memory, size_t size)
{
    MUST(!memory_holds(memory, size, LYING_KEY) && !memory_holds(memory, size, LYING_SECRET));
    MUST(!memory_holds(memory, size, LYING_JWT));
    MUST(w->port_state.is_damaged || !memory_holds(memory, size, ANSWER_SECRET));
}

static inline void nothing_must_hold_a_credential(const world_t *w)
{
    must_be_clean(w, w->client, sizeof *w->client);
    must_be_clean(w, w->record, sizeof *w->record);
    must_be_clean(w, w->url_text, URL_SIZE);
    must_be_clean(w, w->look, sizeof *w->look);
    must_be_clean(w, w->best, sizeof *w->best);
    must_be_clean(w, w->connect, sizeof *w->connect);
    must_be_clean(w, w->doctor, sizeof *w->doctor);
    must_be_clean(w, w->problem, sizeof *w->problem);
}

/* Called after a call that may have closed the client from inside a callback. */
static inline void note_close(world_t *w)
{
    if (w->port_state.inside == INSIDE_CLOSE) {
        w->is_closed = 1;
        MUST(amp_step(w->client) == AMP_ERR_STATE && all_zero(w->work, w->work_size));
        MUST(!w->port_state.is_open || w->tls.ctx != NULL);
    }
}

static inline void must_be_text(const char *text, size_t size)
{
    MUST(memchr(text, '\0', size) != NULL);
}

/* The texts of a record are NUL-terminated, and its required members are present. */
static inline void record_must_hold(const amp_schema_t *schema, const void *record)
{
    const uint8_t *bytes = record;
    const uint32_t present = ((const amp_mask_t *)record)->present;
    for (unsigned i = 0; i < schema->count; ++i) {
        const amp_field_t *field = &schema->fields[i];
        if (field->type == AMP_STRING || field->type == AMP_STRING_TRUNC) {
            must_be_text((const char *)bytes + field->offset, field->size);
            MUST((present >> i & 1u) != 0 || bytes[field->offset] == 0);
        }
        MUST((field->flags & AMP_REQUIRED) == 0 || (present >> i & 1u) != 0 ||
             strchr(field->path, '.') != NULL);
    }
}

static inline const amp_schema_t *schema_of(unsigned kind)
{
    static const amp_schema_t *const schemas[CALL_KINDS] = {
        [0] = &amp_connection_schema,         [1] = &amp_connection_schema,
        [2] = &amp_connections_schema,        [3] = &amp_connection_schema,
        [7] = &amp_custom_auth_schema,        [8] = &amp_installations_schema,
        [9] = &amp_installations_schema,      [10] = &amp_installation_schema,
        [11] = &amp_installation_schema,      [12] = &amp_installation_schema,
        [14] = &amp_backfill_progress_schema, [16] = &amp_operation_schema,
        [17] = &amp_provider_schema,          [18] = &amp_provider_schema};
    return kind == REFRESH ? &amp_connection_schema : schemas[kind];
}

static inline fits_t fits_of(unsigned kind)
{
    static const uint8_t fits[CALL_KINDS] = {
        FITS_CONNECTION,   FITS_CONNECTION,   FITS_CONNECTIONS,  FITS_CONNECTION,    FITS_NOTHING,
        FITS_URL,          FITS_URL,          FITS_CUSTOM_AUTH,  FITS_INSTALLATIONS, FITS_INSTALLATIONS,
        FITS_INSTALLATION, FITS_INSTALLATION, FITS_INSTALLATION, FITS_NOTHING,       FITS_PROGRESS,
        FITS_OPERATIONS,   FITS_OPERATION,    FITS_PROVIDER,     FITS_PROVIDER};
    return kind == REFRESH ? FITS_CONNECTION : (fits_t)fits[kind];
}

static inline int is_safe(unsigned kind)
{
    return kind != REFRESH && call_is_safe(kind);
}

static inline size_t out_size(unsigned kind)
{
    return kind == REFRESH ? sizeof(amp_connection_t) : call_out_size(kind);
}

/* A change must not be reported as safe to repeat. */
static inline void outcome_must_be_honest(const world_t *w, amp_status_t status)
{
    const amp_info_t *info = amp_client_info(w->client);
    MUST(info->is_unsafe == !is_safe(w->kind));
    MUST((status == AMP_ERR_UNKNOWN_OUTCOME) == (info->cause != AMP_OK));
    MUST(status != AMP_ERR_UNKNOWN_OUTCOME || !is_safe(w->kind));
    if (!is_safe(w->kind) && w->port_state.unsettled > 0) {
        const amp_class_t class = amp_class_of(status);
        const int is_refused = info->http / 100u == 4u && info->http != 408u;
        MUST(status != AMP_ERR_NOT_API && (is_refused || status != AMP_ERR_HTTP));
        MUST(is_refused || (class != AMP_CLASS_CALLER && class != AMP_CLASS_NETWORK));
        MUST(info->http >= 200u || status == AMP_ERR_UNKNOWN_OUTCOME);
    }
}

static inline void operation_must_be_over(const world_t *w, amp_status_t status)
{
    if (w->is_closed) {
        return;
    }
    const amp_info_t *info = amp_client_info(w->client);
    MUST(info->status == status && all_zero(w->work, w->work_size));
    must_be_text(info->note, sizeof info->note);
    must_be_text(info->date, sizeof info->date);
    must_be_text(info->retry_at, sizeof info->retry_at);
    if (status < 0) {
        MUST(call_gives_url(w->kind) ? w->record->url.len == 0 && all_zero(w->url_text, 1)
                                     : all_zero(w->record, out_size(w->kind)));
        outcome_must_be_honest(w, status);
    } else if (call_gives_url(w->kind)) {
        MUST(strlen(w->url_text) == w->record->url.len && strncmp(w->url_text, "https://", 8) == 0);
    }
    MUST(amp_client_problem(w->client) == NULL || (status < 0 && info->http >= 400u));
    MUST(w->tls.ctx == NULL || (status < 0 && info->connects == 0));
}

static inline void look_must_be_over(const world_t *w, amp_status_t status)
{
    const amp_connection_t *best = w->has_outputs == 2 ? NULL : w->best;
    if (status < 0) {
        MUST(w->look->count == 0 && (best == NULL || all_zero(best, sizeof *best)));
        MUST(w->has_outputs != 2 || all_zero(w->baseline, sizeof *w->baseline));
        MUST(status != AMP_ERR_UNKNOWN_OUTCOME);
    } else if (best != NULL) {
        MUST((w->look->count > 0) == (best->id[0] != '\0'));
        MUST(best->id[0] == '\0' ||
             (strcmp(best->provider, "r-1") == 0 && strcmp(best->group_ref, "r-1") == 0 &&
              strcmp(best->consumer_ref, "r-1") == 0));
    }
}

static inline void connect_must_be_over(const world_t *w, amp_status_t status)
{
    const amp_connection_t *out = w->connect_args->out;
    MUST(w->connect->state >= AMP_CONNECT_CONNECTED && amp_connect_idle_ms(w->connect) == AMP_NEVER_MS);
    if (status < 0) {
        MUST(w->connect->state == AMP_CONNECT_FAILED && all_zero(out, sizeof *out));
    } else if (w->connect->state == AMP_CONNECT_EXPIRED) {
        MUST(all_zero(out, sizeof *out));
    } else {
        MUST(strcmp(out->provider, "r-1") == 0 && strcmp(out->consumer_ref, "r-1") == 0 &&
             out->id[0] != '\0');
    }
}

static inline void flow_must_be_over(world_t *w, amp_status_t status)
{
    w->result = status;
    if (w->flow == IN_OPERATION) {
        operation_must_be_over(w, status);
    } else if (w->flow == IN_LOOK) {
        look_must_be_over(w, status);
    } else if (w->flow == IN_CONNECT) {
        connect_must_be_over(w, status);
    } else {
        MUST(amp_doctor_idle_ms(w->doctor) == AMP_NEVER_MS);
    }
    nothing_must_hold_a_credential(w);
    if (w->is_closed && (w->flow == IN_OPERATION || w->flow == IN_LOOK)) {
        w->result = AMP_ERR_STATE;
    }
}

static inline void item_must_hold(const world_t *w)
{
    if (w->flow == IN_OPERATION && schema_of(w->kind) != NULL && !call_gives_url(w->kind)) {
        record_must_hold(schema_of(w->kind), w->record);
    } else if (w->flow == IN_OPERATION && w->kind == 15u) {
        record_must_hold(&amp_operation_schema, &w->record->operations.operation);
    } else if (w->flow == IN_CONNECT) {
        MUST(w->items == 1u && strncmp(w->url_text, "https://", 8) == 0);
        MUST(w->connect->state == AMP_CONNECT_WAITING);
    } else if (w->flow == IN_DOCTOR) {
        MUST(w->items <= AMP_DOCTOR_COUNT_ && (unsigned)w->doctor->check == w->items - 1u);
        MUST(w->doctor->result < AMP_DOCTOR_RESULT_COUNT_ && w->doctor->advice != NULL);
        must_be_text(w->doctor->detail, sizeof w->doctor->detail);
    } else {
        MUST(w->flow == IN_OPERATION);
    }
}

/* Checks the result of a step of the flow, or of a function that waits for its next result. */
static inline void result_must_hold(world_t *w, amp_status_t status)
{
    MUST(status == AMP_PENDING || status == AMP_ITEM || status == AMP_END || status < 0);
    MUST(strcmp(amp_status_name(status), "unknown") != 0);
    note_close(w);
    if (w->result != AMP_PENDING) {
        MUST(status == w->result); /* the first error is sticky, and so is the end */
        return;
    }
    w->items += status == AMP_ITEM;
    if (status == AMP_ITEM) {
        item_must_hold(w);
    } else if (status == AMP_END || status < 0) {
        flow_must_be_over(w, status);
    }
}

#endif
