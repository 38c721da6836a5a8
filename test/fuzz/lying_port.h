/* SPDX-License-Identifier: MIT */
/* A port that lies. It moves only a part of the bytes, asks for a later call, remains silent, or fails. It
 * jumps in time, or reports more bytes than it was offered. Its callbacks may reset or close the client, or
 * set the cancel flag. The port checks that its caller follows port.h. It parses the sent bytes: the
 * requests, their host, and the secrets in them. Decisions are from decisions.h, so a run can be repeated. */
#ifndef AMP_FUZZ_LYING_PORT_H
#define AMP_FUZZ_LYING_PORT_H

#include "lying_answers.h"

#define LYING_HOST "h.example"
#define LYING_AUTHORITY LYING_HOST ":8443"
#define LYING_NUMBER 8443u
#define LYING_HEAD_SIZE 4096u
#define LYING_JWT "jwt-5ecret.a.b"
#define LYING_KEY "key-5E2C7E7"
#define LYING_SECRET "cred-5ecret"

typedef enum { INSIDE_NOTHING, INSIDE_RESET, INSIDE_CLOSE } inside_t;

typedef struct {
    decisions_t *d;
    amp_client_t *client; /* for callbacks that reset or close the client; NULL while they must not */
    volatile uint8_t *cancel;
    unsigned lies;     /* probability of a fault, in 1/256 */
    int is_opaque;     /* TLS runs over this port, so its bytes are not read */
    int must_not_wait; /* a call that never waits is in progress */
    unsigned moves;    /* calls of open, send and recv in that call */
    inside_t inside;   /* a callback of that call has reset or closed the client */
    uint32_t now_ms;
    uint32_t longest_wait_ms; /* limit for the caller */

    int is_open;
    int is_lost; /* the connection has failed, so only close may follow */
    const char *opening;
    const uint8_t *again; /* bytes for which send returned 0 */
    size_t again_len;

    char head[LYING_HEAD_SIZE + 1u]; /* head of the request that is being sent */
    size_t head_len;
    size_t body_left;
    int is_in_request;
    fits_t fits;            /* the answer to the operation; FITS_COUNT_: the request decides */
    int changes;            /* the operation may change something */
    unsigned changes_begun; /* requests that may change something, since the operation began */
    int is_renewable;       /* a 401 answers the last such request */
    size_t unsettled;       /* bytes of that request that were sent, unless a 401 answers it */
    unsigned requests;      /* complete requests, since the operation began */

    answer_t answer;
    size_t answer_at;
    int end;        /* status after the answer; 0: the connection stays open */
    int is_silent;  /* no more bytes arrive on this connection */
    int is_damaged; /* an answer to this operation was damaged, so its texts are unknown */
} lying_t;

/* Called in each callback of the library. Sometimes the application then calls the library from inside it. */
static inline void lying_callback(lying_t *p)
{
    p->now_ms += decide(p->d, 2);
    if (happens(p->d, p->lies / 16u)) {
        p->now_ms += 1u << decide(p->d, 32);
    }
    if (p->client != NULL && p->client->busy != 0 && happens(p->d, p->lies / 16u)) {
        const unsigned what = decide(p->d, 3);
        if (what == 0) {
            *p->cancel = 1;
        } else if (what == 1u) {
            amp_reset(p->client);
            p->inside = p->inside == INSIDE_CLOSE ? INSIDE_CLOSE : INSIDE_RESET;
        } else {
            amp_close(p->client);
            p->inside = INSIDE_CLOSE;
        }
        MUST(amp_step(p->client) == AMP_ERR_STATE);
    }
}

static inline int lying_failure(lying_t *p)
{
    static const int failures[] = {AMP_ERR_ABORTED, AMP_ERR_CLOSED, AMP_ERR_NETWORK, AMP_ERR_TLS,
                                   AMP_ERR_MEMORY};
    p->is_lost = 1;
    return failures[decide(p->d, 5)];
}

