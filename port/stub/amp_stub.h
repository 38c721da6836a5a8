/* SPDX-License-Identifier: MIT */
/** @file
 * A port without a network. It links on every platform; ../README.md uses it for the first step. */
#ifndef AMP_STUB_H
#define AMP_STUB_H

#include "ampersand/port.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The port's state, private. The caller owns the memory and must not move it while the port is in use. */
typedef struct {
    uint32_t ms; /**< the clock */
} amp_stub_t;

/** Initializes *state and *out_port. `open` returns AMP_ERR_NETWORK. The clock advances by 1 ms each time
 * that it is read, and by `ms` in `wait`. Never fails. */
AMP_PUBLIC void amp_stub_init(amp_stub_t *state, amp_port_t *out_port);

#ifdef __cplusplus
}
#endif
#endif
