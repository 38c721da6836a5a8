/* SPDX-License-Identifier: MIT */
/** @file
 * A device in one struct: socket, TLS, work buffer, client, and a record. For Linux, macOS, Windows, ESP-IDF,
 * Zephyr, and Arduino on an ESP32; on other platforms amp_device.c is empty.
 *
 *     static amp_device_t device;
 *     const amp_device_config_t config = {.project = "my-project", .api_key = key, .ca_file = "roots.pem"};
 *     amp_status_t status = amp_device_open(&device, &config);
 *     ... any operation with &device.client ...
 *     amp_device_close(&device);
 *
 * Several devices may be open at the same time: one for each request that runs beside others. docs/recipes.md
 * has an event loop of two. A program that needs more (pins, an arena, another work buffer) uses the parts:
 * amp_posix.h or amp_windows.h, tls.h and client.h. amp_device.c shows how they fit together. */
#ifndef AMP_DEVICE_H
#define AMP_DEVICE_H

#if defined(_WIN32)
#include "amp_windows.h"
#else
#include "amp_posix.h"
#endif

#include "ampersand/ampersand.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The system's trust anchors, used where the configuration has none. Read when amp_device.c is compiled.
 * Boards and Windows have no such file. */
#if !defined(AMP_DEVICE_CA_FILE) && !defined(ESP_PLATFORM) && !defined(__ZEPHYR__)
#if defined(__APPLE__)
#define AMP_DEVICE_CA_FILE "/etc/ssl/cert.pem"
#elif defined(__unix__)
#define AMP_DEVICE_CA_FILE "/etc/ssl/certs/ca-certificates.crt"
#endif
#endif

/** The socket of a device: the state of the platform's port. */
#if defined(_WIN32)
typedef amp_windows_t amp_device_socket_t;
#else
typedef amp_posix_t amp_device_socket_t;
#endif

/** The configuration. Zeroed members select the default, and so do empty strings. Strings are NUL-terminated
 * and are not copied: they, `anchors` of kind AMP_ANCHOR_DER, and `under` must stay in place until
 * amp_device_close. The struct itself need not. */
typedef struct {
    const char *project;         /**< projectIdOrName; required by every operation on a project. */
    const char *api_key;         /**< Set either this or `token`. */
    amp_token_fn token;          /**< Supplies a JWT: see client.h. */
    void *token_ctx;             /**< First argument of `token`. */
    const char *url;             /**< https://HOST[:PORT][/PREFIX]. Default: the service, amp_base_url. */
    const char *ca_file;         /**< Path of a PEM file. Set at most one of ca_file, ca_pem and anchors. */
    const char *ca_pem;          /**< The certificates as PEM text. */
    const amp_anchor_t *anchors; /**< Several anchors, or certificates in DER. */
    size_t anchor_count;         /**< Number of anchors. */
    amp_bundle_fn bundle;        /**< The platform's trust, such as esp_crt_bundle_attach. */
    uint32_t bundle_version;     /**< See amp_tls_config_t. */
    amp_clock_fn clock; /**< Default: the system's clock. A clock before AMP_BUILD_TIME is AMP_ERR_CLOCK. */
    void *clock_ctx;    /**< First argument of `clock`. */
    const amp_port_t *under;        /**< Another port than sockets, such as a modem. Default: sockets. */
    uint32_t timeout_ms;            /**< See amp_config_t. */
    const volatile uint8_t *cancel; /**< See amp_config_t. */
} amp_device_config_t;

/** A device. Use static memory, or memory of zeros before the first amp_device_open. It must stay in place
 * until amp_device_idle returns 1.
 *
 * Ampersand's operations take &device.client. Functions of tls.h take &device.tls: amp_tls_failure,
 * amp_tls_stats, and amp_tls_import and amp_tls_export for sessions. */
typedef struct {
    amp_client_t client;         /**< The client. */
    amp_connection_t connection; /**< A record for answers; the device does not use it. */
    amp_problem_t problem;       /**< Read it through amp_client_problem. */
    amp_port_t tls;              /**< The TLS port. */
    amp_port_t tcp;              /**< private */
    amp_config_t config;         /**< private, except timeout_ms */
    amp_url_t url;               /**< private */
    /** For amp_posix_fd(&device.socket) or amp_windows_socket() in an event loop; unused with `under`. */
    amp_device_socket_t socket;
    amp_tls_storage_t storage;   /**< private */
    uint8_t work[AMP_WORK_SIZE]; /**< private */
    uint8_t has_socket;          /**< private; 1: `socket` is initialized */
} amp_device_t;

/** A hash of all sizes: see abi.h. */
#define AMP_DEVICE_ABI AMP_ABI_ADD_(AMP_ABI_ADD_(AMP_ABI, sizeof(amp_device_t)), sizeof(amp_device_config_t))

/** Implements amp_device_open, which passes AMP_DEVICE_ABI. Call amp_device_open instead. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_device_open_abi(amp_device_t *device,
                                                           const amp_device_config_t *config, uint32_t abi);

/** Sets up socket, TLS and client. Nothing is sent: the first operation connects. A device that is open is
 * closed first.
 *
 * Returns
 * - AMP_OK.
 * - AMP_ERR_CONFIG: amp_client_info(&device->client)->field names the member: see amp_init. "base_url" is
 *   `url`.
 * - AMP_ERR_TRUST: no trust anchor could be read, or there is none and the platform has no file of them.
 * - AMP_ERR_ARGUMENT: a pointer is NULL, or more than one of ca_file, ca_pem and anchors is set.
 * - AMP_ERR_MEMORY, AMP_ERR_RANDOM: see amp_tls_init.
 * - AMP_ERR_ABI: the device was not modified: see abi.h.
 *
 * After an error the device is closed, and every operation with its client returns an error. amp_explain
 * explains the error. */
static inline AMP_MUST_CHECK amp_status_t amp_device_open(amp_device_t *device,
                                                          const amp_device_config_t *config)
{
    return amp_device_open_abi(device, config, AMP_DEVICE_ABI);
}

/** Closes the connection, frees mbedTLS's memory, and wipes client, TLS storage and work buffer. The record
 * and the problem document stay, as they hold no secret. Calling this twice, or on a device that was never
 * opened, is allowed. Do not call it in a token callback. */
AMP_PUBLIC void amp_device_close(amp_device_t *device);

/** Returns 1 when the memory of a closed device may be reused. 0: the thread of a look-up that was cancelled
 * still uses it, for as long as the system's resolver takes. Static memory need not be checked, and a device
 * may be opened again at any time. */
AMP_PUBLIC int amp_device_idle(amp_device_t *device);

#ifdef __cplusplus
}
#endif
#endif
