/* SPDX-License-Identifier: MIT */
/* Reads texts from standard input, each behind its length in four bytes, highest first; for each a
 * 1 or a 0 goes to standard output: is it JSON? See differential.py. */
#include "fuzz.h"

static int is_json(const uint8_t *text, size_t len)
{
    amp_reader_t reader;
    size_t used;
    MUST(amp_reader_init(&reader, NULL, NULL, NULL, 0) == AMP_OK);
    amp_status_t status = amp_reader_feed(&reader, text, len, &used);
    return status == AMP_PENDING && amp_reader_end(&reader) == AMP_END;
}

int main(void)
{
    uint8_t head[4];
    while (fread(head, 1, sizeof head, stdin) == sizeof head) {
        size_t len = (size_t)head[0] << 24 | (size_t)head[1] << 16 | (size_t)head[2] << 8 | head[3];
        uint8_t *text = malloc(len > 0 ? len : 1u);
        MUST(text != NULL && fread(text, 1, len, stdin) == len);
        putchar(is_json(text, len) ? '1' : '0');
        free(text);
    }
    return 0;
}
