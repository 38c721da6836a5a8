#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes the recording that the cost gate replays: record.py FOLDER. test/firmware/run.sh --record calls it.

FOLDER/page is the provisioning page (the authority, the time). FOLDER/heard has the bytes from the server.
"""
import pathlib
import re
import struct
import sys
import time

import board
import harness

LIST_SWITCHES = "huge=4"


def main():
    folder = pathlib.Path(sys.argv[1])
    sandbox = harness.Sandbox("--ciphers", "client")
    page = pathlib.Path(board.page(board.entries(
        sandbox, list_url=sandbox.url(LIST_SWITCHES), time=str(int(time.time())))))
    result = board.run("cortex-m3", "record", page)
    if result.status != 0:
        sys.exit(result.text + result.told)
    heard = b""
    for flight, data in re.findall(r"^heard (\d+) ([0-9a-f]+)$", result.text, re.MULTILINE):
        heard += struct.pack("<II", int(flight), len(data) // 2) + bytes.fromhex(data)
    folder.mkdir(exist_ok=True)
    (folder / "page").write_bytes(page.read_bytes())
    (folder / "heard").write_bytes(heard + struct.pack("<II", 0, 0))
    print(f"recorded {len(heard)} bytes")


main()
