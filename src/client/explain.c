/* SPDX-License-Identifier: MIT */
/* Explains the result of a request in English. The event is the text of amp_status_text up to its first
 * colon. The text after the colon is the advice, unless it names a member of amp_info_t. This file prints
 * those members itself.
 *
 * Invariants:
 * - No advice suggests repeating a change that may have taken effect.
 * - Only the note, the problem document and the names of certificates come from outside. */
#include "explain.h"

#include <string.h>

#include "client_private.h"

#define HTTP_UNAVAILABLE 503u
#define HTTP_REDIRECT 3u /* hundreds */

/* Advice for the statuses whose text has no advice, or names a member of amp_info_t instead. */
static const struct {
    amp_status_t status;
    const char *advice;
} advices[] = {
    {AMP_ERR_ARGUMENT, "correct the argument"},
    {AMP_ERR_CONFIG, "correct the configuration"},
    {AMP_ERR_MEMORY, "free heap, or enlarge the arena of mbedTLS"},
    {AMP_ERR_TOKEN, "check the source of the token"},
    {AMP_ERR_DEADLINE, "check the network, or allow more time"},
    {AMP_ERR_ABORTED, "check the network"},
    {AMP_ERR_CLOSED, "check the network"},
    {AMP_ERR_NETWORK, "check the network"},
    {AMP_ERR_TLS, "check the base URL, and look for a proxy that intercepts TLS"},
    {AMP_ERR_CERT_WEAK, "look for a proxy that intercepts TLS"},
    {AMP_ERR_CERT, "look for a proxy that intercepts TLS"},
    {AMP_ERR_HTTP, "check the base URL, and look for a proxy or a captive portal"},
    {AMP_ERR_JSON, "look for a proxy, and report it to the service"},
    {AMP_ERR_DEPTH, "compile with a larger AMP_JSON_DEPTH"},
    {AMP_ERR_DUPLICATE, "report it to the service"},
    {AMP_ERR_MISSING, "report it to the service"},
    {AMP_ERR_TYPE, "report it to the service"},
    {AMP_ERR_VALUE, "report it to the service"},
    {AMP_ERR_TOO_LONG, "compile with a larger size in config.h"},
    {AMP_ERR_WINDOW, "enlarge the work buffer"},
    {AMP_ERR_UNEXPECTED, "add a row to the table"},
    {AMP_ERR_MISMATCH, "report it to the service"},
    {AMP_ERR_BAD_REQUEST, "correct the request"},
    {AMP_ERR_UNAUTHORIZED, "use a valid key or token"},
    {AMP_ERR_FORBIDDEN, "grant the key or token the permission"},
    {AMP_ERR_NOT_FOUND, "check the project and the IDs"},
    {AMP_ERR_SERVICE, "wait, then ask again"},
    {AMP_ERR_REFUSED, "check the base URL and the version of this library"},
};

/* Appends ", " between two details, and ": " before the first. */
typedef struct {
    amp_pieces_t *pieces;
    const char *before;
} list_t;

static void next(list_t *list)
{
    amp__pieces_add(list->pieces, list->before);
    list->before = ", ";
}

/* Returns the length of the text up to its first colon, which a space follows: status_texts.h has no other.
 */
static size_t clause_length(const char *text)
{
    size_t len = 0;
    while (text[len] != '\0' && text[len] != ':') {
        ++len;
    }
    return len;
}

/* Returns 1 when a change may have taken effect, although the status is not AMP_ERR_UNKNOWN_OUTCOME. The
 * answer was a success that could not be read, or the service failed during the request. */
static int may_have_changed(const amp_info_t *info)
{
    const unsigned kind = info->http / 100u;
    return info->is_unsafe && (kind == 2u || (kind == 5u && info->http != HTTP_UNAVAILABLE));
}

static int is_status(const amp_info_t *info, amp_status_t status)
{
    return info->status == status || info->cause == status;
}

