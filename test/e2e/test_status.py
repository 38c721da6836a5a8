# SPDX-License-Identifier: MIT
"""Tests connection status and connection wait: the verdict, and its exit status."""
import json
import re
import signal
import time

import answers
import harness
from harness import generate_arguments, unique, write_file

BOX = harness.Sandbox()
GOOD_FILE = write_file({"apiKey": "made-of-this"})
BAD_FILE = write_file({"apiKey": "bad-secret-of-this"})
CONNECTIONS = f"/v1/projects/{BOX.project}/connections"


def status(provider, group, *more, **options):
    """Runs connection status with --json."""
    return BOX.run("connection", "status", "--provider", provider, "--group", group, *more, **options)


def generated(secret_file=GOOD_FILE, **tenant):
    """Makes a connection. Returns its id and its group."""
    group = unique("group")
    (record,) = BOX.run(*generate_arguments(secret_file, group, **tenant)).records
    return record["id"], group


class StatusTest(harness.TestCase):
    """Checks of a verdict."""

    def check_verdict(self, result, exit_status, verdict, remedy, word=None):
        """Checks that the run printed this verdict once. Returns its members."""
        self.assertEqual(result.status, exit_status, result)
        (told,) = result.records
        self.assertEqual((told["verdict"], told["remedy"], told.get("word")), (verdict, remedy, word), result)
        self.assertGreaterEqual(told["lookAgainIn"], 0)
        self.assertGreater(len(told["why"]), 5)
        if exit_status in (0, 1):
            self.assertEqual(result.err, b"")
        return told


class Status(StatusTest):
    """Tests of connection status."""

    def test_healthy(self):
        before = len(BOX.log())
        told = self.check_verdict(status("salesforce", "group-alpha"), 0, "OK", "NONE", "working")
        self.assertEqual((told["matching"], told["connection"]["group"]["groupRef"]), (1, "group-alpha"))
        self.assertTrue(1800 <= told["lookAgainIn"] <= 5400)
        (request,) = BOX.log()[before:]
        self.assertEqual((request["method"], request["target"]),
                         ("GET", f"{CONNECTIONS}?provider=salesforce&groupRef=group-alpha"))

    def test_created_is_healthy(self):
        identifier, group = generated()
        told = self.check_verdict(status("stripe", group), 0, "OK", "NONE", "created")
        self.assertEqual(told["connection"]["id"], identifier)

    def test_oauth_connection_with_bad_credentials(self):
        told = self.check_verdict(status("hubspot", "group-beta"), 1, "REAUTHORIZE", "OAUTH_UPDATE",
                                  "bad_credentials")
        self.assertTrue(150 <= told["lookAgainIn"] <= 450)

    def test_other_connection_with_bad_credentials(self):
        _, group = generated(BAD_FILE)
        self.check_verdict(status("stripe", group), 0, "OK", "NONE", "created")
        self.check_verdict(status("stripe", group), 1, "REAUTHORIZE", "UPDATE_CONNECTION", "bad_credentials")

    def test_none(self):
        told = self.check_verdict(status("stripe", unique("group")), 1, "NOT_FOUND", "CONNECT")
        self.assertEqual(told["matching"], 0)
        self.assertNotIn("connection", told)

    def test_right_tenant(self):
        _, group = generated(consumer="ada")
        self.check_verdict(status("stripe", group, "--consumer", "ada"), 0, "OK", "NONE", "created")
        self.check_verdict(status("stripe", group, "--consumer", "bob"), 1, "NOT_FOUND", "CONNECT")
        self.check_verdict(status("hubspot", group), 1, "NOT_FOUND", "CONNECT")

    def test_the_healthy_one_of_several(self):
        identifier, group = generated()
        for _ in range(2):
            self.check_done(BOX.run(*generate_arguments(BAD_FILE, group)))
        self.check_done(BOX.run("connection", "list", "--group", group))
        told = self.check_verdict(status("stripe", group), 0, "OK", "NONE", "working")
        self.assertEqual((told["matching"], told["connection"]["id"]), (3, identifier))

    def test_odd_names(self):
        for name in ("a&b=c", "ü€\U0001f680", 'q"\\/', "50%", "#?+ x"):
            with self.subTest(name):
                (record,) = BOX.run(*generate_arguments(GOOD_FILE, name, consumer=name)).records
                told = self.check_verdict(status("stripe", name, "--consumer", name), 0, "OK", "NONE", "created")
                self.assertEqual(told["connection"]["id"], record["id"])

    def test_anothers_connection(self):
        for field, change in (("provider", {"provider": "hubspot"}),
                              ("group.groupRef", {"group": {"groupRef": "other", "groupName": "O"}}),
                              ("consumer.consumerRef", {"consumer": {"consumerRef": "o", "consumerName": "O"}})):
            with self.subTest(field):
                right = dict(answers.RECORD, provider="stripe", group={"groupRef": "g", "groupName": "G"},
                                           consumer={"consumerRef": "c", "consumerName": "C"})
                name = BOX.fixture(json.dumps([right, {**right, **change}, right]).encode())
                result = status("stripe", "g", "--consumer", "c", switches=f"body={name}")
                self.assertEqual(self.check_failed(result, 5, "AMP_ERR_MISMATCH")["field"], field)
                self.assertNotIn(": see ", result.records[0]["why"])
                told = self.check_verdict(result, 5, "UNKNOWN", "REPORT")
                self.assertFalse({"matching", "connection"} & set(told))

    def test_status_of_tomorrow(self):
        body = dict(answers.RECORD, provider="stripe", group={"groupRef": "g", "groupName": "G"}, status="paused")
        name = BOX.fixture(json.dumps([body]).encode())
        self.check_verdict(status("stripe", "g", switches=f"body={name}"), 1, "UNKNOWN", "NONE", "paused")

    def test_errors_are_never_no_connection(self):
        for switches, exit_status, code, verdict, remedy in (
                ("status=401", 3, "AMP_ERR_UNAUTHORIZED", "KEY_REJECTED", "REPLACE_KEY"),
                ("status=403", 3, "AMP_ERR_FORBIDDEN", "KEY_REJECTED", "ALLOW_KEY"),
                ("status=404", 3, "AMP_ERR_NOT_FOUND", "NOT_FOUND", "CHECK_REQUEST"),
                ("status=503", 3, "AMP_ERR_SERVICE", "RETRY_AT", "WAIT"),
                ("drop", 4, "AMP_ERR_ABORTED", "NETWORK", "CHECK_NETWORK"),
                ("html", 5, "AMP_ERR_NOT_API", "NETWORK", "CHECK_NETWORK"),
                ("redirect=https://else.example/", 5, "AMP_ERR_REDIRECT", "NETWORK", "CHECK_NETWORK"),
                ("cut=400", 4, "AMP_ERR_ABORTED", "NETWORK", "CHECK_NETWORK")):
            with self.subTest(switches):
                result = status("salesforce", "group-alpha", switches=switches)
                self.check_failed(result, exit_status, code)
                told = self.check_verdict(result, exit_status, verdict, remedy)
                self.assertFalse({"matching", "connection"} & set(told))

    def test_wrong_key(self):
        result = status("salesforce", "group-alpha", AMP_API_KEY="another-key")
        self.check_verdict(result, 3, "KEY_REJECTED", "REPLACE_KEY")

    def test_retry_after(self):
        told = self.check_verdict(status("a", "b", switches="status=429,retry-after=77"), 3, "RETRY_AT", "WAIT")
        self.assertTrue(77 <= told["lookAgainIn"] <= 154, told)

    def test_usage(self):
        for arguments in (("--provider", "stripe"), ("--group", "g"), ("--group", "g", "--provider", "p", "x")):
            result = BOX.run("connection", "status", *arguments)
            self.check_failed(result, 2, "AMP_ERR_ARGUMENT")
            self.assertEqual(result.records, [])

    def test_long_list(self):
        told = self.check_verdict(status("stripe", "g", switches="huge=3000"), 0, "OK", "NONE", "working")
        self.assertEqual(told["matching"], 3000)

    def test_for_people(self):
        changes = BOX.environment()
        result = harness.run("connection", "status", "--provider=hubspot", "--group=group-beta", changes=changes)
        self.assertEqual((result.status, result.err), (1, b""))
        self.assertRegex(result.text, re.compile(
            r"\AREAUTHORIZE  [^\n]+: bad_credentials\n  to do: [^\n]+: ampersand oauth update [0-9a-f-]{36}\n"
            r"  check again in: \d+ minutes?(?: \d+ seconds?)?\n  connection: [0-9a-f-]{36}\n\Z"))


