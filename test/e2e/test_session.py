# SPDX-License-Identifier: MIT
"""Tests --session and --pin: a run resumes the session of the previous run, and only where that is allowed."""
import errno
import hashlib
import json
import os
import pathlib
import ssl
import stat
import subprocess

import answers
import certificates
import harness
import servers
from harness import KEY

certificates.require()
OURS = certificates.Authority()
FILES = OURS.issue()
GET = ("connection", "get", "connection-123")


def pin_of(files):
    """Returns the SHA-256 of a certificate's public key, in hexadecimal digits."""
    key = subprocess.run(["openssl", "x509", "-in", files, "-noout", "-pubkey"], check=True, capture_output=True).stdout
    der = subprocess.run(["openssl", "pkey", "-pubin", "-outform", "DER"], input=key, check=True,
                         capture_output=True).stdout
    return hashlib.sha256(der).hexdigest()


class Server(servers.TlsServer):
    """A server that records for each connection if it resumed a session."""

    def __init__(self, newest=ssl.TLSVersion.TLSv1_2, files=FILES):
        self.reused = []
        super().__init__(servers.context(files, newest), self._note)

    def _note(self, secure):
        self.reused.append(secure.session_reused)
        secure.sendall(answers.plain())


class SessionTest(harness.TestCase):
    """Runs commands one after the other."""

    def setUp(self):
        self.path = harness.FOLDER / harness.unique("session")

    def ask(self, server, *options, ca=OURS.pem, host="localhost", **changes):
        """Runs the client against a server, with statistics. Returns its result."""
        server.received = b""
        result = harness.run("--json", "--stats", *options, *GET, changes={
            "AMP_URL": f"https://{host}:{server.port}/v1", "AMP_PROJECT": "p", "AMP_API_KEY": KEY,
            "AMP_CA_FILE": ca, **changes})
        self.stats = json.loads(result.told.rpartition("stats: ")[2] or "null")
        return result

    def get(self, server, resumed, *options, warnings=0, **more):
        """Checks a run that must succeed, resumed or not. Client and server must agree."""
        result = self.ask(server, *options, **more)
        self.assertEqual(result.status, 0, result.told)
        self.assertEqual(result.records[0]["id"], "connection-123")
        self.assertEqual(server.reused[-1], resumed)
        self.assertEqual(self.stats["resumed"], resumed)
        self.assertEqual(len(result.told.splitlines()), 1 + warnings, result.told)
        return result

    def keep(self, server):
        """Saves a valid session in the file."""
        self.get(server, False, "--session", str(self.path))
        self.assertGreater(self.path.stat().st_size, 100)


