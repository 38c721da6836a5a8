# SPDX-License-Identifier: MIT
"""Tests the examples of the help, the manual page, and the completions of bash, zsh and fish."""
import json
import re
import shutil
import subprocess
import unittest

import answers
import harness
from harness import CLIENT, FOLDER, ROOT, generate_arguments, unique, write_file

BOX = harness.Sandbox()
ALPHA = BOX.run("installation", "list", "--group=group-alpha").records[0]["id"]
DOCS = ROOT / "examples" / "linux" / "docs"
COMMANDS = re.findall(r"^  ampersand ([a-z]+(?: [a-z]+)?)", harness.run("--help").text, re.MULTILINE)
HELPS = {command: harness.run("help", *command.split()).text for command in COMMANDS}
# The options of each command, including those that every command has.
OPTIONS = {command: re.findall(r"^  (--[a-z-]+)", text, re.MULTILINE) for command, text in HELPS.items()}
# The program that reads each document.
NEEDS = {"bash": "bash", "zsh": "zsh", "fish": "fish", "man": "groff"}


def examples(command):
    """Returns the examples of a command, each on one line."""
    part = HELPS[command].partition("\nExamples:\n")[2].partition("\n\n")[0].replace(" \\\n", "")
    return [" ".join(line.split()) for line in part.splitlines()]


def document(kind):
    """Returns the text of a generated document. Skips the test without the tool that it needs."""
    if shutil.which(NEEDS[kind]) is None:
        raise unittest.SkipTest(f"there is no {NEEDS[kind]}")
    script = "man.sh" if kind == "man" else f"completion_{kind}.sh"
    path = FOLDER / f"ampersand.{kind}"
    subprocess.run(["sh", str(DOCS / script), CLIENT, str(path)], check=True, timeout=harness.PATIENCE)
    return path


def output_of(*words, **more):
    """Returns the standard output of a program, which must end with 0 and print no error."""
    done = subprocess.run(words, capture_output=True, text=True, timeout=harness.PATIENCE, check=False, **more)
    assert (done.returncode, done.stderr) == (0, ""), done
    return done.stdout


class Examples(harness.TestCase):
    """Runs each example against the sandbox, in a shell."""

    def setUp(self):
        self.folder = FOLDER / unique("examples")
        self.folder.mkdir()
        (self.folder / "ampersand").symlink_to(CLIENT)
        (self.folder / "secret.json").write_text('{"apiKey":"S3CRET-example"}', encoding="ascii")
        (self.folder / "secret.json").chmod(0o600)
        (self.folder / "answer.json").write_text(json.dumps([answers.RECORD]), encoding="ascii")

    @staticmethod
    def made():
        """Makes a connection. Returns its id."""
        (record,) = BOX.run(*generate_arguments(write_file({"apiKey": "S3CRET-example"}), "acme", "ada")).records
        return record["id"]

    def variables(self, command):
        """Returns the variables of the examples of a command, with existing ids."""
        connection = self.made()
        if command in ("installation list", "installation update", "installation delete"):
            arguments = ("installation", "create", BOX.integration, "--group=acme", f"--connection={connection}")
            installation = BOX.run(*arguments).records[0]["id"]
        else:
            installation = ALPHA
        if command.startswith("oauth"):
            connection = BOX.run("connection", "list", "--group=group-alpha").records[0]["id"]
        operation = BOX.run("operation", "list", BOX.integration, ALPHA).records[0]["id"]
        first = command.partition(" ")[0]
        own = {"connection": connection, "installation": installation, "operation": operation}.get(first, "")
        return {"ID": own, "CONNECTION": connection, "INTEGRATION": BOX.integration, "INSTALLATION": installation}

    def test_each_command_has_one(self):
        for command in COMMANDS:
            self.assertGreater(len(examples(command)), 0, command)
            for line in examples(command):
                words = [word for word in line.split() if word != "--json"]
                self.assertEqual(words[:1 + len(command.split())], ["ampersand", *command.split()])

    def test_each_is_right(self):
        """Commands stop waiting after a second. No user authorizes the connection, so some commands end with 1."""
        for command in COMMANDS:
            for line in examples(command):
                with self.subTest(line):
                    self.check_line(command, line)

    def check_line(self, command, line):
        """Runs one example."""
        variables = {**BOX.environment(), **self.variables(command)}
        line += " --for 0.2" if "--for" in OPTIONS[command] else ""
        line += " --deadline 0.5" if "--follow" in line else ""
        environment = harness.environment(variables)
        environment["PATH"] = f"{self.folder}:{environment['PATH']}"
        done = subprocess.run(["sh", "-euc", line], capture_output=True, timeout=harness.PATIENCE, cwd=self.folder,
                              env=environment, check=False)
        good = {"connection status": (0, 1), "connection wait": (0, 1), "connect": (0, 1),
                "installation progress": (0, 4)}.get(command, (0,))
        self.assertIn(done.returncode, good, done)
        self.assertTrue(done.stdout or command.endswith("json"), done)
        self.assertNotIn(b"S3CRET", done.stdout + done.stderr)


