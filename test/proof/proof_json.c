/* SPDX-License-Identifier: MIT */
/* The automaton on texts of any length: from any state that the invariant allows, any next byte touches no memory but the
 * automaton's, and leads to such a state again. The first one is such a state. Nothing is watched here: what is goes to
 * json_levels.c, and then the next state is the same. */
/* cbmc --unwind 3 --unwindset follow_table.0:4 --object-bits 12 */
/* cbmc src/json_automaton.c src/json_strings.c src/utf8.c */
#include "proof.h"

#include "json_automaton.h"
#include "json_levels.h"
#include "json_strings.h"
#include "json_tables.h"

/* None of these is called where nothing is watched. */
amp_status_t amp_level_name(amp_reader_t *reader, const uint8_t *name, size_t len)
{
    prove(reader == NULL && name == NULL && len == 0);
    return AMP_PENDING;
}

size_t amp_level_expected(amp_reader_t *reader, const uint8_t *p, const uint8_t *end)
{
    prove(reader == NULL && p == end);
    return 0;
}

amp_status_t amp_level_scalar(amp_reader_t *reader, const uint8_t *text, size_t len)
{
    prove(reader == NULL && text == NULL && len == 0);
    return AMP_PENDING;
}

amp_status_t amp_level_open(amp_reader_t *reader, int is_array)
{
    prove(reader == NULL && is_array == 2);
    return AMP_PENDING;
}

amp_status_t amp_level_close(amp_reader_t *reader)
{
    prove(reader == NULL);
    return AMP_PENDING;
}

void amp_level_keep(amp_reader_t *reader, const uint8_t *text, size_t len)
{
    prove(reader == NULL && text == NULL && len == 0);
}

static int is_in_container(unsigned state)
{
    return state == ELEMENT || state == MEMBER || state == NAME || state == COLON || state == AFTER_ELEMENT ||
           state == AFTER_MEMBER || state == IN_NAME;
}

/* Within "true", "false" or "null", as they stand one behind the other after a NUL, or at the beginning of one. */
static int is_in_literal(unsigned at)
{
    return at < 16u && at != 5u && at != 11u;
}

static int holds(const amp_json_t *json)
{
    int is_string = json->state == IN_NAME || json->state == IN_TEXT;
    return json->state >= VALUE && json->state <= IN_LITERAL && json->depth <= AMP_JSON_DEPTH && json->watch == 0 &&
           (!is_in_container(json->state) || json->depth > 0) && (json->state != DONE || json->depth == 0) &&
           (json->state != IN_LITERAL || is_in_literal(json->place)) && json->part <= AMP_PART_HEX &&
           (is_string || json->part == AMP_PART_NONE) &&
           (json->part != AMP_PART_HEX || (json->place > 0 && json->place <= 4u)) && json->utf8.left <= 3u &&
           (json->part == AMP_PART_UTF8) == (json->utf8.left > 0);
}

int main(void)
{
    amp_json_t first;
    amp_json_init(&first);
    prove(holds(&first));

    amp_json_t json;
    uint8_t byte;
    const uint8_t *at = &byte;
    assume(holds(&json));
    amp_status_t status = amp_json_take(&json, &at, &byte + 1);
    prove(status == AMP_PENDING || status == AMP_ERR_JSON || status == AMP_ERR_DEPTH);
    prove(at == &byte || at == &byte + 1);
    prove(status != AMP_PENDING || (at == &byte + 1 && holds(&json)));
    return 0;
}
