/* SPDX-License-Identifier: MIT */
/* A session resumes only with the host, port and trust that it was made with. The server would resume it with
 * any: it has the certificate of two hosts, and accepts all its sessions. */
#include "rig_case.h"

#define HOST "localhost"
#define OTHER_HOST "other.example"

static identity_t server;
static identity_t others[2]; /* authorities that did not issue the server's certificate */
static amp_anchor_t anchors[2];
static amp_anchor_t other_anchors[2];
static amp_pin_t pins[3]; /* of the server, of its authority, of another authority */

/* The way in which a session reaches the next connection. */
typedef enum { IN_MEMORY, IMPORTED, IMPORTED_AFTER_SET_TRUST, WAYS } way_t;

static int bundle(void *ssl_config)
{
    return ssl_config != NULL ? 0 : -1; /* the anchors verify the server */
}

/* The trust of a client. */
typedef struct {
    const amp_anchor_t *second; /* anchor besides the server's authority, or NULL */
    const amp_pin_t *pins;
    unsigned pin_count;
    amp_bundle_fn bundle;
    uint32_t bundle_version;
} trust_t;

static int make_identities(void **state)
{
    (void)rig_make_identities(state);
    identity_make(
        &server,
        &(wanted_t){.name = "server", .issuer = &rig_authority, .names = "DNS:" HOST ",DNS:" OTHER_HOST});
    for (unsigned i = 0; i < 2; ++i) {
        identity_make(&others[i], &(wanted_t){.name = "Other authority", .is_authority = 1});
        other_anchors[i].kind = AMP_ANCHOR_DER;
        other_anchors[i].data = identity_der(&others[i], &other_anchors[i].len);
    }
    identity_pin(&server, pins[0].sha256);
    identity_pin(&rig_authority, pins[1].sha256);
    identity_pin(&others[0], pins[2].sha256);
    return 0;
}

static int free_identities(void **state)
{
    identity_free(&server);
    for (unsigned i = 0; i < 2; ++i) {
        identity_free(&others[i]);
        OPENSSL_free((void *)other_anchors[i].data);
    }
    return rig_free_identities(state);
}

static void trust(const trust_t *trust)
{
    anchors[0] = rig.anchor;
    if (trust->second != NULL) {
        anchors[1] = *trust->second;
    }
    rig.config.anchors = anchors;
    rig.config.anchor_count = trust->second != NULL ? 2 : 1;
    rig.config.pins = trust->pins;
    rig.config.pin_count = trust->pin_count;
    rig.config.bundle = trust->bundle;
    rig.config.bundle_version = trust->bundle_version;
}

/* A new client of the same TLS port. */
static void point_at(const char *host, uint16_t number)
{
    amp_close(&rig.client);
    rig.host = host;
    rig.number = number;
    snprintf(rig.base_url, sizeof rig.base_url, "https://%s:%u/v1", host, (unsigned)number);
    assert_int_equal(amp_url_parse(amp_str(rig.base_url), &rig.url), 0);
    assert_int_equal(amp_init(&rig.client, &rig.client_config, rig.work, sizeof rig.work), AMP_OK);
}

static void start(void **state, const trust_t *by)
{
    trust(by);
    rig.host = HOST;
    rig.number = 443;
    rig_start(rig_kind_of(state));
    rig_serve(&rig, rig_kind_of(state), &server, NULL);
}

/* Performs a request. Client and server must agree whether its handshake was resumed. */
static void ask(int resumed)
{
    amp_tls_stats_t stats;
    unsigned shaken = rig.shaken;
    rig_ask_well(&rig);
    amp_tls_stats(&rig.tls, &stats);
    assert_int_equal(rig.shaken, shaken + 1u);
    assert_int_equal(rig.was_reused, resumed);
    assert_int_equal(stats.resumed, resumed);
}

static uint8_t blob[AMP_TLS_SESSION_MAX];
static size_t blob_len;

static void export(void)
{
    assert_int_equal(amp_tls_export(&rig.tls, blob, sizeof blob, &blob_len), AMP_OK);
    assert_true(blob_len > 0);
}

static void import(void)
{
    amp_tls_import(&rig.tls, blob, blob_len);
}

/* Changes the trust of the session's port, or makes a new port with that trust. */
static void change_trust(const trust_t *to, way_t way)
{
    trust(to);
    if (way == IMPORTED) {
        rig_connect(&rig);
    } else {
        assert_int_equal(amp_tls_set_trust(&rig.tls, &rig.config), AMP_OK);
    }
    if (way != IN_MEMORY) {
        import();
    }
}

static void test_other_trust(void **state)
{
    static const struct {
        trust_t from;
        trust_t to;
    } rows[] = {
        /* An anchor is added, removed, or replaced. */
        {{.second = NULL}, {.second = &other_anchors[0]}},
        {{.second = &other_anchors[0]}, {.second = NULL}},
        {{.second = &other_anchors[0]}, {.second = &other_anchors[1]}},
        /* A bundle is added, removed, or replaced. */
        {{.second = NULL}, {.bundle = bundle}},
        {{.bundle = bundle}, {.second = NULL}},
        {{.bundle = bundle}, {.bundle = bundle, .bundle_version = 1}},
        {{.bundle = bundle, .bundle_version = 0x01000000}, {.bundle = bundle, .bundle_version = 1}},
        /* A pin is added, removed, or replaced. */
        {{.second = NULL}, {.pins = pins, .pin_count = 1}},
        {{.pins = pins, .pin_count = 1}, {.second = NULL}},
        {{.pins = pins, .pin_count = 1}, {.pins = pins + 1, .pin_count = 1}},
        {{.pins = pins, .pin_count = 2}, {.pins = pins + 1, .pin_count = 2}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
        for (unsigned way = 0; way < WAYS; ++way) {
            start(state, &rows[i].from);
            ask(0);
            export();
            change_trust(&rows[i].from, IMPORTED);
            ask(1);
            change_trust(&rows[i].to, (way_t)way);
            ask(0);
            ask(1);
        }
    }
}

static void test_other_host_or_port(void **state)
{
    static const struct {
        const char *host;
        uint16_t number;
    } rows[] = {{OTHER_HOST, 443}, {HOST, 8443}, {HOST, 0xbb01 /* 443 with its bytes swapped */}};
    static const trust_t as_usual = {.second = NULL};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
        for (unsigned way = IN_MEMORY; way <= IMPORTED; ++way) {
            start(state, &as_usual);
            ask(0);
            export();
            if (way == IMPORTED) {
                rig_connect(&rig);
                import();
            }
            ask(1);
            if (way == IMPORTED) {
                rig_connect(&rig);
                import();
            }
            point_at(rows[i].host, rows[i].number);
            ask(0);
            ask(1);
            point_at(HOST, 443);
            ask(0);
        }
    }
}

/* Setting the same trust again drops the session in memory. An exported session stays valid. */
static void test_same_trust(void **state)
{
    static const trust_t all = {
        .second = &other_anchors[1], .pins = pins, .pin_count = 2, .bundle = bundle, .bundle_version = 7};
    start(state, &all);
    ask(0);
    export();
    change_trust(&all, IN_MEMORY);
    ask(0);
    change_trust(&all, IMPORTED_AFTER_SET_TRUST);
    ask(1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RIG_KINDS_OF(test_other_trust),
        RIG_KINDS_OF(test_other_host_or_port),
        RIG_KINDS_OF(test_same_trust),
    };
    return cmocka_run_group_tests(tests, make_identities, free_identities);
}
