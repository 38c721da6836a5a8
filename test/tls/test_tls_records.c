/* SPDX-License-Identifier: MIT */
/* Tests records that are truncated, in single bytes, too many, or missing. */
#include "rig_case.h"
#include "tls/tls_private.h"

#define FILLER 40000u

/* A request to a faulty server must end in a network error, and the server must not have read any of it. A
 * long record may be reported as such. */
static void check_broken(int says_long)
{
    amp_status_t status = rig_ask(&rig);
    assert_true(status < 0);
    if (!says_long || status != AMP_ERR_TLS_BUFFER) {
        assert_int_equal(amp_class_of(status), AMP_CLASS_NETWORK);
    }
    assert_int_equal(amp_client_info(&rig.client)->stage, AMP_STAGE_TLS);
    assert_int_equal(amp_client_info(&rig.client)->requests, 0);
    assert_int_equal(rig.received_len, 0);
    assert_int_equal(rig.answered, 0);
}

/* Offsets in the stream where the server's handshake records end. */
static size_t ends[64];

static unsigned find_ends(void)
{
    unsigned count = 0;
    size_t at = 0;
    while (at + 5u <= rig.raw_out && at + 5u < RIG_STREAM && count < 64) {
        at += 5u + (size_t)(rig.stream[at + 3u] << 8 | rig.stream[at + 4u]);
        ends[count++] = at;
    }
    return count;
}

/* Only connects. Returns the number of bytes that the server sent for it. */
static size_t shake(void)
{
    int result = 0;
    while (result == 0) {
        result = rig.tls.open(rig.tls.ctx, "localhost", 443);
    }
    assert_int_equal(result, 1);
    return rig.raw_out;
}

static void test_cut_at_every_record(void **state)
{
    rig_start(rig_kind_of(state));
    size_t len = shake();
    unsigned count = find_ends();
    rig.tls.close(rig.tls.ctx);
    assert_true(count >= 4);
    for (unsigned i = 0; i < count && ends[i] < len; ++i) {
        for (size_t cut = ends[i] - 1u; cut <= ends[i] + 5u && cut < len; ++cut) {
            rig.cut_after = cut;
            rig.connections = 0;
            check_broken(0);
            assert_int_equal(rig.connections, 1);
        }
    }
    rig.cut_after = SIZE_MAX;
    rig_ask_well(&rig);
}

/* The same for a handshake that resumes a session. After a truncated one, the next handshake is full. */
static void test_cut_at_every_byte_of_a_resumption(void **state)
{
    rig_start(rig_kind_of(state));
    rig_ask_well(&rig);
    size_t len = shake();
    rig.tls.close(rig.tls.ctx);
    assert_true(len < 600);
    for (size_t cut = 0; cut < len; ++cut) {
        rig.cut_after = SIZE_MAX;
        rig_ask_well(&rig);
        rig_ask_well(&rig);
        assert_true(rig.was_reused);
        rig.cut_after = cut;
        rig.connections = 0;
        assert_true(rig_ask(&rig) < 0);
        assert_int_equal(rig.connections, 2);
        assert_int_equal(rig.received_len, 0);
    }
}

static void say_in_bytes(rig_t *of)
{
    for (const char *p = rig_answer; *p != '\0'; ++p) {
        rig_say(of, p, 1);
    }
}

static void test_records_of_one_byte(void **state)
{
    rig_start(rig_kind_of(state));
    rig.on_request = say_in_bytes;
    rig_ask_well(&rig);
    rig.piece = 1;
    rig_ask_well(&rig);
    rig_ask_well(&rig);
}

static void test_every_size_of_pieces(void **state)
{
    rig_start(rig_kind_of(state));
    for (rig.piece = 1; rig.piece < 40; ++rig.piece) {
        rig_ask_well(&rig);
    }
}

static void test_a_way_that_is_busy(void **state)
{
    rig_start(rig_kind_of(state));
    for (rig.idle = 1; rig.idle < 4; ++rig.idle) {
        rig.piece = rig.idle * 7u;
        rig_connect(&rig);
        rig_ask_well(&rig);
        rig_ask_well(&rig);
    }
}

