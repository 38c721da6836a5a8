#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks that the README's first program runs unchanged, and that a device accepts each kind of trust and
credential."""
import os
import pathlib
import re
import ssl
import subprocess

import harness
from harness import FOLDER, PATIENCE, ROOT, Sandbox, TestCase

LIBRARY = os.environ.get("AMPERSAND_LIBRARY") or str(ROOT / "build" / "libampersand.a")
SANDBOX = Sandbox()


def build(name, source):
    """Compiles a program as the README says, but with the library from the build folder."""
    command = [os.environ.get("CC") or "cc", "-std=c99", "-D_POSIX_C_SOURCE=200809L", "-Wall", "-Wextra", "-Wpedantic",
               "-Werror", f"-I{ROOT}/include", f"-I{ROOT}/port/posix", str(source), LIBRARY, "-lmbedtls", "-lmbedx509",
               "-lmbedcrypto", "-lpthread", "-o", str(FOLDER / name)]
    subprocess.run(command, check=True)
    return FOLDER / name


def first_program():
    """Returns the first C block of the README."""
    return re.search(r"^```c\n(.*?)^```$", (ROOT / "README.md").read_text(encoding="utf-8"), re.M | re.S).group(1)


FIRST = build("first", harness.write_file(first_program(), ".c"))
DEVICE = build("device", ROOT / "test" / "e2e" / "device.c")


def run(*command, switches="", **changes):
    """Runs a program to its end against the sandbox."""
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE, check=False,
                          env=harness.environment(SANDBOX.environment(switches, **changes)))
    return harness.Result(done.returncode, done.stdout, done.stderr)


class First(TestCase):
    """Tests of the README's first program."""

    def test_it_is_short(self):
        """main has twelve lines without the closing brace, and none of them allocates."""
        body = first_program().partition("{\n")[2].rpartition("}\n")[0].splitlines()
        self.assertLessEqual(len([line for line in body if line.strip() != "}"]), 12)
        self.assertNotIn("alloc", first_program())

    def test_it_runs_as_it_stands(self):
        """Only the variables that tools/sandbox.sh exports are set."""
        result = run(FIRST)
        self.assertEqual((result.status, result.err), (0, b""), result)
        records = SANDBOX.run("connection", "list", "--provider=salesforce").records
        self.assertGreater(len(records), 0)
        *lines, last = result.text.splitlines()
        self.assertEqual(last, "done")
        self.assertEqual(sorted(lines),
                         sorted(f"{record['group']['groupRef']} is {record['status']}" for record in records))

    def test_it_fails_closed(self):
        """A wrong key, a missing key and an untrusted authority have a message each."""
        for changes, message in (({"AMP_API_KEY": "wrong"}, "credential"), ({"AMP_API_KEY": None}, "configuration"),
                                 ({"AMP_CA_FILE": None}, "certificate|trust anchors"), ({"AMP_URL": "x"}, "configuration")):
            result = run(FIRST, **changes)
            self.assertEqual((result.status, result.err), (1, b""), result)
            self.assertRegex(result.text, message)


class Device(TestCase):
    """Tests of amp_device.h over sockets."""

    def check_lists(self, *arguments, **changes):
        """Four complete lists over two handshakes."""
        count = len(SANDBOX.run("connection", "list").records)
        result = run(DEVICE, *arguments, **changes)
        self.assertEqual((result.status, result.err), (0, b""), result)
        self.assertEqual(result.text, f"{count} AMP_END 1\n" * 4)

    def test_each_form_of_trust(self):
        """The anchors are a file, PEM text, or DER."""
        pem = pathlib.Path(SANDBOX.environment()["AMP_CA_FILE"])
        der = harness.write_file(ssl.PEM_cert_to_DER_cert(pem.read_text(encoding="ascii")))
        self.check_lists("file", pem)
        self.check_lists("pem", pem)
        self.check_lists("der", der)

    def test_no_trust_is_the_systems(self):
        """The system's bundle does not have the sandbox's authority."""
        result = run(DEVICE, "none", "/dev/null")
        self.assertIn(result.text.splitlines()[0].split()[-2:],
                      (["AMP_ERR_CERT_UNTRUSTED", "0"], ["AMP_ERR_TRUST"]), result)

    def test_a_token(self):
        """The token is sent instead of a key."""
        token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJkZXZpY2UifQ.c2lnbmF0dXJl"
        self.check_lists("token", SANDBOX.environment()["AMP_CA_FILE"], AMP_API_KEY=token)
        refused = run(DEVICE, "token", SANDBOX.environment()["AMP_CA_FILE"], AMP_API_KEY="no-token")
        self.assertEqual(refused.text.splitlines()[0], "0 AMP_ERR_UNAUTHORIZED 1")


if __name__ == "__main__":
    harness.main()
