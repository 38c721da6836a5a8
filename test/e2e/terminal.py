# SPDX-License-Identifier: MIT
"""Runs the client with one of its outputs on a terminal."""
import fcntl
import os
import pty
import struct
import termios
import unittest

import harness


def _show(stream, arguments, changes, columns):
    """Runs with this stream, "stdout" or "stderr", on a terminal. Returns the terminal's output, and the result."""
    try:
        master, slave = pty.openpty()
    except OSError as error:
        raise unittest.SkipTest(f"no pseudo-terminal to show it on: {error}") from error
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    process = harness.start(*arguments, changes=changes, **{stream: slave})
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
    return shown, result


def run(*arguments, changes=None, columns=80):
    """Returns the client's output on a terminal with this number of columns."""
    shown, result = _show("stdout", arguments, changes, columns)
    return harness.Result(result.status, shown, result.err)


def run_error(*arguments, changes=None, columns=80):
    """Returns the result with standard error on a terminal. The standard output must be short."""
    shown, result = _show("stderr", arguments, changes, columns)
    return harness.Result(result.status, result.out, shown)
