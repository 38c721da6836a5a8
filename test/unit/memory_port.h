/* SPDX-License-Identifier: MIT */
/* A port over memory. It plays prepared responses and records what is sent. It can be slow, and can fail at
 * any call or byte. Only wait() and events advance its clock. It checks that its caller keeps the rules of
 * port.h. */
#ifndef AMP_TEST_MEMORY_PORT_H
#define AMP_TEST_MEMORY_PORT_H

#include "../memory_holds.h"
#include "pieces.h"

#include "ampersand/port.h"

#define MEMORY_SENT_SIZE 65536u

/* The response to one request, and the end of the connection after it. */
typedef struct {
    const char *text;
    size_t len;
    int end;     /* a negative status, returned after the text; 0: the connection stays */
    int unasked; /* the text or the end is there before a byte of a request was sent */
} memory_answer_t;

typedef enum {
    MEMORY_AT_ONCE,
    MEMORY_BYTE_BY_BYTE,
    MEMORY_EVERY_OTHER_CALL,     /* the other calls return 0 */
    MEMORY_BYTE_EVERY_OTHER_CALL /* both */
} memory_pace_t;

typedef enum {
    MEMORY_NO_FAULT,
    MEMORY_OPEN_CALL, /* calls from fault_at on, counted from 0, return fault_status */
    MEMORY_SEND_CALL,
    MEMORY_RECV_CALL,
    MEMORY_SEND_BYTE, /* after that many bytes were moved on all connections */
    MEMORY_RECV_BYTE
} memory_fault_t;

typedef struct {
    const memory_answer_t *answers;
    size_t answer_count;
    size_t answer; /* the next answer, and how many of its bytes were read */
    size_t answer_at;
    int armed; /* something was sent since the last answer */
    memory_pace_t pace;
    memory_fault_t fault;
    size_t fault_at;
    int fault_status;
    size_t open_delay; /* calls of open that return 0 before it connects */
    amp_port_report_t report;

    uint32_t now_ms;
    size_t calls;    /* calls of open, send and recv */
    size_t event_at; /* the call during which the event happens, from 1; 0: never */
    uint32_t event_jump_ms;
    volatile uint8_t *event_cancel;

    int is_open;
    size_t open_calls;
    size_t send_calls;
    size_t recv_calls;
    size_t opens;
    size_t closes;
    char host[256];
    uint16_t number;
    uint8_t sent[MEMORY_SENT_SIZE];
    size_t sent_len;
    size_t received_len;
    const uint8_t *again; /* bytes for which send returned 0: they must be sent again */
    size_t again_len;
    size_t waits;
    uint32_t longest_wait_ms;
    uint32_t wait_step_ms; /* a wait ends after this time; UINT32_MAX: after the whole time */
    unsigned wanted;
} memory_port_t;

static inline void memory_event(memory_port_t *memory)
{
    if (++memory->calls == memory->event_at) {
        memory->now_ms += memory->event_jump_ms;
        if (memory->event_cancel != NULL) {
            *memory->event_cancel = 1;
        }
    }
}

static inline int memory_skips(const memory_port_t *memory, size_t call)
{
    return memory->pace >= MEMORY_EVERY_OTHER_CALL && call % 2u == 0;
}

static inline size_t memory_portion(const memory_port_t *memory, size_t len)
{
    int one = memory->pace == MEMORY_BYTE_BY_BYTE || memory->pace == MEMORY_BYTE_EVERY_OTHER_CALL;
    return one && len > 1u ? 1u : len;
}

/* Returns how many of len bytes may be moved before the fault. Sets *out_fails when it is 0. */
static inline size_t memory_before_fault(const memory_port_t *memory, memory_fault_t by_byte, size_t moved,
                                         size_t len, int *out_fails)
{
    if (memory->fault != by_byte) {
        return len;
    }
    size_t left = memory->fault_at > moved ? memory->fault_at - moved : 0;
    *out_fails = left == 0;
    return len < left ? len : left;
}

