/* SPDX-License-Identifier: MIT */
/* The calls that the application of the stateful fuzzer makes. */
#ifndef AMP_FUZZ_STATEFUL_CALLS_H
#define AMP_FUZZ_STATEFUL_CALLS_H

#include "client/client_private.h"
#include "stateful.h"

/* The longest timeout_ms of a request. */
#define TIMEOUT_MAX_MS 6000u

static inline void begin_call(world_t *w, int must_not_wait)
{
    w->port_state.longest_wait_ms = w->flow == IN_CONNECT ? AMP_PACE_DAY_MS : TIMEOUT_MAX_MS;
    w->port_state.must_not_wait = must_not_wait;
    w->port_state.moves = 0;
    w->port_state.inside = INSIDE_NOTHING;
}

/* A start must succeed when no request is in progress, and must have no effect otherwise. */
static inline int start_must_hold(const world_t *w, amp_status_t status, unsigned phase, amp_status_t before)
{
    const int can_start = phase == AMP_PHASE_IDLE || phase == AMP_PHASE_OVER;
    MUST(status == (can_start ? AMP_OK : before < 0 ? before : AMP_ERR_STATE));
    MUST(can_start || w->client->phase == phase);
    return can_start;
}

static inline amp_status_t start_operation(world_t *w)
{
    static const amp_get_connection_t refresh = {{"r-1", 3}, {"force", 5}};
    const unsigned kind = decide(w->d, CALL_KINDS + 1u);
    const unsigned phase = w->client->phase;
    const amp_status_t before = amp_client_info(w->client)->status;
    call_t spare = w->call; /* the arguments of a request in progress must not change */
    call_t *call = &spare;
    if (phase == AMP_PHASE_IDLE || phase == AMP_PHASE_OVER) {
        call = &w->call;
        memset(w->record, 0xa5, sizeof *w->record);
        memset(w->url_text, 0xa5, URL_SIZE);
        w->record->url.ptr = call_gives_url(kind) ? w->url_text : w->record->url.ptr;
        w->record->url.size = call_gives_url(kind) ? URL_SIZE : w->record->url.size;
        w->kind = kind;
        w->flow = IN_OPERATION;
        lying_begin(&w->port_state, fits_of(kind), !is_safe(kind));
    }
    const amp_status_t status = kind == REFRESH
                                    ? amp_get_connection_start(w->client, &refresh, &w->record->connection)
                                    : call_start(call, kind, w->client, w->record);
    w->result = start_must_hold(w, status, phase, before) ? AMP_PENDING : w->result;
    return status;
}

static inline void start_look(world_t *w)
{
    const unsigned phase = w->client->phase;
    const amp_status_t before = amp_client_info(w->client)->status;
    const unsigned which = decide(w->d, 3);
    amp_status_t status;
    lying_begin(&w->port_state, FITS_CONNECTIONS, 0);
    w->flow = IN_LOOK;
    w->has_outputs = (int)which + 1;
    if (which == 0) {
        status = amp_connection_status_start(w->look, w->client, &w->tenant, w->best);
    } else if (which == 1u) {
        status = amp_connection_baseline_start(w->look, w->client, &w->tenant, w->baseline);
    } else {
        status = amp_connection_reconcile_start(w->look, w->client, &w->tenant, w->baseline, w->best);
    }
    w->result = start_must_hold(w, status, phase, before) ? AMP_PENDING : before < 0 ? before : AMP_ERR_STATE;
}

static inline void start_connect(world_t *w)
{
    const unsigned phase = w->client->phase;
    const amp_status_t before = amp_client_info(w->client)->status;
    memset(w->connect_args, 0, sizeof *w->connect_args);
    memset(w->url_text, 0xa5, URL_SIZE);
    w->connect_args->request.provider = w->tenant.provider;
    w->connect_args->request.group_ref = w->tenant.group_ref;
    w->connect_args->request.consumer_ref = w->tenant.consumer_ref;
    w->connect_args->url.ptr = w->url_text;
    w->connect_args->url.size = URL_SIZE;
    w->connect_args->out = w->best;
    w->connect_args->pace = w->pace;
    w->connect_args->timeout_ms = decide(w->d, 60000);
    lying_begin(&w->port_state, FITS_COUNT_, 0);
    w->flow = IN_CONNECT;
    const amp_status_t status = amp_connect_start(w->connect, w->client, w->connect_args);
    w->result = start_must_hold(w, status, phase, before) ? AMP_PENDING : status;
}

static inline int64_t world_clock(void *ctx)
{
    return (int64_t)decide(((world_t *)ctx)->d, 65536) * 60000 - 1000;
}

static inline void world_address(void *ctx, char *out, size_t size)
{
    (void)ctx;
    memset(out, '1', size); /* without its NUL */
}

