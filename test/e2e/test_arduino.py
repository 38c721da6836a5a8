#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A device over Arduino's Client, with blocking sockets below."""
import os
import pathlib
import subprocess

import harness
from harness import PATIENCE, Sandbox, TestCase

ASK = pathlib.Path(os.environ.get("AMPERSAND_ARDUINO") or
                   harness.ROOT / "build" / "test" / "arduino" / "arduino_ask").resolve()
SANDBOX = Sandbox()


def ask(switches="", url=None, **changes):
    """Runs the sketch to its end. Returns all lines but the last, and the last one."""
    changes["AMP_URL"] = url or SANDBOX.url(switches, host="127.0.0.1")
    done = subprocess.run([ASK, SANDBOX.ca], stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE,
                          env=harness.environment(SANDBOX.environment(switches, **changes)), check=False)
    *lines, last = done.stdout.decode("utf-8").splitlines()
    return lines, last


class Arduino(TestCase):
    """The port of amp_arduino.h under TLS and the client."""

    def test_two_lists_over_one_connection(self):
        """Every record is read, also from an answer in small pieces."""
        known = sorted(record["id"] for record in SANDBOX.run("connection", "list").records)
        for switches in ("", "split=50,chunked=ext"):
            lines, last = ask(switches)
            self.assertEqual(last, "AMP_END 1")
            self.assertEqual(sorted(lines), sorted(known * 2))

    def test_a_connection_that_was_closed_is_replaced(self):
        """The server closes after each answer. The client detects this before it sends the second request."""
        lines, last = ask("one-request")
        self.assertEqual((last, len(lines) > 0), ("AMP_END 2", True))

    def test_an_answer_that_is_cut_off(self):
        """The end of the connection is an error, and not the end of a list."""
        _, last = ask("cut=400")
        self.assertRegex(last, r"^AMP_ERR_(ABORTED|CLOSED|TLS|TRUNCATED) ")

    def test_no_server_listens(self):
        """Nothing is sent."""
        self.assertEqual(ask(url="https://127.0.0.1:1/v1"), ([], "AMP_ERR_CONNECT 0"))

    def test_a_wrong_key(self):
        """The error of the service is reported."""
        self.assertEqual(ask(AMP_API_KEY="wrong"), ([], "AMP_ERR_UNAUTHORIZED 1"))


if __name__ == "__main__":
    harness.main()
