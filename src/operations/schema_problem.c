/* SPDX-License-Identifier: MIT */
/* The schema of a problem document (RFC 9457). It is lenient, because section 3.1 requires a client to ignore
 * a member whose value has the wrong type. */
#include "schema_table.h"

#define PROBLEM(path, type, member) AMP_FIELD(path, type, 0, amp_problem_t, member)

static const amp_field_t problem_fields[] = {
    [AMP_PROBLEM_TYPE] = PROBLEM("type", AMP_STRING_TRUNC, type),
    [AMP_PROBLEM_HREF] = PROBLEM("href", AMP_STRING_TRUNC, href),
    [AMP_PROBLEM_TITLE] = PROBLEM("title", AMP_STRING_TRUNC, title),
    [AMP_PROBLEM_STATUS] = PROBLEM("status", AMP_INT, status),
    [AMP_PROBLEM_DETAIL] = PROBLEM("detail", AMP_STRING_TRUNC, detail),
    [AMP_PROBLEM_INSTANCE] = PROBLEM("instance", AMP_STRING_TRUNC, instance),
    [AMP_PROBLEM_SUBSYSTEM] = PROBLEM("subsystem", AMP_STRING_TRUNC, subsystem),
    [AMP_PROBLEM_TIME] = PROBLEM("time", AMP_TIME, time),
    [AMP_PROBLEM_REQUEST_ID] = PROBLEM("requestId", AMP_STRING_TRUNC, request_id),
    [AMP_PROBLEM_CAUSES] = AMP_CONTAINER("causes", AMP_ARRAY, 0),
    [AMP_PROBLEM_CAUSE] = PROBLEM("causes[0]", AMP_STRING_TRUNC, cause),
    [AMP_PROBLEM_REMEDY] = PROBLEM("remedy", AMP_STRING_TRUNC, remedy),
    [AMP_PROBLEM_RETRYABLE] = PROBLEM("retryable", AMP_BOOL, retryable),
    [AMP_PROBLEM_RETRY_AFTER] = PROBLEM("retryAfter", AMP_TIME, retry_after),
    [AMP_PROBLEM_ISSUES] = AMP_CONTAINER("issues", AMP_ARRAY, 0),
    [AMP_PROBLEM_ISSUE] = AMP_CONTAINER("issues[0]", AMP_OBJECT, 0),
    [AMP_PROBLEM_ISSUE_IN] = PROBLEM("issues[0].in", AMP_STRING_TRUNC, issue_in),
    [AMP_PROBLEM_ISSUE_NAME] = PROBLEM("issues[0].name", AMP_STRING_TRUNC, issue_name),
    [AMP_PROBLEM_ISSUE_DETAIL] = PROBLEM("issues[0].detail", AMP_STRING_TRUNC, issue_detail),
};
AMP_ROWS_FIT_MASK(problem_fields);

const amp_schema_t amp_problem_schema = AMP_SCHEMA(amp_problem_t, problem_fields, AMP_LENIENT);
