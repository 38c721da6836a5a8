/* SPDX-License-Identifier: MIT */
/** @file
 * Compares the struct sizes of application and library. If they were compiled with different sizes, one would
 * access memory beyond the other's structs. AMP_ABI covers every public struct, each size of config.h, and
 * AMP_VERSION_MINOR. */
#ifndef AMPERSAND_ABI_H
#define AMPERSAND_ABI_H

#include "client.h"
#include "connect.h"
#include "credentials.h"
#include "doctor.h"
#include "health.h"
#include "info.h"
#include "operations.h"
#include "pace.h"
#include "port.h"
#include "reader.h"
#include "reader_state.h"
#include "records.h"
#include "response_state.h"
#include "tenant.h"
#include "tls.h"
#include "url.h"

#ifdef __cplusplus
extern "C" {
#endif

/* X(type) for every public struct. */
/* clang-format off */
#define AMP_ABI_LIST_(X) \
    X(amp_anchor_t) \
    X(amp_backfill_progress_t) \
    X(amp_baseline_t) \
    X(amp_client_t) \
    X(amp_config_t) \
    X(amp_connect_args_t) \
    X(amp_connect_t) \
    X(amp_connection_t) \
    X(amp_create_installation_t) \
    X(amp_credential_t) \
    X(amp_custom_auth_connect_t) \
    X(amp_custom_auth_t) \
    X(amp_delete_connection_t) \
    X(amp_delete_installation_t) \
    X(amp_doctor_args_t) \
    X(amp_doctor_t) \
    X(amp_doctor_tls_t) \
    X(amp_evidence_t) \
    X(amp_field_t) \
    X(amp_generate_connection_t) \
    X(amp_get_backfill_progress_t) \
    X(amp_get_connection_t) \
    X(amp_get_installation_t) \
    X(amp_get_operation_t) \
    X(amp_get_provider_t) \
    X(amp_health_t) \
    X(amp_info_t) \
    X(amp_installation_t) \
    X(amp_json_t) \
    X(amp_level_t) \
    X(amp_list_connections_t) \
    X(amp_list_installations_for_project_t) \
    X(amp_list_installations_t) \
    X(amp_list_operations_t) \
    X(amp_look_t) \
    X(amp_mask_t) \
    X(amp_metadata_list_t) \
    X(amp_metadata_t) \
    X(amp_oauth2_token_t) \
    X(amp_oauth_connect_t) \
    X(amp_oauth_update_t) \
    X(amp_operation_t) \
    X(amp_operations_t) \
    X(amp_pace_t) \
    X(amp_pem_fault_t) \
    X(amp_pick_t) \
    X(amp_pin_t) \
    X(amp_port_report_t) \
    X(amp_port_t) \
    X(amp_problem_t) \
    X(amp_provider_t) \
    X(amp_position_t) \
    X(amp_reader_t) \
    X(amp_request_t) \
    X(amp_response_t) \
    X(amp_schema_t) \
    X(amp_str_t) \
    X(amp_url_buf_t) \
    X(amp_tls_config_t) \
    X(amp_tls_failure_t) \
    X(amp_tls_stats_t) \
    X(amp_tls_storage_t) \
    X(amp_update_connection_t) \
    X(amp_update_installation_t) \
    X(amp_url_t) \
    X(amp_utf8_t)
/* clang-format on */

/* Each type has a number, and its size is multiplied by an odd factor of its own. So two changes cannot
 * cancel out, as 8 bytes more in one struct and 8 bytes less in another would in a plain sum. */
#define AMP_ABI_NUMBER_(type) AMP_ABI_NUMBER_##type##_,
enum { AMP_ABI_LIST_(AMP_ABI_NUMBER_) AMP_ABI_COUNT_ };
#define AMP_ABI_FACTOR_(type) ((uint32_t)AMP_ABI_NUMBER_##type##_ * 2654435762u + 2654435761u)
#define AMP_ABI_TERM_(type) +(uint32_t)((uint32_t)sizeof(type) * AMP_ABI_FACTOR_(type))

#define AMP_ABI_3_ AMP_ABI_ADD_(AMP_ABI_ADD_(AMP_ID_SIZE, AMP_REF_SIZE), AMP_WORD_SIZE)
#define AMP_ABI_5_ AMP_ABI_ADD_(AMP_ABI_ADD_(AMP_ABI_3_, AMP_NAME_SIZE), AMP_TEXT_SIZE)
#define AMP_ABI_7_ AMP_ABI_ADD_(AMP_ABI_ADD_(AMP_ABI_5_, AMP_URL_SIZE), AMP_PAGE_TOKEN_SIZE)
#define AMP_ABI_9_ AMP_ABI_ADD_(AMP_ABI_ADD_(AMP_ABI_7_, AMP_JSON_DEPTH), AMP_VERSION_MINOR)

/** A hash of all sizes, a constant expression. */
#define AMP_ABI ((uint32_t)(AMP_ABI_9_ AMP_ABI_LIST_(AMP_ABI_TERM_)))

/** Implements amp_abi_check. Returns AMP_OK, or AMP_ERR_ABI if the library's AMP_ABI is not `abi`. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_abi_compare(uint32_t abi);

/** Checks that application and library have the same struct sizes. amp_init and amp_tls_init do this
 * themselves. A program that has no client and uses amp_reader_init calls this first. Returns AMP_OK, or
 * AMP_ERR_ABI. */
static inline AMP_MUST_CHECK amp_status_t amp_abi_check(void)
{
    return amp_abi_compare(AMP_ABI);
}

/** Initializes a client, without using the network. `config` must stay in place while the client is used: see
 * amp_config_t. `work` belongs to the client until amp_close; `work_size` is in bytes. AMP_WORK_SIZE suits
 * every operation, AMP_WORK_MIN is the minimum. Call amp_close first for a client that is in use.
 *
 * Returns
 * - AMP_OK.
 * - AMP_ERR_CONFIG: amp_client_info()->field names the member. Reasons include a URL without a host, a port
 *   that is not secure, and a character that is not allowed in a header. Either `api_key` or `token` must be
 *   set, not both.
 * - AMP_ERR_MEMORY: `work` is too small; amp_client_info()->need has the required size.
 * - AMP_ERR_ARGUMENT: a pointer is NULL.
 * - AMP_ERR_ABI: the client was not modified. Do not pass it to any other function.
 *
 * After any other error every call with the client returns that error. */
static inline AMP_MUST_CHECK amp_status_t amp_init(amp_client_t *client, const amp_config_t *config,
                                                   void *work, size_t work_size)
{
    return amp_init_abi(client, config, work, work_size, AMP_ABI);
}

#ifdef __cplusplus
}
#endif
#endif
