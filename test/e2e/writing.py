# SPDX-License-Identifier: MIT
"""Writes requests with the library only, without the command line client: see request_writer.c."""
import os
import pathlib
import struct
import subprocess

import harness

FIELD_COUNT = 8
_WRITER = os.environ.get("AMPERSAND_WRITER") or pathlib.Path(harness.CLIENT).parent / "test" / "request_writer"


def _read_results(data):
    pieces, at = [], 0
    while at < len(data):
        (size,) = struct.unpack_from("<I", data, at)
        pieces.append(data[at + 4:at + 4 + size])
        at += 4 + size
    return list(zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True))


def write_requests(cases):
    """Writes a request for each (operation, fields). Returns (name of the status, field, request) of each, as
    bytes."""
    sent = b"".join(operation.encode() + b"".join(struct.pack("<I", len(field)) + field for field in fields)
                    for operation, fields in cases)
    done = subprocess.run([_WRITER], input=sent, capture_output=True, timeout=120, check=True,
                          env=harness.environment())
    results = _read_results(done.stdout)
    assert len(results) == len(cases)
    return results
