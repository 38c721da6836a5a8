# SPDX-License-Identifier: MIT
"""Lists the branches and conditions of src/ that no test covers, each with its reason.

A row is: FILE FUNCTION KIND SOURCE TEXT OF THE CONDITION. KIND is `true` or `false` for an outcome that never
occurs, and `alone` for a condition that never independently decides its decision (MC/DC). floors.py fails
when a row is covered.
"""
import collections

REASONS = [
    ("amp_init and amp_request_start have checked the table and the size of the buffer", """
answer_body.c start_reading false status == AMP_OK
"""),
    ("an answer of this class is complete; the condition prevents that a truncated document settles the outcome of a change", """
unknown_outcome.c is_own_problem false amp__response_is_done(&client->response)
"""),
    ("the client has just ended its last request, so it can start another; an error must not be dropped", """
connect.c on_client_step false status == AMP_OK
"""),
    ("each element of an array occurs once, so it is never a duplicate; an error must not be dropped", """
containers.c amp__level_close true next < 0
"""),
    ("the automaton has checked each byte that jsmn reads; a difference must not be read as a value", """
jsmn_value.c tokenize true jsmn_parse(&parser, (const char *)*text, *len, &token, 1) != 1
jsmn_value.c take_token false tokenize(text, len) == 0
"""),
    ("a handshake has a session, and an anchor or a bundle; both are checked because mbedTLS owns the pointers", """
out_of_memory.c lacked_memory_for_signature false session != NULL
out_of_memory.c lacked_memory_for_signature true certificate->raw.p == NULL
"""),
    ("an RSA key is longer than its modulus; the length of mbedTLS is checked before the bytes are read", """
out_of_memory.c lacked_memory_for_signature false rsa_len <= certificate->pk_raw.len
"""),
    ("only a build without SHA-384, and the tests' certificates need it", """
out_of_memory.c amp__out_of_memory_for_digest false kind != NULL
"""),
    ("a constant", """
tls_failure.c is_split true MBEDTLS_VERSION_NUMBER < 0x03060300
tls_failure.c is_split false MBEDTLS_VERSION_NUMBER < 0x03060300
"""),
    ("only with config-small.h, over which test/mbedtls/run.sh runs the same tests: small records, slices, no clock", """
tls_failure.c amp__failure_explain true is_too_large(tls, result)
tls_port.c is_again true result == MBEDTLS_ERR_SSL_CRYPTO_IN_PROGRESS
tls_port.c shaken false now != AMP_TLS_NO_CLOCK
tls_port.c tls_open false now != AMP_TLS_NO_CLOCK
tls_session.c age_of true now == AMP_TLS_NO_CLOCK
"""),
    ("mbedTLS returns it only when recv returns 0, which the port of this library never does", """
tls_port.c broken true result == MBEDTLS_ERR_SSL_CONN_EOF
tls_port.c broken true result == MBEDTLS_ERR_SSL_CONN_EOF
"""),
    ("mbedTLS stores its flags before the callback of depth 0 ends; UINT32_MAX is its value for `not verified`", """
tls_port.c shake_failed false flags != UINT32_MAX
"""),
    ("mbedTLS returns an error for a text without a certificate; an empty list must not count as anchors", """
trust.c read_anchor false chain->raw.p != NULL
"""),
    ("mbedTLS uses a certificate as an issuer's only after it has parsed these extensions; unreadable ones are refused", """
verify.c is_authority true whole.at == NULL
verify.c is_authority true amp__der_take(&whole, AMP_DER_SEQUENCE, &in) != 0
verify.c is_authority false in.len > 0
verify.c is_authority false amp__der_extension(&in, &extension) == 0
verify.c is_authority false amp__der_is_id_ce(&extension.oid, ID_CE_BASIC_CONSTRAINTS)
verify.c is_authority false amp__der_take(&extension.value, AMP_DER_SEQUENCE, &in) == 0
"""),
]


def rows():
    """Returns how often each (file, function, kind, text) is listed."""
    return collections.Counter(tuple(row.split(" ", 3)) for _, text in REASONS for row in text.strip().split("\n"))
