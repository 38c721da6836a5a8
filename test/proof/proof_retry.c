/* SPDX-License-Identifier: MIT */
/* Proves Retry-After. For any fields of a response and any clock, the wait is the seconds from the time of
 * the response to the date, rounded up and at most UINT32_MAX, or the seconds of the field if they are more.
 * The time of the response is from the best source. No byte after the NUL of a date is read. amp_date_parse
 * and amp__divide are replaced by their contracts. amp__divide keeps its own for the unit of the times and
 * spans below 2^SPAN microseconds, 17 minutes, and for all that are too long. */
/* cbmc --unwind 35 src/base/str.c */
#include "proof.h"

#include "base/days.h"

/* The division itself, beside the contract that stands in for it. */
#define amp__divide divide
#include "base/divide.c"
#undef amp__divide

uint32_t amp__divide(uint64_t span, uint32_t unit);

#include "http/retry_after.c"

#ifndef SPAN
#define SPAN 30u
#endif

#define YEARS_10000 ((amp_time_t)3660000 * AMP_DAY_SECONDS * AMP_SECOND_US) /* more than that */

static amp_info_t info;
static amp_time_t utc;

/* The fields that have a date, and the dates. */
static int has_date;
static int has_retry_at;
static amp_time_t date;
static amp_time_t retry_at;

/* The last division. */
static uint64_t divided;
static uint32_t quotient;

/* The device's clock, or the earliest time that a clock can show. */
static amp_time_t device_time(void)
{
    return utc >= AMP_BUILD_TIME_US ? utc : AMP_BUILD_TIME_US;
}

static amp_time_t response_time(void)
{
    return has_date ? date : device_time();
}

amp_status_t amp_date_parse(amp_str_t text, amp_time_t now, amp_time_t *out_time)
{
    const _Bool is_date = text.ptr == info.date;
    prove(is_date || text.ptr == info.retry_at);
    prove(text.len < AMP_DATE_SIZE && text.ptr[text.len] == '\0');
    prove(now == (is_date ? device_time() : response_time()));
    if (!(is_date ? has_date : has_retry_at)) {
        return AMP_ERR_VALUE;
    }
    *out_time = is_date ? date : retry_at;
    return AMP_OK;
}

/* Returns 1 if `quotient` is the result for the unit of the times. */
static int is_quotient(uint64_t span, uint32_t quotient)
{
    const uint64_t least = (uint64_t)quotient * AMP_SECOND_US;
    return quotient == UINT32_MAX ? span >= least : span >= least && span - least < AMP_SECOND_US;
}

/* Any quotient: its contract needs no product here. */
uint32_t amp__divide(uint64_t span, uint32_t unit)
{
    prove(unit == AMP_SECOND_US);
    divided = span;
    return quotient;
}

static void check_divide(void)
{
    uint64_t span;
    _Bool is_long;
    if (is_long) {
        assume(span >> 32 >= AMP_SECOND_US);
        prove(divide(span, AMP_SECOND_US) == UINT32_MAX);
    } else {
        assume(span < (uint64_t)1 << SPAN);
        prove(is_quotient(span, divide(span, AMP_SECOND_US)));
    }
}

static void check_wait(void)
{
    amp_info_t any_info;
    amp_time_t now;
    uint32_t wait_s;
    info = any_info;
    unsigned fields;
    has_date = (fields & 1u) != 0;
    has_retry_at = (fields & 2u) != 0;
    set_any(utc);
    set_any(date);
    set_any(retry_at);
    set_any(quotient);
    info.date[AMP_DATE_SIZE - 1] = '\0';
    info.retry_at[AMP_DATE_SIZE - 1] = '\0';
    assume(date > -YEARS_10000 && date < YEARS_10000 && retry_at > -YEARS_10000 && retry_at < YEARS_10000);

    const amp_clock_t clock = amp__answer_time(&info, utc, &now);
    prove(now == response_time() && (clock == AMP_CLOCK_DATE) == has_date);
    prove((clock == AMP_CLOCK_BUILD) == (!has_date && utc < AMP_BUILD_TIME_US));

    const int result = amp__retry_after(&info, utc, &wait_s);
    const int is_unknown = has_retry_at && retry_at <= now && clock == AMP_CLOCK_BUILD;
    const int is_later = has_retry_at && retry_at > now;
    prove(result == (is_unknown ? -1 : 0));
    if (is_later) {
        /* n microseconds are (n - 1) / 1000000 seconds, rounded down, and one more. */
        const uint32_t date_s = quotient < UINT32_MAX ? quotient + 1u : UINT32_MAX;
        prove(divided == (uint64_t)(retry_at - now) - 1u);
        prove(wait_s == (date_s > info.retry_after_s ? date_s : info.retry_after_s));
    } else {
        prove(wait_s == info.retry_after_s);
    }
    const uint32_t least_s =
        is_unknown && wait_s < AMP_RETRY_AFTER_UNKNOWN_S ? AMP_RETRY_AFTER_UNKNOWN_S : wait_s;
    prove(amp_retry_after_s(&info, utc) == least_s);
}

int main(void)
{
    _Bool is_divide;
    if (is_divide) {
        check_divide();
    } else {
        check_wait();
    }
    return 0;
}
