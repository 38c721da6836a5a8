/* SPDX-License-Identifier: MIT */
/* The operation on providers. */
#include "endpoint_table.h"

static const amp_param_t get_provider_params[] = {PATH("provider", amp_get_provider_t, provider)};
static const amp_endpoint_t get_provider = {"GET", "/providers/{}", PARAMS(get_provider_params),
                                            .schema = &amp_provider_schema,
                                            .flags = AMP_IS_ANONYMOUS | AMP_IS_SAFE};
START_AND_WAIT(get_provider, amp_provider_t)