static inline int lying_open(void *ctx, const char *host, uint16_t number)
{
    static const int failures[] = {AMP_ERR_DNS,      AMP_ERR_CONNECT, AMP_ERR_CLOCK, AMP_ERR_CERT_NAME,
                                   AMP_ERR_CERT_PIN, AMP_ERR_RANDOM,  AMP_ERR_TLS};
    lying_t *p = ctx;
    ++p->moves;
    MUST(!p->is_open && !p->is_lost && strcmp(host, LYING_HOST) == 0 && number == LYING_NUMBER);
    MUST(p->opening == NULL || p->opening == host);
    lying_callback(p);
    if (happens(p->d, p->lies)) {
        p->is_lost = 1;
        return failures[decide(p->d, 7)];
    }
    if (happens(p->d, 64)) {
        p->opening = host;
        return 0;
    }
    p->opening = NULL;
    p->is_open = 1;
    p->is_in_request = 0;
    p->is_silent = 0;
    p->end = 0;
    p->answer.len = 0;
    p->answer_at = 0;
    return (int)(1u + decide(p->d, 2));
}

/* The head of a request is complete. */
static inline void lying_on_head(lying_t *p)
{
    static char line[LYING_HEAD_SIZE + 1u];
    const char *end = strstr(p->head, "\r\n");
    const char *length = strstr(p->head, "\r\nContent-Length: ");
    const size_t len = (size_t)(end - p->head);
    MUST(end != NULL && strstr(p->head, "\r\nHost: " LYING_AUTHORITY "\r\n") != NULL);
    memcpy(line, p->head, len);
    line[len] = '\0';
    MUST(strstr(line, LYING_KEY) == NULL && strstr(line, LYING_SECRET) == NULL &&
         strstr(line, LYING_JWT) == NULL);
    const int has_credential = strstr(p->head, LYING_KEY) != NULL || strstr(p->head, LYING_JWT) != NULL;
    MUST(has_credential == (strstr(line, "/providers/") == NULL));
    p->body_left = length != NULL ? (size_t)strtoul(length + 18, NULL, 10) : 0;
}

/* The whole request was sent. Chooses the peer's answer. */
static inline void lying_on_request(lying_t *p)
{
    static const int ends[] = {0, 0, 0, AMP_ERR_CLOSED, AMP_ERR_ABORTED};
    fits_t fits = p->fits;
    if (fits == FITS_COUNT_) {
        fits = p->head[0] != 'G'                        ? FITS_URL
               : strstr(p->head, "/providers/") != NULL ? FITS_PROVIDER
                                                        : FITS_CONNECTIONS;
    }
    p->is_in_request = 0;
    ++p->requests;
    answer_write(&p->answer, p->d, fits, p->lies);
    p->answer_at = 0;
    p->is_damaged |= p->answer.is_damaged;
    p->end = strstr(p->answer.text, "Content-Length") == NULL && strstr(p->answer.text, "chunked") == NULL
                 ? AMP_ERR_CLOSED
                 : ends[happens(p->d, 16u + p->lies) ? decide(p->d, 5) : 0];
    p->is_silent = happens(p->d, p->lies / 8u);
    p->is_renewable = memcmp(p->answer.text, "HTTP/1.1 401", 12) == 0 || p->answer.is_damaged;
}

/* Parses the sent bytes. */
static inline void lying_take(lying_t *p, const uint8_t *data, size_t len)
{
    for (size_t i = 0; i < len; ++i) {
        if (!p->is_in_request) {
            p->is_in_request = 1;
            p->head_len = 0;
            p->body_left = SIZE_MAX;
            if (p->changes || data[i] != 'G') {
                MUST(p->changes_begun == 0 || (p->changes_begun == 1u && p->is_renewable));
                ++p->changes_begun;
                p->is_renewable = 0;
                p->unsettled = 0;
            }
        }
        p->unsettled += p->changes || p->head[0] != 'G';
        if (p->body_left == SIZE_MAX) {
            MUST(p->head_len < LYING_HEAD_SIZE);
            p->head[p->head_len++] = (char)data[i];
            p->head[p->head_len] = '\0';
            if (p->head_len >= 4u && memcmp(p->head + p->head_len - 4u, "\r\n\r\n", 4) == 0) {
                lying_on_head(p);
            }
        } else {
            --p->body_left;
        }
        if (p->body_left == 0) {
            lying_on_request(p);
        }
    }
}

