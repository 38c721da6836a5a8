/* SPDX-License-Identifier: MIT */
/* The order and the times of connection attempts, with a network and a clock that the test simulates.
 * posix_attempts.c is compiled here, with the socket functions replaced. */
#include "pieces.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <netinet/in.h>
#include <netinet/tcp.h>

#define PLACES 8u
#define FDS 16
#define FD_BASE 1000
#define NEVER UINT32_MAX

/* The behaviour of an address. */
typedef enum { SWALLOWS, ANSWERS, REFUSES, REFUSES_AT_ONCE, HAS_NO_FAMILY, KINDS } kind_t;

static struct {
    struct addrinfo list[PLACES];
    struct sockaddr_in names[PLACES];
    kind_t kinds[PLACES];
    uint32_t delay_ms; /* time from connect to its success or refusal */
    uint32_t now_ms;
    uint32_t longest_wait_ms;
    unsigned place_of[FDS];
    uint32_t asked_ms[FDS];
    uint8_t is_open[FDS];
    unsigned open_now;
    unsigned open_most;
    unsigned open_max; /* socket() fails with `shortage` above it */
    int shortage;
    unsigned order[2 * PLACES]; /* indexes of the addresses that were tried, in order */
    uint32_t times[2 * PLACES];
    unsigned asked;
} net;

static int net_index(int fd)
{
    assert_in_range(fd, FD_BASE, FD_BASE + FDS - 1);
    assert_true(net.is_open[fd - FD_BASE]);
    return fd - FD_BASE;
}

static int net_socket(int family, int type, int protocol)
{
    int at = 0;
    (void)type;
    (void)protocol;
    errno = net.open_now >= net.open_max ? net.shortage : EAFNOSUPPORT;
    if (net.open_now >= net.open_max || family == AF_UNSPEC) {
        return -1;
    }
    while (net.is_open[at]) {
        ++at;
    }
    net.is_open[at] = 1;
    net.place_of[at] = PLACES;
    ++net.open_now;
    net.open_most = net.open_now > net.open_most ? net.open_now : net.open_most;
    return FD_BASE + at;
}

static int net_close(int fd)
{
    net.is_open[net_index(fd)] = 0;
    --net.open_now;
    return 0;
}

static int net_fcntl(int fd, int command, int flags)
{
    (void)net_index(fd);
    assert_true(command != F_SETFL || (flags & O_NONBLOCK) != 0);
    return 0;
}

static int net_setsockopt(int fd, int level, int name, const void *value, socklen_t size)
{
    (void)net_index(fd);
    (void)level;
    (void)name;
    (void)value;
    (void)size;
    return 0;
}

static int net_connect(int fd, const struct sockaddr *name, socklen_t size)
{
    int at = net_index(fd);
    unsigned place = ntohs(((const struct sockaddr_in *)(const void *)name)->sin_port);
    assert_int_equal(size, sizeof net.names[place]);
    assert_true(place < PLACES && net.asked < 2 * PLACES);
    net.place_of[at] = place;
    net.asked_ms[at] = net.now_ms;
    net.order[net.asked] = place;
    net.times[net.asked++] = net.now_ms;
    errno = net.kinds[place] == REFUSES_AT_ONCE ? ECONNREFUSED : EINPROGRESS;
    return -1;
}

/* Returns the milliseconds until the socket has an event. */
static uint32_t net_left(int at)
{
    kind_t kind = net.kinds[net.place_of[at]];
    uint32_t age_ms = net.now_ms - net.asked_ms[at];
    if (kind != ANSWERS && kind != REFUSES) {
        return NEVER;
    }
    return age_ms < net.delay_ms ? net.delay_ms - age_ms : 0;
}

/* Advances the clock to the first event, or by the time limit. */
static int net_poll(struct pollfd *waiting, nfds_t count, int ms)
{
    uint32_t wait_ms = (uint32_t)ms;
    int ready = 0;
    for (nfds_t i = 0; i < count; ++i) {
        uint32_t left_ms = net_left(net_index(waiting[i].fd));
        assert_int_equal(waiting[i].events, POLLOUT);
        wait_ms = left_ms < wait_ms ? left_ms : wait_ms;
    }
    net.now_ms += wait_ms;
    net.longest_wait_ms = wait_ms > net.longest_wait_ms ? wait_ms : net.longest_wait_ms;
    for (nfds_t i = 0; i < count; ++i) {
        int is_ready = net_left(net_index(waiting[i].fd)) == 0;
        waiting[i].revents = (short)(is_ready ? POLLOUT : 0);
        ready += is_ready;
    }
    return ready;
}

