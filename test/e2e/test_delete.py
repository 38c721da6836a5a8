# SPDX-License-Identifier: MIT
"""Deletions: the question on a terminal, and the output afterwards."""
import os
import pty
import unittest

import harness
from harness import generate_arguments, unique, write_file

BOX = harness.Sandbox()
SECRET_FILE = write_file({"apiKey": "S3CRET-key"})


def made():
    """Makes a connection. Returns its id."""
    (record,) = BOX.run(*generate_arguments(SECRET_FILE, unique("group"))).records
    return record["id"]


def answered(answer, *arguments, asks_on="stderr"):
    """Runs with standard input and this stream on a terminal, which answers the question with this text.
    Returns the result."""
    try:
        master, slave = pty.openpty()
    except OSError as error:
        raise unittest.SkipTest(f"no pseudo-terminal to ask on: {error}") from error
    process = harness.start(*arguments, changes=BOX.environment(), stdin=slave, **{asks_on: slave})
    os.close(slave)
    told, is_asked = b"", False
    try:
        while piece := os.read(master, 65536):
            told += piece
            if not is_asked and told.endswith(b"[y/N] "):
                is_asked = True
                os.write(master, answer)
    except OSError:
        pass  # Linux reports the end of a terminal as an error.
    os.close(master)
    pipe = process.stdout or process.stderr
    out = pipe.read()
    pipe.close()
    status = process.wait(harness.PATIENCE)
    process.secrets.check(out, told)
    return harness.Result(status, out, told)


class Delete(harness.TestCase):
    """Tests of connection delete. installation delete asks in the same way."""

    def is_there(self, identifier):
        """Returns 1 when the connection can be read."""
        return BOX.run("connection", "get", identifier).status == 0

    def test_yes(self):
        for answer in (b"y\n", b"Y\n", b"yes\n", b" \x7fyes \n"):
            identifier = made()
            result = answered(answer, "connection", "delete", identifier)
            self.assertEqual((result.status, result.text), (0, f"deleted {identifier}\n"), answer)
            self.assertIn(f"are deleted too.\r\nDelete connection {identifier}? [y/N] ", result.told)
            self.assertFalse(self.is_there(identifier))

    def test_no(self):
        identifier = made()
        for answer in (b"\n", b"n\n", b"no\n", b"yess\n", b"ye\n", b"\x04", b"yes, but\n"):
            before = len(BOX.log())
            result = answered(answer, "connection", "delete", identifier)
            self.assertEqual((result.status, result.out), (130, b""), answer)
            self.assertIn("nothing was deleted", result.told)
            self.assertEqual(len(BOX.log()), before)
        self.assertTrue(self.is_there(identifier))

    def test_standard_error_is_no_terminal(self):
        """The question is on standard output then, which `told` contains."""
        identifier = made()
        result = answered(b"n\n", "connection", "delete", identifier, asks_on="stdout")
        self.assertEqual(result.status, 130, result)
        self.assertIn(f"Delete connection {identifier}? [y/N] ", result.told)
        self.assertTrue(self.is_there(identifier))

    def test_no_answer(self):
        identifier = made()
        result = answered(b"", "--deadline=0.2", "connection", "delete", identifier)
        self.assertEqual(result.status, 4, result)
        self.assertTrue(self.is_there(identifier))

    def test_without_a_question(self):
        for options in (("--yes",), ("--yes", "--yes")):
            identifier = made()
            result = answered(b"n\n", "connection", "delete", identifier, *options)
            self.assertEqual((result.status, result.text), (0, f"deleted {identifier}\n"))
            self.assertNotIn("?", result.told)

    def test_an_installation(self):
        result = answered(b"n\n", "installation", "delete", "i", "an-id")
        self.assertEqual((result.status, result.out), (130, b""))
        self.assertIn("Delete installation an-id? [y/N] ", result.told)

    def test_in_json(self):
        identifier = made()
        self.assertEqual(self.check_done(BOX.run("connection", "delete", identifier)), [{"deleted": identifier}])

    def test_failures_are_not_deletions(self):
        result = BOX.run("connection", "delete", "nobody", "--yes")
        self.check_failed(result, 3, "AMP_ERR_NOT_FOUND")
        self.assertEqual(result.records, [])


if __name__ == "__main__":
    harness.main()