class Sessions(SessionTest):
    """Tests of the session file: its content, its mode, its faults."""

    def test_from_run_to_run(self):
        with Server() as server:
            self.keep(server)
            full = self.stats["tx"] + self.stats["rx"]
            for _ in range(3):
                self.get(server, True, "--session", str(self.path))
            self.assertLess(self.stats["tx"] + self.stats["rx"], full)
            self.get(server, True, AMP_SESSION_FILE=str(self.path))
            self.get(server, False)

    def test_the_newest_version(self):
        """TLS 1.3 where both support it. Otherwise the same test with 1.2."""
        with Server(None) as server:
            self.keep(server)
            version = self.stats["tls"]
            self.get(server, True, "--session", str(self.path))
            self.assertEqual(self.stats["tls"], version)

    def test_a_secret_file(self):
        os.umask(0)
        with Server() as server:
            self.keep(server)
        self.assertEqual(stat.S_IMODE(self.path.stat().st_mode), 0o600)
        self.assertNotIn(KEY.encode(), self.path.read_bytes())
        self.assertEqual(list(self.path.parent.glob(self.path.name + ".*")), [])

    def test_a_file_that_others_can_reach(self):
        with Server() as server:
            self.keep(server)
            for mode in (0o640, 0o604, 0o620, 0o602, 0o666):
                self.path.chmod(mode)
                result = self.get(server, False, "--session", str(self.path), warnings=1)
                self.assertRegex(result.told, rf"\Aampersand: warning: {self.path}: [^\n]*other users[^\n]*mode 0600")
                self.assertEqual(stat.S_IMODE(self.path.stat().st_mode), 0o600)
            self.get(server, True, "--session", str(self.path))

    def test_damage(self):
        with Server() as server:
            self.keep(server)
            good = self.path.read_bytes()
            middle = len(good) // 2
            for bad in (b"", b"\0", good[:-1], good + b"\0", good[:30], b"\0" * len(good), b"x" * 100000,
                        good[:middle] + bytes([good[middle] ^ 1]) + good[middle + 1:], good[:4] + b"\2" + good[5:]):
                self.path.write_bytes(bad)
                self.get(server, False, "--session", str(self.path))
            self.get(server, True, "--session", str(self.path))

    def test_bad_files(self):
        def check(path):
            result = self.ask(server, "--session", str(path))
            self.assertEqual(result.status, 2)
            self.assertIn("--session", result.told)
            return result.told

        target = harness.FOLDER / harness.unique("target")
        link = harness.FOLDER / harness.unique("link")
        pipe = harness.FOLDER / harness.unique("pipe")
        target.write_bytes(b"precious")
        link.symlink_to(target)
        os.mkfifo(pipe)
        with Server() as server:
            for path in (harness.FOLDER, link, pipe, "/dev/null", harness.FOLDER / "none" / "session"):
                with self.subTest(path):
                    check(path)
            self.assertIn(os.strerror(errno.ENOTDIR), check(target / "session"))
            self.assertIn(os.strerror(errno.ENAMETOOLONG), check(harness.FOLDER / ("s" * 300)))
            self.assertEqual(server.connections, 0)
        self.assertEqual(target.read_bytes(), b"precious")

    def test_kept_when_the_service_cannot_be_reached(self):
        with Server() as server:
            self.keep(server)
            good = self.path.read_bytes()
            port = server.port
        result = harness.run("--json", "--session", str(self.path), *GET, changes={
            "AMP_URL": f"https://localhost:{port}/v1", "AMP_PROJECT": "p", "AMP_API_KEY": KEY, "AMP_CA_FILE": OURS.pem})
        self.assertEqual(result.status, 4)
        self.assertEqual(self.path.read_bytes(), good)

    def test_for_another_host(self):
        with Server() as server:
            self.keep(server)
            self.get(server, False, "--session", str(self.path), host="127.0.0.1")
            with Server() as other:
                self.get(other, False, "--session", str(self.path))

    def test_server_that_forgot(self):
        with Server() as server:
            self.keep(server)
            server._context = servers.context(FILES, ssl.TLSVersion.TLSv1_2)
            self.get(server, False, "--session", str(self.path))
            self.get(server, True, "--session", str(self.path))

    def test_another_trust(self):
        other = certificates.Authority("/CN=Other")
        both = harness.write_file(pathlib.Path(OURS.pem).read_text() + pathlib.Path(other.pem).read_text())
        with Server() as server:
            self.keep(server)
            self.get(server, False, "--session", str(self.path), ca=both)
            self.keep(server)
            result = self.ask(server, "--session", str(self.path), ca=other.pem)
            self.check_failed(result, 4, "AMP_ERR_CERT_UNTRUSTED", "tls")
            self.assertEqual(server.received, b"")


class Pins(SessionTest):
    """Tests of --pin."""

    def test_in_the_chain(self):
        for path in (FILES.certificate, OURS.pem):
            with Server() as server:
                self.get(server, False, "--pin", pin_of(path))
                self.get(server, False, "--pin", "0" * 64, "--pin", pin_of(path).upper())

    def test_not_in_the_chain(self):
        other = certificates.Authority("/CN=Other")
        with Server() as server:
            result = self.ask(server, "--pin", pin_of(other.pem), "--pin", "0" * 64)
            self.assertEqual(server.received, b"")
        self.assertEqual(result.status, 4)
        self.assertEqual(result.error["status"], "AMP_ERR_CERT_PIN")

    def test_makes_no_trust(self):
        stranger = certificates.Authority("/CN=Stranger").issue()
        with Server(files=stranger) as server:
            result = self.ask(server, "--pin", pin_of(stranger.certificate))
            self.assertEqual(server.received, b"")
        self.assertEqual(result.error["status"], "AMP_ERR_CERT_UNTRUSTED")
        self.assertIn("issued by Stranger", result.told)

    def test_another_pin_takes_up_no_session(self):
        with Server() as server:
            self.keep(server)
            self.get(server, False, "--session", str(self.path), "--pin", pin_of(OURS.pem))
            self.get(server, True, "--session", str(self.path), "--pin", pin_of(OURS.pem))
            result = self.ask(server, "--session", str(self.path), "--pin", "1" * 64)
            self.assertEqual(result.error["status"], "AMP_ERR_CERT_PIN")

    def test_bad_pins(self):
        for pin in ("0", "0" * 63, "0" * 65, "g" * 64, "sha256/" + "A" * 43 + "=", " " + "0" * 63):
            result = harness.run("--json", "--pin", pin, *GET, changes={
                "AMP_URL": "https://localhost:1/v1", "AMP_PROJECT": "p", "AMP_API_KEY": KEY, "AMP_CA_FILE": OURS.pem})
            self.check_failed(result, 2, "AMP_ERR_ARGUMENT", "start")
            self.assertIn("--pin", result.told)


if __name__ == "__main__":
    harness.main()
