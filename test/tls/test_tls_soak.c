/* SPDX-License-Identifier: MIT */
/* Performs many checks over real sockets, half of them with a fault. Each result must be the expected one,
 * and memory and file descriptors must not grow.
 *
 * AMPERSAND_SOAK: the number of checks. AMPERSAND_SEED: the seed of the faults. */
#include <dirent.h>
#include <malloc.h>
#include <poll.h>
#include <unistd.h>

#include "amp_posix.h"
#include "soak_peer.h"

#define CHECKS_USUAL 500u
#define WARM_UP 10u /* the first checks; no later peak is higher than their peak */

/* Signatures and tickets vary in length by several bytes, so the blocks after them may use other gaps of an
 * arena. The worst order of blocks may therefore occur later. In 5000 to 10000 checks with each small
 * configuration and config-standard.h the peak grew by at most 128 B after the first checks. */
#define GAPS 512u

typedef enum {
    NO_FAULT,
    CUT,
    RESET,
    SLOW,
    WRONG_NAME,
    EXPIRED,
    ALERT,
    REFUSED,
    GARBAGE,
    SILENT,
    RESTART,
    CANCEL,
    EXPORT,
    BAD_JSON,
    UNAVAILABLE,
    FAULTS
} fault_t;

static const char *const fault_names[FAULTS] = {"none",    "cut",    "reset",   "slow pieces", "wrong name",
                                                "expired", "alert",  "refused", "garbage",     "silent",
                                                "restart", "cancel", "export",  "bad JSON",    "503"};

typedef struct {
    soak_peer_t peer;
    amp_posix_t posix;
    amp_port_t socket;
    amp_port_t under; /* runs the peer, and has the simulated clock */
    amp_port_t tls;
    amp_tls_config_t config;
    amp_anchor_t anchor;
    amp_config_t client_config;
    amp_client_t client;
    amp_url_t url;
    amp_tls_storage_t storage;
    uint8_t work[AMP_WORK_SIZE];
    uint8_t session[AMP_TLS_SESSION_MAX];
    amp_connection_t record;
    volatile uint8_t cancel;
    int is_refused;
    uint32_t ms;
    int64_t now;
    uint64_t random;
    unsigned counts[FAULTS];
    size_t heap_peak; /* heap peak of the whole process */
} soak_t;

static soak_t soak;
static identity_t authority;
static identity_t server;
static identity_t other;
static uint8_t *anchor;
static size_t anchor_len;

#if defined(MBEDTLS_MEMORY_BUFFER_ALLOC_C)
static uint64_t arena[16384];
#endif

/* splitmix64 */
static unsigned below(unsigned limit)
{
    uint64_t z = soak.random += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return (unsigned)((z ^ z >> 31) % limit);
}

/* Measurements */

/* Returns 0 if the C library does not provide it. */
static size_t heap_in_use(void)
{
#if defined(__GLIBC__) && (__GLIBC__ > 2 || __GLIBC_MINOR__ >= 33)
    const struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
#else
    return 0;
#endif
}

static size_t resident_pages(void)
{
    unsigned long all = 0;
    unsigned long resident = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    assert_non_null(file);
    assert_int_equal(fscanf(file, "%lu %lu", &all, &resident), 2);
    fclose(file);
    return resident;
}

static unsigned count_descriptors(void)
{
    unsigned count = 0;
    DIR *folder = opendir("/proc/self/fd");
    assert_non_null(folder);
    while (readdir(folder) != NULL) {
        ++count;
    }
    closedir(folder);
    return count;
}

/* The port between TLS and the sockets */

static int soak_open(void *ctx, const char *host, uint16_t number)
{
    (void)ctx;
    (void)number;
    soak_peer_run(&soak.peer);
    return soak.socket.open(soak.socket.ctx, host, soak.is_refused ? soak.peer.refusing : soak.peer.number);
}

static int soak_send(void *ctx, const uint8_t *data, size_t len)
{
    (void)ctx;
    int result = soak.socket.send(soak.socket.ctx, data, len);
    soak_peer_run(&soak.peer);
    return result;
}

static int soak_recv(void *ctx, uint8_t *data, size_t len)
{
    (void)ctx;
    soak_peer_run(&soak.peer);
    const size_t used = heap_in_use();
    soak.heap_peak = used > soak.heap_peak ? used : soak.heap_peak;
    return soak.socket.recv(soak.socket.ctx, data, len);
}

