/* SPDX-License-Identifier: MIT */
/** @file
 * Details of the last request. */
#ifndef AMPERSAND_INFO_H
#define AMPERSAND_INFO_H

#include <stddef.h>
#include <stdint.h>

#include "status.h"
#include "text.h"

#ifdef __cplusplus
extern "C" {
#endif

#define AMP_RETRY_AFTER_UNKNOWN_S 3600u /**< Seconds; see amp_retry_after_s. */
#define AMP_NOTE_SIZE 64u               /**< Bytes of amp_info_t.note, NUL included. */

/** Details of the last request. Valid until the next request starts. Texts are NUL-terminated. */
typedef struct {
    amp_status_t status; /**< AMP_PENDING after the start, then the result of the last step. */
    amp_status_t cause;  /**< The underlying error when status is AMP_ERR_UNKNOWN_OUTCOME; else AMP_OK. */
    amp_stage_t stage;   /**< The stage that the request reached. */
    uint16_t http;       /**< Status code of the answer; 0 before there is one. */
    uint8_t is_unsafe;   /**< 1: the request may change something, see operations.h. */
    uint8_t origin;      /**< Whose number `code` is: an amp_origin_t. */
    int32_t code;        /**< Error number of the port or TLS library; 0: none. */
    size_t need;         /**< Bytes that would have been enough, for the member, or for the work buffer with
                          * AMP_ERR_WINDOW. 0: unknown. */
    const char *field;   /**< Name of the argument or member that the error is about, a static string; or
                          * NULL. */
    uint32_t retry_after_s;   /**< Retry-After in seconds; 0: none. For dates see amp_retry_after_s. */
    uint32_t requests;        /**< Requests sent since amp_init. */
    uint32_t connects;        /**< Connections opened since amp_init. */
    char note[AMP_NOTE_SIZE]; /**< When status or cause is AMP_ERR_REDIRECT or AMP_ERR_NOT_API: the host that
                                 a 3xx answer redirects to, else the content type. Printable ASCII, truncated
                                 to fit. */
    char date[AMP_DATE_SIZE]; /**< The Date header, which is the service's clock; empty: none. */
    char retry_at[AMP_DATE_SIZE]; /**< Retry-After as a date; empty: none. */
} amp_info_t;

/** Returns the wait that the Retry-After header of an answer requests, in seconds. Returns 0 if there is no
 * such header, or if its date has passed. `info` is from amp_client_info.
 *
 * A date in the header is compared with the Date header of the same answer. Without Date it is compared with
 * `utc`, the device's clock. If that clock is not set (0, or before AMP_BUILD_TIME), the date is compared
 * with AMP_BUILD_TIME. If the date is not later than AMP_BUILD_TIME, the delay is unknown. The function then
 * returns AMP_RETRY_AFTER_UNKNOWN_S, or the header's seconds if they are more. */
AMP_PUBLIC uint32_t amp_retry_after_s(const amp_info_t *info, amp_time_t utc);

#ifdef __cplusplus
}
#endif
#endif
