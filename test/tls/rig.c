/* SPDX-License-Identifier: MIT */
#include "rig.h"

#include <openssl/err.h>

#define STEPS_MAX 200000u

const char rig_answer[] =
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 246\r\n\r\n"
    "{\"id\":\"connection-123\",\"projectId\":\"p-1\",\"provider\":\"salesforce\","
    "\"group\":{\"groupRef\":\"g-1\",\"groupName\":\"G\"},\"consumer\":{\"consumerRef\":\"c-1\","
    "\"consumerName\":\"C\"},\"createTime\":\"2023-07-13T21:34:44Z\",\"authScheme\":\"apiKey\","
    "\"status\":\"working\"         }";

identity_t rig_authority;
identity_t rig_server;
static uint8_t *anchor;
static size_t anchor_len;

int rig_make_identities(void **state)
{
    (void)state;
    identity_make(&rig_authority, &(wanted_t){.name = "Test authority", .is_authority = 1, .last = 3650});
    identity_make(&rig_server, &(wanted_t){.name = "server", .issuer = &rig_authority});
    anchor = identity_der(&rig_authority, &anchor_len);
    return 0;
}

int rig_free_identities(void **state)
{
    (void)state;
    identity_free(&rig_authority);
    identity_free(&rig_server);
    OPENSSL_free(anchor);
    return 0;
}

static void hear(rig_t *rig)
{
    size_t len = 0;
    while (rig->received_len < sizeof rig->received - 1u &&
           SSL_read_ex(rig->ssl, rig->received + rig->received_len,
                       sizeof rig->received - 1u - rig->received_len, &len) == 1) {
        rig->received_len += len;
        rig->received[rig->received_len] = '\0';
        const char *end = strstr(rig->received, "\r\n\r\n");
        if (end != NULL) {
            ++rig->answered;
            rig->on_request(rig);
            if (rig->closes) {
                rig->is_ended = 1;
                if (!rig->omits_close_notify) {
                    (void)SSL_shutdown(rig->ssl);
                }
            }
            rig->received_len = 0;
        }
    }
}

/* Lets the server read and write as much as possible. */
static void serve(rig_t *rig)
{
    if (rig->instead != NULL || rig->is_ended) {
        return;
    }
    if (!SSL_is_init_finished(rig->ssl)) {
        int result = SSL_do_handshake(rig->ssl);
        if (result != 1) {
            rig->is_ended |= SSL_get_error(rig->ssl, result) != SSL_ERROR_WANT_READ;
            ERR_clear_error();
            return;
        }
        ++rig->shaken;
        rig->was_reused = SSL_session_reused(rig->ssl);
        rig->reused += rig->was_reused != 0;
    }
    hear(rig);
    ERR_clear_error();
}

void rig_say(rig_t *rig, const void *data, size_t len)
{
    assert_int_equal(SSL_write(rig->ssl, data, (int)len), (int)len);
}

static void say_answer(rig_t *rig)
{
    const char *answer = rig->answer != NULL ? rig->answer : rig_answer;
    rig_say(rig, answer, strlen(answer));
}

static int port_open(void *ctx, const char *host, uint16_t port)
{
    rig_t *rig = ctx;
    assert_string_equal(host, rig->host);
    assert_int_equal(port, rig->number);
    SSL_free(rig->ssl);
    rig->ssl = SSL_new(rig->ctx);
    rig->in = BIO_new(BIO_s_mem());
    rig->out = BIO_new(BIO_s_mem());
    SSL_set_bio(rig->ssl, rig->in, rig->out);
    SSL_set_accept_state(rig->ssl);
    rig->received_len = 0;
    rig->raw_in = 0;
    rig->raw_out = 0;
    rig->is_ended = 0;
    ++rig->connections;
    return 1;
}

static size_t at_most(const rig_t *rig, size_t len)
{
    return rig->piece != 0 && rig->piece < len ? rig->piece : len;
}