static void soak_close(void *ctx)
{
    (void)ctx;
    soak.socket.close(soak.socket.ctx);
    soak_peer_run(&soak.peer);
}

static uint32_t soak_now_ms(void *ctx)
{
    (void)ctx;
    return soak.ms;
}

/* The kernel may need a moment to deliver the peer's bytes. The simulated clock must not advance during
 * that. */
static void soak_wait(void *ctx, unsigned wanted, uint32_t ms)
{
    (void)ctx;
    soak_peer_run(&soak.peer);
    struct pollfd event = {
        amp_posix_fd(&soak.posix),
        (short)((wanted & AMP_WAIT_READ ? POLLIN : 0) | (wanted & AMP_WAIT_WRITE ? POLLOUT : 0)), 0};
    (void)poll(&event, 1, soak.peer.is_silent ? 0 : 20);
    soak.ms += ms < 10u ? ms : 10u;
}

static int64_t soak_clock(void *ctx)
{
    (void)ctx;
    return soak.now;
}

/* The client */

static void connect_client(void)
{
    assert_int_equal(amp_tls_init(&soak.storage, sizeof soak.storage, &soak.config, &soak.tls), AMP_OK);
    soak.client_config.port = &soak.tls;
    assert_int_equal(amp_init(&soak.client, &soak.client_config, soak.work, sizeof soak.work), AMP_OK);
}

static void disconnect_client(void)
{
    amp_close(&soak.client);
    amp_tls_free(&soak.tls);
}

static void start(void)
{
    memset(&soak, 0, sizeof soak);
    soak.now = CERTS_NOW;
    soak_peer_init(&soak.peer);
    soak_peer_restart(&soak.peer, RIG_1_2_TICKET, &server);
    amp_posix_init(&soak.posix, &soak.socket);
    soak.under = (amp_port_t){&soak,       soak_open, soak_send, soak_recv, soak_close,
                              soak_now_ms, soak_wait, NULL,      0,         NULL};
    soak.anchor = (amp_anchor_t){AMP_ANCHOR_DER, anchor, anchor_len};
    soak.config = (amp_tls_config_t){
        .under = &soak.under, .anchors = &soak.anchor, .anchor_count = 1, .clock = soak_clock};
#if defined(MBEDTLS_MEMORY_BUFFER_ALLOC_C)
    soak.config.arena = arena;
    soak.config.arena_size = sizeof arena;
#endif
    assert_int_equal(amp_url_parse(AMP_STR("https://127.0.0.1/v1"), &soak.url), 0);
    soak.client_config = (amp_config_t){
        .base_url = &soak.url, .project = AMP_STR("p"), .api_key = AMP_STR(RIG_KEY), .cancel = &soak.cancel};
    connect_client();
}

/* Performs one check. Sets the cancel flag before the step of this number. */
static amp_status_t ask(unsigned cancel_step)
{
    const amp_get_connection_t which = {.id = AMP_STR("connection-123")};
    unsigned steps = 0;
    memset(&soak.record, 0, sizeof soak.record);
    amp_status_t status = amp_get_connection_start(&soak.client, &which, &soak.record);
    while (status >= 0 && status != AMP_END) {
        soak.cancel = ++steps >= cancel_step;
        status = amp_step(&soak.client);
        if (status == AMP_PENDING) {
            amp_wait(&soak.client, 1000);
        }
        assert_true(steps < 200000u);
    }
    soak.cancel = 0;
    return status;
}

/* Faults */

static rig_kind_t any_kind(void)
{
    return rig_can(RIG_1_3) && below(2) != 0 ? RIG_1_3 : RIG_1_2_TICKET;
}

/* Simulates a restart of the device that keeps the session of the last check, if there is one. Returns 1 if
 * so. */
static int move_session(void)
{
    size_t len = 0;
    assert_int_equal(amp_tls_export(&soak.tls, soak.session, sizeof soak.session, &len), AMP_OK);
    disconnect_client();
    connect_client();
    amp_tls_import(&soak.tls, soak.session, len);
    return len != 0;
}

