/* SPDX-License-Identifier: MIT */
/* Fast path through a record's members, in builds that do not optimize for size. */
#ifndef AMP_SRC_AHEAD_H
#define AMP_SRC_AHEAD_H

#include "projector.h"

/* Reads members that are plain, whole and without white space, which most of a record is. Moves *at after the
 * bytes that were read. The results are those of the lexer and its events. Returns AMP_PENDING or an error.
 */
amp_status_t amp__projector_ahead(amp_reader_t *reader, const uint8_t **at, const uint8_t *end);

#endif
