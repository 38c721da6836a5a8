/* SPDX-License-Identifier: MIT */
/* Puts the checks of the doctor into words: from the stage at which a request failed, its result, and the
 * Date header of the answer.
 *
 * This code has a file of its own, so that its local variables are not in the frame of amp_doctor_step. That
 * frame is on the path to the deepest stack. */
#include "doctor_private.h"

#include <string.h>

#include "../base/tick.h"
#include "../http/retry_after.h"

#define SECOND 1000000
#define LAST_SECOND 253402300799 /* 9999-12-31T23:59:59Z */
#define SECONDS_END 19u          /* of "2023-07-13T21:34:44.816354Z", where the decimals begin */

/* The stages of the first request that a check covers. The clock is compared with the answer. */
static const struct {
    uint8_t stage;
    uint8_t end; /* the stage after it */
} stages[AMP_DOCTOR_COUNT_] = {
    [AMP_DOCTOR_DNS] = {AMP_STAGE_DNS, AMP_STAGE_CONNECT},
    [AMP_DOCTOR_TCP] = {AMP_STAGE_CONNECT, AMP_STAGE_TLS},
    [AMP_DOCTOR_TLS] = {AMP_STAGE_TLS, AMP_STAGE_SEND},
    [AMP_DOCTOR_CLOCK] = {AMP_STAGE_TLS, AMP_STAGE_TLS},
    [AMP_DOCTOR_SERVICE] = {AMP_STAGE_SEND, AMP_STAGE_COUNT_},
    [AMP_DOCTOR_CREDENTIAL] = {AMP_STAGE_START, AMP_STAGE_COUNT_},
    [AMP_DOCTOR_PROJECT] = {AMP_STAGE_COUNT_, AMP_STAGE_COUNT_},
};

/* Advice that fits a check better than that of amp_explain. */
static const struct {
    uint8_t check;
    amp_status_t status; /* AMP_OK: any */
    const char *advice;
} advices[] = {
    {AMP_DOCTOR_DNS, AMP_ERR_DNS, "check the host name of the base URL, and the DNS server of this network"},
    {AMP_DOCTOR_CLOCK, AMP_OK, "set the clock"},
    {AMP_DOCTOR_SERVICE, AMP_ERR_NOT_FOUND, "check the name of the provider, and the path of the base URL"},
    {AMP_DOCTOR_PROJECT, AMP_OK, "check the project"},
};

static int has_project(const amp_doctor_t *doctor)
{
    return doctor->client->config->project.len > 0;
}

int amp__doctor_has_access(const amp_doctor_t *doctor)
{
    return has_project(doctor) && !doctor->args->no_credential;
}

/* Returns seconds since 1970; 0 without a clock, or when the clock is not set or shows no date. */
static int64_t device_seconds(const amp_doctor_t *doctor)
{
    const int64_t seconds = doctor->args->clock != NULL ? doctor->args->clock(doctor->args->clock_ctx) : 0;
    return seconds > 0 && seconds <= LAST_SECOND ? seconds : 0;
}

/* Returns 1 with the seconds that the device's clock, which is set, is ahead of the service's, or 0 when they
 * are unknown. */
static int find_offset(const amp_doctor_t *doctor, int64_t device_s, int32_t *out_offset_s)
{
    amp_time_t service;
    if (amp__answer_time(&doctor->client->info, 0, &service) != AMP_CLOCK_DATE) {
        return 0;
    }
    const int64_t offset_s = device_s - service / SECOND;
    *out_offset_s = offset_s > INT32_MAX ? INT32_MAX : offset_s < -INT32_MAX ? -INT32_MAX : (int32_t)offset_s;
    return 1;
}

static amp_doctor_result_t judge_clock(const amp_doctor_t *doctor)
{
    int32_t offset_s = 0;
    const int64_t device_s = device_seconds(doctor);
    if (doctor->answer == AMP_ERR_CLOCK) {
        return AMP_DOCTOR_FAILED;
    }
    if (doctor->args->clock == NULL ||
        (doctor->answer != AMP_OK && doctor->client->info.stage <= AMP_STAGE_TLS)) {
        return AMP_DOCTOR_SKIPPED;
    }
    if (device_s == 0) {
        return AMP_DOCTOR_FAILED;
    }
    if (find_offset(doctor, device_s, &offset_s) &&
        (offset_s > AMP_DOCTOR_OFFSET_S || offset_s < -AMP_DOCTOR_OFFSET_S)) {
        return AMP_DOCTOR_FAILED;
    }
    return AMP_DOCTOR_OK;
}

/* The service checks the credential before the project: 404 and 400 mean that it accepted the credential. */
static amp_doctor_result_t judge_access(const amp_doctor_t *doctor, amp_doctor_check_t check)
{
    const int is_project = doctor->answer == AMP_ERR_NOT_FOUND || doctor->answer == AMP_ERR_BAD_REQUEST;
    if (doctor->answer == AMP_OK || (is_project && check == AMP_DOCTOR_CREDENTIAL)) {
        return AMP_DOCTOR_OK;
    }
    return is_project || check == AMP_DOCTOR_CREDENTIAL ? AMP_DOCTOR_FAILED : AMP_DOCTOR_SKIPPED;
}

/* Returns the check of the first request that failed. judge_clock judges the check of the clock. */
static amp_doctor_check_t failed_check(const amp_doctor_t *doctor)
{
    unsigned check = AMP_DOCTOR_SERVICE;
    while (check > AMP_DOCTOR_DNS &&
           (check == AMP_DOCTOR_CLOCK || doctor->client->info.stage < stages[check].stage)) {
        --check;
    }
    return (amp_doctor_check_t)check;
}

