/* SPDX-License-Identifier: MIT */
/* The new file is written next to the old one and renamed, so that other runs read a complete file. */
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
#include "warning.h"

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

/* Writes the folder of a file to `out`. Returns 0, or -1 when the path is too long. */
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
    /* rename() would replace a symbolic link, not the file that the link names, so a link is refused. */
    int is_there = lstat(path, &file) == 0;
    if (is_there ? !S_ISREG(file.st_mode) : errno != ENOENT) {
        return refuse(cli, is_there ? "not a regular file" : strerror(errno));
    }
    if (folder_of(path, folder) != 0 || access(folder, W_OK | X_OK) != 0) {
        return refuse(cli, "no file can be created in that folder");
    }
    return AMP_OK;
}

/* Returns the reason why the file is not used, or NULL. */
static const char *why_not(int fd)
{
    struct stat file;
    if (fstat(fd, &file) != 0 || !S_ISREG(file.st_mode)) {
        return "it is not a regular file";
    }
    if (file.st_uid != geteuid()) {
        return "it belongs to another user";
    }
    return (file.st_mode & (S_IRWXG | S_IRWXO)) != 0 ? "other users can read or write it" : NULL;
}

void session_read(cli_t *cli, amp_port_t *tls)
{
    const char *path = path_of(cli);
    int fd = path != NULL ? open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC) : -1;
    ssize_t len = 0;
    if (fd < 0) {
        return;
    }
    const char *why = why_not(fd);
    if (why == NULL) {
        len = read(fd, data, sizeof data);
    } else {
        warning_print(
            "%.200s: the TLS session is not used, because %s: it is replaced by a new file of mode 0600",
            path, why);
    }
    (void)close(fd);
    if (len > 0) {
        amp_tls_import(tls, data, (size_t)len);
    }
}

/* When the disk is full, write() returns a short count first, and an error at the next call. */
static int write_all(int fd, const uint8_t *bytes, size_t len)
{
    while (len > 0) {
        ssize_t written = write(fd, bytes, len);
        if (written < 0 && errno != EINTR) {
            return -1;
        }
        if (written > 0) {
            bytes += written;
            len -= (size_t)written;
        }
    }
    return 0;
}

/* Writes a temporary file in the same folder and renames it. Returns 0, or -1 with errno set. */
static int replace(const char *path, const uint8_t *bytes, size_t len)
{
    char temporary[PATH_MAX];
    int size = snprintf(temporary, sizeof temporary, "%s.XXXXXX", path);
    int fd = size > 0 && size < PATH_MAX ? mkstemp(temporary) : -1;
    if (fd < 0) {
        return -1;
    }
    int result = fchmod(fd, S_IRUSR | S_IWUSR) == 0 ? write_all(fd, bytes, len) : -1;
    int error = errno;
    if (close(fd) != 0 && result == 0) {
        result = -1;
        error = errno;
    }
    if (result == 0 && rename(temporary, path) != 0) {
        result = -1;
        error = errno;
    }
    if (result != 0) {
        (void)unlink(temporary);
        errno = error;
    }
    return result;
}

void session_write(cli_t *cli, amp_port_t *tls)
{
    const char *path = path_of(cli);
    size_t len = 0;
    if (path == NULL) {
        return;
    }
    if (amp_tls_export(tls, data, sizeof data, &len) == AMP_OK && len > 0 && replace(path, data, len) != 0) {
        warning_print("the TLS session could not be stored in %.200s: %s", path, strerror(errno));
    }
    process_wipe(data, sizeof data);
}