static inline void start_doctor(world_t *w)
{
    const unsigned phase = w->client->phase;
    const amp_status_t before = amp_client_info(w->client)->status;
    memset(&w->doctor_args, 0, sizeof w->doctor_args);
    w->doctor_args.clock = decide(w->d, 2) > 0 ? world_clock : NULL;
    w->doctor_args.clock_ctx = w;
    w->doctor_args.address = decide(w->d, 2) > 0 ? world_address : NULL;
    lying_begin(&w->port_state, FITS_COUNT_, 0);
    w->flow = IN_DOCTOR;
    const amp_status_t status = amp_doctor_start_with(w->doctor, w->client, &w->doctor_args, NULL);
    w->result = start_must_hold(w, status, phase, before) ? AMP_PENDING : status;
}

/* A request or flow in progress must not change when it, or another one, is started again. */
static inline void start_again(world_t *w)
{
    static amp_connect_t connect;
    static amp_doctor_t doctor;
    const amp_status_t before = amp_client_info(w->client)->status;
    const amp_status_t expected = before < 0 ? before : AMP_ERR_STATE;
    const unsigned which = decide(w->d, 3);
    if (which == 0 && w->flow == IN_LOOK) {
        static amp_look_t look;
        look = *w->look;
        MUST(amp_connection_status_start(w->look, w->client, &w->tenant, w->best) == expected);
        MUST(memcmp(&look, w->look, sizeof look) == 0);
    } else if (which == 1u) {
        static amp_connection_t out;
        static char url[URL_SIZE];
        amp_connect_args_t args = {.out = &out, .url = {url, sizeof url, 0}, .pace = w->pace};
        MUST(amp_connect_start(&connect, w->client, &args) == expected);
        MUST(amp_connect_step(&connect) == expected);
    } else if (which == 2u) {
        const amp_doctor_args_t args = {.provider = {NULL, 0}};
        MUST(amp_doctor_start_with(&doctor, w->client, &args, NULL) == expected);
        MUST(amp_doctor_step(&doctor) == expected && amp_doctor_idle_ms(&doctor) == AMP_NEVER_MS);
    }
}

/* Starts an operation or a flow. While a request is in progress, the start must fail, and only an operation
 * is tried: a flow in progress must not be started again in the same memory. */
static inline void act_start(world_t *w)
{
    static void (*const starts[])(world_t *) = {start_look, start_connect, start_doctor};
    const unsigned phase = w->client->phase;
    const int is_busy = phase > AMP_PHASE_IDLE && phase != AMP_PHASE_OVER;
    begin_call(w, 1);
    if (!is_busy && w->result == AMP_PENDING) {
        return; /* a flow between two of its requests owns the client */
    }
    if (is_busy && decide(w->d, 2) > 0) {
        start_again(w);
        return;
    }
    w->items = is_busy ? w->items : 0;
    const unsigned which = decide(w->d, 6);
    if (is_busy || w->is_closed || which < 3u) {
        const flow_t flow = w->flow;
        (void)start_operation(w);
        MUST(!is_busy || w->flow == flow);
    } else {
        starts[which - 3u](w);
    }
}

/* Makes one step of the request or flow that was started last. Never waits. */
static inline void act_step(world_t *w)
{
    amp_status_t status;
    begin_call(w, 1);
    if (w->flow == IN_LOOK) {
        status = amp_look_step(w->look);
    } else if (w->flow == IN_CONNECT) {
        status = amp_connect_step(w->connect);
    } else if (w->flow == IN_DOCTOR) {
        status = amp_doctor_step(w->doctor);
    } else {
        status = amp_step(w->client);
    }
    MUST(w->port_state.moves <= MOVES_MAX || w->tls.ctx != NULL);
    MUST(w->result == AMP_PENDING || w->port_state.moves == 0);
    result_must_hold(w, status);
}

/* Waits for the next result of the request or flow that was started last. */
static inline void act_next(world_t *w)
{
    amp_status_t status;
    begin_call(w, 0);
    if (w->flow == IN_LOOK) {
        while ((status = amp_look_step(w->look)) == AMP_PENDING) {
            amp_wait(w->client, UINT32_MAX);
        }
    } else if (w->flow == IN_CONNECT) {
        status = amp_connect_next(w->connect);
    } else if (w->flow == IN_DOCTOR) {
        status = amp_doctor_next(w->doctor);
    } else if (decide(w->d, 2) > 0) {
        status = amp_next(w->client);
    } else {
        status = amp_run(w->client);
        MUST(status <= 0);
        status = status == AMP_OK ? AMP_END : status;
    }
    MUST(status != AMP_PENDING);
    result_must_hold(w, status);
}

/* Waits for the network. The application chooses how long. */
static inline void act_wait(world_t *w)
{
    const uint32_t max_ms = decide(w->d, 65536);
    begin_call(w, 0);
    w->port_state.longest_wait_ms =
        max_ms < w->port_state.longest_wait_ms ? max_ms : w->port_state.longest_wait_ms;
    if (w->flow == IN_CONNECT) {
        amp_connect_wait(w->connect, max_ms);
    } else {
        amp_wait(w->client, max_ms);
    }
    MUST(w->port_state.moves == 0 && w->port_state.inside == INSIDE_NOTHING);
}

