/* SPDX-License-Identifier: MIT */
/* One request and its answer as plain bytes, without I/O. The caller fetches the bytes to send and feeds the
 * bytes it received. The client does this over a port; tests do it without one. */
#ifndef AMP_SRC_EXCHANGE_H
#define AMP_SRC_EXCHANGE_H

#include "../base/wipe.h"
#include "endpoint.h"

/* While an answer is read, one of this many equal parts of the work buffer holds received bytes. The other
 * parts are the reader's window, which must hold the longest string of the answer. */
#define AMP_WORK_PARTS 4u

/* Zeroes the output of the operation. */
void amp__exchange_clear(amp_client_t *client);

/* Resets the state of the exchange, before the request is sent for the first time or again. */
void amp__exchange_begin(amp_client_t *client);

/* Writes the next stretch of the request into the work buffer. Returns as amp__tx_buf does, which calls it.
 */
amp_status_t amp__tx_write(amp_client_t *client);
/* Gets the next bytes to send: *out_len bytes, at least one, at *out_data in the work buffer. Repeated calls
 * return the same bytes until amp__tx_ack. Returns AMP_OK, or AMP_ERR_ARGUMENT with info.field if an argument
 * cannot be sent. Also returns AMP_ERR_ARGUMENT if the request has another length than when its first bytes
 * were sent, because the arguments changed. */
static inline amp_status_t amp__tx_buf(amp_client_t *client, const uint8_t **out_data, size_t *out_len)
{
    amp_status_t status = client->to == 0 ? amp__tx_write(client) : AMP_OK;
    *out_data = client->work + client->from;
    *out_len = client->to - client->from;
    return status;
}

/* Writes the request once and discards it, to find an invalid argument before a connection is opened or used.
 * Returns AMP_OK, or AMP_ERR_ARGUMENT with info.field. */
amp_status_t amp__tx_check(amp_client_t *client);

/* Records that the first `len` bytes of amp__tx_buf were sent. Returns 1 if the whole request was sent. */
int amp__tx_ack(amp_client_t *client, size_t len);

/* Parses received bytes and stops after each record. *out_used is the number of bytes that were parsed.
 * Returns AMP_PENDING (all bytes were parsed), AMP_ITEM, AMP_END, or an error. */
amp_status_t amp__rx_feed(amp_client_t *client, const uint8_t *data, size_t len, size_t *out_used);

/* Handles the end of the connection. `clean` is 1 if the peer closed it properly. Returns AMP_ITEM or AMP_END
 * if the end of the connection completes the answer, otherwise an error. */
amp_status_t amp__rx_end(amp_client_t *client, int clean);

#endif
