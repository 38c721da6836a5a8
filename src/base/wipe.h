/* SPDX-License-Identifier: MIT */
/* Wiping of secrets. */
#ifndef AMP_SRC_WIPE_H
#define AMP_SRC_WIPE_H

#include <stddef.h>

/* Zeroes `len` bytes that held a secret. The compiler does not optimise this away. */
void amp__wipe(void *data, size_t len);

#endif