/* A request was encrypted but not sent, and is aborted. It must not be sent later with the close_notify. */
static void test_request_that_did_not_leave(void **state)
{
    rig_start(rig_kind_of(state));
    rig_ask_well(&rig);
    const amp_get_connection_t which = {.id = AMP_STR("connection-123")};
    rig.answered = 0;
    assert_int_equal(amp_get_connection_start(&rig.client, &which, &rig.record), AMP_OK);
    unsigned steps = 0;
    while (amp_client_info(&rig.client)->stage != AMP_STAGE_SEND) {
        assert_int_equal(amp_step(&rig.client), AMP_PENDING);
        assert_true(++steps < 1000u);
    }
    rig.is_stuck = 1;
    for (steps = 0; steps < 10u; ++steps) {
        assert_int_equal(amp_step(&rig.client), AMP_PENDING);
    }
    rig.is_stuck = 0;
    size_t sent = rig.raw_in;
    amp_reset(&rig.client); /* which ends the connection */
    assert_int_equal(rig.raw_in, sent);
    assert_int_equal(rig.answered, 0);
    rig_ask_well(&rig);
    assert_true(rig.was_reused); /* the session is still valid */
}

/* The correct answer with spaces in it. */
static char long_answer[FILLER + 1024u];

static void make_long_answer(void)
{
    const char *body = strstr(rig_answer, "\r\n\r\n") + 4;
    int head = snprintf(long_answer, sizeof long_answer,
                        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %u\r\n\r\n",
                        (unsigned)(strlen(body) + FILLER));
    memset(long_answer + head, ' ', FILLER);
    memcpy(long_answer + head + FILLER, body, strlen(body) + 1u);
}

static void test_largest_records(void **state)
{
    amp_tls_stats_t stats;
    make_long_answer();
    rig_start(rig_kind_of(state));
    rig.answer = long_answer;
    rig_ask_well(&rig);
    amp_tls_stats(&rig.tls, &stats);
    const unsigned most = MBEDTLS_SSL_IN_CONTENT_LEN;
    assert_true(stats.largest_record > most); /* includes the bytes that encryption adds */
    assert_true(stats.largest_record <= most + 256u);
    assert_true(stats.bytes_received > FILLER);
}

#if MBEDTLS_SSL_IN_CONTENT_LEN < 16384

/* A server that ignores the request for small records. OpenSSL obeys the request, so this client does not
 * send it. */
static void test_records_too_large(void **state)
{
    amp_tls_stats_t stats;
    make_long_answer();
    rig_start(rig_kind_of(state));
#if defined(AMP_MBED_ASKS_FOR_SMALL_RECORDS)
    amp_tls_t *tls = rig.tls.ctx;
    assert_int_equal(mbedtls_ssl_conf_max_frag_len(&tls->conf, MBEDTLS_SSL_MAX_FRAG_LEN_NONE), 0);
#else
    SSL_CTX_set_max_send_fragment(rig.ctx, 16384);
    SSL_CTX_set_split_send_fragment(rig.ctx, 16384);
#endif
    rig.answer = long_answer;
    assert_string_equal(amp_status_name(rig_ask(&rig)), "AMP_ERR_TLS_BUFFER");
    assert_int_equal(amp_client_info(&rig.client)->stage, AMP_STAGE_HEAD);
    assert_non_null(strstr(amp_status_text(AMP_ERR_TLS_BUFFER), "MBEDTLS_SSL_IN_CONTENT_LEN"));
    amp_tls_stats(&rig.tls, &stats);
    assert_in_range(stats.largest_record, 16384, 16384 + 256);
    rig.answer = NULL;
    rig_ask_well(&rig); /* a small answer has a small record */
    rig_connect(&rig);
    rig.answer = long_answer;
#if defined(AMP_MBED_ASKS_FOR_SMALL_RECORDS)
    rig_ask_well(&rig);
#else /* OpenSSL 3.0 does not support RFC 8449 */
    assert_string_equal(amp_status_name(rig_ask(&rig)), "AMP_ERR_TLS_BUFFER");
#endif
}

