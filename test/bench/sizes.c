/* SPDX-License-Identifier: MIT */
/* Sizes on a target that cannot run here: the size of a symbol in the object is the result. */
#include "ampersand/ampersand.h"

#define SIZE(name, type)                                                                                     \
    extern char size_##name[sizeof(type)];                                                                   \
    char size_##name[sizeof(type)];

SIZE(amp_client_t, amp_client_t)
SIZE(amp_reader_t, amp_reader_t)
SIZE(amp_connection_t, amp_connection_t)
SIZE(amp_installation_t, amp_installation_t)
SIZE(amp_problem_t, amp_problem_t)
SIZE(AMP_WORK_SIZE, char[AMP_WORK_SIZE])
