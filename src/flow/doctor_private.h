/* SPDX-License-Identifier: MIT */
/* The doctor: its requests, and the findings of its checks. */
#ifndef AMP_SRC_DOCTOR_PRIVATE_H
#define AMP_SRC_DOCTOR_PRIVATE_H

#include "../client/explain.h"
#include "ampersand/doctor.h"

/* Values of `state`. */
enum { AMP_DOCTOR_REQUESTING, AMP_DOCTOR_SHOWING, AMP_DOCTOR_OVER };

/* Notes that a request has started. Its stages are timed from then on. */
void amp__doctor_begin(amp_doctor_t *doctor);

/* Handles `status`, the result of amp_step. Returns AMP_PENDING or an error of the flow. */
amp_status_t amp__doctor_on_step(amp_doctor_t *doctor, amp_status_t status);

/* Returns the next check to the application, or starts the second request before the checks that need it.
 * Returns AMP_ITEM, AMP_PENDING, AMP_END, or an error. */
amp_status_t amp__doctor_show_next(amp_doctor_t *doctor);

/* Sets check, result, ms, detail and advice for the check `check`, and the doctor's status if it failed. The
 * request that the check belongs to must be the client's last one. */
void amp__doctor_describe(amp_doctor_t *doctor, amp_doctor_check_t check);

/* Appends version, cipher suite and issuer of the connection's TLS. */
void amp__doctor_tls(const amp_doctor_t *doctor, amp_pieces_t *pieces);

/* Appends the failure of the last request, and the texts of the service. */
void amp__doctor_failure(const amp_doctor_t *doctor, amp_pieces_t *pieces);

/* Returns 1 if there is a credential and a project to check. */
int amp__doctor_has_access(const amp_doctor_t *doctor);

#endif
