/* SPDX-License-Identifier: MIT */
/* Writes the members of a request's body that hold a credential or providerMetadata. */
#ifndef AMP_SRC_CREDENTIAL_H
#define AMP_SRC_CREDENTIAL_H

#include "../http/writer.h"
#include "ampersand/credentials.h"

struct amp_credential_kind {
    const char *name; /* of the member in the body */
    void (*write)(amp_writer_t *writer, const amp_credential_t *credential);
    uint8_t may_change; /* 1: updateConnection accepts this kind */
};

struct amp_metadata_kind {
    void (*write)(amp_writer_t *writer, const amp_metadata_list_t *list);
};

/* Write the member with its name. amp__write_credential has no output if `kind` is NULL, amp__write_metadata
 * if there are no pairs. */
void amp__write_credential(amp_writer_t *writer, const amp_credential_t *credential);
void amp__write_metadata(amp_writer_t *writer, const amp_metadata_list_t *list);

#endif
