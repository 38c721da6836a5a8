# SPDX-License-Identifier: MIT
"""Tests the output for people: tables, colours on a terminal only, --verbose, --stats, and messages."""
import json
import re
import unicodedata

import harness
import terminal
from harness import KEY, generate_arguments, unique, write_file

BOX = harness.Sandbox()
SECRET_FILE = write_file({"apiKey": "S3CRET-key"})
ESCAPE = "\x1b"


def show(*arguments, switches="", **changes):
    """Runs the client against the sandbox without --json."""
    return harness.run(*arguments, changes=BOX.environment(switches, **changes))


def on_a_terminal(*arguments, **changes):
    """Runs with standard output on a terminal. Returns the output."""
    return terminal.run(*arguments, changes=BOX.environment(**changes))


class Table(harness.TestCase):
    """Tests without --json."""

    def test_list(self):
        result = show("connection", "list", "--group", "group-alpha")
        header, more, row, rest = result.text.splitlines()
        self.assertEqual(header.split() + more.split(), ["STATUS", "PROVIDER", "GROUP", "CONSUMER", "UPDATED", "ID"])
        self.assertEqual((result.status, result.err), (0, b""))
        for title, value in zip(header.split(), ("working", "salesforce", "group-alpha", "consumer-alpha"), strict=False):
            self.assertEqual(row.index(value), header.index(title), row)
        self.assertRegex(rest, r"\A  \d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\dZ  [0-9a-f-]{36}\Z")
        self.assertEqual(rest.index(rest.split()[-1]), more.index("ID"))

    def test_rows_stand_below_each_other(self):
        group = unique("wide")
        for consumer in ("plain", "漢字漢字", "Zoë", "e\u0301", "Rocket 🚀 ✅", "ร้านที่นี่", "हिन्दू",
                         "a-very-long-reference-of-a-consumer-in-it"):
            self.assertEqual(show(*generate_arguments(SECRET_FILE, group, consumer)).status, 0)
        shown = terminal.run("connection", "list", "--group", group, changes=BOX.environment(NO_COLOR="1"), columns=150)
        header, *rows = shown.text.splitlines()
        self.assertEqual(len(rows), 8)
        start = len(header[:header.index("UPDATED")])
        for row in rows:
            before = row[:re.search(r"\d{4}-\d\d-\d\d", row).start()]
            self.assertEqual(columns(before), start, row)

    def test_no_connections(self):
        result = show("connection", "list", "--group", "nobody")
        self.assertEqual((result.status, result.out), (0, b""))
        self.assertRegex(result.told, r"\A[^\n]+\n\Z")

    def test_one_connection(self):
        group = unique("one")
        result = show(*generate_arguments(SECRET_FILE, group), "--group-name", "Name & <Sons>")
        lines = dict(line.split(None, 1) for line in result.text.splitlines())
        self.assertEqual((result.status, result.err), (0, b""))
        self.assertEqual(result.text.splitlines()[0].split(), ["status", "created"])
        self.assertEqual((lines["group.groupRef"], lines["group.groupName"]), (group, "Name & <Sons>"))
        columns = {len(line) - len(line.split(None, 1)[1]) for line in result.text.splitlines()}
        self.assertEqual(len(columns), 1, result.text)

    def test_terminal_controls_are_not_printed(self):
        evil = f"{ESCAPE}[2J\x07\x08line\nline\r\u202eback\x9b31m\x7f"
        group = f"{ESCAPE}]0;title\x07" + unique()
        made = show(*generate_arguments(SECRET_FILE, group), f"--group-name={evil}")
        listed = show("connection", "list", f"--group={group}")
        found = show("connection", "get", f"{evil}")
        self.assertEqual((made.status, listed.status, found.status), (0, 0, 3))
        for result in (made, listed, found):
            text = result.text + result.told
            self.assertFalse(set("\x1b\x07\x08\r\u202e\x9b\x7f") & set(text), text)
        self.assertEqual(len(listed.text.splitlines()), 4)

    def test_no_colour_in_a_pipe(self):
        result = show("connection", "list")
        self.assertNotIn(ESCAPE, result.text + result.told)

    def test_colour_on_a_terminal(self):
        for arguments in (("connection", "list"), ("connection", "get", self.alpha())):
            shown = on_a_terminal(*arguments, TERM="xterm")
            self.assertEqual(shown.status, 0)
            self.assertRegex(shown.text, f"{ESCAPE}\\[[0-9;]*mworking")
            plain = on_a_terminal(*arguments, TERM="xterm", NO_COLOR="1")
            self.assertIn("working", plain.text)
            self.assertNotIn(ESCAPE, plain.text)

    def test_a_name_has_no_colour(self):
        """Only a status is coloured, even if a name is the same word."""
        group = unique("working")
        self.check_done(BOX.run(*generate_arguments(SECRET_FILE, group, "healthy"), "--group-name", "working"))
        self.check_done(BOX.run("connection", "list", "--group", group))
        (record,) = BOX.run("connection", "list", "--group", group).records
        for arguments in (("connection", "list", "--group", group), ("connection", "get", record["id"])):
            shown = on_a_terminal(*arguments, TERM="xterm").text
            self.assertEqual(len(re.findall(f"{ESCAPE}\\[3\\dm", shown)), 1, shown)
            self.assertRegex(shown, f"{ESCAPE}\\[32mworking")
            self.assertIn("healthy", shown)

    def test_no_colour_in_json(self):
        shown = on_a_terminal("--json", "connection", "list", TERM="xterm")
        self.assertNotIn(ESCAPE, shown.text)
        for line in shown.text.splitlines():
            json.loads(line)

    @staticmethod
    def alpha():
        """Returns the id of the connection of group-alpha."""
        (record,) = BOX.run("connection", "list", "--group", "group-alpha").records
        return record["id"]


