/* SPDX-License-Identifier: MIT */
/* The doctor's flow. doctor_request.c has its requests; doctor_describe.c puts the results into words. Only
 * the small frames of this file are on the path of amp_step, which is the deepest stack.
 *
 * Invariant: an error or AMP_END is final; later steps return it again. */
#include <string.h>

#include "../client/client_private.h"
#include "doctor_private.h"

#define DEFAULT_PROVIDER "salesforce"

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
        doctor->state = AMP_DOCTOR_OVER;
        return status;
    }
    amp__disconnect(client); /* a kept connection would hide a fault of the first three checks */
    amp__doctor_begin(doctor);
    return AMP_OK;
}

amp_status_t amp_doctor_step(amp_doctor_t *doctor)
{
    amp_status_t status = AMP_ERR_STATE;
    if (doctor->state == AMP_DOCTOR_OVER) {
        return doctor->last;
    }
    if (doctor->client->config != NULL) {
        status = doctor->state == AMP_DOCTOR_REQUESTING
                     ? amp__doctor_on_step(doctor, amp_step(doctor->client))
                     : amp__doctor_show_next(doctor);
    }
    if (status < 0 || status == AMP_END) {
        doctor->state = AMP_DOCTOR_OVER;
    }
    doctor->last = status;
    return status;
}

uint32_t amp_doctor_idle_ms(const amp_doctor_t *doctor)
{
    if (doctor->state == AMP_DOCTOR_OVER) {
        return AMP_NEVER_MS;
    }
    /* If the application has reset or closed the client, the next step reports it. */
    const uint32_t idle_ms = doctor->state == AMP_DOCTOR_REQUESTING ? amp_idle_ms(doctor->client) : 0;
    return idle_ms == AMP_NEVER_MS ? 0 : idle_ms;
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
