/* SPDX-License-Identifier: MIT */
#ifndef AMP_SRC_WIPE_H
#define AMP_SRC_WIPE_H

#include <stddef.h>

/* Zeroes memory that held a secret, in a way that is not optimised away. */
void amp__wipe(void *data, size_t len);

#endif