def columns(line):
    """Returns the number of terminal columns of a line."""
    plain = re.sub(f"{ESCAPE}\\[[0-9;]*m", "", line)
    return sum(0 if unicodedata.category(character) == "Mn" else 2 if unicodedata.east_asian_width(character) in "WF" else 1
               for character in plain)


class Width(harness.TestCase):
    """Lines fit the terminal, or 80 columns when the output is no terminal."""

    LISTS = (("connection", "list"), ("installation", "list"), ("installation", "list", BOX.integration), ("doctor",))

    def check_fits(self, text, width, what):
        """Checks the width of each line, and that no line ends with spaces."""
        for line in text.splitlines():
            self.assertLessEqual(columns(line), width, (what, line))
            self.assertEqual(line, line.rstrip(), what)

    def test_tables(self):
        for arguments in self.LISTS:
            piped = show(*arguments)
            self.assertGreater(len(piped.text.splitlines()), 5)
            self.check_fits(piped.text, 80, arguments)
            for width in (40, 60, 80, 100, 131, 200):
                shown = terminal.run(*arguments, changes=BOX.environment(TERM="xterm"), columns=width)
                self.assertEqual(shown.status, 0)
                if arguments != ("doctor",) or width > 40:  # the name of a cipher suite is longer
                    self.check_fits(shown.text, width, (arguments, width))

    def test_nothing_is_lost(self):
        """The table shows the same cells at each width, and ids are never truncated."""
        (record,) = BOX.run("connection", "list", "--group", "group-alpha").records
        for width in (40, 80, 200):
            shown = terminal.run("connection", "list", "--group", "group-alpha", columns=width,
                                 changes=BOX.environment(NO_COLOR="1"))
            words = shown.text.split()
            for word in ("working", "salesforce", "group-alpha", "consumer-alpha", record["id"], "CONSUMER", "UPDATED"):
                self.assertIn(word, words, width)
            self.assertEqual(len(shown.text.splitlines()), {40: 10, 80: 4, 200: 2}[width])

    def test_health_first(self):
        for arguments, word in ((("connection", "list"), "STATUS"), (("installation", "list"), "HEALTH")):
            self.assertTrue(show(*arguments).text.startswith(word + " "))

    def test_rows_with_long_values(self):
        group = unique("g" * 60)
        self.check_done(BOX.run(*generate_arguments(SECRET_FILE, group, "漢字" * 20), "--group-name", "many words " * 8))
        (record,) = BOX.run("connection", "list", "--group", group).records
        self.check_fits(show("connection", "list", "--group", group).text, 80, "list")
        text = show("connection", "get", record["id"]).text
        self.assertIn("many words " * 3, text)
        self.assertEqual([line for line in text.splitlines() if columns(line) > 80 and len(line.split()) > 2], [])

    def test_help(self):
        names = re.findall(r"^  ampersand ([a-z]+(?: [a-z]+)?)", harness.run("--help").text, re.MULTILINE)
        for words in ([], *[name.split() for name in names]):
            self.check_fits(harness.run("help", *words).text, 80, words)

    def test_sentences_on_a_terminal(self):
        """The line to paste is never wrapped. In a pipe a sentence is one line."""
        arguments = ("connection", "status", "--provider=hubspot", "--group=group-beta")
        shown = on_a_terminal(*arguments).text
        self.assertRegex(shown, r"to do: let the user authorize the connection again:\r\n {9}ampersand oauth update \S{36}\r\n")
        self.check_fits(shown, 80, "status")
        told = terminal.run_error("--pin", "0" * 64, "connection", "list", changes=BOX.environment()).told
        self.assertGreater(len(told.splitlines()), 1)
        self.check_fits(told, 80, "error")
        piped = show("--pin", "0" * 64, "connection", "list").told
        self.assertEqual(len(piped.splitlines()), 1)
        self.assertEqual(piped.split(), told.split())