/* A chain must also fit, in any number of records. */
static void test_chain_too_large(void **state)
{
    static char names[MBEDTLS_SSL_IN_CONTENT_LEN + 1024u];
    size_t len = (size_t)snprintf(names, sizeof names, "DNS:localhost");
    identity_t wordy;
    while (len < MBEDTLS_SSL_IN_CONTENT_LEN + 960u) {
        len += (size_t)snprintf(names + len, sizeof names - len, ", DNS:%zu.example.com", len);
    }
    rig_start(rig_kind_of(state));
    identity_make(&wordy, &(wanted_t){.name = "wordy", .names = names, .issuer = &rig_authority});
    rig_serve(&rig, rig_kind_of(state), &wordy, NULL);
    rig_ask_refused(&rig, AMP_ERR_TLS_BUFFER);
    rig_serve(&rig, rig_kind_of(state), &rig_server, NULL);
    rig_ask_well(&rig);
    identity_free(&wordy);
}

#else

static void test_records_too_large(void **state)
{
    (void)state;
    print_message("SKIPPED: this mbedTLS's buffer fits any record\n");
    skip();
}

#define test_chain_too_large test_records_too_large

#endif

static char endless_answer[1024];

static void test_ends(void **state)
{
    rig_start(rig_kind_of(state));
    rig.omits_close_notify = 1;
    rig_ask_well(&rig); /* its length was reported */
    snprintf(endless_answer, sizeof endless_answer,
             "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n%s",
             strstr(rig_answer, "\r\n\r\n") + 4);
    rig.answer = endless_answer;
    assert_string_equal(amp_status_name(rig_ask(&rig)), "AMP_ERR_ABORTED");
    rig.omits_close_notify = 0;
    rig_ask_well(&rig);
}

static void ask_to_renegotiate(rig_t *of)
{
    assert_int_equal(SSL_renegotiate(of->ssl), 1);
    assert_int_equal(SSL_do_handshake(of->ssl), 1);
    rig_say(of, rig_answer, strlen(rig_answer));
}

/* The renegotiation is refused. The answer that was sent with the request for it is accepted. */
static void test_renegotiation(void **state)
{
    amp_tls_stats_t stats;
    (void)state;
    rig_start(RIG_1_2_TICKET);
    rig.on_request = ask_to_renegotiate;
    rig_ask_well(&rig);
    amp_tls_stats(&rig.tls, &stats);
    assert_int_equal(stats.handshakes, 1);
    assert_int_equal(rig.shaken, 1);
}

static void test_no_tls(void **state)
{
    static const char http[] = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    static const char mail[] = "220 mail.invalid ESMTP ready\r\n";
    static const char cut[] = "\x16\x03\x03\x00\x40\x02";
    static const char alert[] = "\x15\x03\x03\x00\x02\x02\x28";
    static const char farewell[] = "\x15\x03\x03\x00\x02\x01\x00";
    static const char large[] = "\x16\x03\x03\xff\xff";
    static const char data[] = "\x17\x03\x03\x00\x05hello";
    static const struct {
        const char *text;
        size_t len;
    } rows[] = {{http, sizeof http - 1u},         {mail, sizeof mail - 1u},
                {cut, sizeof cut - 1u},           {alert, sizeof alert - 1u},
                {farewell, sizeof farewell - 1u}, {large, sizeof large - 1u},
                {data, sizeof data - 1u},         {http, 0}};
    (void)state;
    rig_start(RIG_1_2_TICKET);
    for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
        rig.instead = rows[i].text;
        rig.instead_len = rows[i].len;
        check_broken(0);
    }
}

static void test_garbage(void **state)
{
    char garbage[600];
    uint32_t random = 1;
    (void)state;
    rig_start(RIG_1_2_TICKET);
    rig.instead = garbage;
    rig.instead_len = sizeof garbage;
    for (unsigned round = 0; round < 300; ++round) {
        for (unsigned i = 0; i < sizeof garbage; ++i) {
            random = random * 1664525u + 1013904223u;
            garbage[i] = (char)(random >> 24);
        }
        if (round % 2u == 1u) { /* with the header of a handshake record */
            memcpy(garbage, "\x16\x03\x03\x00", 4);
        }
        check_broken(0);
    }
}

