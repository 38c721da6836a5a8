/* SPDX-License-Identifier: MIT */
/* See soak_peer.h. OpenSSL reads and writes memory. This file moves the bytes from and to the socket, so that
 * a connection can be cut at any byte. */
#include "soak_peer.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <sys/socket.h>
#include <unistd.h>

/* Returns a socket on a free port of the loopback interface. */
static int bind_any(uint16_t *out_number)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_true(fd >= 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &len), 0);
    assert_int_equal(fcntl(fd, F_SETFL, O_NONBLOCK), 0);
    *out_number = ntohs(address.sin_port);
    return fd;
}

void soak_peer_init(soak_peer_t *peer)
{
    memset(peer, 0, sizeof *peer);
    peer->fd = -1;
    peer->limit = SIZE_MAX;
    peer->closes = 1;
    peer->answer = rig_answer;
    peer->listener = bind_any(&peer->number);
    assert_int_equal(listen(peer->listener, 16), 0);
    peer->unused = bind_any(&peer->refusing);
}

void soak_peer_free(soak_peer_t *peer)
{
    soak_peer_drop(peer);
    SSL_CTX_free(peer->ctx);
    close(peer->listener);
    close(peer->unused);
}

void soak_peer_drop(soak_peer_t *peer)
{
    if (peer->fd >= 0) {
        close(peer->fd);
        peer->fd = -1;
    }
    SSL_free(peer->ssl);
    peer->ssl = NULL;
}

static int refuse(SSL *ssl, int *alert, void *ctx)
{
    const soak_peer_t *peer = ctx;
    (void)ssl;
    *alert = SOAK_ALERT;
    return peer->sends_alert ? SSL_CLIENT_HELLO_ERROR : SSL_CLIENT_HELLO_SUCCESS;
}

void soak_peer_restart(soak_peer_t *peer, rig_kind_t kind, const identity_t *server)
{
    const int version = kind == RIG_1_3 ? TLS1_3_VERSION : TLS1_2_VERSION;
    soak_peer_drop(peer);
    SSL_CTX_free(peer->ctx);
    peer->ctx = SSL_CTX_new(TLS_server_method());
    assert_non_null(peer->ctx);
    SSL_CTX_set_min_proto_version(peer->ctx, version);
    SSL_CTX_set_max_proto_version(peer->ctx, version);
    /* Only tickets, so that the server's memory stays constant. */
    SSL_CTX_set_session_cache_mode(peer->ctx, SSL_SESS_CACHE_OFF);
    /* Resumption of TLS 1.3 without a key exchange is the client's choice. */
    SSL_CTX_set_options(peer->ctx, SSL_OP_ALLOW_NO_DHE_KEX);
    SSL_CTX_set_client_hello_cb(peer->ctx, refuse, peer);
    assert_int_equal(SSL_CTX_use_certificate(peer->ctx, server->certificate), 1);
    assert_int_equal(SSL_CTX_use_PrivateKey(peer->ctx, server->key), 1);
}

/* Closes the connection. A reset discards what the client has not read. */
static void cut(soak_peer_t *peer)
{
    const struct linger at_once = {1, 0};
    peer->was_cut = 1;
    if (peer->resets) {
        (void)setsockopt(peer->fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    }
    soak_peer_drop(peer);
}

static void accept_new(soak_peer_t *peer)
{
    const int at_once = 1;
    int fd = accept(peer->listener, NULL, NULL);
    if (fd < 0) {
        return;
    }
    soak_peer_drop(peer);
    /* Small pieces must be sent without waiting for an acknowledgement, because the client's clock is
     * simulated. */
    assert_int_equal(setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once), 0);
    assert_int_equal(fcntl(fd, F_SETFL, O_NONBLOCK), 0);
    peer->fd = fd;
    peer->ssl = SSL_new(peer->ctx);
    peer->in = BIO_new(BIO_s_mem());
    peer->out = BIO_new(BIO_s_mem());
    SSL_set_bio(peer->ssl, peer->in, peer->out);
    SSL_set_accept_state(peer->ssl);
    peer->sent = 0;
    peer->was_cut = 0;
    peer->was_reused = 0;
    peer->is_ended = 0;
    peer->request_len = 0;
    ++peer->connections;
}

/* Moves bytes from the socket to OpenSSL. */
static void receive(soak_peer_t *peer)
{
    uint8_t bytes[2048];
    ssize_t len;
    while ((len = recv(peer->fd, bytes, sizeof bytes, 0)) > 0) {
        BIO_write(peer->in, bytes, (int)len);
    }
    if (len == 0 || (errno != EAGAIN && errno != EWOULDBLOCK)) {
        soak_peer_drop(peer);
    }
}

static void answer(soak_peer_t *peer)
{
    size_t len = 0;
    while (SSL_read_ex(peer->ssl, peer->request + peer->request_len,
                       sizeof peer->request - 1u - peer->request_len, &len) == 1) {
        peer->request_len += len;
        peer->request[peer->request_len] = '\0';
        if (strstr(peer->request, "\r\n\r\n") != NULL) {
            peer->request_len = 0;
            ++peer->answered;
            assert_true(SSL_write(peer->ssl, peer->answer, (int)strlen(peer->answer)) > 0);
            if (peer->closes) {
                peer->is_ended = 1;
                (void)SSL_shutdown(peer->ssl);
                return;
            }
        }
    }
}

static void serve(soak_peer_t *peer)
{
    if (peer->instead != NULL) {
        if (BIO_pending(peer->in) > 0) { /* closing before the client's bytes arrive would cause a reset */
            BIO_write(peer->out, peer->instead, (int)strlen(peer->instead));
            peer->is_ended = 1;
        }
        return;
    }
    if (!SSL_is_init_finished(peer->ssl)) {
        int result = SSL_do_handshake(peer->ssl);
        if (result != 1) {
            peer->is_ended |= SSL_get_error(peer->ssl, result) != SSL_ERROR_WANT_READ;
            return;
        }
        peer->was_reused = SSL_session_reused(peer->ssl);
        peer->reused += peer->was_reused != 0;
    }
    answer(peer);
}

/* Moves bytes from OpenSSL to the socket, up to the limit. */
static void transmit(soak_peer_t *peer)
{
    uint8_t bytes[2048];
    size_t len = peer->piece != 0 ? peer->piece : sizeof bytes;
    while (BIO_pending(peer->out) > 0) {
        size_t left = peer->limit - peer->sent;
        if (left == 0) {
            cut(peer);
            return;
        }
        int taken = BIO_read(peer->out, bytes, (int)(len < left ? len : left));
        assert_true(taken > 0);
        peer->sent += (size_t)taken;
        if (send(peer->fd, bytes, (size_t)taken, MSG_NOSIGNAL) != taken) {
            soak_peer_drop(peer); /* the client has closed it */
            return;
        }
        if (peer->piece != 0) {
            return;
        }
    }
    if (peer->is_ended) {
        soak_peer_drop(peer);
    }
}

void soak_peer_run(soak_peer_t *peer)
{
    accept_new(peer);
    if (peer->fd >= 0) {
        receive(peer);
    }
    if (peer->fd >= 0 && !peer->is_silent) {
        if (!peer->is_ended) {
            serve(peer);
        }
        transmit(peer);
    }
    ERR_clear_error();
}
