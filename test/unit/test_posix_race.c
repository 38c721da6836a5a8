/* SPDX-License-Identifier: MIT */
/* Addresses that drop packets, with this system's sockets, threads and clock. Only the resolver is the test's
 * own. A listener whose queue is full drops the packets of new connections. */
#include "sockets.h"

#include <netdb.h>

#include "ampersand/ampersand.h"

#define PLACES 7u
#define FILLERS 8u

static struct sockaddr_in places[PLACES];
static struct addrinfo list[PLACES];
static int dead[PLACES];
static int fillers[PLACES][FILLERS];
static int alive;
static struct sockaddr_in alive_place;
static struct sockaddr_in dead_places[PLACES];
static int is_slow; /* the name is not an address, so a thread resolves it */

int getaddrinfo(const char *host, const char *service, const struct addrinfo *hints,
                struct addrinfo **out_list)
{
    assert_string_equal(host, "several.test");
    assert_string_equal(service, "443");
    if (is_slow && (hints->ai_flags & AI_NUMERICHOST) != 0) {
        return EAI_NONAME;
    }
    *out_list = list;
    return 0;
}

void freeaddrinfo(struct addrinfo *addresses)
{
    assert_ptr_equal(addresses, list);
}

static int listener_with(int backlog, struct sockaddr_in *out_name)
{
    uint16_t number;
    int fd = bound_socket(&number);
    memset(out_name, 0, sizeof *out_name);
    out_name->sin_family = AF_INET;
    out_name->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    out_name->sin_port = htons(number);
    assert_int_equal(listen(fd, backlog), 0);
    return fd;
}

/* Connects until a connection hangs. */
static void fill(const struct sockaddr_in *name, int *out_fillers)
{
    int hangs = 0;
    for (unsigned i = 0; i < FILLERS; ++i) {
        struct pollfd waiting = {-1, POLLOUT, 0};
        out_fillers[i] = -1;
        if (!hangs) {
            out_fillers[i] = waiting.fd = socket(AF_INET, SOCK_STREAM, 0);
            assert_int_equal(fcntl(waiting.fd, F_SETFL, O_NONBLOCK), 0);
            (void)connect(waiting.fd, (const struct sockaddr *)name, sizeof *name);
            hangs = poll(&waiting, 1, 100) == 0;
        }
    }
    assert_true(hangs);
}

static int make_places(void **unused)
{
    (void)unused;
    for (unsigned i = 0; i < PLACES; ++i) {
        dead[i] = listener_with(0, &dead_places[i]);
        fill(&dead_places[i], fillers[i]);
    }
    alive = listener_with(64, &alive_place);
    return 0;
}

static int close_places(void **unused)
{
    (void)unused;
    for (unsigned i = 0; i < PLACES; ++i) {
        for (unsigned k = 0; k < FILLERS; ++k) {
            (void)(fillers[i][k] >= 0 && close(fillers[i][k]));
        }
        (void)close(dead[i]);
    }
    return close(alive);
}

/* Makes a list of `count` addresses. Only the one at `where` accepts connections. */
static void set_up(unsigned count, unsigned where)
{
    for (unsigned i = 0; i < count; ++i) {
        places[i] = i == where ? alive_place : dead_places[i];
    }
    link_addresses(list, places, count);
    is_slow = 0;
    amp_posix_init(&state, &port);
}

static void one_of_seven_answers(void **unused)
{
    unsigned before = open_fds();
    (void)unused;
    for (unsigned where = 0; where < PLACES; ++where) {
        int result;
        set_up(PLACES, where);
        uint32_t start_ms = port.now_ms(port.ctx);
        while ((result = port.open(port.ctx, "several.test", 443)) == 0) {
            assert_in_range(open_fds() - before, 1, 3);
            port.wait(port.ctx, AMP_WAIT_READ | AMP_WAIT_WRITE, GIVE_UP_MS);
        }
        assert_int_equal(result, 1);
        assert_true(port.now_ms(port.ctx) - start_ms < 3000);
        assert_int_equal(reported().code, 0);
        assert_int_equal(open_fds() - before, 1);
        int peer = accepted(alive);
        assert_int_equal(port.send(port.ctx, (const uint8_t *)"x", 1), 1);
        wait_for(peer, POLLIN);
        port.close(port.ctx);
        (void)close(peer);
        assert_int_equal(open_fds(), before);
    }
}

