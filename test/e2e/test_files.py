# SPDX-License-Identifier: MIT
"""Tests files of secrets as editors write them, their modes, and the system's limits on files."""
import codecs
import errno
import json
import os
import resource
import signal
import subprocess
import unittest

import harness
from harness import KEY, generate_arguments, unique, until, write_file

BOX = harness.Sandbox()
LIST = ("connection", "list", "--group", "group-alpha")
TOKEN = "e30.e30.c2ln"
BOM = codecs.BOM_UTF8
BLANKS = (b"\n", b"\r\n", b"\n\n\n", b" \t\r\n", b"\r")

# Characters within a credential, and their names in the message. A variable cannot contain \0.
FOREIGN = (("\u00a0", "U+00A0"), ("\u200b", "U+200B"), ("\u2019", "U+2019"), ("\ufeff", "U+FEFF"), ("\u00e9", "U+00E9"),
           ("\U0001f511", "U+1F511"), ("\t", "U+0009"), ("\n", "U+000A"), ("\r\n", "U+000D"), ("\x01", "U+0001"),
           ("\x7f", "U+007F"), ("\x1b[31m", "U+001B"), (b"\xe9", "0xE9"), (b"\xc3(", "0xC3"), (b"\xed\xa0\x80", "0xED"))


def around(data):
    """The same text as editors on different systems write it."""
    yield from (data + blank for blank in BLANKS)
    yield from (blank + data for blank in BLANKS)
    yield from (BOM + data, BOM + data + b"\r\n", BOM + b"\r\n " + data + b" \r\n\r\n")


def damaged(text, foreign):
    """Returns the text with a foreign character after 8 bytes."""
    foreign = foreign.encode() if isinstance(foreign, str) else foreign
    return text.encode()[:8] + foreign + text.encode()[8:]


def own_switches():
    """Returns switches that identify the requests of one run."""
    return f"split={1000 + int(unique().rpartition('-')[2])}"


class FilesTest(harness.TestCase):
    """Tests credentials from variables, files and standard input: the request and the messages."""

    def sent(self, arguments, header="x-api-key", stdin=b"", **changes):
        """Runs a list that must succeed. Returns the credential that was sent, and the result."""
        switches = own_switches()
        result = BOX.run(*arguments, *LIST, switches=switches, stdin=stdin, AMP_API_KEY=changes.pop("key", None),
                         **changes)
        self.assertEqual(result.status, 0, result)
        (entry,) = BOX.log(switches)
        return [value for name, value in entry["headers"] if name.lower() == header], result

    def check_refused(self, arguments, *words, stdin=b"", key=None, **changes):
        """Exit 2 before anything is sent, with one sentence that contains these words and nothing of the key."""
        before = len(BOX.log())
        result = BOX.run(*arguments, stdin=stdin, AMP_API_KEY=key, **changes)
        self.check_failed(result, 2, stage="start")
        self.assertEqual(len(BOX.log()), before)
        for word in words:
            self.assertIn(word, result.told)
        for piece in (KEY[:8], KEY[8:], TOKEN[:6]):
            self.assertNotIn(piece, result.told + result.text)
        self.assertNotIn("\x1b", result.told)
        return result


