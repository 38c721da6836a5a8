/* SPDX-License-Identifier: MIT */
/* Proves DER, and the list of certificates in a handshake message. Reading one element of any input touches
 * no byte outside of the input. The element is inside the input, before the rest. Any number of elements is a
 * sequence of such steps. */
/* cbmc --unwind 11 src/tls/der.c src/tls/certificate_message.c src/base/big_endian.c */
#include "proof.h"

#include "tls/certificate_message.h"

#ifndef TEXT
#define TEXT 9u
#endif

static uint8_t bytes[TEXT];

static int is_in(const amp_der_t *part, const uint8_t *from, const uint8_t *to)
{
    return part->len == 0 || (__CPROVER_same_object(part->at, bytes) && part->at >= from && part->at <= to &&
                              part->len <= (size_t)(to - part->at));
}

static void check_element(size_t at)
{
    const uint8_t *end = bytes + TEXT;
    amp_der_t in = {bytes + at, TEXT - at};
    amp_der_t value;
    unsigned tag;
    if (amp__der_next(&in, &tag, &value) == 0) {
        prove(is_in(&value, bytes + at + 2, end) && value.at + value.len == in.at && in.at + in.len == end);
        prove(tag <= 0xffu);
    }
}

static void check_parts(size_t at)
{
    const uint8_t *end = bytes + TEXT;
    amp_der_t in = {bytes + at, TEXT - at};
    amp_der_extension_t extension;
    if (amp__der_extension(&in, &extension) == 0) {
        prove(is_in(&extension.oid, bytes + at, end) && is_in(&extension.value, bytes + at, end));
        prove(in.at > bytes + at && in.at + in.len == end);
        (void)amp__der_is_id_ce(&extension.oid, 30);
    }
}

static void check_oid(size_t at)
{
    char text[8];
    size_t size;
    amp_der_t oid = {bytes + at, 2};
    assume(at <= TEXT - 2u && size >= 2u && size <= sizeof text);
    amp__der_oid_text(oid, text + (sizeof text - size), size);
    unsigned nuls = 0;
    for (size_t i = 0; i < sizeof text; ++i) {
        nuls += i >= sizeof text - size && text[i] == '\0';
    }
    prove(nuls > 0);
}

static void check_message(size_t at)
{
    amp_certificate_message_t walk;
    amp_der_t certificate;
    _Bool is_1_3;
    amp__certificate_message_init(&walk, bytes + at, TEXT - at, is_1_3);
    prove(is_in(&walk.rest, bytes + at, bytes + TEXT));
    const uint8_t *rest = walk.rest.at;
    size_t len = walk.rest.len;
    if (amp__certificate_message_next(&walk, &certificate)) {
        prove(len >= 3u && is_in(&certificate, rest + 3, bytes + TEXT));
        prove(is_in(&walk.rest, rest + 3, bytes + TEXT) && walk.rest.len <= len - 3u);
    }
}

int main(void)
{
    size_t at;
    unsigned which;
    set_any(bytes);
    assume(at < TEXT);
    switch (which) {
    case 0:
        check_element(at);
        break;
    case 1:
        check_parts(at);
        break;
    case 2:
        check_oid(at);
        break;
    default:
        check_message(at);
        break;
    }
    return 0;
}
