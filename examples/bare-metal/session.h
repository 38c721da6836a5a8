/* SPDX-License-Identifier: MIT */
/* The TLS session that outlives sleep, in memory that a restart leaves as it is. It is as secret as the
 * key, and as well kept: it never leaves the processor. */
#ifndef SESSION_H
#define SESSION_H

#include "ampersand/status.h"

/* Before the first request: offers what was kept, if anything. */
void session_offer(void);

/* After the last: ends the connection, and keeps its session, or else what was kept before. */
amp_status_t session_keep(void);

#endif