class Marks(FilesTest):
    """Byte order marks, spaces and line ends around a credential are removed."""

    def test_key(self):
        for data in around(KEY.encode()):
            with self.subTest(data):
                self.assertEqual(self.sent(("--api-key-file", write_file(data)))[0], [KEY])
                self.assertEqual(self.sent(("--api-key-file", "-"), stdin=data)[0], [KEY])
                self.assertEqual(self.sent((), key=data)[0], [KEY])

    def test_token(self):
        for data in around(TOKEN.encode()):
            with self.subTest(data):
                sent, _ = self.sent(("--token-command", f"cat {write_file(data)}"), "authorization")
                self.assertEqual(sent, [f"Bearer {TOKEN}"])

    def test_secret_file(self):
        for secret in ({"apiKey": "S3CRET-key"}, {"customAuth": {"a": "S3CRET-key"}}):
            for data in around(json.dumps(secret).encode()):
                switches = own_switches()
                self.check_done(BOX.run(*generate_arguments(write_file(data)), switches=switches))
                (entry,) = BOX.log(switches)
                body = json.loads(entry["body"])
                self.assertEqual({name: body.get(name) for name in secret}, secret)

    def test_utf16(self):
        for codec in ("utf-16-le", "utf-16-be"):
            mark = codecs.BOM_UTF16_LE if codec == "utf-16-le" else codecs.BOM_UTF16_BE
            path = write_file(mark + (KEY + "\r\n").encode(codec))
            self.check_refused(("--api-key-file", path, *LIST), "UTF-16")
            self.check_refused(("--token-command", f"cat {path}", *LIST), "UTF-16")
            path = write_file(mark + '{"apiKey":"S3CRET-key"}'.encode(codec))
            self.check_refused(generate_arguments(path), "UTF-16", key=KEY)

    def test_nothing_else(self):
        for data in (BOM, BOM + b"\r\n", b" ", b"\r\n\r\n"):
            self.check_refused(("--api-key-file", write_file(data), *LIST), "empty")
            self.check_refused(LIST, "empty", key=data)
            self.check_refused(("--token-command", f"cat {write_file(data)}", *LIST), "prints nothing")

    def test_length(self):
        longest = b"k" * 4096
        for data in (longest, BOM + longest + b"\r\n"):
            self.assertEqual(BOX.run("--api-key-file", write_file(data), *LIST, AMP_API_KEY=None).status, 3)
            self.assertEqual(BOX.run(*LIST, AMP_API_KEY=data).status, 3)
        for data in (longest + b"k", longest + b"k\n", b"k" * 4150, b"k" * 5000):
            self.check_refused(("--api-key-file", write_file(data), *LIST), "--api-key-file")
            self.check_refused(LIST, "AMP_API_KEY", "4096", key=data)


class Characters(FilesTest):
    """A character that is never part of a credential is reported with its position, without the rest of the
    credential."""

    def test_in_a_key(self):
        for foreign, name in FOREIGN:
            with self.subTest(name):
                data = damaged(KEY, foreign)
                self.check_refused(("--api-key-file", write_file(data), *LIST), name, "at byte 9", "--api-key-file")
                self.check_refused(LIST, name, "at byte 9", "AMP_API_KEY", key=data)
                self.check_refused(("--api-key-file", write_file(BOM + data), *LIST), name, "at byte 12")
        self.check_refused(("--api-key-file", write_file(damaged(KEY, "\0")), *LIST), "U+0000", "at byte 9")
        self.check_refused(("--api-key-file", write_file("\u00a0" + KEY), *LIST), "U+00A0", "at byte 1,")
        self.check_refused(("--api-key-file", write_file(KEY + "\u200b\n"), *LIST), "U+200B",
                           f"at byte {len(KEY) + 1},")

    def test_cut_at_the_end(self):
        """The file ends within the last character."""
        for data in (b"\xe2\x80", b"\xf0\x9f\x94", b"\xc3"):
            self.check_refused(("--api-key-file", write_file(KEY.encode() + data), *LIST), f"0x{data[0]:02X}",
                               f"at byte {len(KEY) + 1}")

    def test_in_a_token(self):
        for foreign, name in (*FOREIGN, (" ", "U+0020"), ("\0", "U+0000")):
            with self.subTest(name):
                path = write_file(damaged(TOKEN, foreign))
                self.check_refused(("--token-command", f"cat {path}", *LIST), name, "at byte 9", "token command")

    def test_quotes(self):
        """The characters are printable, so they are sent, with a warning."""
        for quote in "\"'":
            path = write_file(f"{quote}{KEY}{quote}\n")
            result = BOX.run("--api-key-file", path, *LIST, AMP_API_KEY=None)
            self.check_failed(harness.Result(result.status, result.out, result.err.partition(b"\n")[2]), 3,
                              "AMP_ERR_UNAUTHORIZED")
            self.assertRegex(result.told, r"\Aampersand: warning: [^\n]*--api-key-file[^\n]*quotation marks")