static amp_doctor_result_t judge(const amp_doctor_t *doctor, amp_doctor_check_t check)
{
    if (check >= AMP_DOCTOR_CREDENTIAL) {
        return doctor->has_asked ? judge_access(doctor, check) : AMP_DOCTOR_SKIPPED;
    }
    if (check == AMP_DOCTOR_CLOCK) {
        return judge_clock(doctor);
    }
    if (doctor->answer == AMP_OK) {
        return AMP_DOCTOR_OK;
    }
    if (doctor->answer == AMP_ERR_CLOCK) {
        return AMP_DOCTOR_SKIPPED; /* TLS checks the clock before it opens a connection */
    }
    const amp_doctor_check_t failed = failed_check(doctor);
    return check == failed ? AMP_DOCTOR_FAILED : check < failed ? AMP_DOCTOR_OK : AMP_DOCTOR_SKIPPED;
}

/* Appends a text that is not from the network, such as the host name. */
static void add_view(amp_pieces_t *pieces, amp_str_t text)
{
    amp__pieces_add_part(pieces, text.ptr, text.len);
}

static void describe_clock(const amp_doctor_t *doctor, amp_pieces_t *pieces)
{
    char time[AMP_TIME_SIZE];
    int32_t offset_s;
    const int64_t device_s = device_seconds(doctor);
    if (doctor->args->clock == NULL) {
        amp__pieces_add(pieces, "there is no clock");
        return;
    }
    if (device_s == 0) {
        amp__pieces_add(pieces, "the clock is not set");
        return;
    }
    amp_time_text(device_s * SECOND, time);
    time[SECONDS_END] = '\0';
    amp__pieces_add(pieces, time);
    amp__pieces_add(pieces, "Z");
    if (doctor->answer == AMP_ERR_CERT_EXPIRED || doctor->answer == AMP_ERR_CERT_FUTURE) {
        amp__pieces_add(pieces, "; if this time is wrong, set the clock");
    } else if (doctor->result != AMP_DOCTOR_SKIPPED && find_offset(doctor, device_s, &offset_s)) {
        amp__pieces_add(pieces, ", offset ");
        amp__pieces_add_number(pieces, offset_s);
        amp__pieces_add(pieces, " s");
    }
}

/* Appends the facts that a check has found. */
static void describe_finding(const amp_doctor_t *doctor, amp_pieces_t *pieces)
{
    const amp_url_t *url = doctor->client->url;
    switch (doctor->check) {
    case AMP_DOCTOR_DNS:
        add_view(pieces, url->host);
        if (doctor->address[0] != '\0' && !amp_str_equal(amp_str(doctor->address), url->host)) {
            amp__pieces_add(pieces, ", ");
            amp__pieces_add_outside(pieces, doctor->address);
        }
        break;
    case AMP_DOCTOR_TCP:
        amp__pieces_add_outside(pieces, doctor->address);
        amp__pieces_add(pieces, doctor->address[0] != '\0' ? " port " : "port ");
        amp__pieces_add_number(pieces, url->port);
        break;
    case AMP_DOCTOR_TLS:
        amp__doctor_tls(doctor, pieces);
        break;
    case AMP_DOCTOR_SERVICE:
        amp__pieces_add_outside(pieces, doctor->provider.name);
        amp__pieces_add(pieces, " (");
        amp__pieces_add_outside(pieces, doctor->provider.auth_type);
        amp__pieces_add(pieces, ")");
        break;
    default:
        break;
    }
}

/* Returns the reason why a check was not made, or "" if the reason is another check. When the service has
 * answered, only the checks of the credential and of the project can be missing. */
static const char *reason(const amp_doctor_t *doctor)
{
    if (doctor->answer != AMP_OK) {
        return "";
    }
    if (doctor->check == AMP_DOCTOR_CREDENTIAL) {
        return doctor->args->no_credential ? "no credential is set" : "";
    }
    return !has_project(doctor) ? "no project is set" : "";
}

static const char *advice_for(const amp_doctor_t *doctor)
{
    for (size_t i = 0; i < sizeof advices / sizeof advices[0]; ++i) {
        if (advices[i].check == doctor->check &&
            (advices[i].status == AMP_OK || advices[i].status == doctor->answer)) {
            return advices[i].advice;
        }
    }
    return amp__explain_advice_for(&doctor->client->info);
}

static void describe(const amp_doctor_t *doctor, amp_pieces_t *pieces)
{
    if (doctor->check == AMP_DOCTOR_CLOCK) {
        describe_clock(doctor, pieces);
    } else if (doctor->result == AMP_DOCTOR_OK) {
        describe_finding(doctor, pieces);
    } else if (doctor->result == AMP_DOCTOR_FAILED) {
        amp__doctor_failure(doctor, pieces);
    } else {
        amp__pieces_add(pieces, reason(doctor));
    }
}

void amp__doctor_describe(amp_doctor_t *doctor, amp_doctor_check_t check)
{
    amp_pieces_t pieces;
    doctor->check = check;
    doctor->result = judge(doctor, check);
    doctor->ms = doctor->result == AMP_DOCTOR_SKIPPED
                     ? 0
                     : amp__ticks_passed(doctor->reached_ms[stages[check].stage],
                                         doctor->reached_ms[stages[check].end]);
    amp__explain_begin(&pieces, doctor->client, doctor->detail, sizeof doctor->detail);
    describe(doctor, &pieces);
    amp__pieces_end(&pieces);
    doctor->advice = "";
    if (doctor->result == AMP_DOCTOR_FAILED) {
        doctor->advice = advice_for(doctor);
        if (doctor->status == AMP_OK) {
            doctor->status = check == AMP_DOCTOR_CLOCK ? AMP_ERR_CLOCK : doctor->answer;
        }
    }
}