/* Returns 1 when this call must move no bytes. */
static int is_idle(rig_t *rig)
{
    return ++rig->calls % (rig->idle + 1u) != 0;
}

static int port_send(void *ctx, const uint8_t *data, size_t len)
{
    rig_t *rig = ctx;
    rig->blocked = AMP_WAIT_WRITE;
    if (rig->is_stuck || is_idle(rig)) {
        return 0;
    }
    rig->blocked = 0;
    len = at_most(rig, len);
    assert_int_equal(BIO_write(rig->in, data, (int)len), (int)len);
    rig->raw_in += len;
    serve(rig);
    return (int)len;
}

static int take(rig_t *rig, uint8_t *data, size_t len)
{
    if (rig->instead != NULL) {
        size_t left = rig->instead_len - rig->raw_out;
        len = len < left ? len : left;
        memcpy(data, rig->instead + rig->raw_out, len);
        return (int)len;
    }
    serve(rig);
    int result = BIO_read(rig->out, data, (int)len);
    return result > 0 ? result : 0;
}

static int port_recv(void *ctx, uint8_t *data, size_t len)
{
    rig_t *rig = ctx;
    size_t left = rig->cut_after - rig->raw_out;
    rig->blocked = AMP_WAIT_READ;
    if (is_idle(rig)) {
        return 0;
    }
    len = at_most(rig, len);
    if (left == 0) {
        return AMP_ERR_CLOSED;
    }
    int result = take(rig, data, len < left ? len : left);
    for (int i = 0; i < result && rig->raw_out + (size_t)i < RIG_STREAM; ++i) {
        rig->stream[rig->raw_out + (size_t)i] = data[i];
    }
    rig->raw_out += (size_t)result;
    rig->blocked = result > 0 ? 0 : AMP_WAIT_READ;
    if (result == 0 && (rig->is_ended || rig->instead != NULL)) {
        return AMP_ERR_CLOSED;
    }
    return result;
}

