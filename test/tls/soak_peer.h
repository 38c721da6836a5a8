/* SPDX-License-Identifier: MIT */
/* A server on a real socket for the soak test, in the same thread as the client. It runs whenever the client
 * calls its port. It can break a connection in several ways. */
#ifndef AMP_TEST_SOAK_PEER_H
#define AMP_TEST_SOAK_PEER_H

#include "rig.h"

typedef struct {
    uint16_t number;      /* port on which it listens */
    uint16_t refusing;    /* port on which nothing listens */
    size_t limit;         /* bytes to the client before a connection is cut; SIZE_MAX: no cut */
    int resets;           /* a cut is a reset */
    size_t piece;         /* most bytes that it sends at a time; 0: any number */
    const char *instead;  /* text that it sends instead of TLS, or NULL */
    int is_silent;        /* the server accepts connections and sends nothing */
    int sends_alert;      /* the server refuses the handshake with SOAK_ALERT */
    int closes;           /* the server ends a connection after an answer */
    const char *answer;   /* status and body for each request */
    unsigned connections; /* counts */
    unsigned answered;
    unsigned reused;
    int was_cut;    /* the last connection was cut */
    int was_reused; /* the last handshake resumed a session */
    /* private */
    int listener;
    int unused;
    int fd;
    size_t sent;
    SSL_CTX *ctx;
    SSL *ssl;
    BIO *in;
    BIO *out;
    char request[2048];
    size_t request_len;
    int is_ended;
} soak_peer_t;

#define SOAK_ALERT 49 /* access_denied */

void soak_peer_init(soak_peer_t *peer);
void soak_peer_free(soak_peer_t *peer);

/* Starts again with this certificate. Drops open connections and ticket keys. */
void soak_peer_restart(soak_peer_t *peer, rig_kind_t kind, const identity_t *server);

/* Ends the open connection, if any. */
void soak_peer_drop(soak_peer_t *peer);

/* Reads and writes as much as possible without waiting. */
void soak_peer_run(soak_peer_t *peer);

#endif
