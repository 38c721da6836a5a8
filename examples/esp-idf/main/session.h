/* SPDX-License-Identifier: MIT */
/* Keeps the TLS session from one wake to the next. RTC memory has it during deep sleep, NVS after a power
 * loss. The session is as secret as the API key. Store both in encrypted NVS (README.md). */
#ifndef SESSION_H
#define SESSION_H

#include "ampersand/tls.h"

/* Passes the kept session, if any, to the TLS port. Call it before the first request. */
void session_offer(amp_port_t *tls);

/* Keeps the port's session. If it has none, the previous session stays. Call it after the last request. */
void session_keep(amp_port_t *tls);

#endif
