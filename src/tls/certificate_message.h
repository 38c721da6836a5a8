/* SPDX-License-Identifier: MIT */
/* Walks over a Certificate message (RFC 5246, 7.4.2; RFC 8446, 4.4.2). The message is hostile: each length is
 * checked against the remaining bytes. Needs no mbedTLS. */
#ifndef AMP_SRC_CERTIFICATE_MESSAGE_H
#define AMP_SRC_CERTIFICATE_MESSAGE_H

#include "der.h"

/* The certificates that were not visited yet. */
typedef struct {
    amp_der_t rest;
    int is_1_3;
} amp_certificate_message_t;

/* Starts at the first certificate of a handshake message of `len` bytes. A message of another type, or one
 * that is too short, has no certificates. `is_1_3` is 1 for the format of TLS 1.3. `message` must stay in
 * place. */
void amp__certificate_message_init(amp_certificate_message_t *walk, const uint8_t *message, size_t len,
                                   int is_1_3);

/* Gets the next certificate, in DER. Returns 1, or 0 at the end or when the rest of the message is
 * malformed. */
int amp__certificate_message_next(amp_certificate_message_t *walk, amp_der_t *out_certificate);

#endif
