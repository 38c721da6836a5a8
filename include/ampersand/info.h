/* SPDX-License-Identifier: MIT */
/* How a request went. */
#ifndef AMPERSAND_INFO_H
#define AMPERSAND_INFO_H

#include <stddef.h>
#include <stdint.h>

#include "status.h"
#include "text.h"

#ifdef __cplusplus
extern "C" {
#endif

#define AMP_RETRY_AFTER_UNKNOWN_S 3600u /* see amp_retry_after_s */
#define AMP_NOTE_SIZE 64u               /* bytes of `note`, NUL included */

/* How the last request went. Valid until the next one starts. */
typedef struct {
    amp_status_t status;      /* AMP_PENDING from the start on, then what the last step gave */
    amp_status_t cause;       /* the underlying error of AMP_ERR_UNKNOWN_OUTCOME, else AMP_OK */
    amp_stage_t stage;        /* where it is or ended */
    uint16_t http;            /* the answer's status code, 0 before there is one */
    uint8_t is_unsafe;        /* 1: the request may change something, see operations.h */
    int32_t code;             /* the port's or TLS library's own number, 0 none */
    size_t need;              /* bytes that would have been enough: of the member, for AMP_ERR_WINDOW
                               * of the work buffer; 0 unknown */
    const char *field;        /* the argument or member it is about, or NULL; a static string */
    uint32_t retry_after_s;   /* Retry-After in seconds, 0 none; for all its forms see amp_retry_after_s */
    uint32_t requests;        /* sent since amp_init */
    uint32_t connects;        /* connections opened since amp_init */
    char note[AMP_NOTE_SIZE]; /* of AMP_ERR_REDIRECT and AMP_ERR_NOT_API, as status or as cause: the host
                               * that a 3xx answer redirects to, else the content type; printable ASCII,
                               * cut to fit */
    char date[AMP_DATE_SIZE]; /* the answer's Date: what time it is for the service; empty: none */
    char retry_at[AMP_DATE_SIZE]; /* Retry-After as a date */
} amp_info_t;

/* Seconds that the answer's Retry-After asks to wait, 0 none. A date in it counts from the Date of
 * the same answer, because the service's clock is set. Without a Date it counts from `utc`, the device's
 * clock; when that is not set (0, or before AMP_BUILD_TIME), from AMP_BUILD_TIME if the date is later.
 * Otherwise nothing says how far off the date is, and the wait is AMP_PACE_POLL_MS, an hour. */
AMP_PUBLIC uint32_t amp_retry_after_s(const amp_info_t *info, amp_time_t utc);

#ifdef __cplusplus
}
#endif
#endif
