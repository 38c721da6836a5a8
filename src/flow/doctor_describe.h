/* SPDX-License-Identifier: MIT */
/* What a check of the doctor has found. */
#ifndef AMP_SRC_DOCTOR_DESCRIBE_H
#define AMP_SRC_DOCTOR_DESCRIBE_H

#include "ampersand/doctor.h"

/* Sets check, result, ms, detail and advice for the check `check`, and the doctor's status if it failed. The
 * request that the check belongs to must be the client's last one. */
void amp__doctor_describe(amp_doctor_t *doctor, amp_doctor_check_t check);

/* Returns 1 if there is a credential and a project to check. */
int amp__doctor_has_access(const amp_doctor_t *doctor);

#endif
