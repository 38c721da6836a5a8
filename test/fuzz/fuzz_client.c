/* SPDX-License-Identifier: MIT */
/* Two requests in a row of the whole client, with every operation, over a port whose peer is the fuzzer. Each
 * request ends with one status. It leaves a complete record or an empty one, and no secret. A request that
 * may have taken effect is not sent twice. When no call fails, the speed of the bytes does not change the
 * result. */
#include "calls.h"
#include "hostile.h"

#include "client/client_private.h"

#define TIMEOUT_MS 3000u
#define JWT "jwt-5ecret.a.b"

typedef struct {
    amp_status_t status;
    uint16_t http;
    unsigned items;
    uint64_t digest;
} ended_t;

typedef struct {
    unsigned kind[2];
    size_t work_size;
    unsigned flags; /* 1: tokens, 2: no problem document, 4: a token comes late */
    int asked;
} plan_t;

static amp_status_t token(void *ctx, int renew, amp_str_t *out_token)
{
    plan_t *plan = ctx;
    (void)renew;
    *out_token = AMP_STR(JWT);
    return (plan->flags & 4u) != 0 && ++plan->asked % 2 != 0 ? AMP_PENDING : AMP_OK;
}

static void check_text(const char *text, size_t size)
{
    const char *end = memchr(text, '\0', size);
    MUST(end != NULL);
    while (text < end) {
        MUST(*text >= ' ' && *text <= '~');
        ++text;
    }
}

static void error_must_hold(const amp_client_t *client, const any_record_t *out, unsigned kind)
{
    const amp_info_t *info = amp_client_info(client);
    MUST(call_gives_url(kind) ? out->url.len == 0 && all_zero(out->url.ptr, out->url.size)
                              : all_zero(out, call_out_size(kind)));
    MUST(info->field == NULL || strlen(info->field) < 200u);
    MUST((info->status == AMP_ERR_UNKNOWN_OUTCOME) == (info->cause != AMP_OK));
    MUST(info->status != AMP_ERR_UNKNOWN_OUTCOME || !call_is_safe(kind));
    MUST(info->is_unsafe == !call_is_safe(kind));
    MUST(info->status != AMP_ERR_ARGUMENT && info->status != AMP_ERR_STATE && info->status != AMP_ERR_MEMORY);
    MUST(amp_class_of(info->status) != AMP_CLASS_SERVICE || info->http >= 400u);
}

static void run_one(const plan_t *plan, unsigned kind, amp_client_t *client, call_t *call, hostile_t *h,
                    ended_t *ended)
{
    any_record_t *out = malloc(sizeof *out);
    char *url = malloc(200);
    size_t steps = 0;
    size_t sent_on = h->sent_on;
    size_t sent_len = h->sent_len;
    amp_status_t status;
    MUST(out != NULL && url != NULL);
    memset(out, 0xa5, sizeof *out);
    memset(url, 0xa5, 200);
    out->url.ptr = call_gives_url(kind) ? url : out->url.ptr;
    out->url.size = call_gives_url(kind) ? 200 : out->url.size;
    h->sent_here = 0;
    MUST(call_start(call, kind, client, out) == AMP_OK);
    do {
        h->looking = client->phase == AMP_PHASE_CHECK;
        status = amp_step(client);
        MUST(++steps <= TIMEOUT_MS + 2u);
        if (status == AMP_ITEM && ended->items++ < 1000u && !call_gives_url(kind)) {
            ended->digest = digest(ended->digest, out, call_out_size(kind));
        }
    } while (status == AMP_PENDING || status == AMP_ITEM);
    ended->status = status;
    ended->http = amp_client_info(client)->http;
    MUST(status == AMP_END || status < 0);
    MUST(amp_client_info(client)->status == status && amp_step(client) == status);
    MUST(all_zero(client->work, client->work_size));
    check_text(amp_client_info(client)->note, AMP_NOTE_SIZE);
    if (status < 0) {
        error_must_hold(client, out, kind);
    } else if (call_gives_url(kind)) {
        MUST(strlen(url) == out->url.len && strncmp(url, "https://", 8) == 0);
        check_text(url, 200);
        ended->digest = digest(ended->digest, url, out->url.len);
    }
    MUST(amp_client_problem(client) == NULL || (status < 0 && amp_client_info(client)->http >= 400u));
    if (!call_is_safe(kind) && (plan->flags & 1u) == 0) {
        MUST(h->sent_on - sent_on <= 1u && (client->total == 0 || h->sent_len - sent_len <= client->total));
    }
    MUST(!memory_holds(client, sizeof *client, CALL_KEY) &&
         !memory_holds(client, sizeof *client, CALL_SECRET));
    MUST(!memory_holds(client, sizeof *client, JWT));
    free(url);
    free(out);
}

