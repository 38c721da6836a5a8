/* SPDX-License-Identifier: MIT */
#include "pieces.h"

#include "amp_qr.h"

static const char url[] = "https://provider.example/authorize?state=5";

/* A finder pattern is at three corners. Readers search for these first. */
static void finder_at(const amp_qr_t *qr, int left, int top)
{
    static const char *const rows[] = {"#######", "#.....#", "#.###.#", "#.###.#",
                                       "#.###.#", "#.....#", "#######"};
    for (int y = 0; y < 7; ++y) {
        for (int x = 0; x < 7; ++x) {
            assert_int_equal(amp_qr_is_dark(qr, left + x, top + y), rows[y][x] == '#');
        }
    }
}

static void a_code_has_its_shape(void **unused)
{
    uint8_t memory[AMP_QR_BYTES(10)];
    amp_qr_t qr;
    (void)unused;
    assert_int_equal(amp_qr_make(&qr, url, memory, sizeof memory), AMP_OK);
    assert_int_equal(qr.size, 29); /* version 3 holds 53 bytes, 2 only 32 */
    finder_at(&qr, 0, 0);
    finder_at(&qr, qr.size - 7, 0);
    finder_at(&qr, 0, qr.size - 7);
    for (int i = -5; i < 40; ++i) {
        assert_int_equal(amp_qr_is_dark(&qr, -1, i), 0);
        assert_int_equal(amp_qr_is_dark(&qr, i, -4), 0);
        assert_int_equal(amp_qr_is_dark(&qr, qr.size, i), 0);
        assert_int_equal(amp_qr_is_dark(&qr, i, qr.size + 3), 0);
    }
}

/* Memory of exactly the size for a version, so that AddressSanitizer guards it. */
static amp_status_t make_in(amp_qr_t *qr, const char *text, size_t size)
{
    uint8_t *memory = pieces_alloc(size);
    amp_status_t status = amp_qr_make(qr, text, memory, size);
    free(memory);
    return status;
}

static void memory_decides_the_longest_text(void **unused)
{
    static const struct {
        size_t memory;
        size_t longest;
    } rows[] = {
        {AMP_QR_BYTES(1u), 17},    {AMP_QR_BYTES(2u), 32},           {AMP_QR_BYTES(2u) + 1u, 32},
        {AMP_QR_BYTES(3u), 53},    {AMP_QR_BYTES(10u), 271},         {AMP_QR_BYTES(20u), 858},
        {AMP_QR_BYTES(40u), 2953}, {AMP_QR_BYTES(40u) + 100u, 2953},
    };
    static char text[3000];
    (void)unused;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
        amp_qr_t qr;
        memset(text, 'x', sizeof text);
        text[rows[i].longest] = '\0';
        assert_int_equal(make_in(&qr, text, rows[i].memory), AMP_OK);
        text[rows[i].longest] = 'x';
        text[rows[i].longest + 1u] = '\0';
        assert_int_equal(make_in(&qr, text, rows[i].memory), AMP_ERR_MEMORY);
        assert_int_equal(qr.size, 0);
        assert_int_equal(amp_qr_is_dark(&qr, 0, 0), 0);
    }
}

static void too_little_memory_is_reported(void **unused)
{
    amp_qr_t qr;
    (void)unused;
    for (size_t size = 1; size < AMP_QR_BYTES(1u); ++size) {
        assert_int_equal(make_in(&qr, "x", size), AMP_ERR_MEMORY);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_code_has_its_shape),
        cmocka_unit_test(memory_decides_the_longest_text),
        cmocka_unit_test(too_little_memory_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
