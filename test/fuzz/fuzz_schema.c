/* SPDX-License-Identifier: MIT */
/* Checks and uses random schemas. amp_schema_check accepts a schema or names one of its rows. With an
 * accepted schema any text can be read into its struct, and no byte outside of it is written. */
#include "reading.h"

#define ROWS 40u
#define TABLES 3u
#define PATH_SIZE 48u

typedef struct {
    amp_field_t rows[TABLES][ROWS];
    char paths[TABLES][ROWS][PATH_SIZE];
    amp_schema_t schemas[TABLES];
    int overlap; /* members may overlap: the one that is stored last is visible */
} tables_t;

/* Most paths keep the rules: the parent's path and one more part. */
static void make_path(input_t *input, char (*paths)[PATH_SIZE], unsigned row)
{
    static const char *const parts[] = {"a",   "b",   "id",  "name", "a b", ".",           "",  "[0]",
                                        "[1]", "[9]", "[x]", "\"",   "b.c", "abcdefghijk", "n", "results"};
    unsigned choice = take(input);
    const char *part = parts[choice % 16u];
    const char *parent = row > 0 && choice >= 128u ? paths[row - 1u - take(input) % row] : "";
    const char *between = *parent != '\0' && *part != '[' ? "." : "";
    snprintf(paths[row], PATH_SIZE, "%.20s%s%s", parent, between, part);
}

static void make_row(input_t *input, tables_t *tables, unsigned table, unsigned row)
{
    static const uint16_t sizes[] = {0, 1, 2, 4, 8, 8, 16, 31};
    amp_field_t *field = &tables->rows[table][row];
    unsigned choice = take(input);
    make_path(input, tables->paths[table], row);
    field->path = choice == 255u ? NULL : tables->paths[table][row];
    field->length = (uint8_t)(strlen(tables->paths[table][row]) + (choice == 254u));
    field->type = (uint8_t)(take(input) % 11u);
    field->flags = choice % 8u == 0 ? (uint8_t)(choice >> 3) : (uint8_t)(choice & AMP_REQUIRED);
    field->size = sizes[take(input) % 8u];
    if (field->type == AMP_RECORD || field->type == AMP_RECORDS) {
        /* Only a table with a higher number, so that no table contains itself. */
        field->of = table + 1u < TABLES ? &tables->schemas[table + 1u] : NULL;
        field->size = field->of != NULL ? field->of->size : field->size;
    }
    field->offset = tables->schemas[table].size;
    tables->schemas[table].size = (uint16_t)(field->offset + (field->size + 7u) / 8u * 8u);
    if (choice % 16u == 15u) {
        field->offset = (uint16_t)(take(input) * (choice < 128u ? 4u : 257u));
        tables->overlap = 1;
    }
}

static void make_tables(input_t *input, tables_t *tables)
{
    memset(tables, 0, sizeof *tables);
    for (unsigned table = TABLES; table-- > 0;) {
        amp_schema_t *schema = &tables->schemas[table];
        unsigned count = take(input) % (take(input) < 250u ? 9u : ROWS);
        schema->flags =
            (uint16_t)(take(input) % (table == 0 ? 16u : 3u) & (table == 0 ? 15u : AMP_NO_UNKNOWN));
        schema->size = sizeof(amp_mask_t);
        schema->count = (uint16_t)count;
        schema->fields = tables->rows[table];
        for (unsigned row = 0; row < count; ++row) {
            make_row(input, tables, table, row);
        }
        if (take(input) >= 250u) {
            schema->size = (uint16_t)take_two(input);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static tables_t tables;
    input_t input = {data, size};
    reading_t what;
    what.window = 64u + take(&input);
    cuts_t cuts = take_cuts(&input);
    make_tables(&input, &tables);
    what.schema = &tables.schemas[0];
    what.text = input.at;
    what.len = input.left < FUZZ_TEXT_MAX ? input.left : FUZZ_TEXT_MAX;
    size_t row = SIZE_MAX;
    int is_good = amp_schema_check(what.schema, &row) == AMP_OK;
    MUST(is_good ? row == SIZE_MAX : row < what.schema->count || row == 0);
    if (is_good && tables.overlap) {
        (void)read_by(&what, &fast_reader, &cuts);
        (void)read_by(&what, &small_reader, &cuts);
    } else if (is_good) {
        read_result_t result = read_all_ways(&what, &cuts);
        need_must_be_true(&what, &result);
    }
    return 0;
}