/* The server's own handshake bytes with one byte changed: never accepted, and nothing worse than an error. */
static void test_each_byte_of_the_first_flight(void **state)
{
    static char flight[RIG_STREAM];
    rig_start(rig_kind_of(state));
    (void)shake();
    memcpy(flight, rig.stream, sizeof flight);
    rig.instead_len = rig.raw_out;
    rig.tls.close(rig.tls.ctx);
    rig.instead = flight;
    for (size_t i = 0; i < rig.instead_len; i += 3u) {
        flight[i] = (char)(flight[i] ^ 0x55);
        check_broken(1);
        flight[i] = (char)(flight[i] ^ 0x55);
    }
}

static void test_old_versions(void **state)
{
    (void)state;
    rig_start(RIG_1_2_TICKET);
    SSL_CTX_set_min_proto_version(rig.ctx, TLS1_VERSION);
    SSL_CTX_set_max_proto_version(rig.ctx, TLS1_1_VERSION);
    assert_int_equal(SSL_CTX_set_cipher_list(rig.ctx, "ALL:@SECLEVEL=0"), 1);
    check_broken(0);
}

/* A caller with its own loop gets control back after each message. */
static void test_steps(void **state)
{
    unsigned opens = 0;
    size_t before = 0;
    rig_start(rig_kind_of(state));
    for (int result = 0; result == 0; ++opens) {
        result = rig.tls.open(rig.tls.ctx, "localhost", 443);
        assert_true(result >= 0);
        unsigned count = find_ends();
        unsigned passed = 0;
        for (unsigned i = 0; i < count; ++i) {
            passed += ends[i] > before && ends[i] <= rig.raw_out;
        }
        assert_true(passed <= 2); /* a change of cipher arrives together with the next record */
        before = rig.raw_out;
    }
    assert_true(opens >= 8);
}

static unsigned waited_for;

static void note_wait(void *ctx, unsigned wanted, uint32_t ms)
{
    (void)ctx;
    (void)ms;
    waited_for = wanted;
}

static int send_nothing(void *ctx, const uint8_t *data, size_t len)
{
    (void)ctx;
    (void)data;
    (void)len;
    return 0;
}

static int recv_nothing(void *ctx, uint8_t *data, size_t len)
{
    (void)ctx;
    (void)data;
    (void)len;
    return 0;
}

/* The port below waits for the direction that TLS needs, not for the one that the caller names. Otherwise the
 * client would busy-wait. */
static void test_direction_of_a_wait(void **state)
{
    int (*const send)(void *, const uint8_t *, size_t) = rig.tcp.send;
    int (*const recv)(void *, uint8_t *, size_t) = rig.tcp.recv;
    rig_start(rig_kind_of(state));
    rig.tcp.wait = note_wait;
    for (unsigned i = 0; i < 2; ++i) {
        rig.tcp.send = i == 0 ? send_nothing : send;
        rig.tcp.recv = recv_nothing;
        for (unsigned steps = 0; steps < 20u; ++steps) {
            assert_int_equal(rig.tls.open(rig.tls.ctx, "localhost", 443), 0);
        }
        rig.tls.wait(rig.tls.ctx, AMP_WAIT_READ | AMP_WAIT_WRITE, 10);
        assert_int_equal(waited_for, i == 0 ? AMP_WAIT_WRITE : AMP_WAIT_READ);
    }
    rig.tcp.recv = recv;
    (void)shake();
    uint8_t byte;
    waited_for = 0;
    for (unsigned i = 0; i < 5; ++i) { /* in TLS 1.3 the tickets come first */
        assert_int_equal(rig.tls.recv(rig.tls.ctx, &byte, 1), 0);
    }
    rig.tls.wait(rig.tls.ctx, AMP_WAIT_READ, 10);
    assert_int_equal(waited_for, AMP_WAIT_READ);
    rig.tls.wait(rig.tls.ctx, 0, 10); /* a pause */
    assert_int_equal(waited_for, 0);
}

