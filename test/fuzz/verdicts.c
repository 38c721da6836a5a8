/* SPDX-License-Identifier: MIT */
/* verdicts: reads texts from standard input, each after its length in four bytes, highest first; for each a 1 or a 0
 * goes to standard output: is it JSON?
 * verdicts records: each text comes after its length, the number of a table, two bytes of window and CUTS lengths of pieces. For
 * each a line tells what is read by that table: a number that stands for every record, or `refused`. It must be the same
 * in any pieces, and built for speed or for size. See differential.py. */
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

static void put_records(const uint8_t *text, size_t len)
{
    input_t input = {text, len};
    reading_t what;
    what.schema = tables[take(&input) % TABLE_COUNT];
    what.window = 64u + take_two(&input) % 1024u;
    cuts_t cuts = take_cuts(&input);
    what.text = input.at;
    what.len = input.left;
    read_result_t result = read_all_ways(&what, &cuts);
    if (result.status < 0) {
        puts("refused");
    } else {
        printf("%016llx\n", (unsigned long long)result.digest);
    }
}

int main(int argc, char **argv)
{
    int records = argc > 1 && strcmp(argv[1], "records") == 0;
    uint8_t head[4];
    while (fread(head, 1, sizeof head, stdin) == sizeof head) {
        size_t len = (size_t)head[0] << 24 | (size_t)head[1] << 16 | (size_t)head[2] << 8 | head[3];
        uint8_t *text = malloc(len > 0 ? len : 1u);
        MUST(text != NULL && fread(text, 1, len, stdin) == len);
        if (records) {
            put_records(text, len);
        } else {
            putchar(is_json(text, len) ? '1' : '0');
        }
        free(text);
    }
    return 0;
}
