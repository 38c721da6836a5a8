#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks that no command prints a secret, even with every option that adds output. Checks that the search for
secrets finds them.

The harness searches the output of every run in every file. These tests contain secrets that the search must
find, and runs with much output.
"""
import base64
import pathlib
import unittest.mock

import canary
import commands
import harness
from harness import KEY, FOLDER, unique, until, write_file

BOX = harness.Sandbox()
SECRETS = {"oauth2PasswordCredentials": {
    "username": "S3CRET-user", "password": "S3CRET-pass?&/\u20ac", "clientId": "S3CRET-id",
    "clientSecret": "S3CRET-secret", "scopes": ["S3CRET-scope"]}}
SECRET_FILE = write_file(SECRETS)
TOKEN = "e30.e30.S3CRET-signature"
OPTIONS = (("--verbose", "--stats", "--json"), ("--verbose", "--stats"))
LARGEST = 1 << 28  # bytes of a mapping that is searched; a sanitizer's shadow memory is larger
FAULTS = ("status=400", "status=401", "status=404", "status=503,retry-after=7", "no-problem=500", "html",
          "redirect=https://evil.invalid/login", "garbage", "drop", "reset", "cut=30", "cut-clean=30")


def kept_session():
    """Writes a session file. Returns its path. Each run has its own file, because the run changes it."""
    path = FOLDER / unique("session")
    path.touch(0o600)
    path.write_bytes(SESSION)
    return str(path)


def _first_session():
    path = FOLDER / unique("session")
    harness.run("connection", "list", "--session", str(path), changes=BOX.environment())
    return path.read_bytes()


SESSION = _first_session()


def ids(*words):
    """Runs a command in the sandbox. Returns the id of the first record that it prints."""
    return BOX.run(*words).records[0]["id"]


def working():
    """Returns commands that succeed in this order."""
    who = ("--provider=stripe", f"--group={unique('group')}", "--consumer=c")
    secret = ("--secret-file", SECRET_FILE)
    made = ids("connection", "generate", *who, *secret)
    place = (BOX.integration, ids("installation", "create", BOX.integration, *who[:2], f"--connection={made}"))
    yield from (("connection", "get", made), ("connection", "list"), ("connection", "generate", *who, *secret),
                ("connection", "update", made, "--workspace=w", *secret),
                ("connection", "status", "--provider=salesforce", "--group=group-alpha"),
                ("connection", "status", "--provider=hubspot", "--group=group-beta"), ("connection", "wait", *who),
                ("connect", *who, "--for=0.1"), ("oauth", "connect", *who),
                ("oauth", "update", ids("connection", "list", "--group=group-beta")), ("doctor",),
                ("installation", "list"), ("installation", "get", *place),
                ("installation", "update", *place, f"--connection={made}"), ("operation", "list", *place),
                ("installation", "delete", *place),
                ("connection", "delete", ids("connection", "generate", *who, *secret)))


def copies(process, secret):
    """Returns the mappings with a copy of the secret in the writable memory of a running process, by name."""
    found = []
    with open(f"/proc/{process.pid}/maps", encoding="utf-8") as maps, open(f"/proc/{process.pid}/mem", "rb") as memory:
        tail, tail_end = b"", None  # a secret may lie across the border of two mappings
        for line in maps:
            span, rights, _, _, _, *name = line.split(maxsplit=5)
            start, end = (int(number, 16) for number in span.split("-"))
            if rights.startswith("rw") and end - start <= LARGEST:
                memory.seek(start)
                content = (tail if start == tail_end else b"") + memory.read(end - start)
                found += ["".join(name).strip() or "unnamed"] * content.count(secret)
                tail, tail_end = content[1 - len(secret):], end
    return found


class Memory(harness.TestCase):
    """While the client waits, its memory has one copy of each secret. The next request is written from that
    copy. The environment, the stack, the heap, and the buffers of the client, stdio and TLS have none."""

    def check_one(self, secrets, *arguments, requests=1, switches="", **changes):
        """Starts the client. Searches its memory when the sandbox has received `requests` requests and the
        client sleeps."""
        switches += f",split={unique().rpartition('-')[2]}"
        if b"__asan_init" in pathlib.Path(harness.CLIENT).read_bytes():
            self.skipTest("the runtime of AddressSanitizer keeps a copy of the environment")
        process = harness.start(*arguments, changes=BOX.environment(switches.strip(","), **changes))
        self.addCleanup(process.kill)
        until(lambda: len(BOX.log(switches.strip(","))) >= requests and harness.waits(process), "the request")
        try:
            for secret in secrets:
                places = copies(process, secret.encode())
                self.assertEqual(len(places), 1, (arguments, secret, places))
        except PermissionError:
            self.skipTest("only root can read the client's memory")
        process.terminate()
        harness.end(process)

    def test_key(self):
        self.check_one((KEY,), "connection", "get", "x", switches="delay=60000")
        self.check_one((KEY,), "connection", "get", "x", "--api-key-file", write_file(KEY + "\n"), switches="delay=60000",
                       AMP_API_KEY=None)

    def test_key_between_requests(self):
        self.check_one((KEY,), "connection", "wait", "--provider=nowhere", f"--group={unique('group')}", "--consumer=c")

    def test_secret_file(self):
        self.check_one((KEY, "S3CRET-secret", "S3CRET-scope"), *harness.generate_arguments(SECRET_FILE), switches="delay=60000")
        custom = write_file({"customAuth": {"password": "S3CRET-custom"}})
        self.check_one((KEY, "S3CRET-custom"), *harness.generate_arguments(custom), switches="delay=60000")

    def test_token(self):
        self.check_one((TOKEN,), "connection", "get", "x", switches="delay=60000", AMP_API_KEY=None,
                       AMP_TOKEN_COMMAND=f"cat {write_file(TOKEN)}")


class Finding(harness.TestCase):
    """The search finds a secret, so a client that prints one fails the run."""

    def check_found(self, script, *arguments, **changes):
        """Runs this script in place of the client. The run must be refused."""
        path = pathlib.Path(write_file(f"#!/bin/sh\n{script}\n"))
        path.chmod(0o700)
        with unittest.mock.patch.object(harness, "CLIENT", str(path)):
            for run in (harness.run, lambda *line, changes: harness.end(harness.start(*line, changes=changes))):
                with self.assertRaisesRegex(AssertionError, "a secret"):
                    run(*arguments, changes={"AMP_API_KEY": KEY, **changes})

    def test_in_every_form(self):
        for secret in (KEY.encode(), b"S3CRET ?&/\xe2\x82\xac\"", bytes(range(7, 200, 9))):
            encoded = [secret, base64.b64encode(b"basic:" + secret + b":"),
                       base64.urlsafe_b64encode(b"u:" + secret + b"x"),
                       base64.b64encode(secret), "".join(f"%{byte:02x}" for byte in secret).encode()]
            for text in encoded:
                self.assertIsNotNone(canary.find(b"told: " + text + b".", {secret}), text)
            self.assertIsNone(canary.find(b"nothing of it, 100%", {secret}))

    def test_the_key(self):
        for script in ('echo "key: $AMP_API_KEY"', 'echo "key: $AMP_API_KEY" >&2', 'printf "x:$AMP_API_KEY" | base64'):
            self.check_found(script)
        self.check_found('cat "$2"', "--api-key-file", write_file("the-key-of-a-file\n"), AMP_API_KEY=None)

    def test_a_secret_file(self):
        self.check_found("echo S3CRET-pass%3F%26%2F%E2%82%AC", "--secret-file", SECRET_FILE)
        self.check_found("echo S3CRET-scope >&2", f"--secret-file={SECRET_FILE}")
        self.check_found("echo 'S3CRET-pass?&/\\u20ac'", "--secret-file", SECRET_FILE)

    def test_a_session(self):
        path = kept_session()
        self.check_found('base64 -w0 "$2"', "--session", path)
        self.check_found('cat "$AMP_SESSION_FILE" >&2', AMP_SESSION_FILE=path)
        self.check_found('head -c 500 /dev/urandom >"$2"; cat "$2"', "--session", path)

    def test_secrets_of_an_answer(self):
        self.check_found(f"echo {canary.ANSWERED}-access-token")

    def test_a_token(self):
        with self.assertRaisesRegex(AssertionError, "a secret"):
            canary.check_tokens({TOKEN.encode()}, b"", f"asked with {TOKEN}".encode())

    def test_a_request(self):
        entry = {"target": "/v1/projects/p/connections", "headers": [["X-Api-Key", KEY], ["Host", "localhost"]]}
        harness.run("--version", changes={"AMP_API_KEY": KEY})
        canary.check_requests([entry])
        for told in ({"target": f"/v1/projects/p/connections?groupRef={KEY.replace('-', '%2D')}"},
                     {"target": f"/v1/projects/{base64.b64encode(KEY.encode()).decode().strip('=')}"},
                     {"headers": [["User-Agent", f"client {KEY}"]]},
                     {"target": f"/v1/{TOKEN}", "headers": [["Authorization", f"Bearer {TOKEN}"]]}):
            with self.assertRaisesRegex(AssertionError, "a secret"):
                canary.check_requests([{**entry, **told}])


class Silence(harness.TestCase):
    """Runs every command with every option that adds output."""

    def ask(self, options, arguments, switches, **changes):
        """Runs a command with a session and all output. Returns the output."""
        result = harness.run(*options, "--session", kept_session(), "--deadline", "5", *arguments,
                             changes=BOX.environment(switches, **changes))
        self.assertIn("stats: {", result.told, arguments)
        self.assertGreater(len(result.told.splitlines()), 1, (arguments, "--verbose says nothing"))
        canary.check_tokens({TOKEN.encode()}, result.out, result.err)
        return result

    def test_successes(self):
        """Answers contain secrets, too."""
        for options in OPTIONS:
            for arguments in working():
                with self.subTest(arguments=arguments):
                    result = self.ask(options, arguments, "creds")
                    self.assertIn(result.status, (0, 1), result)
                    self.assertIn('"resumed":true', result.told)

    def test_with_a_token(self):
        for options in OPTIONS:
            for command in commands.COMMANDS:
                switches = f"creds,expire-tokens=1,split={unique().rpartition('-')[2]}"
                self.ask(options, command.arguments, switches, AMP_API_KEY=None, AMP_TOKEN_COMMAND=f"echo {TOKEN}")
                self.assertEqual(canary.tokens(BOX.log(switches)), {TOKEN.encode()})

    def test_failures(self):
        tenant = ("--provider=salesforce", "--group=g", "--consumer=c")
        table = [command.arguments for command in commands.COMMANDS]
        table += [("connection", "update", "x", "--secret-file", SECRET_FILE), ("doctor",),
                  ("connection", "status", *tenant), ("connection", "wait", *tenant, "--for=0.1"),
                  ("connect", *tenant, "--for=0.1"), (*harness.generate_arguments(SECRET_FILE),)]
        rows = [(options, arguments, fault) for options in OPTIONS for arguments in table for fault in FAULTS]
        for (_, arguments, fault), result in zip(rows, harness.in_parallel(lambda row: self.ask(*row), rows), strict=True):
            self.assertNotEqual(result.status, 0, (arguments, fault))

    def test_in_the_process_table(self):
        """Secrets are neither in the arguments nor in the environment of the process. No core file is written."""
        switches = f"delay={60000 + int(unique().rpartition('-')[2])}"
        process = harness.start("--verbose", *harness.generate_arguments(SECRET_FILE),
                                changes=BOX.environment(switches))
        self.addCleanup(process.kill)
        until(lambda: BOX.log(switches), "the request")
        folder = pathlib.Path(f"/proc/{process.pid}")
        told = (folder / "cmdline").read_bytes()
        self.assertIn(b"generate", told)
        try:
            told += (folder / "environ").read_bytes()
        except PermissionError:
            pass  # Behaves as for any user except root: the client's memory must not be readable.
        process.secrets.check(told)
        self.assertRegex((folder / "limits").read_text(encoding="ascii"), r"Max core file size +0 +0 ")
        process.terminate()
        harness.end(process)


if __name__ == "__main__":
    harness.main()
