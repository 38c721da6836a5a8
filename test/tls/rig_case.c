/* SPDX-License-Identifier: MIT */
#include "rig_case.h"

rig_t rig;
rig_kind_t rig_kinds[RIG_KINDS] = {RIG_1_2_TICKET, RIG_1_2_ID, RIG_1_3};

int rig_setup(void **state)
{
    (void)state;
    rig_init(&rig);
    return 0;
}

int rig_teardown(void **state)
{
    (void)state;
    rig_free(&rig);
    return 0;
}

void rig_start(rig_kind_t kind)
{
    if (!rig_can(kind)) {
        print_message("SKIPPED: this mbedTLS has no TLS 1.3\n");
        skip();
    }
    rig_serve(&rig, kind, &rig_server, NULL);
    rig_connect(&rig);
}

rig_kind_t rig_kind_of(void **state)
{
    return *(const rig_kind_t *)*state;
}