/* Sets up the fault. Returns 1 when the next handshake must resume a session. */
static int prepare(fault_t fault)
{
    static const char garbage[] = "HTTP/1.1 400 Bad Request\r\n\r\nThis port does not speak TLS.";
    soak_peer_t *peer = &soak.peer;
    switch (fault) {
    case CUT:
    case RESET:
        peer->limit = below(3000);
        peer->sent = 0;
        peer->resets = fault == RESET;
        break;
    case SLOW:
        peer->piece = 1u + below(7);
        break;
    case WRONG_NAME:
        soak_peer_restart(peer, any_kind(), &other);
        break;
    case EXPIRED: /* the earlier session has expired, too */
        soak_peer_restart(peer, any_kind(), &server);
        soak.now += INT64_C(301) * 86400;
        break;
    case ALERT:
    case GARBAGE:
    case SILENT:
    case REFUSED:
        soak_peer_drop(peer);
        peer->sends_alert = fault == ALERT;
        peer->instead = fault == GARBAGE ? garbage : NULL;
        peer->is_silent = fault == SILENT;
        soak.is_refused = fault == REFUSED;
        break;
    case RESTART:
        soak_peer_restart(peer, any_kind(), &server);
        break;
    case EXPORT:
        return move_session();
    case BAD_JSON:
        peer->answer = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 3\r\n\r\n{]}";
        break;
    case UNAVAILABLE:
        peer->answer = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n";
        break;
    default:
        break;
    }
    return 0;
}

static void repair(fault_t fault)
{
    soak_peer_t *peer = &soak.peer;
    peer->limit = SIZE_MAX;
    peer->resets = 0;
    peer->piece = 0;
    peer->sends_alert = 0;
    peer->instead = NULL;
    peer->is_silent = 0;
    peer->answer = rig_answer;
    soak.is_refused = 0;
    soak.now = CERTS_NOW;
    if (fault == WRONG_NAME) {
        soak_peer_restart(peer, any_kind(), &server);
    }
}

static int is_network(amp_status_t status)
{
    return amp_class_of(status) == AMP_CLASS_NETWORK && status != AMP_ERR_DEADLINE && status != AMP_ERR_DNS &&
           status != AMP_ERR_CONNECT;
}

/* Returns 1 when the status is one that the fault must cause. */
static int is_expected(fault_t fault, amp_status_t status, unsigned answered)
{
    amp_tls_failure_t failure;
    amp_tls_failure(&soak.tls, &failure);
    switch (fault) {
    case CUT:
    case RESET: /* the cut can come after the answer; a reset can also destroy what was sent before */
        return (soak.peer.was_cut && is_network(status)) || (status == AMP_END && answered > 0);
    case WRONG_NAME:
        return status == AMP_ERR_CERT_NAME;
    case EXPIRED:
        return status == AMP_ERR_CERT_EXPIRED;
    case ALERT:
        return status == AMP_ERR_TLS && failure.alert == SOAK_ALERT;
    case REFUSED:
        return status == AMP_ERR_CONNECT;
    case GARBAGE:
        return status == AMP_ERR_TLS;
    case SILENT:
        return status == AMP_ERR_DEADLINE;
    case CANCEL:
        return status == AMP_ERR_CANCELLED || status == AMP_END;
    case BAD_JSON:
        return status == AMP_ERR_JSON;
    case UNAVAILABLE:
        return status == AMP_ERR_SERVICE;
    default:
        return status == AMP_END;
    }
}

static void check(fault_t fault, unsigned number)
{
    const unsigned answered = soak.peer.answered;
    soak.peer.closes = below(2) != 0;
    const int must_resume = prepare(fault) && soak.peer.fd < 0;
    amp_status_t status = ask(fault == CANCEL ? 1u + below(12) : UINT32_MAX);
    if (!is_expected(fault, status, soak.peer.answered - answered) ||
        (status == AMP_END && strcmp(soak.record.id, "connection-123") != 0) ||
        (status != AMP_END && soak.record.id[0] != '\0') || (must_resume && !soak.peer.was_reused)) {
        fail_msg("check %u, fault %s: %s, %u answers, reused %d", number, fault_names[fault],
                 amp_status_name(status), soak.peer.answered - answered, soak.peer.was_reused);
    }
    repair(fault);
    ++soak.counts[fault];
}

/* Checks memory and file descriptors between two checks, when no connection and no client exists. */
typedef struct {
    size_t heap;
    size_t heap_peak;
    size_t arena_peak;
    size_t pages;
    unsigned descriptors;
} measure_t;

