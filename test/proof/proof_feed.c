/* SPDX-License-Identifier: MIT */
/* Proves amp_reader_feed and amp_reader_end. They report at most the number of bytes that they got. An error
 * is sticky and zeroes the record. The record's memory is not written in any other way. The automaton and the
 * times are replaced by their contracts. */
/* cbmc --unwind 8 src/json/reader.c */
#include "proof.h"

#include "ampersand/reader.h"
#include "json/automaton.h"
#include "json/containers.h"
#include "json/jsmn_value.h"
#include "json/name_lookup.h"

#define PIECE 5u

static uint8_t record[12];
static uint8_t bytes[PIECE];
static amp_reader_t reader;
static amp_schema_t schema;

static amp_status_t any_status(amp_status_t most)
{
    int status;
    assume(status != 0 && status <= (int)most && status > -100);
    return (amp_status_t)status;
}

void amp__json_init(amp_json_t *json)
{
    prove(json == &reader.json);
}

int amp__json_whole(const amp_json_t *json)
{
    _Bool is_whole;
    return is_whole;
}

int amp__schema_is_usable(const amp_schema_t *table)
{
    return table == &schema;
}

void amp__level_clear(const amp_reader_t *self)
{
    prove(self == &reader);
    for (unsigned i = 0; i < 3u; ++i) {
        record[i * 4u] = 0; /* these bytes represent the whole input */
    }
}

amp_status_t amp__json_take(amp_json_t *json, const uint8_t **at, const uint8_t *end)
{
    size_t step;
    amp_status_t status = any_status(AMP_END);
    prove(json == &reader.json && *at < end && end <= bytes + PIECE);
    assume(step <= (size_t)(end - *at) && (status != AMP_END || step > 0));
    assume(status != AMP_PENDING || *at + step == end);
    *at += step;
    return status;
}

amp_status_t amp__value_time(amp_reader_t *self)
{
    prove(self == &reader);
    return any_status(AMP_PENDING);
}

int main(void)
{
    size_t len;
    size_t used;
    set_any(record);
    set_any(reader);
    assume(len <= PIECE && (reader.status < 0 || reader.status == AMP_PENDING));
    reader.schema = &schema;
    int before = reader.status;
    amp_status_t status = amp_reader_feed(&reader, bytes + (PIECE - len), len, &used);
    prove(used <= len && status != AMP_OK && status != AMP_END);
    prove(before >= 0 || ((int)status == before && used == 0));
    prove(status != AMP_PENDING || used == len);
    prove(status >= 0 || reader.status == (int)status);
    prove(status >= 0 || before < 0 || (record[0] == 0 && record[4] == 0 && record[8] == 0));
    amp_status_t end = amp_reader_end(&reader);
    prove(end == AMP_END || end < 0);
    prove(status >= 0 || end == status);
    return 0;
}
