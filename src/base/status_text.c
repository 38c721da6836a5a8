/* SPDX-License-Identifier: MIT */
/* Texts of status values, from the list in status_texts.h. The linker keeps or drops the strings of a file as
 * a whole. In a file of their own they take no flash in a program that prints only names. */
#include "ampersand/config.h"
#include "ampersand/status.h"

#if AMP_TEXTS
#include "status_texts.h"

/* The switch has no default, so that -Wswitch finds a status without a row. */
#define TEXT_CASE(name, text)                                                                                \
    case name:                                                                                               \
        return text;

const char *amp_status_text(amp_status_t status)
{
    switch (status) {
        AMP__STATUS_TEXTS(TEXT_CASE)
    case AMP_STATUS_FORCE_INT_:
        break;
    }
    return "unknown";
}
#else
const char *amp_status_text(amp_status_t status)
{
    return amp_status_name(status);
}
#endif
