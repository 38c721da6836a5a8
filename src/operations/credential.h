/* SPDX-License-Identifier: MIT */
/* The members of a request's body that hold a credential or metadata. */
#ifndef AMP_SRC_CREDENTIAL_H
#define AMP_SRC_CREDENTIAL_H

#include "../http/writer.h"
#include "ampersand/credentials.h"

struct amp_credential_kind {
    const char *name; /* of the member that holds it */
    void (*write)(amp_writer_t *writer, const amp_credential_t *credential);
    uint8_t may_change; /* updateConnection takes it */
};

struct amp_metadata_kind {
    void (*write)(amp_writer_t *writer, const amp_metadata_list_t *list);
};

/* Nothing is written without a kind, or without pairs. */
void amp__write_credential(amp_writer_t *writer, const amp_credential_t *credential);
void amp__write_metadata(amp_writer_t *writer, const amp_metadata_list_t *list);

#endif
