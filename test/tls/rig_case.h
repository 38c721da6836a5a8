/* SPDX-License-Identifier: MIT */
/* Setup and teardown of a test that uses one rig. */
#ifndef AMP_TEST_RIG_CASE_H
#define AMP_TEST_RIG_CASE_H

#include "rig.h"

extern rig_t rig;

int rig_setup(void **state);
int rig_teardown(void **state);

/* Sets up a server of this kind with rig_server, and a client for it. Skips the test if this build of mbedTLS
 * does not support the kind. */
void rig_start(rig_kind_t kind);

/* Defines one test, or one for each kind. The test gets its kind with rig_kind_of. */
#define RIG_TEST(name) cmocka_unit_test_setup_teardown(name, rig_setup, rig_teardown)
#define RIG_KINDS_OF(name) RIG_KINDS_BETWEEN(name, rig_setup, rig_teardown)
#define RIG_KINDS_BETWEEN(name, before, behind)                                                              \
    RIG_KIND_OF(name, RIG_1_2_TICKET, before, behind), RIG_KIND_OF(name, RIG_1_2_ID, before, behind),        \
        RIG_KIND_OF(name, RIG_1_3, before, behind)
#define RIG_KIND_OF(name, kind, before, behind)                                                              \
    {                                                                                                        \
#name " " #kind, name, before, behind, &rig_kinds[kind]                                              \
    }

extern rig_kind_t rig_kinds[RIG_KINDS];
rig_kind_t rig_kind_of(void **state);

#endif
