# SPDX-License-Identifier: MIT
"""Runs the client with standard output on a terminal."""
import fcntl
import os
import pty
import struct
import termios
import unittest

import harness


def run(*arguments, changes=None, columns=80):
    """Returns the client's output on a terminal with this number of columns."""
    try:
        master, slave = pty.openpty()
    except OSError as error:
        raise unittest.SkipTest(f"no pseudo-terminal to show it on: {error}") from error
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    process = harness.start(*arguments, changes=changes, stdout=slave)
    os.close(slave)
    shown = b""
    try:
        while piece := os.read(master, 65536):
            shown += piece
    except OSError:
        pass  # Linux reports the end of a terminal as an error.
    os.close(master)
    result = harness.end(process)
    process.secrets.check(shown)
    return harness.Result(result.status, shown, result.err)
