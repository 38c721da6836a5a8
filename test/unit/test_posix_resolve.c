/* SPDX-License-Identifier: MIT */
/* The error for each failure of a look-up. posix_resolve.c is compiled here with fake functions in place of
 * the system's. */
#include "pieces.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

/* Errors of pipe and pthread_create (0 or an errno), the result of getaddrinfo, and the errno that it
 * sets. */
typedef struct {
    int pipe_error;
    int thread_error;
    int answer;
    int number;
    int status;
    int code;
} failure_t;

static const failure_t *failing;
static struct addrinfo found;
static unsigned open_ends; /* open ends of pipes */
static unsigned freed;
static int is_literal;

static int fake_pipe(int fds[2])
{
    errno = failing->pipe_error;
    if (failing->pipe_error != 0) {
        return -1;
    }
    open_ends += 2;
    return pipe(fds);
}

static int fake_pipe2(int fds[2], int flags)
{
    (void)flags;
    return fake_pipe(fds);
}

static int fake_close(int fd)
{
    assert_int_equal(close(fd), 0);
    --open_ends;
    return 0;
}

static int fake_getaddrinfo(const char *host, const char *service, const struct addrinfo *hints,
                            struct addrinfo **out_found)
{
    assert_string_equal(host, "api.test");
    assert_string_equal(service, "65535");
    if ((hints->ai_flags & AI_NUMERICHOST) != 0 && !is_literal) {
        errno = ENFILE; /* the result is ignored: the name is looked up next */
        return EAI_NONAME;
    }
    if (failing->answer == 0) {
        *out_found = &found;
    }
    errno = failing->number != 0 ? failing->number : errno;
    return failing->answer;
}

static void fake_freeaddrinfo(struct addrinfo *addresses)
{
    assert_ptr_equal(addresses, &found);
    ++freed;
}

/* Runs the thread's function at once. */
static int fake_create(pthread_t *out_thread, const pthread_attr_t *attributes, void *(*run)(void *),
                       void *ctx)
{
    assert_null(attributes);
    memset(out_thread, 0, sizeof *out_thread);
    if (failing->thread_error == 0) {
        assert_null(run(ctx));
    }
    return failing->thread_error;
}

static int fake_join(pthread_t thread, void **out_value)
{
    (void)thread;
    assert_null(out_value);
    return 0;
}

#define pipe fake_pipe
#define pipe2 fake_pipe2
#define close fake_close
#define getaddrinfo fake_getaddrinfo
#define freeaddrinfo fake_freeaddrinfo
#define pthread_create fake_create
#define pthread_join fake_join
#include "../../port/posix/posix_resolve.c"
#undef pipe
#undef pipe2
#undef close
#undef getaddrinfo
#undef freeaddrinfo
#undef pthread_create
#undef pthread_join

static amp_resolve_t resolve;

static int look_up(const failure_t *failure)
{
    failing = failure;
    freed = 0;
    open_ends = 0;
    memset(&resolve, 0, sizeof resolve);
    amp_resolve_start(&resolve, "api.test", 65535);
    return amp_resolve_poll(&resolve);
}

static void check_failures(const failure_t *failures, size_t count)
{
    for (size_t i = 0; i < count; ++i) {
        is_literal = 0;
        assert_int_equal(look_up(&failures[i]), failures[i].status);
        assert_int_equal(amp_resolve_code(&resolve), failures[i].code);
        assert_int_equal(amp_resolve_idle(&resolve), 1);
        assert_int_equal(amp_resolve_wait(&resolve, 0), 0);
        assert_int_equal(open_ends, 0);
        assert_int_equal(freed, 0);
    }
}

static void local_failures_are_reported_by_errno(void **unused)
{
    static const failure_t failures[] = {
        {EMFILE, 0, 0, 0, AMP_ERR_NETWORK, EMFILE},
        {ENFILE, 0, 0, 0, AMP_ERR_NETWORK, ENFILE},
        {0, EAGAIN, 0, 0, AMP_ERR_NETWORK, EAGAIN},
        {0, ENOMEM, 0, 0, AMP_ERR_NETWORK, ENOMEM},
        {0, 0, EAI_SYSTEM, EMFILE, AMP_ERR_NETWORK, EMFILE},
        {0, 0, EAI_SYSTEM, EACCES, AMP_ERR_NETWORK, EACCES},
        {0, 0, EAI_MEMORY, 0, AMP_ERR_NETWORK, ENOMEM},
        {0, 0, EAI_NONAME, EMFILE, AMP_ERR_NETWORK, EMFILE},
        {0, 0, EAI_AGAIN, ENFILE, AMP_ERR_NETWORK, ENFILE},
    };
    (void)unused;
    check_failures(failures, sizeof failures / sizeof failures[0]);
}

static void other_failures_are_about_the_name(void **unused)
{
    static const failure_t failures[] = {
        {0, 0, EAI_NONAME, 0, AMP_ERR_DNS, EAI_NONAME},
        {0, 0, EAI_NONAME, ENOENT, AMP_ERR_DNS, EAI_NONAME},
        {0, 0, EAI_AGAIN, ECONNREFUSED, AMP_ERR_DNS, EAI_AGAIN},
        {0, 0, EAI_FAIL, ETIMEDOUT, AMP_ERR_DNS, EAI_FAIL},
    };
    (void)unused;
    check_failures(failures, sizeof failures / sizeof failures[0]);
}

/* After a successful look-up, errno has no meaning. */
static void addresses_are_found_and_freed(void **unused)
{
    static const failure_t none = {0, 0, 0, EMFILE, 1, 0};
    (void)unused;
    for (is_literal = 0; is_literal <= 1; ++is_literal) {
        assert_int_equal(look_up(&none), 1);
        assert_ptr_equal(resolve.answer.found, &found);
        assert_int_equal(amp_resolve_code(&resolve), 0);
        assert_int_equal(open_ends, 0);
        amp_resolve_forget(&resolve);
        amp_resolve_forget(&resolve);
        assert_int_equal(freed, 1);
    }
}

static void a_cancelled_look_up_is_freed(void **unused)
{
    static const failure_t none = {0, 0, 0, 0, 1, 0};
    (void)unused;
    is_literal = 0;
    failing = &none;
    freed = 0;
    open_ends = 0;
    amp_resolve_start(&resolve, "api.test", 65535);
    amp_resolve_cancel(&resolve);
    assert_int_equal(amp_resolve_idle(&resolve), 1);
    assert_int_equal(freed, 1);
    assert_int_equal(open_ends, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(local_failures_are_reported_by_errno),
        cmocka_unit_test(other_failures_are_about_the_name),
        cmocka_unit_test(addresses_are_found_and_freed),
        cmocka_unit_test(a_cancelled_look_up_is_freed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
