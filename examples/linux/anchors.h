/* SPDX-License-Identifier: MIT */
/* The trusted certificate authorities: the file of --ca, or the bundle of the system. */
#ifndef CLI_ANCHORS_H
#define CLI_ANCHORS_H

#include "ampersand/tls.h"
#include "cli.h"

/* Reads the file into memory. Damaged PEM text is refused, with the number and the line of the certificate.
 * *out_path is the file, or NULL when there is none. Returns AMP_OK or the failure's status. */
amp_status_t anchors_read(cli_t *cli, amp_anchor_t *out_anchor, const char **out_path);

/* Frees the memory of anchors_read. Call it after amp_tls_free when the certificates are in DER: mbedTLS
 * parses them in place. */
void anchors_free(amp_anchor_t *anchor);

#endif
