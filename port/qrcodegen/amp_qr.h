/* SPDX-License-Identifier: MIT */
/* A QR code of a URL, in the caller's memory, for a display or a terminal. Made by Nayuki's qrcodegen
 * (Debian: libqrcodegen-dev); nothing in the library needs it. */
#ifndef AMP_QR_H
#define AMP_QR_H

#include <stddef.h>
#include <stdint.h>

#include "ampersand/config.h"
#include "ampersand/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Bytes to give amp_qr_make() for codes up to a version, 1 to 40. A code of version v has 4 v + 17
 * modules a side; version 10 holds 271 bytes of text, 20 holds 858, 40 holds 2953. */
#define AMP_QR_BYTES(version) (2u * ((((version)*4u + 17u) * ((version)*4u + 17u) + 7u) / 8u + 1u))

/* Private but for `size`. */
typedef struct {
    int size; /* modules a side */
    const uint8_t *code;
} amp_qr_t;

/* Makes the code of a text, closed by a NUL, in the smallest version that holds it, with as much
 * correction of errors as that allows. The code stands in `memory` and lasts as long as it. AMP_OK;
 * AMP_ERR_MEMORY when the memory is too small for it. It computes for some milliseconds on a
 * microcontroller, and calls qrcodegen's functions, which use some hundred bytes of stack. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_qr_make(amp_qr_t *qr, const char *text, void *memory,
                                                   size_t memory_size);

/* 1 when a module is dark. Any x and y: what is outside is light, as the border of 4 modules that a
 * reader wants to see. */
AMP_PUBLIC int amp_qr_is_dark(const amp_qr_t *qr, int x, int y);

#ifdef __cplusplus
}
#endif
#endif
