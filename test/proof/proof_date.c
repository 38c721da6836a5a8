/* SPDX-License-Identifier: MIT */
/* Proves HTTP dates. A text is accepted exactly if it has one of the three forms of RFC 9110, 5.6.7, and its
 * numbers are those at their places. No byte is read outside of it. This holds for any bytes after the name
 * of a day, of up to SHORT bytes, of as many as a date, of one fewer, and of one more without a zone. Of any
 * text of up to NAME bytes, the name of a day is found exactly if there is one. The calendar is replaced by
 * any answer, and the numbers by the contract that proof_time.c proves. The century of a year with two digits
 * is found at once. */
/* cbmc --unwind 37 --unwindset memcmp.0:11,day_name_length.0:8,month_of.0:13,read_form.0:18 */
/* cbmc --unwindset read_century.0:2 --object-bits 9 */
#include "proof.h"

#include "http/date.c"

#define TEXT 30u
#define NAME 10u /* longer than every name */
#define SHORT 7u

static char text[TEXT];
static char name[NAME];
static amp_time_t now;

/* The date that the calendar was asked for, and its answer. */
static int32_t asked[AMP_NUMBERS];
static _Bool has_date;
static amp_time_t date;

int32_t amp__time_number(const char *p, unsigned i)
{
    static const int32_t maxima[AMP_NUMBERS] = {99, 99, 12, 31, 23, 59, 60};
    prove(i < AMP_NUMBERS);
    const int32_t value = (p[0] - '0') * 10 + (p[1] - '0');
    return p[0] < '0' || p[0] > '9' || p[1] < '0' || p[1] > '9' || value > maxima[i] ? -1 : value;
}

int amp__time_of(const int32_t *n, int32_t east, int32_t micro, amp_time_t *out_time)
{
    prove(east == 0 && micro == 0);
    for (unsigned i = 0; i < AMP_NUMBERS; ++i) {
        prove(n[i] >= 0 && n[i] <= 99);
        asked[i] = n[i];
    }
    if (n[AMP_MONTH] == 0 || !has_date) {
        return -1;
    }
    *out_time = date;
    return 0;
}

int32_t amp__days_to_month(int32_t year, int32_t month)
{
    prove(year >= 0 && year <= 9999 && month >= 0 && month <= 12);
    return 0;
}

static int32_t month_at(const char *p)
{
    static const char names[12][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    int32_t found = 0;
    for (int32_t i = 0; i < 12; ++i) {
        found = p[0] == names[i][0] && p[1] == names[i][1] && p[2] == names[i][2] ? i + 1 : found;
    }
    return found;
}

/* One form after the name of the day: `0` stands for a digit, `a` for any byte. The numbers are at these
 * places. */
typedef struct {
    const char *shape;
    size_t size;
    uint8_t at[AMP_NUMBERS];
} shape_t;

static const shape_t shapes[] = {
    [IMF_FIXDATE] = {", 00 aaa 0000 00:00:00 aaa", 26, {9, 11, 5, 2, 14, 17, 20}},
    [RFC_850] = {", 00-aaa-00 00:00:00 aaa", 24, {0, 9, 5, 2, 12, 15, 18}},
    [ASCTIME] = {" aaa a0 00:00:00 0000", 21, {17, 19, 1, 5, 8, 11, 14}},
};

/* Returns 1 if the text has the form, and reads its numbers. */
static int has_form(unsigned form, const char *p, size_t len, int32_t *n)
{
    const shape_t *like = &shapes[form];
    int is_like = len == like->size;
    for (size_t i = 0; i < len && i < like->size; ++i) {
        const char c = like->shape[i];
        is_like &= c == '0' ? p[i] >= '0' && p[i] <= '9' : c == 'a' || p[i] == c;
    }
    if (len != like->size) {
        return 0;
    }
    for (unsigned i = 0; i < AMP_NUMBERS; ++i) {
        const char *number = p + like->at[i];
        const char digits[] = {form == ASCTIME && i == AMP_DAY && *number == ' ' ? '0' : *number, number[1]};
        n[i] = form == RFC_850 && i == AMP_CENTURY ? 99
               : i == AMP_MONTH                    ? month_at(number)
                                                   : amp__time_number(digits, i);
        is_like &= n[i] >= 0;
    }
    const char *zone = p + like->size - 4;
    const int is_zone = zone[0] == ' ' &&
                        ((zone[1] == 'G' && zone[2] == 'M') || (zone[1] == 'U' && zone[2] == 'T')) &&
                        zone[3] == (zone[1] == 'G' ? 'T' : 'C');
    return is_like && (form == ASCTIME || is_zone);
}

/* A text that begins with these bytes, and ends with the memory. */
static void check_text(unsigned form, const char *day, size_t day_len, size_t len)
{
    char *from = text + (TEXT - len);
    const size_t name_len = form == RFC_850 ? day_len : 3u;
    int32_t n[AMP_NUMBERS];
    amp_time_t time;
    const amp_time_t before = time;
    memcpy(from, day, day_len);
    const int is_form = has_form(form, from + name_len, len - name_len, n);
    const int is_good = is_form && n[AMP_MONTH] > 0 && has_date;
    assume(form != RFC_850 || !is_form || is_good); /* the century 99 is good then */
    const amp_str_t view = {from, len};
    const amp_status_t status = amp_date_parse(view, now, &time);
    prove(status == (is_good ? AMP_OK : AMP_ERR_VALUE));
    prove(time == (is_good ? date : before));
    for (unsigned i = 0; i < AMP_NUMBERS; ++i) {
        prove(!is_good || asked[i] == n[i]);
    }
}

static void check_name(size_t len)
{
    static const char *const names[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                        "Friday", "Saturday", "Sunday"};
    static const uint8_t lengths[] = {6, 7, 9, 8, 6, 8, 6};
    const amp_str_t view = {name + (NAME - len), len};
    size_t found = 0;
    for (unsigned i = 0; i < 7u; ++i) {
        const size_t size = len > lengths[i] && memcmp(view.ptr, names[i], lengths[i]) == 0 ? lengths[i] : 3u;
        found = len > 3u && memcmp(view.ptr, names[i], size) == 0 ? size : found;
    }
    prove(day_name_length(view) == found);
}

static void check_length(size_t len)
{
    static const struct {
        const char *day;
        size_t len;
        size_t date_len;
    } rows[] = {[IMF_FIXDATE] = {"Sun,", 4, 29}, [RFC_850] = {"Sunday", 6, 30}, [ASCTIME] = {"Sun ", 4, 24}};
    unsigned any_form;
    for (unsigned form = 0; form < 3u; ++form) {
        const size_t date_len = rows[form].date_len;
        if (form == any_form && len > rows[form].len &&
            (len <= SHORT || len == date_len || len + 1u == date_len ||
             (form == ASCTIME && len == date_len + 1u))) {
            check_text(form, rows[form].day, rows[form].len, len);
        }
    }
}

int main(void)
{
    size_t any_len;
    _Bool is_name;
    set_any(text);
    set_any(name);
    set_any(now);
    set_any(date);
    set_any(has_date);
    assume(date <= now);
    /* Each length is a constant in its turn, which takes the solver much less time. */
    for (size_t len = 0; len <= TEXT; ++len) {
        if (len == any_len && is_name && len <= NAME) {
            check_name(len);
        } else if (len == any_len) {
            check_length(len);
        }
    }
    return 0;
}
