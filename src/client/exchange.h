/* SPDX-License-Identifier: MIT */
/* One request and its answer in plain bytes, with no I/O: what is to be sent is fetched from
 * here, what was received is fed to here. The client drives it over a port; so can a test. */
#ifndef AMP_SRC_EXCHANGE_H
#define AMP_SRC_EXCHANGE_H

#include "../base/wipe.h"
#include "endpoint.h"

/* The work buffer while an answer is read: one part for received bytes, the rest is the reader's
 * window, which has to hold the longest text whole. */
#define AMP_WORK_PARTS 4u

/* Zeroes what the answer goes to. */
void amp__exchange_clear(amp_client_t *client);

/* Begins the client's operation anew: also to send the same request a second time. */
void amp__exchange_begin(amp_client_t *client);

/* *out_data: bytes to be sent, *out_len of them, at least one. The same until amp__tx_ack.
 * AMP_OK, or AMP_ERR_ARGUMENT: the request cannot be sent, see info.field, or has another length than when
 * its first bytes were given out. */
amp_status_t amp__tx_buf(amp_client_t *client, const uint8_t **out_data, size_t *out_len);
/* Writes the request once and discards it: an argument that cannot be sent is found before a connection is
 * opened or used for it. AMP_OK or AMP_ERR_ARGUMENT, as amp__tx_buf. */
amp_status_t amp__tx_check(amp_client_t *client);
/* The first `len` of them were sent. 1 when these were the request's last, else 0. */
int amp__tx_ack(amp_client_t *client, size_t len);

/* Takes received bytes, stops at each record. *out_used: how many were taken.
 * AMP_PENDING: all were taken. AMP_ITEM, AMP_END, or an error of the answer. */
amp_status_t amp__rx_feed(amp_client_t *client, const uint8_t *data, size_t len, size_t *out_used);

/* The answer so far settles what came of a request that changes something and that ends with `status`, an
 * error: 1 when it was refused, or when the whole answer is there; 0 when it may have taken effect. */
int amp__is_settled(const amp_client_t *client, amp_status_t status);

/* The connection ended, in order (`clean`) or not. AMP_ITEM or AMP_END when that is how the
 * answer ends, else an error. */
amp_status_t amp__rx_end(amp_client_t *client, int clean);

#endif
