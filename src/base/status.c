/* SPDX-License-Identifier: MIT */
/* Names, texts and classes of status values. The names and texts come from the lists in status.h. */
#include "ampersand/status.h"

#define NAME_CASE(name, number, text)                                                                        \
    case name:                                                                                               \
        return #name;
#define TEXT_CASE(name, number, text)                                                                        \
    case name:                                                                                               \
        return text;
#define STAGE_CASE(name, text)                                                                               \
    case name:                                                                                               \
        return text;

const char *amp_status_name(amp_status_t status)
{
    switch (status) {
        AMP_STATUS_LIST(NAME_CASE)
    default:
        return "unknown";
    }
}

const char *amp_status_text(amp_status_t status)
{
    switch (status) {
        AMP_STATUS_LIST(TEXT_CASE)
    default:
        return "unknown";
    }
}

const char *amp_stage_name(amp_stage_t stage)
{
    switch (stage) {
        AMP_STAGE_LIST(STAGE_CASE)
    default:
        return "unknown";
    }
}

/* Classes are ranges, so that a status of a newer library has its class in an older application too. */
amp_class_t amp_class_of(amp_status_t status)
{
    int number = (int)status;
    if (number >= 0) {
        return AMP_CLASS_OK;
    }
    if (number > -20) {
        return AMP_CLASS_CALLER;
    }
    if (number > AMP_ERR_UNKNOWN_OUTCOME) {
        return AMP_CLASS_NETWORK;
    }
    if (number == AMP_ERR_UNKNOWN_OUTCOME) {
        return AMP_CLASS_UNKNOWN;
    }
    return number > -60 ? AMP_CLASS_ANSWER : AMP_CLASS_SERVICE;
}