class Manual(harness.TestCase):
    """Tests of the manual page ampersand(1)."""

    def test_is_complete(self):
        page = output_of("groff", "-man", "-ww", "-Tascii", "-P-cbou", "-rLL=100n", "-rHY=0", str(document("man")))
        flat = " ".join(page.split())
        for command in COMMANDS:
            self.assertIn(f" {command} ", flat)
            for option in OPTIONS[command]:
                self.assertIn(option, flat)
            for line in examples(command):
                self.assertIn(line, flat.replace(" \\ ", " "))


class Completion(harness.TestCase):
    """Each shell can parse its completion, and offers each command and option where it is valid."""

    def check_offers(self, offers):
        """`offers` returns the completions of the last word of a line."""
        firsts = {command.partition(" ")[0] for command in COMMANDS}
        self.assertEqual(set(offers("ampersand ")), firsts | {"help"})
        for group in firsts:
            seconds = {command.partition(" ")[2] for command in COMMANDS if command.startswith(group + " ")}
            if seconds:
                self.assertEqual(set(offers(f"ampersand --json {group} ")), seconds)
        for command in COMMANDS:
            self.assertEqual({word for word in offers(f"ampersand {command} --") if word.startswith("--")},
                             set(OPTIONS[command]), command)
        self.assertEqual(offers("ampersand --project x connection get --ref"), ["--refresh"])
        self.assertEqual(set(offers("ampersand decode ")),
                         {"connection", "connections", "installation", "installations", "problem", "json"})

    def test_bash(self):
        path = document("bash")
        output_of("bash", "-n", str(path))
        program = """compopt() { :; }
            . "$1"
            COMP_WORDS=($2)
            [[ $2 == *" " ]] && COMP_WORDS+=("")
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _ampersand
            printf '%s\\n' "${COMPREPLY[@]}" """
        self.check_offers(lambda line: output_of("bash", "-c", program, "bash", str(path), line).split())

    def test_zsh(self):
        """The two zsh functions that the completion calls are replaced by functions that print their arguments."""
        path = document("zsh")
        output_of("zsh", "-fn", str(path))
        self.assertTrue(path.read_text(encoding="utf-8").startswith("#compdef ampersand\n"))
        program = """_describe() { print -l -- ${${(P)4}%%:*} }
            _arguments() { print -l -- ${${${${(M)@:#(|\\*)--*}#\\*}%%\\[*}%%:*} }
            words=(${=2}); [[ $2 == *" " ]] && words+=("")
            CURRENT=$#words
            . $1"""

        def offers(line):
            shown = output_of("zsh", "-fc", program, "zsh", str(path), line).split()
            return [word for word in shown if word.startswith(line.rpartition(" ")[2])]

        self.check_offers(offers)

    def test_fish(self):
        path = document("fish")
        output_of("fish", "--no-config", "-n", str(path))
        program = "source $argv[1]; complete -C $argv[2]"
        run = {"env": harness.environment()}

        def offers(line):
            shown = output_of("fish", "--no-config", "-c", program, str(path), line, **run)
            return [row.partition("\t")[0] for row in shown.splitlines()]

        self.check_offers(offers)


if __name__ == "__main__":
    harness.main()
