# SPDX-License-Identifier: MIT
"""Requests checked against the service's published description, by Prism.

Prism speaks plain HTTP and serves the paths without /v1, so it stands behind a TLS front that
passes bytes on as they are, and the base URL has no prefix.
"""
import contextlib
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import threading

import certificates
import harness
import servers
from harness import KEY, PATIENCE, generate_arguments, until, write_file

PACKAGE = "@stoplight/prism-cli@5"
INSTALL_SECONDS = 240
BAD_ANSWER = 5  # the exit status for an answer that the client refuses
SPEC = harness.ROOT.parent / "shared" / "openapi" / "ampersand-api.json"
BUILD = pathlib.Path(os.environ.get("AMPERSAND_BUILD") or harness.ROOT / "build")

CREDENTIALS = (
    {"apiKey": "secret"},
    {"basicAuth": {"username": "u", "password": "p"}},
    {"oauth2ClientCredentials": {"clientId": "i", "clientSecret": "s", "scopes": ["one", "two"]}},
    {"oauth2ClientCredentials": {"clientId": "i", "clientSecret": "s"}},
    {"oauth2PasswordCredentials": {"username": "u", "password": "p", "clientId": "i", "clientSecret": "s",
                                   "scopes": ["one"]}},
    {"oauth2AuthorizationCode": {
        "accessToken": {"token": "t", "issuedAt": "2024-04-22T18:55:28.456076Z", "expiresAt": "2024-10-22T18:55:28Z"},
        "refreshToken": {"token": "r"}, "scopes": ["one"]}},
    {"customAuth": {"key": "value", "list": ["a", "b"]}},
)


