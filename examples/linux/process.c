/* SPDX-License-Identifier: MIT */
/* Signals set a flag, and every wait checks it. Waits are cut into pieces of SLICE_MS, so that a signal
 * between the check and poll() is noticed. */
#include "process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>
#if defined(__linux__)
#include <sys/prctl.h>
#endif

/* The longest delay for a signal that arrives between the check of the flag and poll(). */
#define SLICE_MS 250u

#if defined(__SANITIZE_ADDRESS__)
#define IS_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define IS_SANITIZED 1
#endif
#endif

volatile uint8_t process_cancelled;

static void cancel(int number)
{
    (void)number;
    process_cancelled = 1;
}

static void keep_secrets_inside(void)
{
    struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    /* LeakSanitizer traces its own process with ptrace, which PR_SET_DUMPABLE 0 would forbid. */
#if defined(__linux__) && !defined(IS_SANITIZED)
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}

/* If a standard stream is closed at the start, the next file or socket gets its descriptor, and output would
 * go there. Such a descriptor is opened in the wrong direction, so that using it is an error. */
static void fill_standard_streams(void)
{
    static const int wrong_way[] = {O_WRONLY, O_RDONLY, O_RDONLY};
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; ++fd) {
        if (fcntl(fd, F_GETFD) < 0) {
            (void)open("/dev/null", wrong_way[fd]); /* open() returns the lowest free descriptor: fd */
        }
    }
}

void process_prepare(void)
{
    struct sigaction action;
    struct sigaction inherited;
    fill_standard_streams();
    keep_secrets_inside();
    memset(&action, 0, sizeof action);
    sigemptyset(&action.sa_mask);
    action.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &action, NULL);
    sigaction(SIGXFSZ, &action, NULL);
    action.sa_handler =
        SIG_DFL; /* waitpid() needs SIG_DFL: an ignored SIGCHLD discards the exit status of a child */
    sigaction(SIGCHLD, &action, NULL);
    action.sa_handler = cancel;
    action.sa_flags = (int)SA_RESETHAND; /* no SA_RESTART: a signal must end a wait */
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    if (sigaction(SIGHUP, NULL, &inherited) == 0 &&
        inherited.sa_handler != SIG_IGN) { /* SIGHUP is ignored under nohup */
        sigaction(SIGHUP, &action, NULL);
    }
}

uint64_t process_now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000u + (uint64_t)now.tv_nsec / 1000000u;
}

uint32_t process_left_ms(uint64_t end_ms, uint32_t max_ms)
{
    uint64_t now = process_now_ms();
    if (now >= end_ms) {
        return 0;
    }
    return end_ms - now < max_ms ? (uint32_t)(end_ms - now) : max_ms;
}

amp_status_t process_sleep(uint32_t ms)
{
    uint64_t end_ms = process_now_ms() + ms;
    uint32_t rest_ms;
    while (!process_cancelled && (rest_ms = process_left_ms(end_ms, SLICE_MS)) > 0) {
        poll(NULL, 0, (int)rest_ms);
    }
    return process_cancelled ? AMP_ERR_CANCELLED : AMP_OK;
}

/* Waits for `events` of poll(). Returns AMP_OK, AMP_ERR_DEADLINE at end_ms, or AMP_ERR_CANCELLED. */
static amp_status_t wait_ready(int fd, short events, uint64_t end_ms)
{
    struct pollfd wanted = {fd, events, 0};
    for (;;) {
        if (process_cancelled) {
            return AMP_ERR_CANCELLED;
        }
        uint32_t rest_ms = process_left_ms(end_ms, SLICE_MS);
        int ready = poll(&wanted, 1, (int)rest_ms);
        if (ready > 0 || (ready < 0 && errno != EINTR)) {
            return AMP_OK; /* read() or write() reports an error */
        }
        if (rest_ms == 0) {
            return AMP_ERR_DEADLINE;
        }
    }
}

amp_status_t process_open(const char *path, int *out_fd)
{
    /* O_NONBLOCK: opening a pipe without a writer must not block. process_read waits for it, up to the
     * deadline. */
    *out_fd = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    return *out_fd >= 0 ? AMP_OK : AMP_ERR_ARGUMENT;
}

void process_close(int fd)
{
    if (fd != STDIN_FILENO) {
        close(fd);
    }
}

amp_status_t process_read(int fd, void *data, size_t size, uint64_t end_ms, size_t *out_len)
{
    *out_len = 0;
    for (;;) {
        amp_status_t status = wait_ready(fd, POLLIN, end_ms);
        if (status != AMP_OK) {
            return status;
        }
        ssize_t n = read(fd, data, size);
        if (n >= 0) {
            *out_len = (size_t)n;
            return AMP_OK;
        }
        if (errno != EINTR && errno != EAGAIN) {
            return AMP_ERR_ARGUMENT;
        }
    }
}

amp_status_t process_read_all(int fd, void *data, size_t size, uint64_t end_ms, size_t *out_len)
{
    size_t len = 1;
    *out_len = 0;
    while (len > 0 && *out_len < size) {
        amp_status_t status = process_read(fd, (char *)data + *out_len, size - *out_len, end_ms, &len);
        if (status != AMP_OK) {
            return status;
        }
        *out_len += len;
    }
    return AMP_OK;
}

int process_output_waits(void)
{
    struct pollfd wanted = {STDOUT_FILENO, POLLOUT, 0};
    return poll(&wanted, 1, 0) == 0;
}

amp_status_t process_wait_output(uint64_t end_ms)
{
    return wait_ready(STDOUT_FILENO, POLLOUT, end_ms);
}

void process_drop_output(void)
{
    int fd = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (fd >= 0) {
        (void)dup2(fd, STDOUT_FILENO);
        close(fd);
    }
}

void process_wipe(void *data, size_t size)
{
    volatile uint8_t *p = data;
    while (size-- > 0) {
        *p++ = 0;
    }
}