static int net_getsockopt(int fd, int level, int name, void *value, socklen_t *size)
{
    int error = net.kinds[net.place_of[net_index(fd)]] == REFUSES ? ECONNREFUSED : 0;
    assert_int_equal(level, SOL_SOCKET);
    assert_int_equal(name, SO_ERROR);
    assert_int_equal(*size, sizeof error);
    memcpy(value, &error, sizeof error);
    return 0;
}

#define socket net_socket
#define close net_close
#define fcntl net_fcntl
#define setsockopt net_setsockopt
#define getsockopt net_getsockopt
#define connect net_connect
#define poll net_poll
#include "../../port/posix/posix_attempts.c"
#undef socket
#undef close
#undef fcntl
#undef setsockopt
#undef getsockopt
#undef connect
#undef poll

static amp_attempts_t attempts;

/* One letter for each address: 4 and 6 are families. */
static void set_up(const char *families, const kind_t *kinds)
{
    size_t count = strlen(families);
    assert_in_range(count, 1, PLACES);
    memset(&net, 0, sizeof net);
    net.delay_ms = 10;
    net.open_max = FDS;
    net.shortage = EMFILE;
    for (size_t i = 0; i < count; ++i) {
        net.kinds[i] = kinds[i];
        net.names[i].sin_port = htons((uint16_t)i);
        net.list[i].ai_family = families[i] == '6' ? AF_INET6 : AF_INET;
        net.list[i].ai_family = kinds[i] == HAS_NO_FAMILY ? AF_UNSPEC : net.list[i].ai_family;
        net.list[i].ai_socktype = SOCK_STREAM;
        net.list[i].ai_addr = (struct sockaddr *)(void *)&net.names[i];
        net.list[i].ai_addrlen = sizeof net.names[i];
        net.list[i].ai_next = i + 1u < count ? &net.list[i + 1u] : NULL;
    }
}

/* Steps and waits until the attempts end, but at most `steps` times. Returns the result of the last step. */
static int run(unsigned steps, int *out_fd)
{
    int result = 0;
    amp_attempts_begin(&attempts, net.list);
    for (unsigned i = 0; i < steps && result == 0; ++i) {
        result = amp_attempts_step(&attempts, net.now_ms, out_fd);
        if (result == 0) {
            /* An event loop waits for one of the sockets only. */
            assert_true(amp_attempts_fd(&attempts) >= FD_BASE);
            assert_true(attempts.count == 1u ||
                        amp_attempts_idle_ms(&attempts, net.now_ms) <= AMP_POSIX_IDLE_MS);
            amp_attempts_wait(&attempts, net.now_ms, 60000);
        }
    }
    return result;
}

/* Returns the indexes in the order of the attempts, as digits. */
static const char *order(void)
{
    static char text[2 * PLACES + 1u];
    for (unsigned i = 0; i < net.asked; ++i) {
        text[i] = (char)('0' + net.order[i]);
    }
    text[net.asked] = '\0';
    return text;
}

static void expect_times(const uint32_t *times)
{
    for (unsigned i = 0; i < net.asked; ++i) {
        assert_int_equal(net.times[i], times[i]);
    }
}

static void families_take_turns(void **unused)
{
    static const struct {
        const char *families;
        int won_family;
        const char *order;
    } cases[] = {
        {"44664", AF_UNSPEC, "02134"}, {"66446", AF_UNSPEC, "02134"}, {"44664", AF_INET, "02134"},
        {"44664", AF_INET6, "20314"},  {"666", AF_UNSPEC, "012"},     {"666", AF_INET, "012"},
        {"4", AF_INET6, "0"},          {"4666", AF_UNSPEC, "0123"},   {"6664", AF_UNSPEC, "0312"},
    };
    static const kind_t kinds[PLACES] = {SWALLOWS};
    static const uint32_t times[] = {0, 250, 500, 750, 1000};
    int fd = -1;
    (void)unused;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; ++i) {
        set_up(cases[i].families, kinds);
        attempts.won_family = cases[i].won_family;
        assert_int_equal(run(20, &fd), 0);
        assert_string_equal(order(), cases[i].order);
        expect_times(times);
        amp_attempts_close(&attempts);
        assert_int_equal(net.open_now, 0);
    }
}

