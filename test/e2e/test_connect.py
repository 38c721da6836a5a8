# SPDX-License-Identifier: MIT
"""connect: the URL, its QR code, a browser that authorises, and how the command ends."""
import json
import re
import signal

import harness
import terminal
from browser import browse, scan
from harness import generate_arguments, unique, write_file

BOX = harness.Sandbox()
CODE = "oauth2/authorizationCode"
BLOCKS = {"█": (255, 255), "▀": (255, 0), "▄": (0, 255), " ": (0, 0)}


def arguments(group, *more, provider="salesforce"):
    """Returns a complete command."""
    return ["connect", f"--provider={provider}", f"--group={group}", "--consumer=c", *more]


def modules(lines):
    """Returns the rows of modules that lines of half blocks show."""
    return [[BLOCKS[block][half] for block in line] for line in lines for half in (0, 1)]


class Connect(harness.TestCase):
    """Each run has its own user."""

    def connect(self, group, *more, provider="salesforce"):
        """Starts connect and waits for the URL. Returns both."""
        process = harness.start("--json", *arguments(group, *more, provider=provider),
                                changes=BOX.environment())
        self.addCleanup(process.kill)
        url = json.loads(process.stdout.readline())["url"]
        self.assertTrue(url.startswith("https://"))
        return process, url

    def check_outcome(self, result, exit_status, outcome):
        """Checks how the run ended. Returns the last line."""
        self.assertEqual((result.status, result.values[-1]["outcome"]), (exit_status, outcome), result)
        return result.values[-1]

    def test_connected(self):
        group = unique("group")
        process, url = self.connect(group)
        self.assertEqual(browse(url, BOX), 200)
        record = self.check_outcome(harness.end(process), 0, "CONNECTED")["connection"]
        self.assertEqual((record["group"]["groupRef"], record["provider"], record["status"]),
                         (group, "salesforce", "created"))
        requests = [entry["method"] for entry in BOX.log() if group in entry["target"] + entry["body"]]
        self.assertEqual(requests.count("POST"), 1)

    def test_bad_credentials_are_repaired(self):
        before = len(BOX.log())
        process = harness.start("--json", "connect", "--provider=hubspot", "--group=group-beta",
                                "--consumer=consumer-beta", changes=BOX.environment())
        self.addCleanup(process.kill)
        browse(json.loads(process.stdout.readline())["url"], BOX)
        record = self.check_outcome(harness.end(process), 0, "CONNECTED")["connection"]
        self.assertEqual(record["authScheme"], CODE)
        targets = [entry["target"] for entry in BOX.log()[before:] if entry["method"] == "PATCH"]
        self.assertEqual(targets, [f"/v1/projects/{BOX.project}/connections/{record['id']}:oauth-update"])

    def test_new_one_with_bad_credentials(self):
        group = unique("group")
        process, _ = self.connect(group, provider="stripe")
        self.check_done(BOX.run(*generate_arguments(write_file({"apiKey": "bad-secret"}), group, consumer="c")))
        self.check_done(BOX.run("connection", "list", "--group", group))
        self.check_outcome(harness.end(process), 1, "FAILED")

    def test_time_is_over(self):
        result = BOX.run(*arguments(unique("group"), "--for", "0.3"))
        self.assertNotIn("connection", self.check_outcome(result, 1, "EXPIRED"))

    def test_interrupted(self):
        process, _ = self.connect(unique("group"))
        process.send_signal(signal.SIGINT)
        self.assertEqual(harness.end(process).status, 130)

    def test_bad_urls_are_not_shown(self):
        for switches, exit_status, code in (("status=401", 3, "AMP_ERR_UNAUTHORIZED"),
                                            ("html", 5, "AMP_ERR_NOT_API"), ("drop", 4, "AMP_ERR_ABORTED")):
            result = BOX.run(*arguments("g"), switches=switches)
            self.check_failed(result, exit_status, code)
            self.assertEqual(result.records, [])

    def test_qr_code(self):
        changes = BOX.environment()
        result = harness.run(*arguments(unique("group"), "--qr", "--for=0.2"), changes=changes)
        self.assertEqual((result.status, result.err), (1, b""))
        url = re.search(r"^https://\S+$", result.text, re.MULTILINE).group()
        lines = [line for line in result.text.split("\n") if line and set(line) <= set(BLOCKS)]
        self.assertLessEqual(len(lines[0]), 80)
        self.assertEqual(scan(modules(lines)), url)

    def test_qr_code_in_a_terminal(self):
        """The line is printed completely, or not at all."""
        def show(columns):
            shown = terminal.run(*arguments(unique("group"), "--qr", "--for=0.2"), changes=BOX.environment(TERM="dumb"),
                                 columns=columns)
            self.assertEqual(shown.status, 1, shown)
            return shown, [line for line in shown.text.splitlines() if line and set(line) <= set(BLOCKS)]

        width = len(show(200)[1][0])
        shown, lines = show(width)
        self.assertEqual((len(lines[0]), shown.told), (width, ""))
        shown, lines = show(width - 1)
        self.assertEqual(lines, [])
        self.assertRegex(shown.told, f"\\A[^\n]* needs {width} columns[^\n]* has {width - 1}: [^\n]+\n\\Z")

    def test_qr_code_beside_json(self):
        result = BOX.run(*arguments(unique("group"), "--qr", "--for=0.2"))
        self.check_outcome(result, 1, "EXPIRED")
        self.assertEqual(set(result.told), set(BLOCKS) | {"\n"})


if __name__ == "__main__":
    harness.main()
