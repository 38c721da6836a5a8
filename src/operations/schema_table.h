/* SPDX-License-Identifier: MIT */
/* The compile-time check of the schema tables. */
#ifndef AMP_SRC_SCHEMA_TABLE_H
#define AMP_SRC_SCHEMA_TABLE_H

#include <limits.h>

#include "ampersand/records.h"

/* Fails to compile if a table has more rows than amp_mask_t has bits: row n sets bit n of the mask. */
#define AMP_ROWS_FIT_MASK(rows)                                                                              \
    typedef char rows##_fit_mask_t                                                                           \
        [sizeof(rows) / sizeof((rows)[0]) <= AMP_MEMBER_SIZE_(amp_mask_t, present) * CHAR_BIT ? 1 : -1]

#endif
