/* SPDX-License-Identifier: MIT */
/* Refuses answers that are not from the service: redirects (RFC 9110, 15.4), and the pages of captive portals
 * (RFC 6585, 6), proxies and gateways.
 *
 * Invariants:
 * - The decision depends only on status and media type. It is made before a byte of the body is read. A
 *   refused body is never parsed.
 * - A redirect is never followed: the request, with its credential, would go to another server. */
#include "captive_portal.h"

#include "../http/response.h"
#include "endpoint.h"

/* Sets of media types, one bit each. A page is a type that the service does not send, or an encoded body: see
 * amp__response_media. */
#define SET_OF(media) (1u << (media))
#define ANY 0xffu
#define ANY_BUT_PAGE (SET_OF(AMP_MEDIA_OTHER) - 1u)
#define JSON (SET_OF(AMP_MEDIA_JSON) | SET_OF(AMP_MEDIA_PROBLEM))

/* RFC 9110, 9.3.5: 200 and 204 mean deleted, 202 means accepted. 205 has no content either. The body is
 * ignored, encoded or not. The exception is a page with 200 or 202, which is from a captive portal. */
static unsigned media_of_deleted(unsigned http, unsigned media)
{
    int is_empty = http == 204u || http == 205u;
    return is_empty || ((http == 200u || http == 202u) && media != AMP_MEDIA_OTHER) ? ANY : 0;
}

/* Returns the media types that a 2xx answer of the endpoint may have. */
static unsigned media_of_success(const amp_client_t *client, unsigned http)
{
    if (client->endpoint->text != NULL) {
        return http == 200u ? SET_OF(AMP_MEDIA_TEXT) : 0;
    }
    if (client->schema != NULL) {
        return http <= 201u ? SET_OF(AMP_MEDIA_JSON) : 0;
    }
    if ((client->flags & AMP_IS_DELETE) != 0) {
        return media_of_deleted(http, client->response.media);
    }
    /* A page with status 200 is from a captive portal. */
    return http == 204u ? ANY : (client->flags & AMP_ANY_SUCCESS) != 0 ? ANY_BUT_PAGE : 0;
}

/* Returns the media types that an error answer of the service may have:
 *
 *   status                    JSON, problem+json   text/plain, no type   page
 *   ------------------------  -------------------  --------------------  ----------------
 *   3xx                       AMP_ERR_REDIRECT     AMP_ERR_REDIRECT      AMP_ERR_NOT_API
 *   407, 511                  by status            AMP_ERR_NOT_API       AMP_ERR_NOT_API
 *   408, 429, 502, 503, 504   by status            by status             by status
 *   any other 4xx, 5xx        by status            by status             AMP_ERR_NOT_API
 *
 * "By status" is amp__status_from_http. Go's http.Error and load balancers send text/plain or no body. A busy
 * gateway sends a page. The API itself never sends a page as an error. */
static unsigned media_of_error(unsigned http)
{
    if (http == 407u || http == 511u) {
        return JSON;
    }
    return http == 408u || http == 429u || (http >= 502u && http <= 504u) ? ANY : ANY_BUT_PAGE;
}

amp_status_t amp__refuse_foreign(const amp_client_t *client)
{
    unsigned http = client->response.status;
    unsigned expected = http < 300u ? media_of_success(client, http) : media_of_error(http);
    if ((expected & SET_OF(amp__response_media(&client->response))) == 0) {
        return AMP_ERR_NOT_API;
    }
    return http / 100u == 3u ? AMP_ERR_REDIRECT : AMP_OK;
}