static inline int lying_send(void *ctx, const uint8_t *data, size_t len)
{
    lying_t *p = ctx;
    ++p->moves;
    MUST(p->is_open && !p->is_lost && len > 0 &&
         (p->again == NULL || (p->again == data && p->again_len == len)));
    MUST(!p->is_opaque || !memory_holds(data, len, LYING_KEY));
    p->again = NULL;
    lying_callback(p);
    if (happens(p->d, p->lies)) {
        return lying_failure(p);
    }
    if (happens(p->d, 48)) {
        p->again = data;
        p->again_len = len;
        return 0;
    }
    const size_t all = len;
    len = happens(p->d, 64) ? 1u + decide(p->d, 65536) % len : len;
    if (p->is_opaque) {
        p->is_silent = happens(p->d, 8);
        p->answer_at = 0;
        p->answer.len = 1u + decide(p->d, 300);
        for (size_t i = 0; i < p->answer.len; ++i) {
            p->answer.text[i] = "\x16\x03\x03\0\x02\x15\x28\x30"[decide(p->d, 8)];
        }
        return (int)len;
    }
    lying_take(p, data, len);
    /* A port that reports more bytes than it was offered has sent something. */
    return happens(p->d, p->lies / 8u) ? (int)(all + 1u + decide(p->d, 65536)) : (int)len;
}

/* Without a request, the peer may close the connection or send unrequested bytes. */
static inline int lying_idle(lying_t *p, uint8_t *data)
{
    if (!p->is_silent && happens(p->d, 8u + p->lies)) {
        *data = 'H';
        p->is_lost = decide(p->d, 3) > 0;
        return p->is_lost ? AMP_ERR_CLOSED : 1;
    }
    return 0;
}

static inline int lying_recv(void *ctx, uint8_t *data, size_t len)
{
    lying_t *p = ctx;
    const size_t left = p->answer.len - p->answer_at;
    ++p->moves;
    MUST(p->is_open && !p->is_lost && len > 0);
    lying_callback(p);
    if (happens(p->d, p->lies / 2u)) {
        return lying_failure(p);
    }
    if (happens(p->d, p->lies / 16u)) {
        return (int)(len + 1u + decide(p->d, 65536));
    }
    if (p->is_silent || happens(p->d, 48)) {
        return 0;
    }
    if (left == 0) {
        p->is_lost = p->end != 0;
        return p->end != 0 ? p->end : lying_idle(p, data);
    }
    len = len < left ? len : left;
    len = happens(p->d, 96) ? 1u + decide(p->d, 65536) % len : len;
    memcpy(data, p->answer.text + p->answer_at, len);
    p->answer_at += len;
    p->unsettled = p->is_renewable && p->answer_at > 12u ? 0 : p->unsettled;
    return (int)len;
}

static inline void lying_close(void *ctx)
{
    lying_t *p = ctx;
    p->is_open = 0;
    p->is_lost = 0;
    p->opening = NULL;
    p->again = NULL;
    lying_callback(p);
}

static inline uint32_t lying_now(void *ctx)
{
    lying_t *p = ctx;
    lying_callback(p);
    return p->now_ms;
}

static inline void lying_wait(void *ctx, unsigned wanted, uint32_t ms)
{
    lying_t *p = ctx;
    MUST(!p->must_not_wait && (wanted & ~(AMP_WAIT_READ | AMP_WAIT_WRITE)) == 0);
    MUST(ms <= p->longest_wait_ms);
    p->now_ms += ms / 4u + decide(p->d, 4) * (ms / 4u) + 1u;
    if (happens(p->d, 8)) {
        *p->cancel = 1;
    }
}

static inline void lying_report(void *ctx, amp_port_report_t *out_report)
{
    lying_t *p = ctx;
    lying_callback(p);
    out_report->stage = (amp_stage_t)(happens(p->d, p->lies) ? decide(p->d, 100) : decide(p->d, 4));
    out_report->origin = (amp_origin_t)decide(p->d, 9);
    out_report->code = (int32_t)decide(p->d, 65536) - 32768;
}

static inline uint32_t lying_idle_ms(void *ctx, unsigned *wanted)
{
    lying_t *p = ctx;
    MUST(*wanted != 0 && (*wanted & ~(AMP_WAIT_READ | AMP_WAIT_WRITE)) == 0);
    *wanted = decide(p->d, 4);
    return happens(p->d, 64) ? AMP_NEVER_MS : decide(p->d, 5000);
}

static inline amp_port_t lying_port(lying_t *p)
{
    const amp_port_t port = {p,         lying_open, lying_send,   lying_recv, lying_close,
                             lying_now, lying_wait, lying_report, 1,          lying_idle_ms};
    return port;
}

/* Called when a new operation or flow begins. */
static inline void lying_begin(lying_t *p, fits_t fits, int changes)
{
    p->fits = fits;
    p->changes = changes;
    p->changes_begun = 0;
    p->is_renewable = 0;
    p->unsettled = 0;
    p->requests = 0;
    p->is_damaged = 0;
}

#endif
