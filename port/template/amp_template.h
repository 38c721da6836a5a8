/* SPDX-License-Identifier: MIT */
/** @file
 * The template of a port: see ../README.md. */
#ifndef AMP_TEMPLATE_H
#define AMP_TEMPLATE_H

#include "ampersand/port.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The port's state, private. The caller owns the memory and must not move it while the port is in use. */
typedef struct {
    uint8_t step;  /**< the progress of `open` */
    uint8_t stage; /**< AMP_STAGE_ of the last failure */
    int32_t error; /**< the platform's code of the last failure, 0: none */
    int socket;    /**< FIXME(state): your network's type of connection handle */
} amp_template_t;

/** Initializes *state and *out_port. Never fails. */
AMP_PUBLIC void amp_template_init(amp_template_t *state, amp_port_t *out_port);

#ifdef __cplusplus
}
#endif
#endif
