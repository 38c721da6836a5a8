/* SPDX-License-Identifier: MIT */
/* The TLS session from one wake to the next: in RTC memory over deep sleep, in NVS over a loss of
 * power. It is as secret as the API key, so both belong into encrypted NVS (README.md). */
#ifndef SESSION_H
#define SESSION_H

#include "ampersand/tls.h"

/* Before the first request: offers what was kept, if anything. */
void session_offer(amp_port_t *tls);

/* After the last: keeps what the port has, or else what was kept before. */
void session_keep(amp_port_t *tls);

#endif
