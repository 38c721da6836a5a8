/* SPDX-License-Identifier: MIT */
/* Storage for the record of any operation, for tests that iterate over the table of all operations. */
#ifndef AMP_TEST_ANY_RECORD_H
#define AMP_TEST_ANY_RECORD_H

#include "ampersand/ampersand.h"

typedef union {
    amp_connection_t connection;
    amp_installation_t installation;
    amp_backfill_progress_t progress;
    amp_operation_t operation;
    amp_operations_t operations;
    amp_provider_t provider;
    amp_custom_auth_t custom_auth;
    amp_url_buf_t url;
} any_record_t;

#endif
