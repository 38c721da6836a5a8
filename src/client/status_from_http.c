/* SPDX-License-Identifier: MIT */
/* The amp_status_t for each HTTP status that is an error (RFC 9110, 15.5 and 15.6; RFC 6585; RFC 8470). */
#include "status_from_http.h"

#include <stddef.h>
#include <stdint.h>

/* The other 4xx are AMP_ERR_REFUSED, and all 5xx AMP_ERR_SERVICE. 408 and 425 are a matter of timing: the
 * same request may succeed later. */
static const struct {
    uint8_t over_400; /* the HTTP status is 400 more */
    int8_t status;
} rows[] = {
    {0, AMP_ERR_BAD_REQUEST},   /* 400 Bad Request */
    {1, AMP_ERR_UNAUTHORIZED},  /* 401 Unauthorized */
    {3, AMP_ERR_FORBIDDEN},     /* 403 Forbidden */
    {4, AMP_ERR_NOT_FOUND},     /* 404 Not Found */
    {8, AMP_ERR_SERVICE},       /* 408 Request Timeout */
    {9, AMP_ERR_CONFLICT},      /* 409 Conflict */
    {10, AMP_ERR_NOT_FOUND},    /* 410 Gone */
    {22, AMP_ERR_BAD_REQUEST},  /* 422 Unprocessable Content */
    {25, AMP_ERR_SERVICE},      /* 425 Too Early */
    {29, AMP_ERR_RATE_LIMITED}, /* 429 Too Many Requests */
};
typedef char amp_status_from_http_fits_t[AMP_ERR_REFUSED >= INT8_MIN ? 1 : -1];

amp_status_t amp__status_from_http(unsigned http)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
        if (rows[i].over_400 == http - 400u) {
            return (amp_status_t)rows[i].status;
        }
    }
    return http < 500u ? AMP_ERR_REFUSED : AMP_ERR_SERVICE;
}
