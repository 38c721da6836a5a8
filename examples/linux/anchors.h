/* SPDX-License-Identifier: MIT */
/* The trusted authorities: the file of --ca, or the system's bundle. */
#ifndef CLI_ANCHORS_H
#define CLI_ANCHORS_H

#include "ampersand/tls.h"
#include "cli.h"

/* Reads the file into memory, and refuses damaged PEM text by the number and line of the certificate.
 * *out_path is the file, or NULL when there is none. Returns AMP_OK or the failure. */
amp_status_t anchors_read(cli_t *cli, amp_anchor_t *out_anchor, const char **out_path);

/* Frees the memory of anchors_read. Certificates in DER stay in use until TLS is closed. */
void anchors_free(amp_anchor_t *anchor);

#endif
