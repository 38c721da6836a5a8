#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks that the recipes of docs/recipes.md do what the page says."""
import os
import re
import subprocess

import harness
from browser import browse, scan
from harness import FOLDER, PATIENCE, ROOT, Sandbox, TestCase

LIBRARY = os.environ.get("AMPERSAND_LIBRARY") or str(ROOT / "build" / "libampersand.a")
QR_LIBRARY = os.environ.get("AMPERSAND_QR_LIBRARY") or str(ROOT / "build" / "libampersand_qr.a")
SANDBOX = Sandbox()


def build():
    """Compiles the driver with every block of docs/recipes.md. Returns its path."""
    blocks = re.findall(r"^```c\n(.*?)^```$", (ROOT / "docs" / "recipes.md").read_text(encoding="utf-8"), re.M | re.S)
    paths = [harness.write_file(block, ".c") for block in blocks]
    program = FOLDER / "recipes"
    command = [os.environ.get("CC") or "cc", "-std=c99", "-D_POSIX_C_SOURCE=200809L",
               *os.environ.get("AMPERSAND_CFLAGS", "").split(), f"-I{ROOT}/include", f"-I{ROOT}/port/posix",
               f"-I{ROOT}/port/qrcodegen", str(ROOT / "test" / "e2e" / "recipes.c"), *paths, LIBRARY, QR_LIBRARY,
               "-lqrcodegen", "-lmbedtls", "-lmbedx509", "-lmbedcrypto", "-lpthread", "-o", str(program)]
    subprocess.run(command, check=True)
    return program


PROGRAM = build()


def recipe(*arguments, switches=""):
    """Runs one recipe. Returns its result."""
    done = subprocess.run([PROGRAM, *arguments], stdin=subprocess.DEVNULL, capture_output=True,
                          timeout=PATIENCE, check=False,
                          env=harness.environment(SANDBOX.environment(switches)))
    return harness.Result(done.returncode, done.stdout, done.stderr)


class Recipes(TestCase):
    """Runs each recipe, with and without faults."""

    def check(self, switches, group, provider="salesforce"):
        """Returns the words of one look (verdict, remedy, status) and its wait."""
        result = recipe("check", provider, group, switches=switches)
        self.assertEqual((result.status, result.err), (0, b""), result)
        *words, wait = result.text.split()
        return words, int(wait)

    def test_check_a_connection_every_hour(self):
        """The wait is an hour when the connection is healthy. Otherwise the remedy is the right one."""
        self.assertEqual(self.check("", "group-alpha"), (["OK", "NONE", "working"], 3600000))
        self.assertEqual(self.check("", "group-beta", "hubspot"),
                         (["REAUTHORIZE", "OAUTH_UPDATE", "bad_credentials"], 300000))
        self.assertEqual(self.check("", "group-nobody")[0], ["NOT_FOUND", "CONNECT", "-"])
        words, wait = self.check("status=503,retry-after=90", "group-alpha")
        self.assertEqual(words[:2], ["RETRY_AT", "WAIT"])
        self.assertGreaterEqual(wait, 90000)
        words, wait = self.check("drop", "group-alpha")
        self.assertEqual(words[:2], ["NETWORK", "CHECK_NETWORK"])
        self.assertLessEqual(wait, 2000)

    def test_connect_with_a_qr_code(self):
        """A phone scans the code, a browser opens its URL, and the device detects the connection."""
        group = harness.unique("group")
        process = subprocess.Popen([PROGRAM, "connect", "salesforce", group], stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, text=True, env=harness.environment(SANDBOX.environment()))
        self.addCleanup(process.kill)
        url, *rows = iter(lambda: process.stdout.readline().rstrip(), "")
        self.assertEqual(scan([[0 if module == "#" else 255 for module in row] for row in rows]), url)
        self.assertEqual(browse(url, SANDBOX), 200)
        told, _ = process.communicate(timeout=PATIENCE)
        (record,) = SANDBOX.run("connection", "list", f"--group={group}").records
        self.assertEqual((process.returncode, told), (0, f"AMP_END 1 {record['id']}\n"))

    def test_connect_where_the_service_says_no(self):
        """No URL is shown."""
        self.assertEqual(recipe("connect", "salesforce", "g", switches="status=403").text, "AMP_ERR_FORBIDDEN 0 -\n")

    def test_an_answer_that_never_came_is_settled(self):
        """The connection was generated, but the answer was lost. The recipe finds it without a second POST."""
        group = harness.unique("group")
        result = recipe("make", "stripe", group, switches="drop-post")
        self.assertEqual(result.status, 0, result)
        status, identifier = result.text.split()
        self.assertEqual(status, "AMP_OK")
        posts = [entry for entry in SANDBOX.log("drop-post") if entry["method"] == "POST"]
        self.assertEqual(len(posts), 1)
        listed = SANDBOX.run("connection", "list", f"--group={group}").records
        self.assertEqual([record["id"] for record in listed], [identifier])

    def test_what_was_not_made_stays_unknown(self):
        """The request never reached the service: no connection is invented, and nothing is sent again."""
        group = harness.unique("group")
        switches = "drop-post,status=503"
        result = recipe("make", "stripe", group, switches=switches)
        self.assertEqual(result.text.split(), ["AMP_ERR_SERVICE", "-"])
        self.assertEqual([entry["method"] for entry in SANDBOX.log(switches)], ["GET"])

    def test_without_a_fault_nothing_is_looked_for(self):
        """One list before, one POST, no list after."""
        group = harness.unique("group")
        self.assertEqual(recipe("make", "stripe", group, switches="delay=1").text.split()[0], "AMP_OK")
        self.assertEqual([entry["method"] for entry in SANDBOX.log("delay=1")], ["GET", "POST"])

    def test_a_session_outlives_sleep(self):
        """The first handshake is full. The one after sleep resumes the session."""
        identifier = SANDBOX.run("connection", "list").records[0]["id"]
        result = recipe("sleep", identifier, "-")
        self.assertEqual((result.status, result.err), (0, b""), result)
        self.assertEqual(result.text, "AMP_OK full\nAMP_OK resumed\n")

    def test_two_devices_in_one_event_loop(self):
        """Both records arrive. With a silent server the loop ends after one deadline, without busy waiting."""
        ids = [record["id"] for record in SANDBOX.run("connection", "list").records[:2]]
        result = recipe("loop", *ids)
        self.assertEqual((result.status, result.err), (0, b""), result)
        self.assertEqual(result.text, "".join(f"AMP_END {each}\n" for each in ids) + "calm\n")
        result = recipe("loop", *ids, switches="delay=3000")
        self.assertEqual(result.text, "AMP_ERR_DEADLINE -\n" * 2 + "calm\n")

    def test_an_endpoint_of_your_own(self):
        """Every record is listed, with the members of the table."""
        result = recipe("list", "-", "-")
        self.assertEqual((result.status, result.err), (0, b""), result)
        self.assertRegex(result.text, r"\Aread-accounts [0-9a-f-]{36}\nwrite-leads [0-9a-f-]{36}\n\Z")


if __name__ == "__main__":
    harness.main()
