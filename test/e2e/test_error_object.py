# SPDX-License-Identifier: MIT
"""Tests the error object of --json, member by member, and the advice for each verdict."""
import errno
import os
import sys

import certificates
import harness
from harness import generate_arguments, unique, write_file

certificates.require()
BOX = harness.Sandbox()
LIST = ("connection", "list")


class Members(harness.TestCase):
    """Each member is present exactly when it applies."""

    def test_message(self):
        """The message is the sentence on standard error."""
        for arguments, switches, status in ((LIST, "status=404", 3), (LIST, "drop", 4), (("connection", "get"), "", 2),
                                            (LIST, "html=502", 3)):
            result = BOX.run(*arguments, switches=switches)
            error = self.check_failed(result, status)
            self.assertTrue(result.told.startswith(f"ampersand: {error['stage']}: {error['message']}"), result)

    def test_a_refused_connection(self):
        error = self.check_failed(BOX.run(*LIST, AMP_URL="https://localhost:1/v1"), 4, "AMP_ERR_CONNECT", "connect")
        self.assertEqual(set(error), {"status", "message", "stage", "code"})
        self.assertEqual(error["code"], errno.ECONNREFUSED)

    def test_retry_after(self):
        self.assertEqual(BOX.run(*LIST, switches="status=429,retry-after=7").error["retryAfter"], 7)
        self.assertNotIn("retryAfter", BOX.run(*LIST, switches="status=429").error)

    def test_note(self):
        self.assertEqual(BOX.run(*LIST, switches="html").error["note"], "text/html; charset=utf-8")
        self.assertNotIn("note", BOX.run(*LIST, switches="status=404").error)

    def test_certificate(self):
        result = BOX.run(*LIST, AMP_CA_FILE=certificates.Authority("/CN=Another authority").pem)
        error = self.check_failed(result, 4, "AMP_ERR_CERT_UNTRUSTED", "tls")
        self.assertEqual(error["certificate"]["rule"], "unknown issuer")
        self.assertTrue(error["certificate"]["issuer"] in result.told and error["certificate"]["issuer"])
        for switches in ("status=401", "drop"):
            self.assertNotIn("certificate", BOX.run(*LIST, switches=switches).error)

    def test_an_error_of_the_system_in_words(self):
        """The token command lowers the limit of file descriptors, so that none is available for the socket."""
        program = "import resource, sys; resource.prlimit(int(sys.argv[1]), resource.RLIMIT_NOFILE, (3, 3))"
        command = f"{sys.executable} -c '{program}' $PPID && echo e30.e30.c2ln"
        result = BOX.run(*LIST, "--token-command", command, AMP_API_KEY=None, AMP_URL="https://127.0.0.1:1/v1",
                         **harness.NO_LEAK_CHECK)
        error = self.check_failed(result, 4, "AMP_ERR_NETWORK", "connect")
        self.assertEqual(error["code"], errno.EMFILE)
        self.assertIn(os.strerror(errno.EMFILE), error["message"])


class Advice(harness.TestCase):
    """The error names the next command with the arguments of this one."""

    def to_do(self, *arguments, status=1, switches=""):
        """Tests of the advice."""
        result = BOX.run("connection", "status", *arguments, switches=switches)
        self.assertEqual(result.status, status, result)
        return result.records[0]

    def test_oauth(self):
        told = self.to_do("--provider=hubspot", "--group=group-beta")
        self.assertTrue(told["toDo"].endswith(f": ampersand oauth update {told['connection']['id']}"), told)

    def test_other_schemes(self):
        group = unique("group")
        self.check_done(BOX.run(*generate_arguments(write_file({"apiKey": "bad-secret"}), group)))
        self.check_done(BOX.run(*LIST, "--group", group))
        told = self.to_do("--provider=stripe", f"--group={group}")
        line = f": ampersand connection update {told['connection']['id']} --secret-file FILE"
        self.assertTrue(told["toDo"].endswith(line), told)

    def test_none(self):
        told = self.to_do("--provider=stripe", "--group=it's nobody")
        line = ": ampersand connect --provider stripe --group 'it'\\''s nobody' --consumer C"
        self.assertTrue(told["toDo"].endswith(line), told)

    def test_each_sentence_says_what_to_do(self):
        """Each piece of advice names an option or a command if one helps."""
        rows = (("status=400", 3, "correct the options"), ("status=401", 3, "--api-key-file or --token-command"),
                ("status=403", 3, "grant the key"), ("status=404", 3, "check --project and the IDs"),
                ("status=429", 3, "wait"), ("status=500", 3, "wait, then run the command again"),
                ("status=413", 3, "check --url"), ("drop", 4, "ampersand doctor"), ("drop-clean", 4, "ampersand doctor"),
                ("cut=5", 4, "ampersand doctor"), ("html", 5, "ampersand doctor"), ("garbage", 5, "ampersand doctor"),
                ("redirect=https://x.invalid/", 5, "check the base URL"), ("delay=60000", 4, "--deadline"),
                (f"body={BOX.fixture(b'[{}]')}", 5, "report it"), (f"body={BOX.fixture(b'[')}", 5, "ampersand doctor"))
        for switches, status, advice in rows:
            deadline = ("--deadline", "0.3") if switches.startswith("delay") else ()
            result = BOX.run(*deadline, *LIST, switches=switches)
            self.check_failed(result, status)
            self.assertNotIn(": see ", result.error["message"])
            self.assertRegex(result.told.splitlines()[0], rf"[;:] [^;(]*{advice}[^;]* \(AMP_ERR_", switches)

    def test_a_change_that_may_be_done_is_not_repeated(self):
        for switches in ("drop", "html=502", "status=500"):
            told = BOX.run("oauth", "update", "x", switches=switches).told.splitlines()
            self.assertNotIn("run the command again", told[0])
            self.assertTrue(any(line.startswith("  to find out whether it took effect: ampersand ") for line in told))

    def test_network(self):
        told = self.to_do("--provider=stripe", "--group=g", status=4, switches="drop")
        self.assertTrue(told["toDo"].endswith(": ampersand doctor"), told)


if __name__ == "__main__":
    harness.main()