/* Calls the query functions of an event loop. */
static inline void ask_when(world_t *w)
{
    const uint32_t idle_ms = amp_idle_ms(w->client);
    const int is_over = w->client->phase <= AMP_PHASE_IDLE || w->client->phase == AMP_PHASE_OVER;
    MUST((amp_wanted(w->client) & ~(AMP_WAIT_READ | AMP_WAIT_WRITE)) == 0);
    MUST(is_over ? idle_ms == AMP_NEVER_MS && amp_wanted(w->client) == 0 : idle_ms <= INT32_MAX);
    if (w->flow == IN_CONNECT) {
        MUST((amp_connect_idle_ms(w->connect) == AMP_NEVER_MS) == (w->result != AMP_PENDING));
    } else if (w->flow == IN_DOCTOR) {
        MUST((amp_doctor_idle_ms(w->doctor) == AMP_NEVER_MS) == (w->result != AMP_PENDING));
    }
}

static inline void ask_why(world_t *w)
{
    char text[600];
    const size_t size = decide(w->d, sizeof text);
    memset(text, 0x5a, sizeof text);
    const char *got = amp_explain_failure(w->client, NULL, text, size);
    MUST(size > 0 ? got == text && memchr(text, '\0', size) != NULL : *got == '\0');
    MUST(text[size] == 0x5a);
    must_be_clean(w, text, size);
}

static inline void ask_health(world_t *w)
{
    const amp_info_t *info = amp_client_info(w->client);
    const amp_evidence_t evidence = {
        .result = info->status, .info = info, .problem = amp_client_problem(w->client)};
    amp_health_t health;
    amp_health(&evidence, w->pace, &health);
    MUST((unsigned)health.verdict < AMP_VERDICT_COUNT_ && (unsigned)health.remedy < AMP_REMEDY_COUNT_);
    MUST(health.why != NULL && health.wait_ms <= 2u * AMP_PACE_DAY_MS);
    MUST((info->status == AMP_ERR_UNKNOWN_OUTCOME) <= (health.remedy == AMP_REMEDY_RECONCILE));
}

static inline void act_ask(world_t *w)
{
    static void (*const questions[])(world_t *) = {ask_when, ask_when, ask_why, ask_health};
    begin_call(w, 1);
    questions[decide(w->d, 4)](w);
    MUST(w->port_state.moves == 0 && w->port_state.inside == INSIDE_NOTHING);
}

static inline void act_reset(world_t *w)
{
    begin_call(w, 1);
    amp_reset(w->client);
    if (!w->is_closed) {
        MUST(amp_client_info(w->client)->status == AMP_OK && all_zero(w->work, w->work_size));
        MUST(amp_client_problem(w->client) == NULL && amp_wanted(w->client) == 0);
        w->result = w->flow < IN_CONNECT ? AMP_ERR_STATE : w->result;
    }
}

static inline void act_close(world_t *w)
{
    begin_call(w, 1);
    amp_close(w->client);
    MUST(amp_client_info(w->client)->status == AMP_ERR_STATE && w->client->config == NULL);
    MUST(w->is_closed || all_zero(w->work, w->work_size));
    MUST(!w->port_state.is_open || w->tls.ctx != NULL);
    w->is_closed = 1;
    w->result = w->flow < IN_CONNECT || w->result != AMP_PENDING ? w->result : AMP_PENDING;
    w->result = w->flow < IN_CONNECT ? AMP_ERR_STATE : w->result;
}

/* A closed client may be used again. */
static inline void act_init(world_t *w)
{
    begin_call(w, 1);
    if (w->is_closed) {
        amp_close(w->client);
        world_init(w);
    }
}

static inline void act_set(world_t *w)
{
    w->cancel = (uint8_t)(decide(w->d, 4) == 3u);
    w->config.timeout_ms = w->is_closed ? w->config.timeout_ms : 1u + decide(w->d, TIMEOUT_MAX_MS);
    w->port_state.now_ms += decide(w->d, 4) == 3u ? 1u << decide(w->d, 32) : 0;
}

/* Makes one call of the application. */
static inline void act(world_t *w)
{
    const unsigned what = decide(w->d, 256);
    if (what < 150u) {
        act_step(w);
    } else if (what < 180u) {
        act_start(w);
    } else if (what < 192u) {
        act_next(w);
    } else if (what < 208u) {
        act_wait(w);
    } else if (what < 236u) {
        act_ask(w);
    } else if (what < 240u) {
        act_reset(w);
    } else if (what < 242u) {
        act_close(w);
    } else if (what < 248u) {
        act_init(w);
    } else {
        act_set(w);
    }
    w->cancel = (uint8_t)(w->cancel && happens(w->d, 128));
    guarded_must_be_whole(&w->guarded);
}

#endif
