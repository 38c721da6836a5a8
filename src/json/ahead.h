/* SPDX-License-Identifier: MIT */
/* The short cut through a record's members, in builds that do not go for size. */
#ifndef AMP_SRC_AHEAD_H
#define AMP_SRC_AHEAD_H

#include "projector.h"

/* Reads on as long as there are members that are plain, without white space and whole: what
 * most of a record is. Comes to nothing else than the lexer and its events would. */
amp_status_t amp__projector_ahead(amp_reader_t *reader, const uint8_t **at, const uint8_t *end);

#endif