static measure_t measure(void)
{
    measure_t out = {0, soak.heap_peak, 0, 0, 0};
    amp_tls_stats_t stats;
    amp_tls_stats(&soak.tls, &stats);
    out.arena_peak = stats.arena_peak;
    disconnect_client();
    soak_peer_drop(&soak.peer);
    out.heap = heap_in_use();
    out.pages = resident_pages();
    out.descriptors = count_descriptors();
    connect_client();
    return out;
}

static void print_measure(unsigned checks, const measure_t *m)
{
    print_message("after %5u checks: heap %zu B, its peak %zu B, arena peak %zu B, resident %zu pages, %u "
                  "descriptors\n",
                  checks, m->heap, m->heap_peak, m->arena_peak, m->pages, m->descriptors);
}

/* Counts full handshakes of each version, and those that the client refuses after the server's
 * certificate. */
static void warm_up(void)
{
    static const fault_t faults[WARM_UP] = {NO_FAULT, NO_FAULT, WRONG_NAME, EXPIRED, EXPORT,
                                            NO_FAULT, NO_FAULT, WRONG_NAME, EXPIRED, EXPORT};
    for (unsigned i = 0; i < WARM_UP; ++i) {
        if (i % (WARM_UP / 2u) == 0) {
            soak_peer_restart(&soak.peer, i != 0 && rig_can(RIG_1_3) ? RIG_1_3 : RIG_1_2_TICKET, &server);
        }
        check(faults[i], i);
    }
}

static void test_soak(void **state)
{
    const char *wanted = getenv("AMPERSAND_SOAK");
    const char *seed = getenv("AMPERSAND_SEED");
    const unsigned checks = wanted != NULL ? (unsigned)atoi(wanted) : CHECKS_USUAL;
    (void)state;
    start();
    soak.random = seed != NULL ? strtoull(seed, NULL, 10) : 1u;
    warm_up();
    const measure_t first = measure();
    print_measure(WARM_UP, &first);
    for (unsigned i = WARM_UP; i < checks; ++i) {
        check(below(2) == 0 ? NO_FAULT : (fault_t)(1u + below(FAULTS - 1u)), i);
        if (i % 1000u == 999u || i == checks / 2u) {
            const measure_t now = measure();
            print_measure(i + 1u, &now);
        }
    }
    const measure_t last = measure();
    print_measure(checks, &last);
    for (unsigned i = 0; i < FAULTS; ++i) {
        print_message("%s %u%s", fault_names[i], soak.counts[i], i + 1u < FAULTS ? ", " : "\n");
    }
    print_message("%u connections, %u resumed\n", soak.peer.connections, soak.peer.reused);
    disconnect_client();
    soak_peer_free(&soak.peer);
    assert_int_equal(last.descriptors, first.descriptors);
    assert_in_range(last.arena_peak, 0, first.arena_peak + GAPS);
    assert_in_range(last.heap, 0, first.heap + 1024u);
    assert_in_range(last.heap_peak, 0, first.heap_peak + 4096u);
    assert_in_range(last.pages, 0, first.pages + 64u);
    assert_true(soak.peer.reused > checks / 8u);
}

static int make_identities(void **state)
{
    (void)state;
#if defined(MBEDTLS_MEMORY_BUFFER_ALLOC_C)
    assert_int_equal(amp_tls_arena_init(arena, sizeof arena), AMP_OK);
#endif
    identity_make(&authority, &(wanted_t){.name = "Test authority", .is_authority = 1, .last = 3650});
    identity_make(&server, &(wanted_t){.name = "server", .names = "IP:127.0.0.1", .issuer = &authority});
    identity_make(&other, &(wanted_t){.name = "other", .names = "IP:127.0.0.2", .issuer = &authority});
    anchor = identity_der(&authority, &anchor_len);
    return 0;
}

static int free_identities(void **state)
{
    (void)state;
    identity_free(&authority);
    identity_free(&server);
    identity_free(&other);
    OPENSSL_free(anchor);
    return 0;
}

/* The C library keeps freed blocks for each size and counts them as used. This hides a leak, and can look
 * like one. The program therefore starts itself again with that feature disabled. */
static void start_without_cache(char **arguments)
{
    if (getenv("GLIBC_TUNABLES") == NULL) {
        setenv("GLIBC_TUNABLES", "glibc.malloc.tcache_count=0", 1);
        execv("/proc/self/exe", arguments);
    }
}

int main(int count, char **arguments)
{
    (void)count;
    start_without_cache(arguments);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_soak),
    };
    return cmocka_run_group_tests(tests, make_identities, free_identities);
}
