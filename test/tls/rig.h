/* SPDX-License-Identifier: MIT */
/* A client of this library and an OpenSSL server in one process, connected by two byte queues: no socket,
 * thread or clock. The server reports the parameters of the session. */
#ifndef AMP_TEST_RIG_H
#define AMP_TEST_RIG_H

#include <openssl/ssl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ampersand/ampersand.h"
#include "certs.h"
#include "tls/mbedtls_compat.h"

#define RIG_KEY "key-5E2C7E7"
#define RIG_STREAM 8192u

/* How a server resumes sessions: by ticket or by ID with TLS 1.2, or with TLS 1.3. */
typedef enum { RIG_1_2_TICKET, RIG_1_2_ID, RIG_1_3, RIG_KINDS } rig_kind_t;

struct rig;

typedef struct rig {
    /* The server. */
    SSL_CTX *ctx;
    SSL *ssl;
    BIO *in;                             /* encrypted bytes to the server */
    BIO *out;                            /* encrypted bytes from the server */
    int closes;                          /* the server ends the connection after an answer */
    int omits_close_notify;              /* the server then sends no close_notify */
    const char *answer;                  /* NULL: rig_answer */
    void (*on_request)(struct rig *rig); /* if set, answers instead */
    /* Counts and data of the server. */
    unsigned connections;
    unsigned shaken;     /* completed handshakes */
    unsigned reused;     /* completed handshakes that resumed a session */
    int was_reused;      /* the last handshake resumed a session */
    char received[2048]; /* decrypted bytes of the last connection */
    size_t received_len;
    size_t raw_in; /* encrypted bytes of the last connection */
    size_t raw_out;
    uint8_t stream[RIG_STREAM]; /* the first encrypted bytes from the server */
    int answered;
    /* The connection between client and server. */
    size_t piece;        /* most bytes of one recv or send; 0: any number */
    unsigned idle;       /* calls of send and recv that move no byte before one that does */
    unsigned calls;      /* calls of send and recv */
    unsigned blocked;    /* AMP_WAIT_ bit of the last call, if it moved no bytes; otherwise 0 */
    int is_stuck;        /* send moves no more bytes */
    size_t cut_after;    /* bytes from the server before the cut; SIZE_MAX: no cut */
    const char *instead; /* bytes that the server sends instead of TLS, or NULL */
    size_t instead_len;
    int is_ended; /* the server will send nothing more */
    uint32_t ms;
    int64_t now; /* the client's UTC clock */
    /* The client. */
    const char *host;
    uint16_t number;
    amp_port_t tcp;
    amp_port_t tls;
    void *storage; /* storage of the TLS port; NULL: not set up */
    amp_anchor_t anchor;
    amp_tls_config_t config;
    amp_config_t client_config;
    amp_client_t client;
    unsigned steps; /* amp_step calls of the last request */
    uint8_t work[AMP_WORK_SIZE];
    amp_connection_t record;
    char base_url[96];
    amp_url_t url;
} rig_t;

extern const char rig_answer[];

/* An authority, and a server certificate that it issued. Both are made once for all tests of a program. */
extern identity_t rig_authority;
extern identity_t rig_server;

/* Set-up and tear-down of a group of tests. */
int rig_make_identities(void **state);
int rig_free_identities(void **state);

void rig_init(rig_t *rig);
void rig_free(rig_t *rig);

/* Starts a new server. Drops the state of the previous one, including ticket keys. */
void rig_serve(rig_t *rig, rig_kind_t kind, const identity_t *server, const identity_t *middle);

/* Returns 1 when this build of mbedTLS supports this kind. */
int rig_can(rig_kind_t kind);

/* Sets up TLS and client from rig->config. Closes and drops those of the previous call. */
void rig_connect(rig_t *rig);
void rig_disconnect(rig_t *rig);

/* Performs one request to its end. Returns its status. */
amp_status_t rig_ask(rig_t *rig);

/* Performs a request, and checks that the answer is correct. */
void rig_ask_well(rig_t *rig);

/* Performs a request that must be refused during TLS. No byte of it may be sent. */
void rig_ask_refused(rig_t *rig, amp_status_t status);

/* Encrypts and sends bytes as the server. */
void rig_say(rig_t *rig, const void *data, size_t len);

#endif
