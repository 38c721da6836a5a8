/* SPDX-License-Identifier: MIT */
/* The TLS session, kept across sleep in memory that a restart does not change. The session is as secret as
 * the API key. It never leaves the processor. */
#ifndef SESSION_H
#define SESSION_H

#include "ampersand/status.h"

/* Passes the kept session, if any, to the TLS port. Call it before the first request. */
void session_offer(void);

/* Closes the client and keeps its TLS session. If there is none, the previous session stays. Call it after
 * the last request. */
amp_status_t session_keep(void);

#endif
