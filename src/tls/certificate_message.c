/* SPDX-License-Identifier: MIT */
/* Walks over a Certificate message:
 *
 *   type (1 byte), length (3), in TLS 1.3 an empty context (1), length of the list (3)
 *   for each certificate: length (3), certificate, in TLS 1.3 the length of its extensions (2), extensions
 *
 * The length of the list is not used: the list ends with the message. */
#include "certificate_message.h"

#include "../base/big_endian.h"

#define TYPE_CERTIFICATE 11u /* HandshakeType (RFC 8446, 4) */

enum { LIST_AT = 7, LIST_AT_1_3 = 8, LENGTH_SIZE = 3, EXTENSIONS_LENGTH_SIZE = 2 };

void amp__certificate_message_init(amp_certificate_message_t *walk, const uint8_t *message, size_t len,
                                   int is_1_3)
{
    const size_t at = is_1_3 ? LIST_AT_1_3 : LIST_AT;
    const int has_list = len >= at && message[0] == TYPE_CERTIFICATE;
    walk->rest.at = has_list ? message + at : message;
    walk->rest.len = has_list ? len - at : 0;
    walk->is_1_3 = is_1_3;
}

/* Takes a field of the walk: its length in `size` bytes, then that many bytes. Returns 1. Returns 0, with no
 * bytes left, if the message is too short. */
static int take(amp_der_t *rest, size_t size, amp_der_t *out_field)
{
    if (rest->len >= size) {
        out_field->at = rest->at + size;
        out_field->len = (size_t)amp__big_endian_read(rest->at, size);
        if (out_field->len <= rest->len - size) {
            rest->at = out_field->at + out_field->len;
            rest->len -= size + out_field->len;
            return 1;
        }
    }
    rest->len = 0;
    return 0;
}

int amp__certificate_message_next(amp_certificate_message_t *walk, amp_der_t *out_certificate)
{
    amp_der_t extensions;
    if (!take(&walk->rest, LENGTH_SIZE, out_certificate)) {
        return 0;
    }
    if (walk->is_1_3) {
        (void)take(&walk->rest, EXTENSIONS_LENGTH_SIZE, &extensions);
    }
    return 1;
}