class Modes(FilesTest):
    """A secret file that others may read is used, with a warning."""

    def check_warned(self, result, path, mode):
        """One warning for the file, with advice."""
        self.assertEqual(result.status, 0, result)
        self.assertRegex(result.told, r"\Aampersand: warning: [^\n]+\n\Z")
        for word in (path, f"{mode:04o}", f"chmod 600 {path}"):
            self.assertIn(word, result.told)

    def test_key_and_secret_file(self):
        for mode in (0o644, 0o640, 0o604, 0o620, 0o602, 0o666, 0o610):
            path = write_file(KEY, mode=mode)
            sent, result = self.sent(("--api-key-file", path))
            self.assertEqual(sent, [KEY])
            self.check_warned(result, path, mode)
        path = write_file({"apiKey": "S3CRET-key"}, mode=0o644)
        self.check_warned(BOX.run(*generate_arguments(path)), path, 0o644)

    def test_the_command_of_the_advice(self):
        """It changes this file, and no other, when it is pasted into a shell."""
        for suffix, command in ((" it's a key", "chmod 600 '{}'"), ("x" * 60, "chmod 600 {}"), ("é", "chmod 600 on it"),
                                ("x" * 120, "chmod 600 on it"), ("a\nb", "chmod 600 on it")):
            path = write_file(KEY, suffix, mode=0o644)
            _, result = self.sent(("--api-key-file", path))
            quoted = path.replace("'", "'\\''")
            self.assertTrue(result.told.endswith(f": run {command.format(quoted)}\n"), result.told)

    def test_of_its_owner_alone(self):
        for mode in (0o600, 0o400):
            self.assertEqual(self.sent(("--api-key-file", write_file(KEY, mode=mode)))[1].err, b"")

    def test_secret_files_that_are_not_files(self):
        """A pipe or standard input has no file mode, so there is no warning."""
        pipe = str(harness.FOLDER / unique("pipe"))
        os.mkfifo(pipe, 0o644)
        process = harness.start("--json", "--api-key-file", pipe, *LIST, changes=BOX.environment(AMP_API_KEY=None))
        with open(pipe, "w", encoding="ascii") as writer:
            writer.write(KEY)
        self.check_done(harness.end(process))
        with open(write_file(KEY, mode=0o644), "rb") as file:
            process = harness.start("--json", "--api-key-file", "-", *LIST, stdin=file,
                                    changes=BOX.environment(AMP_API_KEY=None))
            self.check_done(harness.end(process))

    def test_path_with_control_characters(self):
        path = write_file(KEY, suffix="\x1b[31m\n", mode=0o644)
        result = BOX.run("--api-key-file", path, *LIST, AMP_API_KEY=None)
        self.assertEqual((result.status, result.err.count(b"\n")), (0, 1))
        self.assertNotIn(b"\x1b", result.err)


class Limits(FilesTest):
    """Exceeding a limit of the system is an error that names the limit. No signal ends the client."""

    @staticmethod
    def run_limited(size, *arguments, **pipes):
        """Runs the client with a file size limit of `size` bytes."""
        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
            signal.signal(signal.SIGXFSZ, signal.SIG_DFL)  # Python ignores SIGXFSZ, and a child process inherits that.

        return harness.end(harness.start(*arguments, changes=BOX.environment(), preexec_fn=limit, **pipes))

    def test_output(self):
        for size in (0, 100):
            path = write_file(b"")
            with open(path, "wb") as out:
                result = self.run_limited(size, "--json", *LIST, stdout=out)
            self.assertEqual(result.status, 2, result)
            self.assertRegex(result.told, r"\Aampersand: [^\n]*output[^\n]*File too large[^\n]*\n\Z")
            self.assertLessEqual(os.stat(path).st_size, size)

    def test_session(self):
        """The earlier file remains, and no temporary file does."""
        path = harness.FOLDER / unique("session")
        for before in (None, b"old"):
            if before is not None:
                path.write_bytes(before)
                path.chmod(0o600)
            result = self.run_limited(100, "--json", "--session", str(path), *LIST)
            self.assertEqual(result.status, 0, result)
            self.assertRegex(result.told, r"\Aampersand: warning: [^\n]*session[^\n]*File too large\n\Z")
            self.assertEqual(path.read_bytes() if path.exists() else None, before)
            self.assertEqual(list(path.parent.glob(path.name + ".*")), [])

    def test_token_command_is_as_usual(self):
        """A command that the client runs does not inherit an ignored signal."""
        command = "grep SigIgn /proc/self/status >&2; echo " + TOKEN
        result = BOX.run("--token-command", command, *LIST, AMP_API_KEY=None)
        self.assertEqual(result.status, 0)
        ignored = int(result.told.split()[1], 16)
        for number in (signal.SIGPIPE, signal.SIGXFSZ):
            self.assertEqual(ignored >> (number - 1) & 1, 0, number)

    def without_descriptors(self, highest, *arguments, data):
        """Runs the client. While it waits for its input, lowers its descriptor limit to `highest`."""
        process = harness.start("--json", *arguments, changes=BOX.environment(AMP_API_KEY=None, **harness.NO_LEAK_CHECK),
                                stdin=subprocess.PIPE)
        until(lambda: harness.waits(process), "the client to wait")
        resource.prlimit(process.pid, resource.RLIMIT_NOFILE, (highest + 1, highest + 1))
        process.stdin.write(data)
        return harness.end(process)

    def test_descriptors(self):
        result = self.without_descriptors(2, "--api-key-file", "-", *LIST, data=KEY.encode())
        self.check_failed(result, 2, "AMP_ERR_ARGUMENT", "start")
        self.assertIn(f"{BOX.ca}: {os.strerror(errno.EMFILE)}", result.told)

    def test_descriptors_of_a_token_command(self):
        before = len(BOX.log())
        arguments = generate_arguments("-")
        result = self.without_descriptors(3, "--token-command", f"echo {TOKEN}", *arguments,
                                          data=json.dumps({"apiKey": "S3CRET-key"}).encode())
        self.check_failed(result, 2, "AMP_ERR_TOKEN", "start")
        self.assertIn("could not be started: " + os.strerror(errno.EMFILE), result.told)
        self.assertEqual(len(BOX.log()), before)


