/* SPDX-License-Identifier: MIT */
/* Puts the raw text of a value into the struct. */
#ifndef AMP_SRC_JSON_VALUES_H
#define AMP_SRC_JSON_VALUES_H

#include "ampersand/state.h"

/* Returns the mask of the record at `base` in *out. */
static inline amp_mask_t *amp_value_mask(const amp_reader_t *reader, uint16_t base)
{
    void *at = reader->out + base;
    return at;
}

/* Returns how many bytes of UTF-8 a UTF-16 code unit makes. Half of a surrogate pair makes 2, since the pair makes
 * 4. */
static inline unsigned amp_value_unit_size(unsigned unit)
{
    return unit < 0x80u ? 1u : unit < 0x800u || unit >> 11 == 0x1bu ? 2u : 3u;
}

/* Stores the value of the picked row and sets its bits in the mask. `text` is the raw value, quotes included;
 * one of more than reader->room bytes stands in the window, which has the first of them.
 * Returns AMP_PENDING; or an error, with reader->need set, and the row's place in the struct is zero. */
amp_status_t amp_value_store(amp_reader_t *reader, const uint8_t *text, size_t len);

#endif
