#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks that the examples do what their READMEs say."""
import os
import pathlib
import re
import subprocess

import harness
from harness import FOLDER, PATIENCE, Sandbox, TestCase

EXAMPLES = pathlib.Path(os.environ.get("AMPERSAND_EXAMPLES") or harness.ROOT / "build" / "examples").resolve()
SANDBOX = Sandbox()


def run_example(name, *arguments, switches="", **changes):
    """Runs an example to its end against the sandbox."""
    done = subprocess.run([EXAMPLES / name, *arguments], stdin=subprocess.DEVNULL, capture_output=True,
                          timeout=PATIENCE, env=harness.environment(SANDBOX.environment(switches, **changes)),
                          cwd=FOLDER, check=False)
    return harness.Result(done.returncode, done.stdout, done.stderr)


class Superloop(TestCase):
    """One loop with two clients blinks once per step."""

    def counts(self, result):
        """Returns the numbers of the last line."""
        numbers = re.search(r"^(\d+) blinks, (\d+) and (\d+) steps, at most (\d+) between two blinks, "
                            r"(\d+) passes with both busy$", result.text, re.MULTILINE)
        self.assertIsNotNone(numbers, result)
        return [int(number) for number in numbers.groups()]

    def test_it_blinks_between_any_two_steps(self):
        """The light blinks once per step while both clients wait for a slow answer."""
        switches = "delay=200,delay-body=200,split=100"
        result = run_example("superloop", "group-alpha", "group-beta", switches=switches)
        self.assertEqual((result.status, result.err), (0, b""), result)
        blinks, first, second, longest, together = self.counts(result)
        self.assertEqual(longest, 1)
        self.assertGreaterEqual(blinks, first + second)
        self.assertGreater(min(first, second), 100)
        # Neither request waited for the other: both were in progress until the shorter one ended.
        self.assertEqual(together, min(first, second))
        self.assertEqual(sorted(result.text.splitlines()[:2]),
                         ["group-alpha: salesforce is working", "group-beta: hubspot is bad_credentials"])
        self.assertEqual(len({entry["connection"] for entry in SANDBOX.log(switches)}), 2)

    def test_one_that_fails_does_not_stop_the_other(self):
        """The first request gets no answer, and the second gets its own."""
        switches = "drop-once=superloop"
        result = run_example("superloop", "group-gamma", "group-gamma", switches=switches)
        self.assertEqual((result.status, result.err), (1, b""), result)
        self.assertEqual(self.counts(result)[3], 1)
        self.assertEqual(sorted(line.split(":")[0] for line in result.text.splitlines()[:2]),
                         ["failed", "group-gamma"])

    def test_it_says_how_it_is_used(self):
        """This also holds when no client can be created."""
        self.assertEqual(run_example("superloop").status, 2)
        result = run_example("superloop", "a", "b", AMP_API_KEY="")
        self.assertEqual((result.status, result.out), (2, b""))
        self.assertIn("configuration", result.told)


class EventLoop(TestCase):
    """poll() over two clients and a timer: a client is stepped only for an event or when its timeout has passed."""

    @classmethod
    def setUpClass(cls):
        cls.ids = [record["id"] for record in SANDBOX.run("connection", "list").records[:2]]

    def run_loop(self, least, most, switches="", **changes):
        """Both connections are read with this number of steps of both clients. Returns the ticks of the timer."""
        result = run_example("event-loop", *self.ids, switches=switches, **changes)
        self.assertEqual((result.status, result.err), (0, b""), result)
        *lines, last = result.text.splitlines()
        self.assertEqual(sorted(line.split(" is ")[0] for line in lines), sorted(self.ids))
        numbers = re.fullmatch(r"(\d+) and (\d+) steps, (\d+) ticks", last)
        self.assertIsNotNone(numbers, result)
        first, second, ticks = (int(number) for number in numbers.groups())
        self.assertTrue(least <= first + second < most, result)
        return ticks

    def test_steps_of_two_requests(self):
        """Name, connection, TLS, request and answer take fewer than 100 steps. A step for each iteration of
        the loop would take more."""
        self.run_loop(20, 100)
        self.run_loop(20, 100, AMP_URL=SANDBOX.environment()["AMP_URL"].replace("127.0.0.1", "localhost"))

    def test_waiting_costs_no_step(self):
        """An answer that takes a second costs timer ticks, and only a few more steps."""
        self.assertGreaterEqual(self.run_loop(20, 100, "delay=500,delay-body=500"), 9)

    def test_no_event_is_missed(self):
        """An answer in single bytes, or in one TLS record that is read in many pieces, is read completely."""
        self.run_loop(500, 8000, "split=1")
        self.run_loop(20, 200, "chunked=ext,split=100")

    def test_a_deadline_ends_it(self):
        """Without an event the request ends at the deadline, here while it resolves a name that no server
        answers."""
        result = run_example("event-loop", *self.ids, AMP_URL="https://nobody.invalid/v1")
        self.assertEqual((result.status, result.text.count("failed: The host name")), (1, 2), result)


class OwnEndpoint(TestCase):
    """Tests of an application's own table."""

    def test_it_reads_an_unknown_endpoint(self):
        """Every member that the table names is printed for every record."""
        for switches in ("", "chunked=ext,split=7"):
            result = run_example("own-endpoint", switches=switches)
            self.assertEqual((result.status, result.err), (0, b""), result)
            lines = result.text.splitlines()
            self.assertEqual(len(lines), 2, result)
            self.assertRegex(lines[0], r"\Aread-accounts \(Accounts & contacts\) for salesforce, revision "
                                       r"[0-9a-f-]{36}, changed 20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z\Z")
            self.assertRegex(lines[1], r"\Awrite-leads \(no title\) for hubspot, revision [0-9a-f-]{36}, "
                                       r"changed never\Z")

    def test_an_answer_of_another_shape_is_an_error_with_the_path(self):
        """A required member of the table must be present."""
        name = SANDBOX.fixture(b'[{"id":"a","name":"b","provider":"c","latestRevision":{}}]')
        result = run_example("own-endpoint", switches=f"body={name}")
        self.assertEqual((result.status, result.out), (1, b""), result)
        self.assertIn(": latestRevision.id (AMP_ERR_MISSING", result.told)


if __name__ == "__main__":
    harness.main()
