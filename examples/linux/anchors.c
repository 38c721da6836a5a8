/* SPDX-License-Identifier: MIT */
/* The whole file is in memory only while the certificates are parsed. Each PEM block is checked first,
 * because mbedTLS skips a block that it cannot read. */
#include "anchors.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "process.h"
#include "secret_text.h"

#define FILE_MAX 16777216 /* bytes; a bundle of all public authorities is about 250,000 bytes long */

/* The bundles of Debian, of Fedora, and of Alpine and the BSDs. */
static const char *const bundles[] = {
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/cert.pem",
};

static const char *find_path(const cli_t *cli)
{
    const char *path = options_get(&cli->args, OPT_CA);
    for (size_t i = 0; path == NULL && i < sizeof bundles / sizeof bundles[0]; ++i) {
        path = access(bundles[i], R_OK) == 0 ? bundles[i] : NULL;
    }
    return path;
}

static amp_status_t refuse(cli_t *cli, const char *path, const char *why)
{
    return failure_set(&cli->failure, AMP_ERR_TRUST, options[OPT_CA].name, "%.200s: %s", path, why);
}

/* Reads the open file into new memory, NUL-terminated. */
static amp_status_t load(cli_t *cli, int fd, const char *path, char **out_text, size_t *out_len)
{
    struct stat file;
    if (fstat(fd, &file) != 0) {
        return failure_of_file(&cli->failure, AMP_ERR_ARGUMENT, options[OPT_CA].name, path);
    }
    if (!S_ISREG(file.st_mode) || file.st_size > FILE_MAX) {
        return refuse(cli, path,
                      S_ISREG(file.st_mode) ? "the file is larger than 16 MiB" : "not a regular file");
    }
    size_t size = (size_t)file.st_size;
    *out_text = calloc(1, size + 1u);
    if (*out_text == NULL) {
        return failure_set(&cli->failure, AMP_ERR_MEMORY, NULL, NULL);
    }
    amp_status_t status = process_read_all(fd, *out_text, size, cli->end_ms, out_len);
    return status == AMP_OK ? status : failure_of_file(&cli->failure, status, options[OPT_CA].name, path);
}

/* A file without a PEM certificate is passed to mbedTLS as DER. */
static amp_status_t check(cli_t *cli, const char *path, amp_anchor_t *anchor)
{
    amp_pem_fault_t fault;
    const char *text = anchor->data;
    if (secret_text_is_utf16(text, anchor->len)) {
        return refuse(cli, path, "the file is UTF-16 text: save it as ASCII or UTF-8");
    }
    amp_status_t status = amp_pem_check(text, anchor->len + 1u, &fault);
    if (fault.block == 0) {
        anchor->kind = AMP_ANCHOR_DER;
        return AMP_OK;
    }
    ++anchor->len; /* mbedTLS counts the NUL of PEM text */
    if (status == AMP_OK) {
        return AMP_OK;
    }
    return failure_set(&cli->failure, status, options[OPT_CA].name,
                       "%.200s: certificate %lu, which begins on line %lu, is damaged (%s): get the file "
                       "again",
                       path, (unsigned long)fault.block, (unsigned long)fault.line, fault.rule);
}

amp_status_t anchors_read(cli_t *cli, amp_anchor_t *out_anchor, const char **out_path)
{
    const char *path = find_path(cli);
    char *text = NULL;
    size_t len = 0;
    int fd;
    *out_path = path;
    memset(out_anchor, 0, sizeof *out_anchor);
    if (path == NULL) {
        return failure_set(&cli->failure, AMP_ERR_TRUST, options[OPT_CA].name,
                           "no bundle of certificate authorities is installed: name a PEM file with --ca");
    }
    if (process_open(path, &fd) != AMP_OK) {
        return failure_of_file(&cli->failure, AMP_ERR_ARGUMENT, options[OPT_CA].name, path);
    }
    amp_status_t status = load(cli, fd, path, &text, &len);
    process_close(fd);
    out_anchor->data = text;
    out_anchor->len = len;
    if (status == AMP_OK) {
        status = check(cli, path, out_anchor);
    }
    if (status != AMP_OK) {
        anchors_free(out_anchor);
    }
    return status;
}

void anchors_free(amp_anchor_t *anchor)
{
    free((void *)anchor->data);
    memset(anchor, 0, sizeof *anchor);
}
