/* SPDX-License-Identifier: MIT */
/* A name with several addresses. The resolver and the clock are the test's own: functions defined here
 * replace those of the C library. */
#include "sockets.h"

#include <fcntl.h>
#include <netdb.h>
#include <time.h>

static struct sockaddr_in places[3];
static struct addrinfo list[3];
static unsigned given_back;
static uint64_t clock_ms = 5000;

int clock_gettime(clockid_t clock, struct timespec *out_time)
{
    (void)clock;
    out_time->tv_sec = (time_t)(clock_ms / 1000u);
    out_time->tv_nsec = (long)(clock_ms % 1000u) * 1000000L;
    return 0;
}

int getaddrinfo(const char *host, const char *service, const struct addrinfo *hints,
                struct addrinfo **out_list)
{
    assert_string_equal(host, "several.test");
    assert_true(strlen(service) > 0);
    assert_int_equal(hints->ai_socktype, SOCK_STREAM);
    assert_int_equal(hints->ai_family, AF_UNSPEC);
    *out_list = list;
    return 0;
}

void freeaddrinfo(struct addrinfo *addresses)
{
    assert_ptr_equal(addresses, list);
    ++given_back;
}

static void set_up(const uint16_t *numbers, unsigned count)
{
    memset(places, 0, sizeof places);
    given_back = 0;
    for (unsigned i = 0; i < count; ++i) {
        places[i].sin_family = AF_INET;
        places[i].sin_port = htons(numbers[i]);
        places[i].sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    }
    link_addresses(list, places, count);
    amp_posix_init(&state, &port);
}

static void the_next_address_is_tried(void **unused)
{
    uint16_t numbers[3];
    int first = bound_socket(&numbers[0]);
    int second = bound_socket(&numbers[1]);
    int listener = listening_socket(&numbers[2]);
    (void)unused;
    set_up(numbers, 3);
    assert_int_equal(open_port("several.test", 443), 1);
    int peer = accepted(listener);
    assert_int_equal(given_back, 1);
    port.close(port.ctx);
    assert_int_equal(given_back, 1);
    (void)close(peer);
    (void)close(first);
    (void)close(second);
    (void)close(listener);
}

/* An address of a family that this system does not support fails at once. */
static void an_address_of_no_use_is_passed_over(void **unused)
{
    uint16_t numbers[2];
    int listener = listening_socket(&numbers[1]);
    (void)unused;
    numbers[0] = 1;
    set_up(numbers, 2);
    list[0].ai_family = AF_UNSPEC;
    list[0].ai_socktype = -1;
    assert_int_equal(open_port("several.test", 443), 1);
    port.close(port.ctx);
    assert_int_equal(given_back, 1);
    (void)close(listener);
}

static void the_last_failure_is_reported(void **unused)
{
    uint16_t numbers[2];
    int first = bound_socket(&numbers[0]);
    int second = bound_socket(&numbers[1]);
    (void)unused;
    set_up(numbers, 2);
    assert_int_equal(open_port("several.test", 443), AMP_ERR_CONNECT);
    assert_int_equal(reported().stage, AMP_STAGE_CONNECT);
    assert_int_equal(reported().code, ECONNREFUSED);
    port.close(port.ctx);
    assert_int_equal(given_back, 1);
    (void)close(first);
    (void)close(second);
}

/* Fills the queue of a listener that never accepts until a connection hangs. */
static int hanging_listener(uint16_t *out_number, int fillers[8])
{
    struct sockaddr_in address;
    int fd = bound_socket(out_number);
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_port = htons(*out_number);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_int_equal(listen(fd, 0), 0);
    for (unsigned i = 0; i < 8; ++i) {
        struct pollfd waiting = {0, POLLOUT, 0};
        fillers[i] = socket(AF_INET, SOCK_STREAM, 0);
        assert_int_equal(fcntl(fillers[i], F_SETFL, O_NONBLOCK), 0);
        (void)connect(fillers[i], (const struct sockaddr *)&address, sizeof address);
        waiting.fd = fillers[i];
        (void)poll(&waiting, 1, 20);
    }
    return fd;
}

static void an_address_that_does_not_answer_is_not_waited_for(void **unused)
{
    uint16_t numbers[2];
    int fillers[8];
    int hanging = hanging_listener(&numbers[0], fillers);
    int listener = listening_socket(&numbers[1]);
    int result = 0;
    (void)unused;
    set_up(numbers, 2);
    for (unsigned i = 0; i < 100 && result == 0; ++i) {
        result = port.open(port.ctx, "several.test", 443);
    }
    if (result == 0) { /* on this system a connection to a full queue hangs */
        clock_ms += AMP_POSIX_DELAY_MS - 1u;
        assert_int_equal(port.open(port.ctx, "several.test", 443), 0);
        clock_ms += 1;
        assert_int_equal(open_port("several.test", 443), 1);
        int peer = accepted(listener);
        (void)close(peer);
    }
    port.close(port.ctx);
    assert_int_equal(given_back, 1);
    for (unsigned i = 0; i < 8; ++i) {
        (void)close(fillers[i]);
    }
    (void)close(hanging);
    (void)close(listener);
}

static void closing_in_between_frees_all(void **unused)
{
    uint16_t numbers[2];
    int first = bound_socket(&numbers[0]);
    int second = bound_socket(&numbers[1]);
    (void)unused;
    set_up(numbers, 2);
    (void)!port.open(port.ctx, "several.test", 443);
    port.close(port.ctx);
    assert_int_equal(given_back, 1);
    port.close(port.ctx);
    assert_int_equal(given_back, 1);
    assert_int_equal(amp_posix_idle(&state), 1);
    (void)close(first);
    (void)close(second);
}

static void the_clock_wraps(void **unused)
{
    (void)unused;
    amp_posix_init(&state, &port);
    clock_ms = 0xffffffffu;
    assert_int_equal(port.now_ms(port.ctx), 0xffffffffu);
    clock_ms += 1;
    assert_int_equal(port.now_ms(port.ctx), 0);
    clock_ms = 5000;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_next_address_is_tried),
        cmocka_unit_test(an_address_of_no_use_is_passed_over),
        cmocka_unit_test(the_last_failure_is_reported),
        cmocka_unit_test(an_address_that_does_not_answer_is_not_waited_for),
        cmocka_unit_test(closing_in_between_frees_all),
        cmocka_unit_test(the_clock_wraps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
