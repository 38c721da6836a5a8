/* SPDX-License-Identifier: MIT */
/* Proves the use of jsmn: for a scalar of up to TEXT bytes, its loops end and read no byte after it. If jsmn
 * finds one token, the token is in the scalar and without the quotes of a text. */
/* cbmc --unwind 4 --unwindset jsmn_parse.0:2,jsmn_parse.2:2,jsmn_parse_string.0:5 */
/* deep -DTEXT=6u --unwind 8 */
#include "proof.h"

#include <string.h>

#include "token_contract.h"
#include "json/jsmn_wrap.h"

#ifndef TEXT
#define TEXT 3u
#endif

static uint8_t bytes[TEXT];

int main(void)
{
    size_t len;
    jsmn_parser parser;
    jsmntok_t token;
    set_any(bytes);
    assume(len > 0 && len <= TEXT);
    const uint8_t *text = bytes + (TEXT - len);
    assume(token_may_begin(text[0]));
    jsmn_init(&parser);
    const int count = jsmn_parse(&parser, (const char *)text, len, &token, 1);
    prove(count != 1 || token_is_in(text, len, token.start, token.end));
    return 0;
}
