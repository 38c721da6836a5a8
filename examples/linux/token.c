/* SPDX-License-Identifier: MIT */
/* The command runs in /bin/sh in a session of its own, so that it is killed with all processes it started.
 * Its output is read until the deadline of the run. */
#include "token.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "process.h"
#include "secret_text.h"

#define TOKEN_MAX 8192u
#define TOO_LONG "it prints more than 8192 bytes"

/* Room for the token, a byte order mark, whitespace around the token, and one more byte that shows that the
 * output is too long. */
static char text[TOKEN_MAX + 64u];
static amp_str_t token; /* points into `text` */

static struct {
    cli_t *cli;
    const char *command;
    amp_status_t status; /* result of the last run */
    int is_unstarted;    /* 1: the system could not start a process */
    char why[SECRET_TEXT_SIZE + 40u];
} source;

/* Runs the command in the child process. In a session of its own the command has no terminal, so a command
 * that asks for a password fails at once. */
static void become(const char *command, int out)
{
    int in = open("/dev/null", O_RDONLY);
    setsid();
    signal(SIGPIPE, SIG_DFL);
    signal(SIGXFSZ, SIG_DFL);
    if (in >= 0 && dup2(in, STDIN_FILENO) >= 0 && dup2(out, STDOUT_FILENO) >= 0) {
        if (in > STDERR_FILENO) {
            close(in);
        }
        execl("/bin/sh", "sh", "-c", command, (char *)NULL);
    }
    _exit(127);
}

/* Starts the command. Returns its process ID, with its output in *out_fd, or -1 with errno set. */
static pid_t start(const char *command, int *out_fd)
{
    int ends[2];
    if (pipe(ends) != 0) {
        return -1;
    }
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]); /* frees a descriptor for /dev/null when the limit is reached */
        become(command, ends[1]);
    }
    close(ends[1]);
    if (child < 0) {
        close(ends[0]);
    }
    *out_fd = ends[0];
    return child;
}

/* Waits for the end of the command after the end of its output. The wait polls, because a command may close
 * its output and continue to run. */
static amp_status_t wait_for(pid_t child, uint64_t end_ms, int *out_state)
{
    struct timespec nap = {0, 5000000};
    for (;;) {
        pid_t ended = waitpid(child, out_state, WNOHANG);
        if (ended == child) {
            return AMP_OK;
        }
        if (ended < 0 && errno != EINTR) {
            return AMP_ERR_TOKEN; /* a command that ends in an unknown way may have failed */
        }
        if (process_cancelled) {
            return AMP_ERR_CANCELLED;
        }
        if (process_left_ms(end_ms, 1) == 0) {
            return AMP_ERR_DEADLINE;
        }
        nanosleep(&nap, NULL);
    }
}

static amp_status_t fail(amp_status_t status, const char *why)
{
    source.status = status;
    snprintf(source.why, sizeof source.why, "%s", why);
    process_wipe(text, sizeof text);
    token.len = 0;
    return status;
}

static amp_status_t check(int state, size_t len)
{
    char why[sizeof source.why];
    char found[SECRET_TEXT_SIZE];
    if (!WIFEXITED(state) || WEXITSTATUS(state) != 0) {
        snprintf(why, sizeof why, "it ends with %s %d", WIFEXITED(state) ? "status" : "signal",
                 WIFEXITED(state) ? WEXITSTATUS(state) : WTERMSIG(state));
        return fail(AMP_ERR_TOKEN, why);
    }
    token = secret_text_read(text, len, '!', "token", found); /* '!': a JWT has no space */
    if (token.ptr == NULL) {
        snprintf(why, sizeof why, "its output %s", found);
        return fail(AMP_ERR_TOKEN, why);
    }
    if (token.len == 0 || token.len > TOKEN_MAX) {
        return fail(AMP_ERR_TOKEN, token.len == 0 ? "it prints nothing" : TOO_LONG);
    }
    return AMP_OK;
}

static amp_status_t run(void)
{
    uint64_t end_ms = source.cli->end_ms;
    int fd = -1;
    int state = 0;
    size_t len = 0;
    pid_t child = start(source.command, &fd);
    if (child < 0) {
        source.is_unstarted = 1;
        return fail(AMP_ERR_TOKEN, strerror(errno));
    }
    amp_status_t status = process_read_all(fd, text, sizeof text, end_ms, &len);
    close(fd);
    int is_too_long = len == sizeof text;
    if (status == AMP_OK && !is_too_long) {
        status = wait_for(child, end_ms, &state);
    }
    if (status != AMP_OK || is_too_long) {
        kill(-child, SIGKILL);
        kill(child, SIGKILL); /* the child may not have called setsid() yet */
        while (waitpid(child, &state, 0) < 0 && errno == EINTR) {
        }
    }
    if (status != AMP_OK || is_too_long) {
        return status != AMP_OK ? fail(status, "it cannot be read") : fail(AMP_ERR_TOKEN, TOO_LONG);
    }
    return check(state, len);
}

static amp_status_t get_token(void *ctx, int renew, amp_str_t *out_token)
{
    amp_status_t status = AMP_OK;
    (void)ctx;
    if (renew || token.len == 0) {
        status = run();
    }
    *out_token = token;
    return status;
}

void token_configure(cli_t *cli, const char *command, amp_config_t *config)
{
    source.cli = cli;
    source.command = command;
    config->token = get_token;
}

amp_status_t token_failure(cli_t *cli)
{
    int is_ours = source.status == AMP_ERR_DEADLINE || source.status == AMP_ERR_CANCELLED;
    amp_status_t status = is_ours ? source.status : AMP_ERR_TOKEN;
    cli->failure.status = status;
    if (status == AMP_ERR_TOKEN) {
        snprintf(cli->failure.text, sizeof cli->failure.text, "the token command %s: %s%s",
                 source.is_unstarted ? "could not be started" : "failed",
                 source.why[0] != '\0' ? source.why : "it printed no token",
                 source.is_unstarted ? "" : ": run it by hand to see why");
    } else if (status == AMP_ERR_DEADLINE) {
        snprintf(cli->failure.text, sizeof cli->failure.text,
                 "the deadline passed before the token command ended: set a longer --deadline");
    }
    return status;
}

void token_wipe(void)
{
    process_wipe(text, sizeof text);
}
