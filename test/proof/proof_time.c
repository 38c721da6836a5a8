/* SPDX-License-Identifier: MIT */
/* Proves times. For any text of up to TEXT bytes, no byte outside of it is read. The result is within the
 * years of RFC 3339. A number of two digits is read exactly if it is within its range. */
/* cbmc --unwind 30 src/base/time.c */
#include "proof.h"

#include "ampersand/text.h"
#include "base/days.h"

#define TEXT 28u
#define DAY ((int64_t)86400 * 1000000)

static void check_number(void)
{
    static const int32_t maxima[] = {99, 99, 12, 31, 23, 59, 60};
    char digits[2];
    unsigned i;
    assume(i < AMP_NUMBERS);
    const int is_number = digits[0] >= '0' && digits[0] <= '9' && digits[1] >= '0' && digits[1] <= '9';
    const int32_t value = (digits[0] - '0') * 10 + (digits[1] - '0');
    prove(amp__time_number(digits, i) == (is_number && value <= maxima[i] ? value : -1));
}

static void check_text(void)
{
    char text[TEXT];
    size_t len;
    amp_time_t time = 0;
    assume(len <= sizeof text);
    const amp_str_t view = {text, len};
    if (amp_time_parse(view, &time) != 0) {
        return;
    }
    prove(len > 19u);
    prove(time >= amp__days_to_month(0, 1) * DAY);
    prove(time < amp__days_to_month(9999, 13) * DAY);
}

int main(void)
{
    unsigned which;
    if (which == 0) {
        check_number();
    } else {
        check_text();
    }
    return 0;
}