static void add_certificate(list_t *list, const amp_tls_failure_t *failure)
{
    if (failure->subject[0] != '\0') {
        next(list);
        amp__pieces_add(list->pieces, "certificate of ");
        amp__pieces_add_outside(list->pieces, failure->subject);
    }
    if (failure->issuer[0] != '\0') {
        next(list);
        amp__pieces_add(list->pieces, "issued by ");
        amp__pieces_add_outside(list->pieces, failure->issuer);
    }
}

static void add_failure(list_t *list, const amp_tls_failure_t *failure)
{
    if (failure->rule != NULL && failure->rule[0] != '\0') {
        next(list);
        amp__pieces_add(list->pieces, failure->rule);
        amp__pieces_add(list->pieces, failure->detail[0] != '\0' ? " " : "");
        amp__pieces_add_outside(list->pieces, failure->detail);
    }
    if (failure->alert != 0) {
        next(list);
        amp__pieces_add(list->pieces, "alert ");
        amp__pieces_add_number(list->pieces, failure->alert);
    }
    if (failure->status != AMP_ERR_TLS) {
        add_certificate(list, failure);
    }
}

static void add_details(amp_pieces_t *pieces, const amp_info_t *info, const amp_tls_failure_t *failure)
{
    list_t list = {pieces, ": "};
    if (info->cause != AMP_OK) {
        const char *text = amp_status_text(info->cause);
        next(&list);
        amp__pieces_add_part(pieces, text, clause_length(text));
    }
    if (info->field != NULL) {
        next(&list);
        amp__pieces_add(pieces, info->field);
    }
    if (info->need > 0) {
        next(&list);
        amp__pieces_add_number(pieces, info->need < INT32_MAX ? (int32_t)info->need : INT32_MAX);
        amp__pieces_add(pieces, " bytes needed");
    }
    if (info->note[0] != '\0') {
        next(&list);
        amp__pieces_add(pieces, info->http / 100u == HTTP_REDIRECT ? "to " : "content type ");
        amp__pieces_add_outside(pieces, info->note);
    }
    if (failure != NULL && failure->status != AMP_OK && is_status(info, failure->status)) {
        add_failure(&list, failure);
    }
}

static void add_code(amp_pieces_t *pieces, const amp_info_t *info)
{
    static const char *const origins[AMP_ORIGIN_COUNT_] = {
        [AMP_ORIGIN_PORT] = "error ",
        [AMP_ORIGIN_ERRNO] = "errno ",
        [AMP_ORIGIN_GETADDRINFO] = "getaddrinfo error ",
        [AMP_ORIGIN_LWIP] = "lwIP error ",
        [AMP_ORIGIN_MBEDTLS] = "mbedTLS error ",
    };
    amp__pieces_add(pieces, ", ");
    amp__pieces_add(pieces, origins[info->origin < AMP_ORIGIN_COUNT_ ? info->origin : AMP_ORIGIN_PORT]);
    if (info->origin == AMP_ORIGIN_MBEDTLS) {
        amp__pieces_add_hex(pieces, info->code);
    } else {
        amp__pieces_add_number(pieces, info->code);
    }
}

static void add_facts(amp_pieces_t *pieces, const amp_info_t *info)
{
    amp__pieces_add(pieces, " (");
    amp__pieces_add(pieces, amp_status_name(info->status));
    amp__pieces_add(pieces, ", stage ");
    amp__pieces_add(pieces, amp_stage_name(info->stage));
    if (info->http != 0) {
        amp__pieces_add(pieces, ", HTTP ");
        amp__pieces_add_number(pieces, info->http);
    }
    if (info->code != 0) {
        add_code(pieces, info);
    }
    amp__pieces_add(pieces, ")");
}

