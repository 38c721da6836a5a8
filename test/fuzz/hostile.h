/* SPDX-License-Identifier: MIT */
/* A port whose peer is the fuzzer. The script has the bytes that the peer sends. Three byte values, which
 * occur in no response, are events:
 *   0  no more bytes until the client sends
 *   1  an orderly end of the connection
 *   2  a lost connection
 * A ring of choices decides how many bytes each call moves, when it returns "later", and when it fails. */
#ifndef AMP_FUZZ_HOSTILE_H
#define AMP_FUZZ_HOSTILE_H

#include "fuzz.h"

#define CHOICES 12u

typedef struct {
    const uint8_t *script;
    size_t len;
    size_t at;
    uint8_t choices[CHOICES]; /* all zero: moves all bytes at once, without failure */
    size_t choice;
    int is_open;
    int armed;   /* something was sent since the last event 0 */
    int looking; /* the client checks that a kept connection is quiet: waiting bytes are returned at once */
    int failed;  /* a choice made a call fail, or the connection was lost within the script */
    uint32_t now_ms;
    size_t opens;
    size_t sent_len; /* for all connections */
    size_t sent_on;  /* connections that accepted a byte */
    size_t sent_here;
    const uint8_t *again;
    size_t again_len;
} hostile_t;

static inline unsigned hostile_choice(hostile_t *h)
{
    return h->choices[h->choice++ % CHOICES];
}

static inline int hostile_failure(hostile_t *h, unsigned choice)
{
    static const int failures[] = {AMP_ERR_ABORTED, AMP_ERR_CLOSED, AMP_ERR_NETWORK, AMP_ERR_TLS};
    h->failed = 1;
    return failures[choice % 4u];
}

static inline int hostile_open(void *ctx, const char *host, uint16_t port)
{
    hostile_t *h = ctx;
    unsigned choice = hostile_choice(h);
    MUST(!h->is_open && strlen(host) <= 253u && port > 0);
    if (choice >= 252u) {
        return hostile_failure(h, choice);
    }
    if (choice >= 200u) {
        return 0;
    }
    h->is_open = 1;
    h->armed = 0;
    h->sent_here = 0;
    ++h->opens;
    return 1;
}

static inline int hostile_send(void *ctx, const uint8_t *data, size_t len)
{
    hostile_t *h = ctx;
    unsigned choice = hostile_choice(h);
    MUST(h->is_open && len > 0 && (h->again == NULL || (h->again == data && h->again_len == len)));
    h->again = NULL;
    if (choice >= 252u) {
        return hostile_failure(h, choice);
    }
    if (choice >= 200u) {
        h->again = data;
        h->again_len = len;
        return 0;
    }
    len = choice > 0 && choice < len ? choice : len;
    h->sent_on += h->sent_here == 0;
    h->sent_here += len;
    h->sent_len += len;
    h->armed = 1;
    return (int)len;
}

static inline int take_pause(hostile_t *h)
{
    int pauses = h->at < h->len && h->script[h->at] == 0;
    if (pauses) {
        ++h->at;
        h->armed = 0;
    }
    return pauses;
}

static inline int hostile_recv(void *ctx, uint8_t *data, size_t len)
{
    hostile_t *h = ctx;
    unsigned choice = hostile_choice(h);
    size_t n = 0;
    MUST(h->is_open && len > 0);
    memset(data, 0xee, len);
    if (choice >= 252u) {
        return hostile_failure(h, choice);
    }
    if ((choice >= 200u && !h->looking) || !h->armed) {
        return 0;
    }
    if (h->at == h->len) {
        return AMP_ERR_ABORTED;
    }
    if (h->script[h->at] == 1u || h->script[h->at] == 2u) {
        return h->script[h->at] == 1u ? AMP_ERR_CLOSED : AMP_ERR_ABORTED;
    }
    if (take_pause(h)) {
        return 0;
    }
    len = choice > 0 && choice < len ? choice : len;
    while (n < len && h->at < h->len && h->script[h->at] > 2u) {
        data[n++] = h->script[h->at++];
    }
    take_pause(h);
    return (int)n;
}

/* Drops the rest of the peer's bytes for this connection. */
static inline void hostile_close(void *ctx)
{
    hostile_t *h = ctx;
    while (h->is_open && h->armed && h->at < h->len && h->script[h->at++] > 2u) {
    }
    h->is_open = 0;
    h->again = NULL;
}

static inline uint32_t hostile_now(void *ctx)
{
    return ++((hostile_t *)ctx)->now_ms;
}

static inline void hostile_wait(void *ctx, unsigned wanted, uint32_t ms)
{
    ((hostile_t *)ctx)->now_ms += ms;
    (void)wanted;
}

static inline void hostile_report(void *ctx, amp_port_report_t *out_report)
{
    out_report->stage = (amp_stage_t)(((hostile_t *)ctx)->choice % 4u);
    out_report->code = 7;
}

#endif
