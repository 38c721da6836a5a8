# SPDX-License-Identifier: MIT
"""Runs the client with standard output on a terminal."""
import os
import pty
import unittest

import harness


def run(*arguments, changes=None):
    """What the client leaves behind, shown on a terminal."""
    try:
        master, slave = pty.openpty()
    except OSError as error:
        raise unittest.SkipTest(f"no pseudo-terminal to show it on: {error}") from error
    process = harness.start(*arguments, changes=changes, stdout=slave)
    os.close(slave)
    shown = b""
    try:
        while piece := os.read(master, 65536):
            shown += piece
    except OSError:
        pass  # Linux tells the end of a terminal by an error.
    os.close(master)
    result = harness.end(process)
    process.secrets.check(shown)
    return harness.Result(result.status, shown, result.err)