static inline int memory_open(void *ctx, const char *host, uint16_t port)
{
    memory_port_t *memory = ctx;
    size_t call = memory->open_calls++;
    assert_false(memory->is_open);
    assert_true(strlen(host) <= 253);
    memcpy(memory->host, host, strlen(host) + 1u);
    memory->number = port;
    memory_event(memory);
    if (memory->fault == MEMORY_OPEN_CALL && call >= memory->fault_at) {
        return memory->fault_status;
    }
    if (call < memory->open_delay) {
        return 0;
    }
    memory->is_open = 1;
    memory->armed = 0;
    ++memory->opens;
    return 1;
}

static inline int memory_send(void *ctx, const uint8_t *data, size_t len)
{
    memory_port_t *memory = ctx;
    size_t call = memory->send_calls++;
    size_t offered = len;
    int fails = memory->fault == MEMORY_SEND_CALL && call >= memory->fault_at;
    assert_true(memory->is_open);
    assert_true(len > 0);
    if (memory->again != NULL) {
        assert_ptr_equal(data, memory->again);
        assert_int_equal(len, memory->again_len);
    }
    memory->again = NULL;
    memory_event(memory);
    len =
        memory_before_fault(memory, MEMORY_SEND_BYTE, memory->sent_len, memory_portion(memory, len), &fails);
    if (fails) {
        return memory->fault_status;
    }
    if (memory_skips(memory, call)) {
        memory->again = data;
        memory->again_len = offered;
        return 0;
    }
    assert_true(memory->sent_len + len < sizeof memory->sent);
    memcpy(memory->sent + memory->sent_len, data, len);
    memory->sent_len += len;
    memory->armed = 1;
    return (int)len;
}

static inline void memory_next_answer(memory_port_t *memory)
{
    ++memory->answer;
    memory->answer_at = 0;
    memory->armed = 0;
}

static inline int memory_recv(void *ctx, uint8_t *data, size_t len)
{
    memory_port_t *memory = ctx;
    size_t call = memory->recv_calls++;
    int fails = memory->fault == MEMORY_RECV_CALL && call >= memory->fault_at;
    assert_true(memory->is_open);
    assert_true(len > 0);
    memory_event(memory);
    len = memory_before_fault(memory, MEMORY_RECV_BYTE, memory->received_len, memory_portion(memory, len),
                              &fails);
    if (fails) {
        return memory->fault_status;
    }
    const memory_answer_t *answer = &memory->answers[memory->answer];
    if (memory->answer == memory->answer_count || (!memory->armed && !answer->unasked) ||
        memory_skips(memory, call)) {
        return 0;
    }
    size_t left = answer->len - memory->answer_at;
    if (left == 0) {
        return answer->end;
    }
    len = len < left ? len : left;
    memcpy(data, answer->text + memory->answer_at, len);
    memory->answer_at += len;
    memory->received_len += len;
    if (memory->answer_at == answer->len && answer->end == 0) {
        memory_next_answer(memory);
    }
    return (int)len;
}

static inline void memory_close(void *ctx)
{
    memory_port_t *memory = ctx;
    if (memory->is_open && memory->answer < memory->answer_count &&
        (memory->armed || memory->answers[memory->answer].unasked)) {
        memory_next_answer(memory);
    }
    memory->is_open = 0;
    memory->again = NULL;
    ++memory->closes;
}

static inline uint32_t memory_now(void *ctx)
{
    return ((memory_port_t *)ctx)->now_ms;
}

static inline void memory_wait(void *ctx, unsigned wanted, uint32_t ms)
{
    memory_port_t *memory = ctx;
    ++memory->waits;
    memory->wanted = wanted;
    memory->longest_wait_ms = ms > memory->longest_wait_ms ? ms : memory->longest_wait_ms;
    memory->now_ms += ms < memory->wait_step_ms ? ms : memory->wait_step_ms;
}

static inline void memory_report(void *ctx, amp_port_report_t *out_report)
{
    *out_report = ((memory_port_t *)ctx)->report;
}

static inline amp_port_t memory_port(memory_port_t *memory, const memory_answer_t *answers, size_t count)
{
    const amp_port_t port = {memory,     memory_open, memory_send,   memory_recv, memory_close,
                             memory_now, memory_wait, memory_report, 1,           NULL};
    memset(memory, 0, sizeof *memory);
    memory->answers = answers;
    memory->answer_count = count;
    memory->now_ms = 1000;
    memory->wait_step_ms = 1;
    return port;
}

#endif
