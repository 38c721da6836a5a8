/* SPDX-License-Identifier: MIT */
/* Statistics and the last failure of a TLS port, and its clock. */
#include <string.h>

#include "tls_private.h"

#if defined(MBEDTLS_HAVE_TIME)
#include <mbedtls/platform_time.h>
#endif

int64_t amp__tls_now(const amp_tls_t *tls)
{
    if (tls->clock != NULL) {
        int64_t now = tls->clock(tls->clock_ctx);
        return now > 0 ? now : 0;
    }
#if defined(MBEDTLS_HAVE_TIME_DATE)
    return (int64_t)mbedtls_time(NULL);
#else
    return AMP_TLS_NO_CLOCK;
#endif
}

void amp_tls_stats(const amp_port_t *port, amp_tls_stats_t *out_stats)
{
    const amp_tls_t *tls = port->ctx;
    memset(out_stats, 0, sizeof *out_stats);
    out_stats->protocol = tls->protocol != NULL ? tls->protocol : "";
    out_stats->suite = tls->suite != NULL ? tls->suite : "";
    out_stats->resumed = tls->resumed;
#if defined(MBEDTLS_HAVE_TIME_DATE)
    out_stats->checks_dates = 1;
#else
    out_stats->checks_dates = tls->clock != NULL;
#endif
    out_stats->handshakes = tls->handshakes;
    out_stats->largest_record = tls->largest;
    out_stats->bytes_sent = tls->sent;
    out_stats->bytes_received = tls->received;
    out_stats->arena_peak = tls->arena != NULL ? amp_tls_arena_peak(tls->arena, tls->arena_size) : 0;
}

void amp_tls_failure(const amp_port_t *port, amp_tls_failure_t *out_failure)
{
    const amp_tls_t *tls = port->ctx;
    *out_failure = tls->trust.failure;
    if (out_failure->rule == NULL) {
        out_failure->rule = "";
    }
}
