/* SPDX-License-Identifier: MIT */
/* The doctor: one request without a credential and one with it, and a check for each stage of the first.
 * doctor_describe.c puts the results into words.
 *
 * Invariants:
 * - The checks of a request are handed out before the next request starts, because its facts are the
 * client's.
 * - An error or AMP_END is final: later steps return it again. */
#include <string.h>

#include "../client/client_private.h"
#include "../operations/endpoint_table.h"
#include "doctor_describe.h"

#define DEFAULT_PROVIDER "salesforce"

/* Values of `state`. */
enum { REQUESTING, SHOWING, OVER };

/* No group has this reference, so the list is short. Only the status of the answer counts: its body is not
 * read. */
static const amp_list_connections_t nobody = {.group_ref = {"ampersand-doctor", 16}};
static const amp_param_t access_params[] = {
    AMP_QUERY_PARAM("groupRef", amp_list_connections_t, group_ref),
};
static const amp_endpoint_t access = {
    .method = "GET",
    .path = AMP_CONNECTIONS_PATH,
    AMP_PARAMS(access_params),
    .flags = AMP_IS_SAFE | AMP_ANY_SUCCESS,
};

static uint32_t now_ms(const amp_doctor_t *doctor)
{
    const amp_port_t *port = doctor->client->config->port;
    return port->now_ms(port->ctx);
}

static void begin_request(amp_doctor_t *doctor)
{
    doctor->stage = AMP_STAGE_START;
    doctor->reached_ms[AMP_STAGE_START] = now_ms(doctor);
    doctor->state = REQUESTING;
}

amp_status_t amp_doctor_start_with(amp_doctor_t *doctor, amp_client_t *client, const amp_doctor_args_t *args,
                                   const amp_doctor_tls_t *tls)
{
    memset(doctor, 0, sizeof *doctor);
    doctor->client = client;
    doctor->args = args;
    doctor->tls = tls;
    doctor->advice = "";
    doctor->request.provider = args->provider.len > 0 ? args->provider : AMP_STR(DEFAULT_PROVIDER);
    amp_status_t status = amp_get_provider_start(client, &doctor->request, &doctor->provider);
    doctor->last = status == AMP_OK ? AMP_PENDING : status;
    if (status != AMP_OK) {
        doctor->state = OVER;
        return status;
    }
    amp__disconnect(client); /* a kept connection would hide a fault of the first three checks */
    begin_request(doctor);
    return AMP_OK;
}

/* Stores the time at which each stage up to `stage` was reached. */
static void reach(amp_doctor_t *doctor, unsigned stage)
{
    while (doctor->stage < stage) {
        ++doctor->stage;
        doctor->reached_ms[doctor->stage] = now_ms(doctor);
    }
}

/* Looks at the request in progress after a step. */
static void note_progress(amp_doctor_t *doctor)
{
    const unsigned stage = doctor->client->info.stage;
    const amp_doctor_args_t *args = doctor->args;
    reach(doctor, stage);
    if (args->address != NULL && stage >= AMP_STAGE_TLS && doctor->address[0] == '\0') {
        args->address(args->address_ctx, doctor->address, sizeof doctor->address);
        doctor->address[sizeof doctor->address - 1u] = '\0';
    }
}

/* Performs a step of the request. */
static amp_status_t step_request(amp_doctor_t *doctor)
{
    const amp_status_t status = amp_step(doctor->client);
    if (doctor->client->config == NULL) {
        return AMP_ERR_STATE; /* a callback has closed the client */
    }
    note_progress(doctor);
    if (status == AMP_PENDING || status == AMP_ITEM) {
        return AMP_PENDING;
    }
    reach(doctor, AMP_STAGE_COUNT_);
    if (status == AMP_ERR_ARGUMENT || status == AMP_ERR_STATE) {
        return status;
    }
    doctor->answer = status < 0 ? status : AMP_OK;
    doctor->state = SHOWING;
    return AMP_PENDING;
}

/* Hands out the next check, or starts the second request before the checks that need it. */
static amp_status_t show_next(amp_doctor_t *doctor)
{
    if (doctor->next == AMP_DOCTOR_COUNT_) {
        return AMP_END;
    }
    if (doctor->next == AMP_DOCTOR_CREDENTIAL && !doctor->has_asked && doctor->answer == AMP_OK &&
        amp__doctor_has_access(doctor)) {
        const amp_status_t status = amp__endpoint_start(doctor->client, &access, &nobody, NULL);
        doctor->has_asked = 1;
        begin_request(doctor);
        return status == AMP_OK ? AMP_PENDING : status;
    }
    amp__doctor_describe(doctor, (amp_doctor_check_t)doctor->next);
    ++doctor->next;
    return AMP_ITEM;
}

amp_status_t amp_doctor_step(amp_doctor_t *doctor)
{
    amp_status_t status = AMP_ERR_STATE;
    if (doctor->state == OVER) {
        return doctor->last;
    }
    if (doctor->client->config != NULL) {
        status = doctor->state == REQUESTING ? step_request(doctor) : show_next(doctor);
    }
    if (status < 0 || status == AMP_END) {
        doctor->state = OVER;
    }
    doctor->last = status;
    return status;
}

uint32_t amp_doctor_idle_ms(const amp_doctor_t *doctor)
{
    if (doctor->state == OVER) {
        return AMP_NEVER_MS;
    }
    return doctor->state == REQUESTING && doctor->client->config != NULL ? amp_idle_ms(doctor->client) : 0;
}

amp_status_t amp_doctor_next(amp_doctor_t *doctor)
{
    amp_status_t status;
    while ((status = amp_doctor_step(doctor)) == AMP_PENDING) {
        amp_wait(doctor->client, UINT32_MAX);
    }
    return status;
}

static const char *name_of(const char *const *names, unsigned count, unsigned number)
{
    return number < count ? names[number] : "unknown";
}

const char *amp_doctor_check_name(amp_doctor_check_t check)
{
    static const char *const names[AMP_DOCTOR_COUNT_] = {"dns",     "tcp",        "tls",    "clock",
                                                         "service", "credential", "project"};
    return name_of(names, AMP_DOCTOR_COUNT_, (unsigned)check);
}

const char *amp_doctor_result_name(amp_doctor_result_t result)
{
    static const char *const names[AMP_DOCTOR_RESULT_COUNT_] = {"skipped", "ok", "failed"};
    return name_of(names, AMP_DOCTOR_RESULT_COUNT_, (unsigned)result);
}
