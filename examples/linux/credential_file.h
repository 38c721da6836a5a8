/* SPDX-License-Identifier: MIT */
/* The file of --secret-file: the credential that a connection is made of. */
#ifndef CLI_CREDENTIAL_FILE_H
#define CLI_CREDENTIAL_FILE_H

#include "ampersand/operations.h"
#include "cli.h"

/* Reads the file into *out_credential, whose texts stay in static memory until credential_wipe. */
amp_status_t credential_read(cli_t *cli, const char *path, amp_credential_t *out_credential);

void credential_wipe(void);

#endif