def install():
    """The prism command, installed where the build is unless it is there already."""
    cache = BUILD / "prism"
    command = cache / "node_modules" / ".bin" / "prism"
    if command.exists():
        return str(command)
    if shutil.which("npm") is None or shutil.which("node") is None:
        harness.skip_all("npm and node are not installed")
    cache.mkdir(parents=True, exist_ok=True)
    line = ["npm", "install", "--prefix", str(cache), "--no-audit", "--no-fund", "--silent",
            "--fetch-retries=1", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=2000", PACKAGE]
    try:
        done = subprocess.run(line, capture_output=True, timeout=INSTALL_SECONDS, check=False, cwd=cache)
    except subprocess.TimeoutExpired:
        harness.skip_all("npm install takes too long")
    if done.returncode != 0 or not command.exists():
        harness.skip_all("npm install fails (offline?)")
    return str(command)


class Prism:
    """Prism on a free port; it ends with the with block."""

    def __init__(self, command, spec=SPEC):
        self._lines = []
        self.port = None
        self._process = subprocess.Popen(
            [command, "mock", "-h", "127.0.0.1", "-p", "0", str(spec)], stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=harness.environment({"NO_COLOR": "1"}))
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self._process.stdout:
            self._lines.append(line)
            if found := re.search(rb"listening on http://127\.0\.0\.1:(\d+)", line):
                self.port = int(found[1])

    def __enter__(self):
        try:
            until(lambda: self.port or self._process.poll() is not None, "Prism to listen", 2 * PATIENCE)
            if self.port is None:
                raise RuntimeError(b"".join(self._lines[-5:]).decode("utf-8", "replace"))
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self._process.terminate()
        self._process.wait(PATIENCE)
        self._process.stdout.close()


class Front:
    """Takes TLS off, passes bytes both ways, and keeps what was answered."""

    def __init__(self, port):
        self._port = port
        self.answered = b""

    def __call__(self, sock):
        with CONTEXT.wrap_socket(sock, server_side=True) as secure, \
                socket.create_connection(("127.0.0.1", self._port), PATIENCE) as plain:
            back = threading.Thread(target=self._back, args=(plain, secure), daemon=True)
            back.start()
            with contextlib.suppress(OSError):
                while piece := secure.recv(65536):
                    plain.sendall(piece)
            plain.shutdown(socket.SHUT_WR)
            back.join(PATIENCE)

    def _back(self, plain, secure):
        with contextlib.suppress(OSError):
            while piece := plain.recv(65536):
                self.answered += piece
                secure.sendall(piece)


class PrismTest(harness.TestCase):
    """No request has a violation."""

    def answers(self, *arguments, statuses=(0,), prism=None, **changes):
        """Run the client. Returns its result and the head of each of Prism's answers."""
        front = Front((prism or PRISM).port)
        with servers.Server(front) as server:
            result = harness.run("--json", *arguments, changes={
                "AMP_URL": f"https://127.0.0.1:{server.port}", "AMP_PROJECT": "my-project", "AMP_CA_FILE": CA,
                "AMP_API_KEY": KEY, **changes})
        heads = re.findall(rb"HTTP/1\.1 \d\d\d [^\r]*\r\n(?:[^\r]+\r\n)*", front.answered)
        self.assertGreaterEqual(len(heads), 1, result)
        self.assertIn(result.status, statuses, result)
        return result, heads

    def check_request(self, *arguments, count=1, **options):
        """Run the client. Prism must find no fault in any of its requests.

        Prism answers with the examples of the description. They name other records than the request
        does, which the client reports as AMP_ERR_MISMATCH. Only the request matters here.
        """
        result, heads = self.answers(*arguments, **{"statuses": (0, BAD_ANSWER), **options})
        if result.status == BAD_ANSWER and "statuses" not in options:
            self.assertEqual(json.loads(result.out)["error"]["status"], "AMP_ERR_MISMATCH", result)
        self.assertEqual(len(heads), count, result)
        for head in heads:
            self.assertRegex(head, rb"\AHTTP/1\.1 20[014] ", result)
            self.assertEqual(self.violations(head), [])
        return result

    @staticmethod
    def violations(head):
        """What Prism says of the request, as far as it is about the request."""
        found = re.search(rb"(?im)^sl-violations: *(.*?)\r?$", head)
        entries = json.loads(found[1]) if found else []
        return [entry for entry in entries if list(entry.get("location", [""]))[:1] == ["request"]]

    def test_check_finds_what_is_wrong(self):
        """A request that breaks the description, to know that it would be seen."""
        body = b'{"groupRef":5}'
        with socket.create_connection(("127.0.0.1", PRISM.port), PATIENCE) as plain:
            plain.sendall(b"POST /projects/p/connections:generate HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                          b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
            head = b"".join(iter(lambda: plain.recv(65536), b"")).partition(b"\r\n\r\n")[0]
        wrong = self.violations(head) or re.search(rb"\AHTTP/1\.1 4\d\d ", head)
        self.assertTrue(wrong, head)

    def test_get(self):
        for arguments in ((), ("--refresh", "force"), ("--refresh", "ifExpired")):
            (record,) = self.check_request("connection", "get", "connection-123", *arguments).records
            self.assertIn("id", record)
        self.check_request("connection", "get", "a b/c?d#e%f+g&h\u00e9")

    def test_get_with_a_token(self):
        result = self.check_request("--token-command", "echo e30.e30.c2ln", "connection", "get", "connection-123",
                                    AMP_API_KEY=None)
        self.assertEqual(len(result.records), 1)

    def test_list(self):
        for arguments in ((), ("--provider", "salesforce"), ("--group", "a & b"),
                          ("--provider", "salesforce", "--group", "g+1", "--consumer", "\u20ac 100%")):
            self.check_request("connection", "list", *arguments)

    def test_generate(self):
        for credential in CREDENTIALS:
            with self.subTest(credential):
                result = self.check_request(*generate_arguments(write_file(credential)))
                self.assertEqual(len(result.records), 1)

    def test_generate_with_everything(self):
        self.check_request(*generate_arguments(write_file(CREDENTIALS[0])), "--group-name", "Gr\u00fcn & Co",
                           "--consumer-name", "\"Q\"", "--workspace", "space", "--metadata", "region=eu",
                           "--metadata", "name=\U0001f680")

    def test_update_connection(self):
        for arguments in (("--workspace", "w & \u20ac"), ("--metadata", "region=eu"),
                          *(("--secret-file", write_file(credential), "--metadata", "k=v", "--workspace", "w")
                            for credential in CREDENTIALS[:5])):
            with self.subTest(arguments):
                self.check_request("connection", "update", "c-1", *arguments)

    def test_delete(self):
        self.check_request("connection", "delete", "a/b c")
        self.check_request("installation", "delete", "i-1", "n/1")

    def test_oauth_connect(self):
        """Prism's answer is the description's example, whatever that is: only the request matters."""
        who = ("oauth", "connect", "--provider", "salesforce", "--group", "g \u20ac", "--consumer", "c\"")
        for more in ((), ("--group-name", "G", "--consumer-name", "C", "--workspace", "w", "--provider-app", "a",
                          "--metadata", "k=v")):
            self.check_request(*who, *more, statuses=(0, 5))

    def test_oauth_update(self):
        """Prism would take it for updateConnection, whose path is the same but for the suffix: it is
        given the description without that path."""
        description = json.loads(SPEC.read_text(encoding="utf-8"))
        del description["paths"]["/projects/{projectIdOrName}/connections/{connectionId}"]
        with Prism(COMMAND, write_file(description)) as prism:
            for connection in ("c-1", "a/b c"):
                self.check_request("oauth", "update", connection, statuses=(0, 5), prism=prism)
            _, (head,) = self.answers("connection", "update", "c-1", "--workspace", "w", statuses=(3, 5), prism=prism)
            self.assertRegex(head, rb"\AHTTP/1\.1 40[45] ")

    def test_installations(self):
        self.check_request("installation", "list")
        self.check_request("installation", "list", "--group", "a+b & c")
        self.check_request("installation", "list", "i/1")
        self.check_request("installation", "list", "i-1", "--group", "\u20ac")
        self.check_request("installation", "get", "i-1", "n 1")
        self.check_request("installation", "update", "i-1", "n-1", "--connection", "c\"1")

    def test_create_installation(self):
        self.check_request("installation", "create", "i-1", "--group", "g", "--provider", "salesforce")
        self.check_request("installation", "create", "i-1", "--group", "g", "--connection", "connection-123", count=2)

    def test_operations(self):
        """Prism answers each page with the same example, which must end the list or be an error."""
        self.check_request("installation", "progress", "i-1", "n-1", "a/b")
        self.check_request("operation", "get", "o#1")
        _, heads = self.answers("operation", "list", "i-1", "n-1", statuses=(0, 5))
        for head in heads:
            self.assertEqual(self.violations(head), [])

    def test_doctor(self):
        result = self.check_request("doctor", AMP_API_KEY=None, AMP_PROJECT=None, statuses=(0, 1))
        self.check_request("doctor", "zendeskSupport", AMP_API_KEY=None, AMP_PROJECT=None, statuses=(0, 1))
        self.assertEqual([record["check"] for record in result.records][-3:], ["service", "credential", "project"])


if __name__ == "__main__":
    if not SPEC.exists():
        harness.skip_all("the service's description is not in ../shared/openapi")
    certificates.require()
    COMMAND = install()
    AUTHORITY = certificates.Authority()
    CA, CONTEXT = AUTHORITY.pem, servers.context(AUTHORITY.issue())
    with Prism(COMMAND) as PRISM:
        harness.main()
