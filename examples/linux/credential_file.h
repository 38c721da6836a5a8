/* SPDX-License-Identifier: MIT */
/* The file of --secret-file: the credential of a new or changed connection. */
#ifndef CLI_CREDENTIAL_FILE_H
#define CLI_CREDENTIAL_FILE_H

#include "ampersand/operations.h"
#include "cli.h"

/* Reads the file into *out_credential. Its strings point into static memory until credential_wipe. Returns
 * AMP_OK or the failure's status. */
amp_status_t credential_read(cli_t *cli, const char *path, amp_credential_t *out_credential);

/* Wipes the credential and the buffers that held it. */
void credential_wipe(void);

#endif