/* Steps one request like an event loop. The loop waits if and only if the last call of the port below moved
 * no bytes, and then for that direction. Bytes that mbedTLS has buffered need no event. Returns the number of
 * waits. */
static unsigned run_by_events(void)
{
    const amp_get_connection_t which = {.id = AMP_STR("connection-123")};
    unsigned waits = 0;
    amp_status_t status;
    assert_int_equal(amp_get_connection_start(&rig.client, &which, &rig.record), AMP_OK);
    do {
        rig.blocked = 0;
        status = amp_step(&rig.client);
        assert_true(status >= 0);
        if (status == AMP_PENDING) {
            assert_int_equal(amp_wanted(&rig.client), rig.blocked);
            assert_int_equal(amp_idle_ms(&rig.client) > 0, rig.blocked != 0);
            waits += rig.blocked != 0;
        }
    } while (status != AMP_END);
    assert_string_equal(rig.record.id, "connection-123");
    return waits;
}

static void test_event_loop(void **state)
{
    rig_start(rig_kind_of(state));
    for (rig.idle = 0; rig.idle < 4; ++rig.idle) {
        rig.piece = rig.idle * 7u;
        rig_connect(&rig);
        unsigned waits = run_by_events();
        assert_true(rig.idle == 0 || waits > 20u);
    }
}

static void test_counts(void **state)
{
    amp_tls_stats_t stats;
    rig_start(rig_kind_of(state));
    rig_ask_well(&rig);
    amp_tls_stats(&rig.tls, &stats);
    assert_int_equal(stats.handshakes, 1);
    assert_int_equal(stats.bytes_sent, rig.raw_in);
    assert_int_equal(stats.bytes_received, rig.raw_out);
    assert_string_equal(stats.protocol, rig_kind_of(state) == RIG_1_3 ? "TLSv1.3" : "TLSv1.2");
    assert_true(strlen(stats.suite) > 10u);
}

static void test_slices(void **state)
{
    rig_start(rig_kind_of(state));
    rig_ask_well(&rig);
    unsigned whole = rig.steps;
    rig_connect(&rig);
    amp_status_t status = amp_tls_set_max_ops(100);
#if defined(AMP_MBED_HAS_MAX_OPS)
    assert_int_equal(status, AMP_OK);
    rig_ask_well(&rig);
    if (rig_kind_of(state) != RIG_1_3) {
        assert_true(rig.steps > 10u * whole);
    }
    assert_int_equal(amp_tls_set_max_ops(0), AMP_OK);
#else
    assert_int_equal(status, AMP_ERR_CONFIG);
#endif
    rig_connect(&rig);
    rig_ask_well(&rig);
    assert_int_equal(rig.steps, whole);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RIG_KINDS_OF(test_cut_at_every_record),
        RIG_KINDS_OF(test_cut_at_every_byte_of_a_resumption),
        RIG_KINDS_OF(test_records_of_one_byte),
        RIG_KINDS_OF(test_every_size_of_pieces),
        RIG_KINDS_OF(test_a_way_that_is_busy),
        RIG_KINDS_OF(test_request_that_did_not_leave),
        RIG_KINDS_OF(test_largest_records),
        RIG_KINDS_OF(test_records_too_large),
        RIG_KINDS_OF(test_chain_too_large),
        RIG_KINDS_OF(test_ends),
        RIG_KINDS_OF(test_each_byte_of_the_first_flight),
        RIG_KINDS_OF(test_steps),
        RIG_KINDS_OF(test_direction_of_a_wait),
        RIG_KINDS_OF(test_event_loop),
        RIG_KINDS_OF(test_counts),
        RIG_KINDS_OF(test_slices),
        RIG_TEST(test_renegotiation),
        RIG_TEST(test_no_tls),
        RIG_TEST(test_garbage),
        RIG_TEST(test_old_versions),
    };
    return cmocka_run_group_tests(tests, rig_make_identities, rig_free_identities);
}