class Signals(FilesTest):
    """The terminal is closed."""

    def test_is_an_interruption(self):
        switches = f"delay=60000,{own_switches()}"
        process = harness.start("--json", *LIST, changes=BOX.environment(switches),
                                preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_DFL))
        until(lambda: BOX.log(switches), "the request")
        process.send_signal(signal.SIGHUP)
        self.check_failed(harness.end(process), 130, "AMP_ERR_CANCELLED", "head")

    def test_under_nohup(self):
        switches = f"huge=1000,{own_switches()}"
        process = harness.start("--json", "connection", "list", changes=BOX.environment(switches),
                                preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
        until(lambda: BOX.log(switches), "the request")
        process.send_signal(signal.SIGHUP)
        self.assertGreaterEqual(len(self.check_done(harness.end(process))), 1000)


class Kinds(FilesTest):
    """Files that cannot be a secret: exit 2 and a sentence with the reason."""

    def test_bad_secrets(self):
        folder, missing = str(harness.FOLDER), str(harness.FOLDER / "missing")
        loop = harness.FOLDER / unique("loop")
        loop.symlink_to(loop)
        for path, word in ((write_file(b""), "is empty"), (folder, os.strerror(errno.EISDIR)),
                           (missing, os.strerror(errno.ENOENT)), (missing + "n" * 300, os.strerror(errno.ENAMETOOLONG)),
                           (str(loop), os.strerror(errno.ELOOP)), ("/dev/null", "is empty"), ("/dev/zero", "longer"),
                           (write_file(b" " * 100000), "longer")):
            with self.subTest(path):
                self.check_refused(("--api-key-file", path, *LIST), word)
                self.check_refused(generate_arguments(path), word, key=KEY)

    @unittest.skipIf(os.geteuid() == 0, "root may read everything")
    def test_unreadable_files(self):
        path = write_file(KEY, mode=0)
        self.check_refused(("--api-key-file", path, *LIST), os.strerror(errno.EACCES), path)
        self.check_refused(generate_arguments(path), os.strerror(errno.EACCES), path, key=KEY)

    def test_token_command(self):
        for command, word in (("true", "prints nothing"), ("exit 3", "status 3"), ("kill -9 $$", "signal 9"),
                              ("cat /dev/zero", "more than 8192 bytes"), ("yes", "more than 8192 bytes"),
                              (str(harness.FOLDER), "status 126"), ("./missing", "status 127")):
            result = BOX.run("--token-command", command, *LIST, AMP_API_KEY=None)
            self.assertEqual(result.status, 2)
            self.assertIn(word, result.told)


if __name__ == "__main__":
    harness.main()
