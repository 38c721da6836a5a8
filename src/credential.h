/* SPDX-License-Identifier: MIT */
/* Members of a request's body that are more than a text. Each is written with a comma before it. */
#ifndef AMP_SRC_CREDENTIAL_H
#define AMP_SRC_CREDENTIAL_H

#include "ampersand/operations.h"
#include "writer.h"

void amp_write_credential(amp_writer_t *writer, const amp_credential_t *credential);
void amp_write_metadata(amp_writer_t *writer, const amp_metadata_t *metadata, size_t count);

#endif
