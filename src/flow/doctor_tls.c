/* SPDX-License-Identifier: MIT */
/* Describes TLS and failed requests for the doctor. These functions have a file of their own, so that the
 * copies of TLS's structs are on no other function's stack. */
#include "doctor_private.h"

void amp__doctor_tls(const amp_doctor_t *doctor, amp_pieces_t *pieces)
{
    amp_tls_stats_t stats;
    amp_tls_failure_t failure;
    if (doctor->tls == NULL) {
        return;
    }
    doctor->tls->stats(doctor->args->tls, &stats);
    doctor->tls->failure(doctor->args->tls, &failure);
    amp__pieces_add(pieces, stats.protocol);
    amp__pieces_add(pieces, " ");
    amp__pieces_add(pieces, stats.suite);
    if (stats.resumed) {
        amp__pieces_add(pieces, ", resumed");
    } else if (failure.issuer[0] != '\0') {
        amp__pieces_add(pieces, ", issued by ");
        amp__pieces_add_outside(pieces, failure.issuer);
    }
}

void amp__doctor_failure(const amp_doctor_t *doctor, amp_pieces_t *pieces)
{
    const amp_client_t *client = doctor->client;
    amp_tls_failure_t failure;
    if (doctor->tls != NULL) {
        doctor->tls->failure(doctor->args->tls, &failure);
    }
    amp__explain_result(pieces, &client->info, doctor->tls != NULL ? &failure : NULL);
    if (amp_client_problem(client) != NULL) {
        amp__pieces_add(pieces, ". ");
        (void)amp__explain_problem(pieces, amp_client_problem(client));
    }
}
