/* SPDX-License-Identifier: MIT */
/* The JSON lexer on texts of any length: from any state that the invariant allows, any next byte touches no
 * memory but the lexer's and the window's, and leads to such a state again. The first one is such a state. */
/* cbmc --unwind 12 --unwindset amp__lexer_next.0:3,amp__scan_plain.0:2 */
/* cbmc src/json/lexer.c src/json/lexer_string.c src/base/utf8.c src/base/wipe.c */
#include "proof.h"

#include "json/lexer_private.h"

#define WINDOW 8u
#define CLOSERS 3u /* of the window's bytes, that a value's text never takes */

static int is_state(unsigned state)
{
    return state <= IN_WORD || (state >= IN_NUMBER && state <= 0x1bu && state != 0x11u && state != 0x16u);
}

/* Within "true", "false" or "null", as they stand one behind the other. */
static int is_in_word(unsigned at)
{
    return at < 15u && at != 4u && at != 10u;
}

/* What is kept is kept where somebody watches, and names are not kept in the window. */
static int keeps_well(const amp_json_t *json)
{
    int is_watched = json->depth <= json->watch;
    int in_scalar = json->state >= OPENING_QUOTE;
    return (!in_scalar || json->keep != AMP_KEEP_VALUE || (is_watched && !json->is_key)) &&
           (is_watched || json->keep_next == AMP_KEEP_NOTHING);
}

/* `closed`: how many bytes behind a value's text may be taken. */
static int holds(const amp_json_t *json, size_t closed)
{
    const amp_sink_t *sink = &json->sink;
    int in_escape = json->state == IN_ESCAPE || json->state == IN_HEX;
    return is_state(json->state) && json->depth <= AMP_JSON_DEPTH && json->key_len <= AMP_KEY_SIZE &&
           (json->state != IN_WORD || is_in_word(json->word_at)) && json->utf8.remaining <= 3u &&
           (sink->counting ||
            (sink->len <= sink->cap + closed && (!in_escape || json->escape_at <= sink->len)));
}

int main(void)
{
    static uint8_t window[WINDOW];
    amp_json_t json;
    uint8_t byte;
    const uint8_t *at = &byte;
    size_t cap;
    assume(cap <= WINDOW - CLOSERS);
    json.sink.ptr = window;
    json.sink.cap = cap;
    assume(holds(&json, 0) && keeps_well(&json));
    const size_t decoded = json.sink.decoded;
    amp_json_event_t event = amp__lexer_next(&json, &at, &byte + 1);
    prove(json.sink.ptr == window && json.sink.cap == cap);
    prove(json.sink.decoded >= decoded); /* a long text does not come to look short */
    prove(event <= AMP_JSON_TOO_DEEP);
    prove(at == &byte || at == &byte + 1);
    if ((event == AMP_JSON_OBJECT || event == AMP_JSON_ARRAY) && json.keep_next != AMP_KEEP_NOTHING) {
        return 0; /* a scalar was wanted: the reader stops here, in AMP_ERR_TYPE */
    }
    if (event < AMP_JSON_BAD) {
        prove(keeps_well(&json));
        prove(holds(&json, event == AMP_JSON_VALUE));
    }
    return 0;
}