static void port_close(void *ctx)
{
    rig_t *rig = ctx;
    if (rig->ssl != NULL) {
        /* Servers do this. Otherwise OpenSSL drops the session. */
        SSL_set_shutdown(rig->ssl, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
    }
    SSL_free(rig->ssl);
    rig->ssl = NULL;
}

static uint32_t port_now_ms(void *ctx)
{
    rig_t *rig = ctx;
    return rig->ms;
}

static void port_wait(void *ctx, unsigned wanted, uint32_t ms)
{
    rig_t *rig = ctx;
    (void)wanted;
    rig->ms += ms < 10u ? ms : 10u;
}

static int64_t client_clock(void *ctx)
{
    const rig_t *rig = ctx;
    return rig->now;
}

void rig_init(rig_t *rig)
{
    memset(rig, 0, sizeof *rig);
    rig->tcp =
        (amp_port_t){rig, port_open, port_send, port_recv, port_close, port_now_ms, port_wait, NULL, 0, NULL};
    rig->anchor = (amp_anchor_t){AMP_ANCHOR_DER, anchor, anchor_len};
    rig->config.under = &rig->tcp;
    rig->config.anchors = &rig->anchor;
    rig->config.anchor_count = 1;
    rig->config.clock = client_clock;
    rig->config.clock_ctx = rig;
    rig->on_request = say_answer;
    rig->closes = 1;
    rig->cut_after = SIZE_MAX;
    rig->now = CERTS_NOW;
    rig->host = "localhost";
    rig->number = 443;
}

void rig_free(rig_t *rig)
{
    rig_disconnect(rig);
    SSL_free(rig->ssl);
    SSL_CTX_free(rig->ctx);
}

int rig_can(rig_kind_t kind)
{
#if defined(MBEDTLS_SSL_PROTO_TLS1_3)
    (void)kind;
    return 1;
#else
    return kind != RIG_1_3;
#endif
}

void rig_serve(rig_t *rig, rig_kind_t kind, const identity_t *server, const identity_t *middle)
{
    static const unsigned char purpose[] = "rig";
    SSL_CTX_free(rig->ctx);
    rig->ctx = SSL_CTX_new(TLS_server_method());
    assert_non_null(rig->ctx);
    SSL_CTX_set_security_level(rig->ctx, 0);
    SSL_CTX_set_session_id_context(rig->ctx, purpose, sizeof purpose);
    SSL_CTX_set_min_proto_version(rig->ctx, kind == RIG_1_3 ? TLS1_3_VERSION : TLS1_2_VERSION);
    SSL_CTX_set_max_proto_version(rig->ctx, kind == RIG_1_3 ? TLS1_3_VERSION : TLS1_2_VERSION);
#if MBEDTLS_SSL_IN_CONTENT_LEN < 16384 && !defined(AMP_MBED_ASKS_FOR_SMALL_RECORDS)
    SSL_CTX_set_max_send_fragment(rig->ctx, MBEDTLS_SSL_IN_CONTENT_LEN);
#endif
    /* Resumption of TLS 1.3 without a key exchange is the client's choice. */
    SSL_CTX_set_options(rig->ctx, SSL_OP_ALLOW_NO_DHE_KEX);
    if (kind == RIG_1_2_ID) {
        SSL_CTX_set_options(rig->ctx, SSL_OP_NO_TICKET);
    }
    assert_int_equal(SSL_CTX_use_certificate(rig->ctx, server->certificate), 1);
    assert_int_equal(SSL_CTX_use_PrivateKey(rig->ctx, server->key), 1);
    if (middle != NULL) {
        assert_int_equal(SSL_CTX_add1_chain_cert(rig->ctx, middle->certificate), 1);
    }
}

void rig_disconnect(rig_t *rig)
{
    if (rig->storage != NULL) {
        amp_close(&rig->client);
        amp_tls_free(&rig->tls);
        free(rig->storage);
        rig->storage = NULL;
    }
}

void rig_connect(rig_t *rig)
{
    rig_disconnect(rig);
    rig->storage = malloc(amp_tls_storage_size());
    assert_non_null(rig->storage);
    assert_int_equal(amp_tls_init(rig->storage, amp_tls_storage_size(), &rig->config, &rig->tls), AMP_OK);
    snprintf(rig->base_url, sizeof rig->base_url, "https://%s/v1", rig->host);
    assert_int_equal(amp_url_parse(amp_str(rig->base_url), &rig->url), 0);
    memset(&rig->client_config, 0, sizeof rig->client_config);
    rig->client_config.base_url = &rig->url;
    rig->client_config.project = AMP_STR("p");
    rig->client_config.api_key = AMP_STR(RIG_KEY);
    rig->client_config.port = &rig->tls;
    assert_int_equal(amp_init(&rig->client, &rig->client_config, rig->work, sizeof rig->work), AMP_OK);
}

amp_status_t rig_ask(rig_t *rig)
{
    const amp_get_connection_t which = {.id = AMP_STR("connection-123")};
    rig->steps = 0;
    amp_status_t status = amp_get_connection_start(&rig->client, &which, &rig->record);
    while (status >= 0 && status != AMP_END) {
        status = amp_step(&rig->client);
        if (status == AMP_PENDING) {
            amp_wait(&rig->client, 1000);
        }
        assert_true(++rig->steps < STEPS_MAX);
    }
    return status;
}

void rig_ask_well(rig_t *rig)
{
    assert_string_equal(amp_status_name(rig_ask(rig)), "AMP_END");
    assert_string_equal(rig->record.id, "connection-123");
}

void rig_ask_refused(rig_t *rig, amp_status_t status)
{
    uint32_t requests = amp_client_info(&rig->client)->requests;
    rig->answered = 0;
    assert_string_equal(amp_status_name(rig_ask(rig)), amp_status_name(status));
    assert_int_equal(amp_client_info(&rig->client)->stage, AMP_STAGE_TLS);
    assert_int_equal(rig->received_len, 0);
    assert_int_equal(rig->answered, 0);
    assert_int_equal(amp_client_info(&rig->client)->requests, requests);
}