static void the_family_that_won_is_first_the_next_time(void **unused)
{
    static const kind_t six_answers[] = {SWALLOWS, SWALLOWS, ANSWERS, SWALLOWS};
    static const kind_t four_answers[] = {ANSWERS, SWALLOWS, SWALLOWS, SWALLOWS};
    int fd = -1;
    (void)unused;
    memset(&attempts, 0, sizeof attempts);
    set_up("4466", six_answers);
    assert_int_equal(run(20, &fd), 1);
    assert_string_equal(order(), "02");
    set_up("4466", six_answers);
    assert_int_equal(run(20, &fd), 1);
    assert_string_equal(order(), "2");
    set_up("4466", four_answers);
    assert_int_equal(run(20, &fd), 1);
    assert_string_equal(order(), "20");
    set_up("4466", four_answers);
    assert_int_equal(run(20, &fd), 1);
    assert_string_equal(order(), "0");
}

static void the_next_one_does_not_wait_for_one_that_failed(void **unused)
{
    static const kind_t kinds[] = {REFUSES_AT_ONCE, HAS_NO_FAMILY, REFUSES, SWALLOWS, REFUSES, SWALLOWS};
    static const uint32_t times[] = {0, 0, 10, 260, 270};
    int fd = -1;
    (void)unused;
    memset(&attempts, 0, sizeof attempts);
    set_up("444444", kinds);
    assert_int_equal(run(20, &fd), 0);
    assert_string_equal(order(), "02345");
    expect_times(times);
    assert_int_equal(attempts.error, ECONNREFUSED);
    amp_attempts_close(&attempts);
}

static void one_of_seven_is_found_at_any_place(void **unused)
{
    int fd = -1;
    (void)unused;
    for (unsigned alive = 0; alive < 7; ++alive) {
        kind_t kinds[PLACES] = {SWALLOWS};
        kinds[alive] = ANSWERS;
        set_up("4444444", kinds);
        net.now_ms = UINT32_MAX - 600u; /* the clock wraps around in between */
        uint32_t start_ms = net.now_ms;
        assert_int_equal(run(100, &fd), 1);
        assert_int_equal(net.now_ms - start_ms, alive * 250u + 10u);
        assert_int_equal(net.order[net.asked - 1u], alive);
        assert_int_equal(net.open_most, alive < 3 ? alive + 1u : 3u);
        assert_int_equal(net.open_now, 1);
        assert_int_equal(net_close(fd), 0);
    }
}

/* The last addresses may still answer, so the client's deadline ends the attempts. */
static void the_last_ones_are_waited_for(void **unused)
{
    static const kind_t kinds[PLACES] = {SWALLOWS};
    int fd = -1;
    (void)unused;
    for (unsigned count = 1; count <= PLACES; ++count) {
        char families[PLACES + 1u] = "44444444";
        families[count] = '\0';
        set_up(families, kinds);
        assert_int_equal(run(100, &fd), 0);
        assert_int_equal(net.asked, count);
        assert_int_equal(net.open_now, count < 3 ? count : 3u);
        assert_int_equal(attempts.error, count <= 3 ? 0 : ETIMEDOUT);
        assert_int_equal(net.longest_wait_ms, 60000);
        /* The last attempt may succeed at any time. */
        net.kinds[count - 1u] = ANSWERS;
        assert_int_equal(amp_attempts_step(&attempts, net.now_ms, &fd), 1);
        assert_int_equal(net.open_now, 1);
    }
}

static void all_failures_are_an_error(void **unused)
{
    static const kind_t kinds[] = {REFUSES, REFUSES_AT_ONCE, HAS_NO_FAMILY};
    int fd = -1;
    (void)unused;
    for (unsigned first = 0; first < 3; ++first) {
        kind_t rotated[3] = {kinds[first], kinds[(first + 1u) % 3u], kinds[(first + 2u) % 3u]};
        set_up("464", rotated);
        assert_int_equal(run(100, &fd), AMP_ERR_CONNECT);
        assert_true(attempts.error == ECONNREFUSED || attempts.error == EAFNOSUPPORT);
        assert_int_equal(net.open_now, 0);
    }
}

static void no_socket_at_all_is_an_error_of_its_own(void **unused)
{
    static const int shortages[] = {EMFILE, ENFILE, ENOMEM, ENOBUFS};
    static const kind_t kinds[] = {ANSWERS, ANSWERS};
    int fd = -1;
    (void)unused;
    for (size_t i = 0; i < sizeof shortages / sizeof shortages[0]; ++i) {
        set_up("46", kinds);
        net.open_max = 0;
        net.shortage = shortages[i];
        assert_int_equal(run(1, &fd), AMP_ERR_NETWORK);
        assert_int_equal(attempts.error, shortages[i]);
        assert_int_equal(net.asked, 0);
    }
}

