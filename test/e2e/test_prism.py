# SPDX-License-Identifier: MIT
"""Prism checks the client's requests against an OpenAPI description: openapi.json, which belongs to this test.

AMPERSAND_OPENAPI=FILE takes another description instead, such as the service's own:
api/generated/api.bundled.json of https://github.com/amp-labs/openapi.

Prism speaks plain HTTP and serves the paths without /v1. A TLS front passes all bytes on to it, and the base
URL has no prefix.
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
import unittest

import certificates
import harness
import servers
import writing
from harness import KEY, PATIENCE, generate_arguments, until, write_file

PACKAGE = "@stoplight/prism-cli@5"
INSTALL_SECONDS = 240
BAD_ANSWER = 5  # the exit status for an answer that the client refuses
OWN_DESCRIPTION = pathlib.Path(__file__).with_name("openapi.json")
DESCRIPTION = pathlib.Path(os.environ.get("AMPERSAND_OPENAPI") or OWN_DESCRIPTION)
EXAMPLE = json.loads(DESCRIPTION.read_text(encoding="utf-8"))["components"]["schemas"]["Connection"]["properties"]
EXAMPLE_ID = EXAMPLE["id"]["example"]  # the id of the connection in Prism's answers
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
    """Returns the path of the prism command. Installs it below the build folder, unless it is there already."""
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
    """Prism on a free port. It is terminated at the end of the with block."""

    def __init__(self, command, description=DESCRIPTION):
        self._lines = []
        self.port = None
        self._process = subprocess.Popen(
            [command, "mock", "-h", "127.0.0.1", "-p", "0", str(description)], stdin=subprocess.DEVNULL,
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
    """A TLS front: forwards bytes in both directions, and keeps the bytes of the answers."""

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
    """Prism finds no violation in any request."""

    def answers(self, *arguments, statuses=(0,), prism=None, **changes):
        """Runs the client. Returns its result and the head of each of Prism's answers."""
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
        """Runs the client. Prism must find no fault in any of its requests.

        Prism answers with the examples of the description. They name other records than the request does,
        which the client reports as AMP_ERR_MISMATCH. Only the request is checked here.
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
        """Returns the faults that Prism found in the request, from a header of its answer."""
        found = re.search(rb"(?im)^sl-violations: *(.*?)\r?$", head)
        entries = json.loads(found[1]) if found else []
        return [entry for entry in entries if list(entry.get("location", [""]))[:1] == ["request"]]

    @staticmethod
    def send(request):
        """Sends the bytes of a request to Prism. Returns the head of the answer."""
        with socket.create_connection(("127.0.0.1", PRISM.port), PATIENCE) as plain:
            plain.sendall(request)
            received = b""
            while b"\r\n\r\n" not in received and (piece := plain.recv(65536)):
                received += piece
        return received.partition(b"\r\n\r\n")[0]

    def check_refused(self, path, body):
        """Prism must find a fault in a POST of this value."""
        body = json.dumps(body).encode()
        head = self.send(b"POST %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Api-Key: k\r\n"
                         b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (path, len(body), body))
        self.assertTrue(self.violations(head) or re.search(rb"\AHTTP/1\.1 4\d\d ", head), head)

    def test_faults_are_found(self):
        """Without these faults, the other tests could pass with any request."""
        self.check_refused(b"/projects/p/connections:generate", {"groupRef": 5})
        self.check_refused(b"/projects/p/connections:generate", {"groupRef": "g", "provider": "p", "apiKey": "k"})
        self.check_refused(b"/oauth-connect", {"groupRef": "g", "consumerRef": "c", "provider": "p"})

    @unittest.skipUnless(DESCRIPTION == OWN_DESCRIPTION, "other descriptions accept unknown members")
    def test_unknown_members_are_found(self):
        names = {"groupRef": "g", "consumerRef": "c", "provider": "p"}
        self.check_refused(b"/projects/p/connections:generate", {**names, "apiKey": "k", "groupref": "g"})
        self.check_refused(b"/projects/p/connections:generate", {**names, "apiKey": "k", "customAuth": {"key": "k"}})

    def test_get(self):
        for arguments in ((), ("--refresh", "force"), ("--refresh", "ifExpired")):
            (record,) = self.check_request("connection", "get", EXAMPLE_ID, *arguments).records
            self.assertIn("id", record)
        self.check_request("connection", "get", "a b/c?d#e%f+g&h\u00e9")

    def test_get_with_a_token(self):
        result = self.check_request("--token-command", "echo e30.e30.c2ln", "connection", "get", EXAMPLE_ID,
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
        """The URL in Prism's answer is an example, which the client may refuse. Only the request is checked."""
        who = ("oauth", "connect", "--provider", "salesforce", "--group", "g \u20ac", "--consumer", "c\"")
        for more in ((), ("--group-name", "G", "--consumer-name", "C", "--workspace", "w", "--provider-app", "a",
                          "--metadata", "k=v")):
            self.check_request(*who, *more, statuses=(0, 5))

    def test_oauth_update(self):
        """Prism mistakes the path for that of updateConnection, which differs only in the suffix. This Prism
        therefore has a description without updateConnection."""
        description = json.loads(DESCRIPTION.read_text(encoding="utf-8"))
        del description["paths"]["/projects/{projectIdOrName}/connections/{connectionId}"]
        with Prism(COMMAND, write_file(description)) as prism:
            for connection in ("c-1", "a/b c"):
                self.check_request("oauth", "update", connection, statuses=(0, 5), prism=prism)
            _, (head,) = self.answers("connection", "update", "c-1", "--workspace", "w", statuses=(3, 5), prism=prism)
            self.assertRegex(head, rb"\AHTTP/1\.1 40[45] ")

    def test_custom_auth_connect(self):
        """The command line client has no such command, so the library's request is sent to Prism directly."""
        for fields in ((b"bill", b"g", b"c", b'{"userName":"u"}', b"", b"", b"region", b"eu"),
                       (b"bill", b"g", b"c", b"", b'{"tenant":"t"}', b"session-7", b"", b"")):
            ((_, _, request),) = writing.write_requests([("a", fields)])
            self.assertTrue(request.startswith(b"POST /v1/custom-auth/connect HTTP/1.1\r\n"), request)
            head = self.send(request.replace(b" /v1/", b" /", 1))
            self.assertRegex(head, rb"\AHTTP/1\.1 200 ")
            self.assertEqual(self.violations(head), [])

    def test_installations(self):
        self.check_request("installation", "list")
        self.check_request("installation", "list", "--group", "a+b & c")
        self.check_request("installation", "list", "i/1")
        self.check_request("installation", "list", "i-1", "--group", "\u20ac")
        self.check_request("installation", "get", "i-1", "n 1")
        self.check_request("installation", "update", "i-1", "n-1", "--connection", "c\"1")

    def test_create_installation(self):
        self.check_request("installation", "create", "i-1", "--group", "g", "--provider", "salesforce")
        self.check_request("installation", "create", "i-1", "--group", "g", "--connection", EXAMPLE_ID, count=2)

    def test_operations(self):
        """Prism answers each page request with the same example. Its page must be the last one, or the client
        reports a loop."""
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
    certificates.require()
    COMMAND = install()
    AUTHORITY = certificates.Authority()
    CA, CONTEXT = AUTHORITY.pem, servers.context(AUTHORITY.issue())
    with Prism(COMMAND) as PRISM:
        harness.main()
