/* SPDX-License-Identifier: MIT */
/* Names and classes of status values. The names come from the list in status_texts.h. */
#include "ampersand/status.h"

#include "status_texts.h"

/* The switches have no default, so that -Wswitch finds a status or a stage without a row. */
#define NAME_CASE(name, text)                                                                                \
    case name:                                                                                               \
        return #name;

const char *amp_status_name(amp_status_t status)
{
    switch (status) {
        AMP__STATUS_TEXTS(NAME_CASE)
    case AMP_STATUS_FORCE_INT_:
        break;
    }
    return "unknown";
}

const char *amp_stage_name(amp_stage_t stage)
{
    switch (stage) {
    case AMP_STAGE_START:
        return "start";
    case AMP_STAGE_DNS:
        return "dns";
    case AMP_STAGE_CONNECT:
        return "connect";
    case AMP_STAGE_TLS:
        return "tls";
    case AMP_STAGE_SEND:
        return "send";
    case AMP_STAGE_HEAD:
        return "head";
    case AMP_STAGE_BODY:
        return "body";
    case AMP_STAGE_COUNT_:
        break;
    }
    return "unknown";
}

/* Classes are ranges, so that an older application classifies the status of a newer library correctly. */
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
