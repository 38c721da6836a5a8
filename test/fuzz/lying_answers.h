/* SPDX-License-Identifier: MIT */
/* Answers of the lying port. Most of them fit the request; some belong to another request, and some are
 * damaged. Connections contain a credential, ANSWER_SECRET, which must not reach any record. */
#ifndef AMP_FUZZ_LYING_ANSWERS_H
#define AMP_FUZZ_LYING_ANSWERS_H

#include <stdarg.h>

#include "decisions.h"

#define ANSWER_SECRET "LEAKED-5ECRET"
#define ANSWER_SIZE 8192u

/* The body that fits a request. */
typedef enum {
    FITS_NOTHING,
    FITS_CONNECTION,
    FITS_CONNECTIONS,
    FITS_URL,
    FITS_CUSTOM_AUTH,
    FITS_INSTALLATION,
    FITS_INSTALLATIONS,
    FITS_PROGRESS,
    FITS_OPERATION,
    FITS_OPERATIONS,
    FITS_PROVIDER,
    FITS_PROBLEM,
    FITS_COUNT_
} fits_t;

typedef struct {
    char text[ANSWER_SIZE + 1u];
    size_t len;
    int is_damaged;
} answer_t;

static inline void answer_add(answer_t *answer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static inline void answer_add(answer_t *answer, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    const int len = vsnprintf(answer->text + answer->len, sizeof answer->text - answer->len, format, list);
    va_end(list);
    MUST(len >= 0);
    answer->len += (size_t)len;
    answer->len = answer->len < ANSWER_SIZE ? answer->len : ANSWER_SIZE;
}

static inline void answer_connection(answer_t *answer, decisions_t *d)
{
    static const char *const statuses[] = {"working", "created", "bad_credentials", "new_word"};
    static const char *const schemes[] = {"oauth2/authorizationCode", "apiKey", "custom"};
    const unsigned number = decide(d, 16);
    const char *scheme = schemes[decide(d, 3)];
    const char *status = statuses[decide(d, 4)];
    const char *consumer = happens(d, 4) ? "other" : "r-1";
    answer_add(answer,
               "{\"id\":\"c-%u\",\"projectId\":\"p-1\",\"provider\":\"r-1\",\"authScheme\":\"%s\","
               "\"status\":\"%s\",\"createTime\":\"2023-07-13T21:34:%02uZ\",\"apiKey\":\"" ANSWER_SECRET
               "\",\"group\":{\"groupRef\":\"r-1\",\"groupName\":\"G\\u00e9\"},"
               "\"consumer\":{\"consumerRef\":\"%s\",\"consumerName\":\"C\"}}",
               number, scheme, status, number, consumer);
}

static inline void answer_installation(answer_t *answer, decisions_t *d)
{
    answer_add(answer, "{\"id\":\"i-1\",\"projectId\":\"p-1\",\"integrationId\":\"n-1\",\"createdBy\":\"x\","
                       "\"createTime\":\"2023-07-13T21:34:44Z\",\"healthStatus\":\"healthy\","
                       "\"group\":{\"groupRef\":\"r-1\",\"groupName\":\"G\"},\"config\":{\"id\":\"k\","
                       "\"revisionId\":\"l\",\"createTime\":\"2023-07-13T21:34:44Z\",\"createdBy\":\"y\","
                       "\"content\":{\"a\":[1,{\"b\":null}]}},\"connection\":");
    answer_connection(answer, d);
    answer_add(answer, "}");
}

#define ANSWER_OPERATION                                                                                     \
    "{\"id\":\"o\",\"projectId\":\"p\",\"integrationId\":\"i\",\"configId\":\"c\",\"installationId\":"       \
    "\"n\",\"actionType\":\"read\",\"status\":\"success\"}"

static inline void answer_list(answer_t *answer, decisions_t *d, int of_installations)
{
    const unsigned count = decide(d, 4) > 0 ? decide(d, 12) : 0;
    answer_add(answer, "[");
    for (unsigned i = 0; i < count; ++i) {
        answer_add(answer, i > 0 ? "," : "");
        (of_installations ? answer_installation : answer_connection)(answer, d);
    }
    answer_add(answer, "]");
}

static inline void answer_page(answer_t *answer, decisions_t *d)
{
    const unsigned token = decide(d, 5);
    answer_add(answer, "{\"results\":[" ANSWER_OPERATION "," ANSWER_OPERATION "],\"pagination\":{");
    if (token > 0) {
        answer_add(answer, "\"done\":false,\"nextPageToken\":\"t-%u\"}}", token);
    } else {
        answer_add(answer, "\"done\":true}}");
    }
}

static inline void answer_body(answer_t *answer, decisions_t *d, fits_t fits)
{
    static const char *const texts[FITS_COUNT_] = {
        [FITS_NOTHING] = "",
        [FITS_URL] = "https://h.example/oauth?state=x",
        [FITS_PROGRESS] = "{\"installationId\":\"i\",\"objectName\":\"o\",\"operationId\":\"p\","
                          "\"recordsProcessed\":7}",
        [FITS_OPERATION] = ANSWER_OPERATION,
        [FITS_PROVIDER] = "{\"name\":\"salesforce\",\"authType\":\"oauth2\",\"displayName\":\"Salesforce\"}",
        [FITS_PROBLEM] = "{\"type\":\"t\",\"title\":\"No\",\"status\":400,\"detail\":\"d\",\"remedy\":\"r\","
                         "\"retryable\":true,\"retryAfter\":\"2030-01-01T00:00:00Z\",\"requestId\":\"q\"}",
    };
    if (fits == FITS_CONNECTION) {
        answer_connection(answer, d);
    } else if (fits == FITS_INSTALLATION) {
        answer_installation(answer, d);
    } else if (fits == FITS_CONNECTIONS || fits == FITS_INSTALLATIONS) {
        answer_list(answer, d, fits == FITS_INSTALLATIONS);
    } else if (fits == FITS_OPERATIONS) {
        answer_page(answer, d);
    } else if (fits == FITS_CUSTOM_AUTH) {
        answer_add(answer, "{\"%s\":", decide(d, 2) > 0 ? "connection" : "redirect");
        if (answer->text[2] == 'c') {
            answer_connection(answer, d);
            answer_add(answer, "}");
        } else {
            answer_add(answer, "{\"url\":\"https://x.example/y\",\"sessionId\":\"s\"}}");
        }
    } else {
        answer_add(answer, "%s", texts[fits]);
    }
}

/* Changes some of the bytes. */
static inline void answer_damage(answer_t *answer, decisions_t *d)
{
    for (unsigned times = 1u + decide(d, 3); times > 0 && answer->len > 0; --times) {
        const size_t at = decide(d, 65536) % answer->len;
        const size_t rest = answer->len - at;
        switch (decide(d, 4)) {
        case 0:
            answer->text[at] = (char)decide(d, 256);
            break;
        case 1: /* drops the end */
            answer->len = at;
            break;
        case 2: /* drops a byte */
            memmove(answer->text + at, answer->text + at + 1u, rest - 1u);
            --answer->len;
            break;
        default: /* repeats a part */
            memmove(answer->text + at / 2u, answer->text + at, rest);
            answer->len = at / 2u + rest;
        }
    }
    answer->is_damaged = 1;
}

static inline void answer_headers(answer_t *answer, decisions_t *d, fits_t fits)
{
    static const char *const types[] = {"application/json", "text/plain", "application/problem+json",
                                        "text/html"};
    static const char *const lines[] = {"Connection: close",
                                        "Retry-After: 7",
                                        "Retry-After: Fri, 31 Dec 2029 23:59:59 GMT",
                                        "Date: Fri, 31 Dec 2027 23:59:00 GMT",
                                        "Location: https://u:p@h2.example/x",
                                        "Content-Encoding: gzip"};
    const char *fitting = fits == FITS_URL ? types[1] : fits == FITS_PROBLEM ? types[2] : types[0];
    answer_add(answer, "Content-Type: %s\r\n", happens(d, 16) ? types[decide(d, 4)] : fitting);
    while (happens(d, 64)) {
        answer_add(answer, "%s\r\n", lines[decide(d, 6)]);
    }
}

/* Writes a complete answer. */
static inline void answer_write(answer_t *answer, decisions_t *d, fits_t fits, unsigned lies)
{
    static const unsigned others[] = {401, 201, 202, 204, 302, 303, 400, 403, 404, 408, 409,
                                      422, 429, 500, 502, 503, 504, 100, 199, 407, 511};
    static answer_t body;
    unsigned status = fits == FITS_NOTHING ? 204u : 200u;
    body.len = 0;
    answer->len = 0;
    answer->is_damaged = 0;
    if (happens(d, 12)) { /* frequent enough to occur twice: a token is renewed once */
        status = 401;
        fits = FITS_PROBLEM;
    } else if (happens(d, 16u + lies)) {
        status = others[decide(d, sizeof others / sizeof others[0])];
        fits = status >= 400u ? FITS_PROBLEM : fits;
    }
    if (happens(d, lies)) {
        fits = (fits_t)decide(d, FITS_COUNT_);
    }
    answer_body(&body, d, fits);
    answer_add(answer, "HTTP/1.1 %u X\r\n", status);
    answer_headers(answer, d, fits);
    const unsigned framing = decide(d, 3);
    if (framing == 0 || fits == FITS_NOTHING) {
        answer_add(answer, "Content-Length: %zu\r\n\r\n", body.len);
    } else if (framing == 1u) {
        answer_add(answer, "Transfer-Encoding: chunked\r\n\r\n%zx\r\n", body.len);
    } else {
        answer_add(answer, "\r\n");
    }
    answer_add(answer, "%.*s", (int)body.len, body.text);
    answer_add(answer, framing == 1u && fits != FITS_NOTHING ? "\r\n0\r\n\r\n" : "");
    if (happens(d, 2u * lies)) {
        answer_damage(answer, d);
    }
}

#endif