/* If no address answers, the client's deadline ends the request. */
static void seven_addresses_that_do_not_answer(void **unused)
{
    static amp_client_t client;
    static uint8_t work[AMP_WORK_SIZE];
    unsigned before = open_fds();
    amp_connection_t connection;
    amp_url_t url;
    amp_get_connection_t which = {.id = AMP_STR("c-1")};
    amp_config_t config = {.base_url = &url, .project = AMP_STR("p"), .api_key = AMP_STR("k"), .port = &port};
    (void)unused;
    assert_int_equal(amp_url_parse(AMP_STR("https://several.test/v1"), &url), 0);
    config.timeout_ms = 2000;
    set_up(PLACES, PLACES);
    port.secure = 1; /* nothing is sent */
    assert_int_equal(amp_init(&client, &config, work, sizeof work), AMP_OK);
    uint32_t start_ms = port.now_ms(port.ctx);
    assert_int_equal(amp_get_connection_start(&client, &which, &connection), AMP_OK);
    assert_int_equal(amp_run(&client), AMP_ERR_DEADLINE);
    assert_in_range(port.now_ms(port.ctx) - start_ms, 2000, GIVE_UP_MS);
    assert_int_equal(amp_client_info(&client)->stage, AMP_STAGE_CONNECT);
    assert_int_equal(amp_client_info(&client)->code, ETIMEDOUT);
    assert_int_equal(open_fds(), before);
    amp_close(&client);
}

/* Closes after `steps` steps. Returns the result of the last step. */
static int cancel_after(unsigned steps)
{
    int result = 0;
    set_up(3, 2);
    is_slow = 1;
    for (unsigned i = 0; i < steps && result == 0; ++i) {
        result = port.open(port.ctx, "several.test", 443);
        if (result == 0) {
            port.wait(port.ctx, AMP_WAIT_READ | AMP_WAIT_WRITE, 100);
        }
    }
    port.close(port.ctx);
    while (!amp_posix_idle(&state)) {
        port.wait(port.ctx, 0, GIVE_UP_MS);
    }
    return result;
}

static void cancelling_after_any_step_leaves_nothing(void **unused)
{
    unsigned before = open_fds();
    unsigned steps = 0;
    int result;
    (void)unused;
    do {
        result = cancel_after(steps++);
        assert_true(result >= 0);
        assert_int_equal(open_fds(), before);
    } while (result == 0);
    assert_true(steps > 3);
}

/* The unreachable addresses share one or two file descriptors, and no address is skipped. */
static void few_descriptors_are_enough(void **unused)
{
    static exhausted_t exhausted;
    unsigned before = open_fds();
    (void)unused;
    exhaust(&exhausted);
    set_up(3, 2);
    assert_int_equal(open_port("several.test", 443), AMP_ERR_NETWORK);
    assert_int_equal(reported().stage, AMP_STAGE_CONNECT);
    assert_int_equal(reported().code, EMFILE);
    port.close(port.ctx);
    for (unsigned i = 0; i < 2; ++i) {
        give_back(&exhausted, 1);
        set_up(3, 2);
        assert_int_equal(open_port("several.test", 443), 1);
        port.close(port.ctx);
    }
    recover(&exhausted);
    assert_int_equal(open_fds(), before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_of_seven_answers),
        cmocka_unit_test(seven_addresses_that_do_not_answer),
        cmocka_unit_test(cancelling_after_any_step_leaves_nothing),
        cmocka_unit_test(few_descriptors_are_enough),
    };
    return cmocka_run_group_tests(tests, make_places, close_places);
}
