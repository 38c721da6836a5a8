/* SPDX-License-Identifier: MIT */
#include "session_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ampersand/tls.h"
#include "process.h"

static uint8_t data[AMP_TLS_SESSION_MAX];

static const char *path_of(const cli_t *cli)
{
    return options_get(&cli->args, OPT_SESSION);
}

static amp_status_t refuse(cli_t *cli, const char *why)
{
    return failure_set(&cli->failure, AMP_ERR_ARGUMENT, options[OPT_SESSION].name, "--session %.200s: %s",
                       path_of(cli), why);
}

/* The folder of a file, in out. 0, or -1 when the path is too long. */
static int folder_of(const char *path, char out[PATH_MAX])
{
    const char *slash = strrchr(path, '/');
    int len = slash == NULL ? 0 : slash == path ? 1 : (int)(slash - path);
    if (len >= PATH_MAX) {
        return -1;
    }
    snprintf(out, PATH_MAX, "%.*s", len == 0 ? 1 : len, len == 0 ? "." : path);
    return 0;
}

amp_status_t session_check(cli_t *cli)
{
    struct stat file;
    char folder[PATH_MAX];
    const char *path = path_of(cli);
    if (path == NULL) {
        return AMP_OK;
    }
    /* What is put in its place is a new file: a link would not be followed but replaced. */
    int is_there = lstat(path, &file) == 0;
    if (is_there ? !S_ISREG(file.st_mode) : errno != ENOENT) {
        return refuse(cli, is_there ? "not a file" : strerror(errno));
    }
    if (folder_of(path, folder) != 0 || access(folder, W_OK | X_OK) != 0) {
        return refuse(cli, "no file can be made in that folder");
    }
    return AMP_OK;
}

static int is_ours_alone(int fd)
{
    struct stat file;
    return fstat(fd, &file) == 0 && S_ISREG(file.st_mode) && file.st_uid == geteuid() &&
           (file.st_mode & (S_IRWXG | S_IRWXO)) == 0;
}

void session_read(cli_t *cli, amp_port_t *tls)
{
    const char *path = path_of(cli);
    int fd = path != NULL ? open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC) : -1;
    ssize_t len = 0;
    if (fd < 0) {
        return;
    }
    if (is_ours_alone(fd)) {
        len = read(fd, data, sizeof data);
    }
    (void)close(fd);
    if (len > 0) {
        amp_tls_import(tls, data, (size_t)len);
    }
}

/* Written beside it and moved there: a reader sees the old one or the new one, whole. */
static int replace(const char *path, const void *bytes, size_t len)
{
    char temporary[PATH_MAX];
    int size = snprintf(temporary, sizeof temporary, "%s.XXXXXX", path);
    int fd = size > 0 && size < PATH_MAX ? mkstemp(temporary) : -1;
    if (fd < 0) {
        return -1;
    }
    ssize_t written = fchmod(fd, S_IRUSR | S_IWUSR) == 0 ? write(fd, bytes, len) : -1;
    int closed = close(fd);
    if (written != (ssize_t)len || closed != 0 || rename(temporary, path) != 0) {
        (void)unlink(temporary);
        return -1;
    }
    return 0;
}

void session_write(cli_t *cli, amp_port_t *tls)
{
    const char *path = path_of(cli);
    size_t len = 0;
    if (path == NULL) {
        return;
    }
    if (amp_tls_export(tls, data, sizeof data, &len) == AMP_OK && len > 0 && replace(path, data, len) != 0) {
        fprintf(stderr, "ampersand: the TLS session could not be kept in %.200s: %s\n", path,
                strerror(errno));
    }
    process_wipe(data, sizeof data);
}
