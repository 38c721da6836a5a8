/* SPDX-License-Identifier: MIT */
/** @file
 * Makes a QR code of a URL in the caller's memory, for a display or a terminal. It uses Nayuki's qrcodegen
 * (Debian: libqrcodegen-dev). The rest of the library does not need this file. */
#ifndef AMP_QR_H
#define AMP_QR_H

#include <stddef.h>
#include <stdint.h>

#include "ampersand/config.h"
#include "ampersand/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Bytes of memory that amp_qr_make() needs for codes up to `version`, 1 to 40. A code of version v has
 * 4 v + 17 modules on each side. Version 10 holds 271 bytes of text, version 20 holds 858, version 40 holds
 * 2953. */
#define AMP_QR_BYTES(version) (2u * ((((version)*4u + 17u) * ((version)*4u + 17u) + 7u) / 8u + 1u))

/** A finished code. Only `size` is public. */
typedef struct {
    int size;            /**< modules on each side, without the border; 0: no code */
    const uint8_t *code; /**< the modules, private */
} amp_qr_t;

/** Encodes `text`, which is NUL-terminated, in the smallest version that holds it. The level of error
 * correction is the highest that this version allows. The code is stored in `memory` (memory_size bytes) and
 * is valid as long as that memory. Returns AMP_OK, or AMP_ERR_MEMORY when the memory is too small for the
 * text. It takes some milliseconds on a microcontroller. qrcodegen's functions use some hundred bytes of
 * stack. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_qr_make(amp_qr_t *qr, const char *text, void *memory,
                                                   size_t memory_size);

/** Returns 1 when the module at column x and row y is dark, otherwise 0. Any x and y are allowed. Modules
 * outside the code are light: readers need a light border of 4 modules. */
AMP_PUBLIC int amp_qr_is_dark(const amp_qr_t *qr, int x, int y);

#ifdef __cplusplus
}
#endif
#endif
