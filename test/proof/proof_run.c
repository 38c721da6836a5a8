/* SPDX-License-Identifier: MIT */
/* A run of plain text in a string, which the lexer stores at once. Only the memory of the name and of the
 * window is written. The whole run is consumed, or as much as the window has room for. */
/* cbmc --unwind 8 src/json/lexer_string.c src/base/utf8.c */
#include "proof.h"

#include "json/lexer_private.h"

#define WINDOW 5u
#define TEXT 7u

int main(void)
{
    static uint8_t window[WINDOW];
    amp_json_t json;
    uint8_t text[TEXT];
    size_t len;
    assume(len <= TEXT && json.sink.cap <= WINDOW && json.key_len <= AMP_KEY_SIZE);
    assume(json.sink.counting || json.sink.len <= json.sink.cap);
    json.sink.ptr = window;
    const amp_json_t before = json;
    size_t kept = amp__lexer_keep_run(&json, text, len);
    prove(kept <= len && (kept == len || json.sink.len == json.sink.cap));
    prove(json.keep == AMP_KEEP_VALUE || kept == len);
    prove(json.sink.counting || json.sink.len <= json.sink.cap);
    prove(json.sink.ptr == window && json.sink.cap == before.sink.cap);
    prove(json.sink.decoded >= before.sink.decoded);
    prove(json.key_len >= before.key_len && json.key_len <= AMP_KEY_SIZE);
    return 0;
}