static void run_by(plan_t *plan, hostile_t *h, ended_t ended[2])
{
    const amp_port_t port = {
        h, hostile_open, hostile_send, hostile_recv, hostile_close, hostile_now, hostile_wait, hostile_report,
        1, NULL};
    amp_problem_t *problem = malloc(sizeof *problem);
    amp_client_t client;
    amp_config_t config = {.project = AMP_STR("p-1"), .port = &port, .timeout_ms = TIMEOUT_MS};
    call_t call;
    uint8_t *work = malloc(plan->work_size);
    MUST(work != NULL && problem != NULL);
    memset(&call, 0, sizeof call);
    call.ref = AMP_STR("r-1");
    call.more = AMP_STR("a b");
    call.number = 7;
    call.credential.kind = &amp_credential_api_key;
    call.credential.api_key = AMP_STR(CALL_SECRET);
    plan->asked = 0;
    if ((plan->flags & 1u) != 0) {
        config.token = token;
        config.token_ctx = plan;
    } else {
        config.api_key = AMP_STR(CALL_KEY);
    }
    config.problem = (plan->flags & 2u) != 0 ? NULL : problem;
    config.problem_schema = (plan->flags & 2u) != 0 ? NULL : &amp_problem_schema;
    MUST(amp_init(&client, &config, work, plan->work_size) == AMP_OK);
    for (unsigned i = 0; i < 2u; ++i) {
        ended[i] = (ended_t){AMP_OK, 0, 0, DIGEST_START};
        run_one(plan, plan->kind[i], &client, &call, h, &ended[i]);
    }
    amp_close(&client);
    MUST(!h->is_open && all_zero(work, plan->work_size));
    free(work);
    free(problem);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    input_t input = {data, size};
    plan_t plan;
    hostile_t h;
    ended_t slow[2];
    ended_t at_once[2];
    memset(&h, 0, sizeof h);
    plan.kind[0] = take(&input) % CALL_KINDS;
    plan.kind[1] = take(&input) % CALL_KINDS;
    plan.flags = take(&input);
    plan.work_size = AMP_WORK_MIN + take(&input) * 4u;
    for (unsigned i = 0; i < CHOICES; ++i) {
        h.choices[i] = (uint8_t)take(&input);
    }
    h.script = input.at;
    h.len = input.left < FUZZ_TEXT_MAX ? input.left : FUZZ_TEXT_MAX;
    run_by(&plan, &h, slow);
    if (!h.failed && slow[0].status != AMP_ERR_DEADLINE && slow[1].status != AMP_ERR_DEADLINE &&
        slow[0].status != AMP_ERR_UNKNOWN_OUTCOME && slow[1].status != AMP_ERR_UNKNOWN_OUTCOME) {
        hostile_t quick = {.script = h.script, .len = h.len};
        run_by(&plan, &quick, at_once);
        for (unsigned i = 0; i < 2u; ++i) {
            MUST(slow[i].status == at_once[i].status && slow[i].http == at_once[i].http);
            MUST(slow[i].items == at_once[i].items && slow[i].digest == at_once[i].digest);
        }
    }
    return 0;
}
