/* SPDX-License-Identifier: MIT */
/* A port to begin with: see ../README.md. What is yours to write is marked FIXME. */
#ifndef AMP_TEMPLATE_H
#define AMP_TEMPLATE_H

#include "ampersand/port.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The port's state, private. The caller's memory, which stays in place as long as the port is used. */
typedef struct {
    uint8_t step;  /* how far `open` has come */
    int32_t error; /* the platform's number of the last failure, 0 none */
    int socket;    /* FIXME(state): what your network calls a connection */
} amp_template_t;

/* Makes *out_port. Never fails. */
AMP_PUBLIC void amp_template_init(amp_template_t *state, amp_port_t *out_port);

#ifdef __cplusplus
}
#endif
#endif
