/* SPDX-License-Identifier: MIT */
/* The doctor's requests: one without a credential and one with it, and the times of their stages.
 *
 * Invariant: the application gets the checks of a request before the next request starts, because that
 * request overwrites the client's facts. */
#include "../client/client_private.h"
#include "../operations/endpoint_table.h"
#include "doctor_private.h"

/* No group has this reference, so the list is short. Only the status of the answer counts: its body is not
 * read. */
static const amp_list_connections_t no_group = {.group_ref = {"ampersand-doctor", 16}};
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

void amp__doctor_begin(amp_doctor_t *doctor)
{
    doctor->stage = AMP_STAGE_START;
    doctor->reached_ms[AMP_STAGE_START] = now_ms(doctor);
    doctor->state = AMP_DOCTOR_REQUESTING;
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

amp_status_t amp__doctor_on_step(amp_doctor_t *doctor, amp_status_t status)
{
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
    doctor->state = AMP_DOCTOR_SHOWING;
    return AMP_PENDING;
}

amp_status_t amp__doctor_show_next(amp_doctor_t *doctor)
{
    if (doctor->next == AMP_DOCTOR_COUNT_) {
        return AMP_END;
    }
    if (doctor->next == AMP_DOCTOR_CREDENTIAL && !doctor->has_asked && doctor->answer == AMP_OK &&
        amp__doctor_has_access(doctor)) {
        const amp_status_t status = amp__endpoint_start(doctor->client, &access, &no_group, NULL);
        doctor->has_asked = 1;
        amp__doctor_begin(doctor);
        return status == AMP_OK ? AMP_PENDING : status;
    }
    amp__doctor_describe(doctor, (amp_doctor_check_t)doctor->next);
    ++doctor->next;
    return AMP_ITEM;
}