void amp__explain_result(amp_pieces_t *pieces, const amp_info_t *info, const amp_tls_failure_t *failure)
{
    const char *text = amp_status_text(info->status);
    amp__pieces_add_sentence(pieces, text, clause_length(text));
    if (info->status < 0) {
        add_details(pieces, info, failure);
        add_facts(pieces, info);
    }
}

const char *amp__explain_advice_for(const amp_info_t *info)
{
    const char *text = amp_status_text(info->status);
    const size_t len = clause_length(text);
    if (may_have_changed(info)) {
        return "check whether the change took effect before you send it again";
    }
    if (info->status == AMP_ERR_MEMORY && info->need > 0) {
        return "enlarge the buffer";
    }
    for (size_t i = 0; i < sizeof advices / sizeof advices[0]; ++i) {
        if (advices[i].status == info->status) {
            return advices[i].advice;
        }
    }
    return text[len] != '\0' ? text + len + 2u : "";
}

int amp__explain_advice(amp_pieces_t *pieces, const amp_info_t *info)
{
    const char *advice = amp__explain_advice_for(info);
    amp__pieces_add_sentence(pieces, advice, strlen(advice));
    return advice[0] != '\0';
}

int amp__explain_problem(amp_pieces_t *pieces, const amp_problem_t *problem)
{
    list_t list = {pieces, ""};
    if (problem == NULL || (problem->title[0] == '\0' && problem->detail[0] == '\0')) {
        return 0;
    }
    amp__pieces_add(pieces, "The service says: ");
    if (problem->title[0] != '\0') {
        next(&list);
        amp__pieces_add_outside(pieces, problem->title);
        list.before = ": ";
    }
    if (problem->detail[0] != '\0') {
        next(&list);
        amp__pieces_add_outside(pieces, problem->detail);
    }
    if (problem->request_id[0] != '\0') {
        amp__pieces_add(pieces, " (request ");
        amp__pieces_add_outside(pieces, problem->request_id);
        amp__pieces_add(pieces, ")");
    }
    return 1;
}

void amp__explain_begin(amp_pieces_t *pieces, const amp_client_t *client, char *buf, size_t size)
{
    const amp_str_t none = {NULL, 0};
    amp__pieces_init(pieces, buf, size, client->config != NULL ? client->config->api_key : none);
}

/* Appends a sentence about Retry-After. */
static void add_retry_after(amp_pieces_t *pieces, const amp_info_t *info)
{
    const uint32_t seconds = info->status < 0 ? amp_retry_after_s(info, 0) : 0;
    if (seconds > 0) {
        amp__pieces_add(pieces, " The service asks to wait ");
        amp__pieces_add_number(pieces, seconds < INT32_MAX ? (int32_t)seconds : INT32_MAX);
        amp__pieces_add(pieces, " s.");
    }
}

const char *amp_explain_failure(const amp_client_t *client, const amp_tls_failure_t *failure, char *buf,
                                size_t size)
{
    const amp_info_t *info = amp_client_info(client);
    amp_pieces_t pieces;
    if (size == 0) {
        return "";
    }
    amp__explain_begin(&pieces, client, buf, size);
    if (client->phase == AMP_PHASE_UNUSABLE && info->status == AMP_OK) {
        amp__pieces_add(&pieces, "The client is not initialized. Call amp_init, and check its result.");
        amp__pieces_end(&pieces);
        return buf;
    }
    amp__explain_result(&pieces, info, failure);
    amp__pieces_add(&pieces, ". ");
    if (amp__explain_advice(&pieces, info)) {
        amp__pieces_add(&pieces, ".");
    }
    add_retry_after(&pieces, info);
    amp__pieces_add(&pieces, " ");
    if (amp__explain_problem(&pieces, amp_client_problem(client))) {
        amp__pieces_add(&pieces, ".");
    }
    while (pieces.len > 0 && pieces.buf[pieces.len - 1u] == ' ') {
        --pieces.len;
    }
    amp__pieces_end(&pieces);
    return buf;
}
