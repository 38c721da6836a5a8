/* SPDX-License-Identifier: MIT */
/* What the library says of texts: see differential.py. Texts come from standard input, each after its length
 * in four bytes, highest first.
 *
 *   verdicts          prints 1 or 0 for each text: is it JSON?
 *   verdicts records  reads each text by a table, which its first bytes select, in one piece, in other pieces
 * and byte by byte, built for speed and for size. Aborts when two results differ. Prints a line: the status,
 * the field and the need of an error, or each record with the place where it was whole. verdicts tables
 * prints the library's tables as JSON
 *
 * A record is printed row by row in the order of the paths, so a line depends on neither offsets nor the
 * order of rows. */
#include <inttypes.h>

#include "reading.h"
#include "tables.h"

static int is_json(const uint8_t *text, size_t len)
{
    amp_reader_t reader;
    size_t used;
    MUST(amp_reader_init(&reader, NULL, NULL, NULL, 0) == AMP_OK);
    amp_status_t status = amp_reader_feed(&reader, text, len, &used);
    return status == AMP_PENDING && amp_reader_end(&reader) == AMP_END;
}

/* Returns the row with the next path after `before`, or NULL. */
static const amp_field_t *next_row(const amp_schema_t *schema, const char *before)
{
    const amp_field_t *next = NULL;
    for (unsigned i = 0; i < schema->count; ++i) {
        const amp_field_t *field = &schema->fields[i];
        if (strcmp(field->path, before) > 0 && (next == NULL || strcmp(field->path, next->path) < 0)) {
            next = field;
        }
    }
    return next;
}

static void print_value(const amp_field_t *field, const uint8_t *value)
{
    int64_t wide;
    int32_t narrow;
    putchar('=');
    if (field->type <= AMP_STRING_TRUNC) {
        MUST(memchr(value, '\0', field->size) != NULL);
        for (; *value != '\0'; ++value) {
            printf("%02x", *value);
        }
    } else if (field->size == sizeof wide) {
        memcpy(&wide, value, sizeof wide);
        printf("%" PRId64, wide);
    } else if (field->size == sizeof narrow) {
        memcpy(&narrow, value, sizeof narrow);
        printf("%" PRId32, narrow);
    } else {
        printf("%u", *value);
    }
}

static void print_record(const amp_schema_t *schema, const uint8_t *record)
{
    amp_mask_t mask;
    memcpy(&mask, record, sizeof mask);
    putchar('{');
    for (const amp_field_t *field = next_row(schema, ""); field != NULL;
         field = next_row(schema, field->path)) {
        unsigned row = (unsigned)(field - schema->fields);
        int present = (int)(mask.present >> row & 1u);
        int truncated = (int)(mask.truncated >> row & 1u);
        if (!present && !truncated) {
            continue;
        }
        printf("%s:%s%s", field->path, present ? "P" : "", truncated ? "T" : "");
        if (present && field->of != NULL) {
            print_record(field->of, record + field->offset);
        } else if (present && field->type < AMP_OBJECT) {
            print_value(field, record + field->offset);
        }
        putchar(' ');
    }
    putchar('}');
}

/* Reads the text again, and prints each record. */
static void print_records(const reading_t *what, uint8_t *out, uint8_t *window)
{
    amp_reader_t reader;
    size_t at = 0;
    MUST(amp_reader_init(&reader, what->schema, out, window, what->window) == AMP_OK);
    while (at < what->len) {
        size_t used;
        amp_status_t status = amp_reader_feed(&reader, what->text + at, what->len - at, &used);
        at += used;
        if (status == AMP_ITEM) {
            printf(" @%zu", at);
            print_record(what->schema, out);
        }
    }
    MUST(amp_reader_end(&reader) == AMP_END);
    if (what->schema != NULL) {
        printf(" end");
        print_record(what->schema, out);
    }
}

static void print_reading(const uint8_t *text, size_t len)
{
    input_t input = {text, len};
    reading_t what;
    what.schema = tables[take(&input) % TABLE_COUNT];
    what.window = 64u + take_two(&input);
    cuts_t cuts = take_cuts(&input);
    what.text = input.at;
    what.len = input.left;
    read_result_t result = read_all_ways(&what, &cuts);
    need_must_be_true(&what, &result);
    printf("%d %s %zu", (int)result.status, result.field != NULL ? result.field : "-", result.need);
    if (result.status >= 0) {
        uint8_t *out = malloc(what.schema != NULL ? what.schema->size : 1u);
        uint8_t *window = malloc(what.window);
        MUST(out != NULL && window != NULL);
        print_records(&what, out, window);
        free(window);
        free(out);
    }
    putchar('\n');
}

static void print_table(const amp_schema_t *schema)
{
    if (schema == NULL) {
        printf("null");
        return;
    }
    printf("{\"flags\": %u, \"rows\": [", (unsigned)schema->flags);
    for (unsigned i = 0; i < schema->count; ++i) {
        const amp_field_t *field = &schema->fields[i];
        printf("%s{\"path\": \"%s\", \"type\": %u, \"flags\": %u, \"size\": %u, \"of\": ", i > 0 ? ", " : "",
               field->path, field->type, field->flags, field->size);
        print_table(field->of);
        putchar('}');
    }
    printf("]}");
}

static void print_tables(void)
{
    for (unsigned i = 0; i < TABLE_COUNT; ++i) {
        print_table(tables[i]);
        putchar('\n');
    }
}

int main(int argc, char **argv)
{
    const char *what = argc > 1 ? argv[1] : "";
    uint8_t head[4];
    if (strcmp(what, "tables") == 0) {
        print_tables();
        return 0;
    }
    while (fread(head, 1, sizeof head, stdin) == sizeof head) {
        size_t len = (size_t)head[0] << 24 | (size_t)head[1] << 16 | (size_t)head[2] << 8 | head[3];
        uint8_t *text = malloc(len > 0 ? len : 1u);
        MUST(text != NULL && fread(text, 1, len, stdin) == len);
        if (strcmp(what, "records") == 0) {
            print_reading(text, len);
        } else {
            putchar(is_json(text, len) ? '1' : '0');
        }
        free(text);
    }
    return 0;
}