/* The addresses share the available sockets, and no address is skipped. */
static void few_sockets_are_enough(void **unused)
{
    static const kind_t kinds[] = {SWALLOWS, SWALLOWS, SWALLOWS, SWALLOWS, ANSWERS};
    static const uint32_t with_one[] = {0, 750, 1500, 2250, 3000};
    static const uint32_t with_two[] = {0, 250, 750, 1000, 1500};
    int fd = -1;
    (void)unused;
    for (unsigned sockets = 1; sockets <= 2; ++sockets) {
        memset(&attempts, 0, sizeof attempts);
        set_up("44444", kinds);
        net.open_max = sockets;
        assert_int_equal(run(100, &fd), 1);
        assert_string_equal(order(), "01234");
        expect_times(sockets == 1 ? with_one : with_two);
        assert_int_equal(net.open_now, 1);
    }
}

static void the_older_of_two_that_answer_wins(void **unused)
{
    static const kind_t kinds[] = {ANSWERS, ANSWERS, ANSWERS};
    int fd = -1;
    (void)unused;
    memset(&attempts, 0, sizeof attempts);
    set_up("464", kinds);
    net.delay_ms = 700;
    amp_attempts_begin(&attempts, net.list);
    for (unsigned i = 0; i < 3; ++i) {
        assert_int_equal(amp_attempts_step(&attempts, net.now_ms, &fd), 0);
        net.now_ms += AMP_POSIX_DELAY_MS;
    }
    net.now_ms += 700;
    assert_int_equal(amp_attempts_step(&attempts, net.now_ms, &fd), 1);
    assert_int_equal(net.place_of[net_index(fd)], 0);
    assert_int_equal(net.open_now, 1);
}

/* Every behaviour at each of four places, in all mixes of families, with one to four available sockets. With
 * fewer than three sockets, an attempt at an address that drops packets may end early, for an address that
 * refuses. */
static void run_mix(unsigned mix, unsigned families, unsigned sockets, unsigned steps)
{
    kind_t kinds[4];
    char letters[5] = "4444";
    int fd = -1;
    int answers = 0;
    int swallows = 0;
    for (unsigned i = 0; i < 4; ++i, mix /= KINDS) {
        kinds[i] = (kind_t)(mix % KINDS);
        letters[i] = (families >> i & 1u) != 0 ? '6' : '4';
        answers += kinds[i] == ANSWERS;
        swallows += kinds[i] == SWALLOWS;
    }
    set_up(letters, kinds);
    net.open_max = sockets;
    int result = run(steps, &fd);
    assert_true(net.open_most <= AMP_POSIX_ATTEMPTS);
    if (steps >= 40 && (answers > 0 || swallows == 0 || sockets >= 3)) {
        assert_int_equal(result, answers > 0 ? 1 : swallows > 0 ? 0 : AMP_ERR_CONNECT);
    }
    if (result > 0) {
        assert_int_equal(net.kinds[net.place_of[net_index(fd)]], ANSWERS);
        assert_int_equal(net.open_now, 1);
        assert_int_equal(net_close(fd), 0);
    }
    amp_attempts_close(&attempts);
    amp_attempts_close(&attempts);
    assert_int_equal(net.open_now, 0);
}

static void every_mix_ends_as_it_should(void **unused)
{
    (void)unused;
    for (unsigned mix = 0; mix < KINDS * KINDS * KINDS * KINDS; ++mix) {
        for (unsigned families = 0; families < 16; ++families) {
            for (unsigned sockets = 1; sockets <= 4; ++sockets) {
                run_mix(mix, families, sockets, 40);
            }
        }
    }
}

static void closing_after_any_step_leaves_no_socket(void **unused)
{
    (void)unused;
    for (unsigned mix = 0; mix < KINDS * KINDS * KINDS * KINDS; ++mix) {
        for (unsigned steps = 0; steps < 10; ++steps) {
            run_mix(mix, mix % 16u, 3, steps);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(families_take_turns),
        cmocka_unit_test(the_family_that_won_is_first_the_next_time),
        cmocka_unit_test(the_next_one_does_not_wait_for_one_that_failed),
        cmocka_unit_test(one_of_seven_is_found_at_any_place),
        cmocka_unit_test(the_last_ones_are_waited_for),
        cmocka_unit_test(all_failures_are_an_error),
        cmocka_unit_test(no_socket_at_all_is_an_error_of_its_own),
        cmocka_unit_test(few_sockets_are_enough),
        cmocka_unit_test(the_older_of_two_that_answer_wins),
        cmocka_unit_test(every_mix_ends_as_it_should),
        cmocka_unit_test(closing_after_any_step_leaves_no_socket),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
