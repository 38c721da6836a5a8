# SPDX-License-Identifier: MIT
"""Tests --token-command: when the client runs it, how the client uses its output, and how it reports a failure."""
import json

import harness
from harness import generate_arguments, unique, write_file

BOX = harness.Sandbox()
SECRET_FILE = write_file({"apiKey": "S3CRET-key"})
LIST = ("connection", "list", "--group", "group-alpha")


def number():
    """Returns a different number for each call."""
    return int(unique().rpartition("-")[2])


class Token(harness.TestCase):
    """Tests of --token-command."""

    def setUp(self):
        self.runs = write_file(b"")
        self.number = number()

    def command(self, what="echo e30.e$(wc -l < {}).c2ln"):
        """Returns a command that records each of its runs."""
        return f"echo run >>{self.runs}; " + what.format(self.runs)

    def count(self):
        """Returns how often the command was run."""
        with open(self.runs, encoding="ascii") as file:
            return len(file.readlines())

    def ask(self, arguments, switches="", command=None, **changes):
        """Runs the client with the command as the credential."""
        return BOX.run("--token-command", command or self.command(), *arguments, switches=switches,
                       AMP_API_KEY=None, **changes)

    def test_once_when_it_is_accepted(self):
        self.check_done(self.ask(LIST))
        self.assertEqual(self.count(), 1)

    def test_once_more_when_it_is_not(self):
        for arguments in (LIST, generate_arguments(SECRET_FILE)):
            self.setUp()
            switches = f"expire-tokens=1,split={self.number}"
            self.assertEqual(len(self.check_done(self.ask(arguments, switches))), 1)
            self.assertEqual(self.count(), 2)
            sent = [value for entry in BOX.log(switches) for name, value in entry["headers"]
                    if name.lower() in ("authorization", "x-api-key")]
            self.assertEqual(sent, ["Bearer e30.e1.c2ln", "Bearer e30.e2.c2ln"])

    def test_not_a_third_time(self):
        for arguments in (LIST, generate_arguments(SECRET_FILE)):
            self.setUp()
            switches = f"expire-tokens=9,split={self.number}"
            self.check_failed(self.ask(arguments, switches), 3, "AMP_ERR_UNAUTHORIZED")
            self.assertEqual((self.count(), len(BOX.log(switches))), (2, 2))

    def test_only_after_401(self):
        for status in (400, 403, 500):
            self.setUp()
            self.check_failed(self.ask(LIST, f"status={status}"), 3)
            self.assertEqual(self.count(), 1)

    def test_api_key_is_not_sent_twice(self):
        switches = f"status=401,split={self.number}"
        self.check_failed(BOX.run(*LIST, switches=switches), 3, "AMP_ERR_UNAUTHORIZED")
        self.assertEqual(len(BOX.log(switches)), 1)

    def test_command_that_fails(self):
        before = len(BOX.log())
        for what in ("exit 1", "echo S3CRET; exit 3", "true", "echo", "echo two words", "printf 'a\\nb\\n'",
                     "printf 'a\\001b'", "printf '\\303\\244'", "kill -9 $$", "./not-there", "head -c 9000 /dev/zero",
                     "head -c 9000 /dev/zero | tr '\\0' x", "cat"):
            with self.subTest(what):
                result = self.ask(LIST, command=what)
                self.check_failed_once(result)
        self.assertEqual(len(BOX.log()), before)

    def check_failed_once(self, result):
        """Exit 2, and no text from the command's standard output is shown."""
        lines = result.told.splitlines()
        told = "".join(line + "\n" for line in lines if line.startswith("ampersand:"))
        self.check_failed(harness.Result(result.status, result.out, told.encode()), 2, "AMP_ERR_TOKEN")
        self.assertNotIn("S3CRET", result.told + result.text)

    def test_command_that_fails_the_second_time(self):
        switches = f"expire-tokens=1,split={self.number}"
        command = self.command("test $(wc -l < {}) = 1 && echo e30.e30.c2ln")
        result = self.ask(generate_arguments(SECRET_FILE), switches, command)
        self.check_failed_once(result)
        self.assertEqual((self.count(), len(BOX.log(switches))), (2, 1))

    def test_command_that_does_not_end(self):
        for what in ("sleep 60", "echo e30.e30.c2ln; sleep 60", "echo e30.e30.c2ln; exec >&-; sleep 60"):
            result = BOX.run("--deadline", "0.3", "--token-command", what, *LIST, AMP_API_KEY=None)
            self.check_failed(result, 4, "AMP_ERR_DEADLINE")

    def test_command_does_not_see_the_input(self):
        result = BOX.run("--token-command", "cat; echo e30.e30.c2ln", *generate_arguments("-"),
                         stdin=json.dumps({"apiKey": "k"}).encode(), AMP_API_KEY=None)
        self.check_done(result)


if __name__ == "__main__":
    harness.main()
