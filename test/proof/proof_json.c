/* SPDX-License-Identifier: MIT */
/* The automaton on texts of any length: from any state that the invariant allows, any next byte touches no
 * memory but the automaton's, and leads to such a state again. The first one is such a state. Nothing is
 * watched here: a watched text passes through the same states, and proof_run.c has what is kept of it. */
/* cbmc --unwind 3 --unwindset follow_table.0:4,amp__json_string.0:4 --object-bits 12 */
/* cbmc src/json/automaton.c src/json/string_bytes.c src/base/utf8.c src/base/scan.c */
#include "proof.h"

#include "json/automaton.h"
#include "json/automaton_tables.h"
#include "json/containers.h"
#include "json/jsmn_value.h"
#include "json/name_lookup.h"
#include "json/string_bytes.h"

/* None of these is called where nothing is watched. */
amp_status_t amp__name_pick(amp_reader_t *reader, const uint8_t *name, size_t len)
{
    prove(reader == NULL && name == NULL && len == 0);
    return AMP_PENDING;
}

amp_status_t amp__value_end(amp_reader_t *reader, const uint8_t *text, size_t len)
{
    prove(reader == NULL && text == NULL && len == 0);
    return AMP_PENDING;
}

amp_status_t amp__value_element_end(amp_reader_t *reader, const uint8_t *text, size_t len)
{
    prove(reader == NULL && text == NULL && len == 0);
    return AMP_PENDING;
}

amp_status_t amp__level_open(amp_reader_t *reader, int is_array)
{
    prove(reader == NULL && is_array == 2);
    return AMP_PENDING;
}

amp_status_t amp__level_close(amp_reader_t *reader)
{
    prove(reader == NULL);
    return AMP_PENDING;
}

void amp__value_keep(amp_reader_t *reader, const uint8_t *text, size_t len)
{
    prove(reader == NULL && text == NULL && len == 0);
}

static int is_in_container(unsigned state)
{
    return state == ELEMENT || state == MEMBER || state == NAME || state == COLON || state == AFTER_ELEMENT ||
           state == AFTER_MEMBER || state == IN_NAME;
}

/* Within "true", "false" or "null", as they stand one behind the other after a NUL, or at the beginning of
 * one. */
static int is_in_literal(unsigned at)
{
    return at < 16u && at != 5u && at != 11u;
}

/* The digits that are left of an escape; 0 outside of one. */
static int is_place(const amp_json_t *json)
{
    return json->part == AMP_PART_HEX ? json->place > 0 && json->place <= 4u : json->place == 0;
}

static int holds(const amp_json_t *json)
{
    int is_string = json->state == IN_NAME || json->state == IN_TEXT;
    return json->state >= VALUE && json->state <= IN_LITERAL && json->depth <= AMP_JSON_DEPTH &&
           json->watch == 0 && (!is_in_container(json->state) || json->depth > 0) &&
           (json->state != DONE || json->depth == 0) &&
           (json->state != IN_LITERAL || is_in_literal(json->place)) && json->part <= AMP_PART_HEX &&
           (is_string || json->part == AMP_PART_NONE) && (json->state == IN_LITERAL || is_place(json)) &&
           json->utf8.remaining <= 3u && (json->part == AMP_PART_UTF8) == (json->utf8.remaining > 0);
}

int main(void)
{
    amp_json_t first;
    amp__json_init(&first);
    prove(holds(&first));

    amp_json_t json;
    uint8_t byte;
    const uint8_t *at = &byte;
    assume(holds(&json));
    amp_status_t status = amp__json_take(&json, &at, &byte + 1);
    prove(status == AMP_PENDING || status == AMP_ERR_JSON || status == AMP_ERR_DEPTH);
    prove(at == &byte || at == &byte + 1);
    prove(status != AMP_PENDING || (at == &byte + 1 && holds(&json)));
    return 0;
}
