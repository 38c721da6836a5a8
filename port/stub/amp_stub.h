/* SPDX-License-Identifier: MIT */
/* A port without a network, which links on every platform: the first step of README.md's guide. */
#ifndef AMP_STUB_H
#define AMP_STUB_H

#include "ampersand/port.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The port's state, private. */
typedef struct {
    uint32_t ms;
} amp_stub_t;

/* Makes *out_port. Its `open` gives AMP_ERR_NETWORK, its clock goes on by itself. Never fails. */
AMP_PUBLIC void amp_stub_init(amp_stub_t *state, amp_port_t *out_port);

#ifdef __cplusplus
}
#endif
#endif
