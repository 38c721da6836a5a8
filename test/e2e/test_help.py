# SPDX-License-Identifier: MIT
"""Tests help, short options, the name of a group without a command, misspelt words, and repeated options."""
import re

import harness

BOX = harness.Sandbox()


def named(result):
    """The commands that have a help text."""
    return re.findall(r"^  ampersand ([a-z]+(?: [a-z]+)?)", result.text, re.MULTILINE)


class Help(harness.TestCase):
    """Every way to request the same text prints the same text."""

    def check_same(self, *lines):
        """All print the same help, on standard output only."""
        results = [harness.run(*line.split()) for line in lines]
        for line, result in zip(lines, results, strict=True):
            self.assertEqual((result.status, result.err, result.out), (0, b"", results[0].out), line)
        return results[0]

    def test_all(self):
        self.assertGreater(len(named(self.check_same("--help", "-h", "help", "--json help", "help --url x"))), 15)

    def test_one_command(self):
        found = self.check_same("connection get --help", "connection get -h", "help connection get",
                                "connection get x -h", "--verbose help connection get")
        self.assertEqual(named(found), ["connection get"])

    def test_a_group(self):
        for group in ("connection", "oauth", "installation", "operation"):
            found = self.check_same(f"{group} --help", group, f"help {group}", f"--json {group}")
            self.assertGreater(len(named(found)), 1)
            self.assertTrue(all(name.startswith(group + " ") for name in named(found)))

    def test_of_help(self):
        self.check_same("help", "help help", "help help connection")

    def test_version(self):
        self.assertRegex(self.check_same("--version", "-V", "-V connection get").text, r"\Aampersand \d+\.\d+\.\d+\n\Z")

    def test_a_value_is_no_option(self):
        """Only a word in the place of an option requests help."""
        result = BOX.run("connection", "list", "--group", "-h")
        self.assertEqual((result.status, result.records), (0, []))


class Misspelt(harness.TestCase):
    """The message names the nearest word, and no command is run."""

    def check_refused(self, arguments, hint):
        """Checks that the arguments are refused with these words. Returns the sentence."""
        result = harness.run(*arguments)
        self.assertEqual((result.status, result.out), (2, b""))
        self.assertIn(hint, result.told)
        return result.told

    def test_commands(self):
        for words, nearest in (("connection lst", "connection list"), ("conection list", "connection list"),
                               ("conection", "connection"), ("connections", "connection"), ("doctr", "doctor"),
                               ("decod json", "decode"), ("instalation progres i n o", "installation progress"),
                               ("hlep", "help"), ("inst", "installation"),
                               ("connection s", "connection status"), ("help conection", "connection"),
                               ("help connection lst", "connection list"), ("help conection list", "connection list")):
            self.check_refused(words.split(), f"unknown command {' '.join(words.removeprefix('help ').split()[:2])}: "
                               f"did you mean ampersand {nearest}? (")

    def test_options(self):
        for word, nearest in (("--jsn", "--json"), ("--groop=g", "--group"), ("--Json", "--json"),
                              ("--secretfile=f", "--secret-file"), ("--urls=x", "--url"),
                              ("--js", "--json"), ("--sess=f", "--session"), ("--consumer-", "--consumer"),
                              ("--consumer-n", "--consumer-name")):
            name = word.partition("=")[0]
            self.check_refused(("connection", "list", word), f"unknown option {name}: did you mean {nearest}? (")

    def test_the_help_to_read(self):
        """A word or an option that the command does not accept."""
        for words, name in (("connection get a b", "connection get"), ("connection get a --qr", "connection get"),
                            ("doctor a b", "doctor"), ("connection get", "connection get"),
                            ("installation get i a c", "installation get")):
            self.check_refused(words.split(), f": see ampersand help {name} (")

    def test_nothing_is_near(self):
        for words in (("bogus",), ("connection", "fly"), ("connection", "list", "--bogus"), ("x" * 5000,),
                      ("connection", "list", "--" + "x" * 5000), ("help", "bogus"), ("help", "connection", "fly")):
            self.assertNotIn("did you mean", self.check_refused(words, "see ampersand --help"))


class Twice(harness.TestCase):
    """The last value of an option wins."""

    def test_last_value(self):
        (record,) = self.check_done(BOX.run("connection", "list", "--group", "group-beta", "--group", "group-alpha"))
        self.assertEqual(record["group"]["groupRef"], "group-alpha")
        for options in (("--deadline=0.001", "--deadline=30"), ("--url=https://localhost:1", f"--url={BOX.url()}"),
                        ("--json", "--json"), ("--project=", f"--project={BOX.project}")[1:]):
            self.check_done(BOX.run(*options, "connection", "list"))

    def test_each_value_is_checked(self):
        """This includes values that a later value replaces."""
        result = BOX.run("connection", "get", "x", "--refresh=bogus", "--refresh=force")
        self.check_failed(result, 2, "AMP_ERR_ARGUMENT", "start")


if __name__ == "__main__":
    harness.main()