class Wait(StatusTest):
    """Tests of connection wait."""

    @staticmethod
    def arguments(group, *more):
        """Returns a complete command."""
        return ["connection", "wait", "--provider=stripe", f"--group={group}", "--consumer=c", *more]

    def start(self, group, *more):
        """Starts the command, and waits until it has sent one request."""
        process = harness.start("--json", *self.arguments(group, *more), changes=BOX.environment())
        harness.until(lambda: any(group in entry["target"] for entry in BOX.log()), "the first look")
        return process

    def test_is_there(self):
        _, group = generated(consumer="c")
        result = BOX.run(*self.arguments(group))
        self.check_verdict(result, 0, "OK", "NONE", "created")

    def test_comes(self):
        group = unique("group")
        process = self.start(group)
        self.check_done(BOX.run(*generate_arguments(GOOD_FILE, group, consumer="c")))
        self.check_verdict(harness.end(process), 0, "OK", "NONE", "created")

    def test_fails(self):
        group = unique("group")
        self.check_done(BOX.run(*generate_arguments(BAD_FILE, group, consumer="c")))
        self.check_done(BOX.run("connection", "list", "--group", group))
        self.check_verdict(BOX.run(*self.arguments(group)), 1, "REAUTHORIZE", "UPDATE_CONNECTION",
                           "bad_credentials")

    def test_time_is_over(self):
        began = time.monotonic()
        self.check_verdict(BOX.run(*self.arguments(unique("group"), "--for", "0.3")), 1, "PENDING", "NONE")
        self.assertGreaterEqual(time.monotonic() - began, 0.3)

    def test_deadline(self):
        result = BOX.run("--deadline", "0.5", *self.arguments(unique("group"), "--for=60"))
        self.check_failed(result, 4, "AMP_ERR_DEADLINE")

    def test_error_ends_it(self):
        for switches, exit_status, verdict in (("status=401", 3, "KEY_REJECTED"), ("status=404", 3, "NOT_FOUND"),
                                               ("drop", 4, "NETWORK"), ("status=503", 3, "RETRY_AT")):
            with self.subTest(switches):
                result = BOX.run(*self.arguments("g"), switches=switches)
                self.assertEqual((result.status, result.records[0]["verdict"]), (exit_status, verdict))

    def test_interrupted(self):
        process = self.start(unique("group"))
        process.send_signal(signal.SIGINT)
        result = harness.end(process)
        self.assertEqual((result.status, result.error["status"]), (130, "AMP_ERR_CANCELLED"))

    def test_for_is_seconds(self):
        for value in ("0", "-1", "soon", "1e3", "86401"):
            self.check_failed(BOX.run(*self.arguments("g", f"--for={value}")), 2, "AMP_ERR_ARGUMENT")


if __name__ == "__main__":
    harness.main()