class Telling(harness.TestCase):
    """Tests of standard error."""

    def test_stages(self):
        result = show("--verbose", "connection", "list")
        self.assertEqual(result.status, 0)
        places = [result.told.index(stage) for stage in ("dns", "connect", "tls", "send", "head", "body")]
        self.assertEqual(places, sorted(places))
        self.assertRegex(result.told, r"tls TLSv1\.[23] ")
        self.assertIn("http 200", result.told)
        self.assertNotIn(KEY, result.told)

    def test_stages_of_a_token_that_is_renewed(self):
        switches = f"expire-tokens=1,ctype=application/json; q={unique()}"
        result = show("--verbose", "--token-command", "echo S3CRET.S3CRET.S3CRET", "connection", "list",
                      switches=switches, AMP_API_KEY=None)
        self.assertEqual(result.status, 0, result)
        self.assertLess(result.told.index("http 401"), result.told.index("http 200"))
        self.assertNotIn("S3CRET", result.told + result.text)

    def stats(self, *arguments, switches="", status=0):
        """Returns the members of the last line of a run with --stats."""
        result = BOX.run("--stats", *arguments, switches=switches)
        self.assertEqual(result.status, status, result)
        last = result.told.splitlines()[-1]
        self.assertTrue(last.startswith("stats: {"), last)
        found = json.loads(last.removeprefix("stats: "))
        self.assertLessEqual({"tx", "rx", "tls", "resumed", "handshakes", "requests", "work", "client"}, set(found))
        return found

    def test_stats(self):
        found = self.stats("connection", "list")
        self.assertIn(found["tls"], ("TLSv1.2", "TLSv1.3"))
        self.assertEqual((found["resumed"], found["handshakes"], found["requests"]), (False, 1, 1))
        self.assertGreater(found["rx"], 2000)
        self.assertGreater(found["tx"], 400)  # a handshake and a request
        self.assertGreaterEqual(found["work"], 384)
        more = self.stats("connection", "list", switches="huge=100")
        self.assertGreater(more["rx"], found["rx"] + 50000)
        self.assertEqual(more["work"], found["work"])

    def test_stats_after_a_failure(self):
        self.assertEqual(self.stats("connection", "get", "nobody", status=3)["requests"], 1)
        self.assertEqual(self.stats("connection", "list", switches="drop", status=4)["handshakes"], 1)
        self.assertEqual(self.stats("connection", "get", status=2)["handshakes"], 0)

    def test_problem_lines(self):
        result = show("connection", "list", switches="status=400")
        self.assertEqual((result.status, result.out), (3, b""))
        first, *lines = result.told.splitlines()
        self.assertRegex(first, r"\Aampersand: .*\b400\b")
        problem = BOX.run("connection", "list", switches="status=400").error["problem"]
        for value in (problem["title"], problem["detail"], problem["remedy"]):
            self.assertTrue(any(value in line for line in lines), result.told)
        self.assertTrue(any("requestId" in line for line in lines), result.told)

    def test_problem_in_json(self):
        error = self.check_failed(BOX.run("connection", "list", switches="status=503"), 3, "AMP_ERR_SERVICE", "body")
        problem = error["problem"]
        self.assertEqual((error["http"], problem["status"], problem["retryable"]), (503, 503, True))
        self.assertRegex(problem["time"], r"\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z\Z")
        self.assertEqual((problem["type"], problem["subsystem"]), ("urn:problem-type:sandbox:503", "api"))
        self.assertEqual(problem["causes"], ["the switch asks for status 503"])


class About(harness.TestCase):
    """Tests of commands that need neither network nor configuration."""

    def test_version(self):
        result = harness.run("--version")
        self.assertRegex(result.text, r"\Aampersand \d+\.\d+\.\d+\n\Z")
        self.assertEqual((result.status, result.err), (0, b""))

    def test_help(self):
        result = harness.run("--help")
        self.assertEqual((result.status, result.err), (0, b""))
        for word in ("connection get", "connection list", "connection generate", "decode", "--url", "--project",
                     "--api-key-file", "--token-command", "--ca", "--deadline", "--json", "--verbose", "--stats",
                     "AMP_URL", "AMP_PROJECT", "AMP_API_KEY", "AMP_TOKEN_COMMAND", "AMP_CA_FILE"):
            self.assertIn(word, result.text)
        every = self.named(result)
        self.assertGreater(len(every), 15)
        for command in every:
            self.assertEqual(self.named(harness.run(*command.split(), "--help")), [command])
        for words, group in ((("connection",), "connection "), (("operation", "bogus"), "operation ")):
            found = self.named(harness.run(*words, "--help"))
            self.assertEqual(found, [command for command in every if command.startswith(group)])
        self.assertEqual(self.named(harness.run("bogus", "--help")), every)

    @staticmethod
    def named(result):
        """The commands that have a help text."""
        return re.findall(r"^  ampersand ([a-z]+(?: [a-z]+)?)", result.text, re.MULTILINE)

    def test_help_of_a_secret_file(self):
        generate = harness.run("connection", "generate", "--help").text
        for word in ("--secret-file", "apiKey", "basicAuth", "oauth2ClientCredentials", "oauth2PasswordCredentials",
                     "oauth2AuthorizationCode", "customAuth"):
            self.assertIn(word, generate)


if __name__ == "__main__":
    harness.main()
