# SPDX-License-Identifier: MIT
"""Tests the sandbox itself: python3 test/sandbox/test_sandbox.py"""
import base64
import http.client
import json
import os
import pathlib
import signal
import socket
import ssl
import tempfile
import time
import unittest

import records_tests
from harness import (CONTEXT, PROCESS, PROJECT, RAW, READY, call, connect, exchange, faulty,
                     fetch, generate, head, log, start, token, until_end)


class Strictness(unittest.TestCase):
    """Tests of requests that are refused, with the status of each."""

    def refused(self, status, method, target, body=None, headers=None):
        got, data, fields = call(method, target, body, headers)
        self.assertEqual(got, status, data)
        self.assertEqual(fields["Content-Type"], "application/problem+json")
        problem = json.loads(data)
        for name in ("type", "title", "detail", "instance", "subsystem", "time",
                     "requestId", "causes", "remedy", "retryable"):
            self.assertIn(name, problem)
        self.assertEqual(problem["status"], status)
        return problem

    def test_paths_and_queries(self):
        for status, method, target in (
                (404, "GET", "/v2/nothing"), (404, "GET", PROJECT + "/connections/"),
                (404, "GET", PROJECT + "/connections/none"),
                (404, "GET", "/v1/projects/other/connections"),
                (405, "PUT", PROJECT + "/connections"),
                (405, "GET", PROJECT + "/connections:generate"),
                (400, "GET", PROJECT + "/connections?group=g"),
                (400, "GET", PROJECT + "/connections?groupRef=a&groupRef=a"),
                (400, "GET", PROJECT + "/connections?groupRef=a;b"),
                (400, "GET", PROJECT + "/connections/x?includeCreds=false"),
                (422, "GET", PROJECT + "/connections/x?refresh=always"),
                (422, "GET", PROJECT + "/connections?groupRef=" + "g" * 1001),
                (400, "GET", "/x:nonsense/v1/providers/stripe"),
                (400, "GET", "/v1/providers/%ff"), (400, "GET", "/v1/providers/%2e%2E")):
            with self.subTest(target=target):
                self.refused(status, method, target)

    def test_credentials(self):
        target = PROJECT + "/connections?groupRef=none"
        self.refused(401, "GET", target, headers={})
        self.refused(401, "GET", target, headers={"X-Api-Key": "wrong"})
        self.refused(401, "GET", target, headers={"Authorization": "Bearer one.two"})
        self.refused(401, "GET", target, headers={"Authorization": "Bearer re.vok.ed"})
        self.refused(401, "GET", target, headers={"Authorization": "Bearer a.expired.c"})
        self.refused(401, "GET", target, headers=token({"exp": time.time() - 1}))
        self.refused(400, "GET", target,
                     headers={"X-Api-Key": READY["apiKey"], "Authorization": "Bearer a.b.c"})
        self.assertEqual(call("GET", target, headers=token({"exp": time.time() + 60}))[0], 200)
        self.assertEqual(call("GET", "/v1/providers/stripe", headers={})[0], 200)

    def test_bodies(self):
        target = PROJECT + "/connections:generate"
        good = {"provider": "stripe", "groupRef": "g", "consumerRef": "c"}
        for status, body in (
                (400, b""), (400, b"{"), (400, b"[]"), (400, b'{"provider":"\xff"}'),
                (400, b'{"provider":"s","provider":"s","groupRef":"g","consumerRef":"c"}'),
                (400, b'{"provider":"\\ud800","groupRef":"g","consumerRef":"c"}'),
                (400, {"provider": "stripe", "groupRef": "g"}), (400, {**good, "extra": 1}),
                (400, {**good, "apiKey": 5}), (400, {**good, "basicAuth": {"username": "u"}}),
                (422, {**good, "groupRef": ""}), (422, {**good, "groupName": "n" * 1001}),
                (422, {**good, "apiKey": "k", "customAuth": {"a": "b"}}),
                (422, {**good, "providerMetadata": {"k": {"value": "v", "source": "no"}}})):
            with self.subTest(body=body):
                self.refused(status, "POST", target, body)
        problem = self.refused(422, "POST", target, {**good, "consumerRef": ""})
        self.assertEqual(problem["issues"], [
            {"in": "body", "name": "consumerRef", "detail": "must not be empty"}])
        key = {"X-Api-Key": READY["apiKey"]}
        self.refused(400, "POST", target, good, {**key, "Content-Type": "text/json"})
        self.refused(400, "GET", PROJECT + "/connections", {})

    def test_wire(self):
        port = READY["port"]
        good, target = head()[:-2], PROJECT + "/connections"
        for data in (
                good.replace(b"\r\n", b"\n") + b"\n",
                good.replace(b"Host:", b"Host :") + b"\r\n",
                good + b"X-One: a\r\n b\r\n\r\n",
                good + b"Content-Length: 0\r\nContent-Length: 0\r\n\r\n",
                good + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n",
                good + b"Content-Length: +0\r\n\r\n",
                good + b"Host: localhost\r\n\r\n",
                good + b"X-One: \xc3\xa9\r\n\r\n",
                f"GET {target} HTTP/1.1\r\n\r\n".encode(),
                f"GET {target}\r\nHost: localhost:{port}\r\n\r\n".encode(),
                f"GET {target} a HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n".encode()):
            with self.subTest(data=data):
                answer, ending = exchange(data)
                self.assertTrue(answer.startswith(b"HTTP/1.1 400 "), answer)
                self.assertIn(b"Connection: close", answer)
                self.assertEqual(ending, "clean")
        for line in (b"Host: localhost", b"Host: elsewhere:1"):
            data = good.replace(b"Host: localhost:%d" % port, line) + b"Connection: close\r\n\r\n"
            self.assertTrue(exchange(data)[0].startswith(b"HTTP/1.1 400 "))
        for bad in ("/v1/a b", "/v1/[x]", "/v1/%zz", "/v1/a#b", '/v1/"', "*"):
            data = head("GET", bad, "Connection: close")
            self.assertTrue(exchange(data)[0].startswith(b"HTTP/1.1 400 "), bad)


class Framing(unittest.TestCase):
    """Tests of the framings of an answer."""

    def test_content_length_and_keep_alive(self):
        with connect() as sock:
            sock.sendall(head() + head("GET", "/v1/providers/stripe", "Connection: close"))
            data, ending = until_end(sock)
        self.assertEqual(data.count(b"HTTP/1.1 200 OK\r\n"), 2)
        self.assertEqual(ending, "clean")
        first, second = log()[-2:]
        self.assertEqual(first["connection"], second["connection"])
        self.assertEqual((first["request"], second["request"]), (1, 2))

    def test_chunked(self):
        data, _ = faulty("chunked,huge=3", patience=0.3)
        self.assertIn(b"Transfer-Encoding: chunked\r\n", data)
        self.assertTrue(data.endswith(b"\r\n0\r\n\r\n"))
        data, _ = faulty("chunked=ext", patience=0.3)
        self.assertIn(b';n=1;q="a \\"b; c"\r\n', data)
        self.assertTrue(data.endswith(b"\r\nX-Other: too\r\n\r\n"))
        status, body, _ = call("GET", "/x:chunked" + PROJECT + "/connections")
        self.assertGreaterEqual(len(json.loads(body)), 3)

    def test_endings(self):
        data, ending = faulty("close")
        self.assertIn(b"Connection: close", data)
        self.assertIn(b"Content-Length", data)
        self.assertEqual(ending, "clean")
        data, ending = faulty("until-close")
        self.assertNotIn(b"Content-Length", data)
        json.loads(data.partition(b"\r\n\r\n")[2])
        self.assertEqual(ending, "clean")
        self.assertEqual(faulty("one-request")[1], "cut")
        self.assertEqual(faulty("idle-close=50")[1], "clean")
        self.assertEqual(faulty("close,split=7")[1], "clean")

    def test_writes(self):
        with connect() as sock:
            sock.sendall(head("GET", f"/x:split=100{PROJECT}/connections"))
            self.assertEqual([len(sock.recv(9999)) for _ in range(3)], [100] * 3)
        data, _ = faulty("continue,close")
        self.assertTrue(data.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 "))
        begin = time.monotonic()
        faulty("delay=150,delay-body=150,close")
        self.assertGreater(time.monotonic() - begin, 0.3)
        with connect() as sock:
            sock.sendall(head("GET", f"/x:drip=1{PROJECT}/connections"))
            self.assertEqual(len(sock.recv(9999)), 1)

    def test_headers(self):
        data, _ = faulty("close,retry-after=7,gzip-header,ctype=text%2Fodd%3B%20a=b,status=429")
        for line in (b"HTTP/1.1 429 ", b"Retry-After: 7\r\n", b"Content-Encoding: gzip\r\n",
                     b"Content-Type: text/odd; a=b\r\n"):
            self.assertIn(line, data)

    def test_no_body_with_204(self):
        made = generate("framing-204")
        data, ending = exchange(head("DELETE", f"/x:chunked{PROJECT}/connections/{made['id']}",
                                     "Connection: close"))
        self.assertTrue(data.startswith(b"HTTP/1.1 204 "))
        self.assertNotIn(b"Transfer-Encoding", data)
        self.assertTrue(data.endswith(b"\r\n\r\n"))


class Faults(unittest.TestCase):
    """Tests of the ways that an answer can fail."""

    def test_cuts(self):
        for count in (0, 1, 50, 700):
            data, ending = faulty(f"cut={count}")
            self.assertEqual((len(data), ending), (count, "cut"))
            data, ending = faulty(f"cut-clean={count},chunked,split=9")
            self.assertEqual((len(data), ending), (count, "clean"))

    def test_no_answer(self):
        self.assertEqual(faulty("drop"), (b"", "cut"))
        self.assertEqual(faulty("drop-clean"), (b"", "clean"))
        self.assertEqual(faulty("drop-once=here"), (b"", "cut"))
        self.assertEqual(faulty("drop-once=here,close"), (b"", "cut"))
        self.assertTrue(faulty("drop-once=here", patience=0.3)[0].startswith(b"HTTP/1.1 200"))
        self.assertTrue(faulty("drop-post", patience=0.3)[0].startswith(b"HTTP/1.1 200"))
        self.assertIsNone(next(one for one in log() if one["fault"] == "drop")["status"])

    def test_reset(self):
        with connect() as sock:
            sock.sendall(head("GET", f"/x:reset{PROJECT}/connections"))
            # The ssl module distinguishes a reset from a cut by its wording only.
            with socket.socket(fileno=sock.detach()) as plain:
                plain.settimeout(5)
                with self.assertRaises(ConnectionResetError):
                    while plain.recv(65536):
                        pass

    def test_a_dropped_request_took_effect(self):
        body = b'{"provider":"stripe","groupRef":"dropped","consumerRef":"c"}'
        data = head("POST", f"/x:drop{PROJECT}/connections:generate",
                    "Content-Type: application/json", f"Content-Length: {len(body)}") + body
        self.assertEqual(exchange(data), (b"", "cut"))
        self.assertEqual(len(fetch("GET", PROJECT + "/connections?groupRef=dropped")), 1)

    def test_other_answers(self):
        self.assertFalse(faulty("garbage")[0].startswith(b"HTTP"))
        self.assertEqual(faulty("raw=raw.bin", patience=0.2), (RAW, "open"))
        self.assertEqual(faulty("raw-close=raw.bin"), (RAW, "clean"))
        self.assertTrue(faulty("body=body.json,close")[0].endswith(b'\r\n\r\n{"id":1}'))
        self.assertIn(b"Location: https://a/b\r\n", faulty("redirect=https:%2F%2Fa%2Fb,close")[0])
        self.assertIn(b"<html>", faulty("html=511,close")[0])
        self.assertTrue(faulty("no-problem=503,close")[0].endswith(b"\r\n\r\n"))
        self.assertTrue(faulty("raw=..%2Fca.key,close")[0].startswith(b"HTTP/1.1 400"))

    def test_tokens_that_expire(self):
        target = f"/x:expire-tokens=2,retry-after=abc{PROJECT}/connections"
        statuses = [call("GET", target, headers=token({}))[0] for _ in range(3)]
        self.assertEqual(statuses, [401, 401, 200])


class Process(unittest.TestCase):
    """Tests of starting, ending, resuming, and streaming without delay."""

    def test_huge_is_streamed(self):
        status = pathlib.Path(f"/proc/{PROCESS.pid}/status")

        def peak():
            lines = status.read_text().splitlines() if status.exists() else ["VmHWM: 0"]
            return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))

        before, size = peak(), 0
        client = http.client.HTTPSConnection("localhost", READY["port"], context=CONTEXT)
        client.request("GET", f"/x:huge=20000{PROJECT}/installations",
                       headers={"X-Api-Key": READY["apiKey"]})
        answer = client.getresponse()
        while piece := answer.read(65536):
            size += len(piece)
        client.close()
        self.assertGreater(size, 20000 * 4500)
        self.assertLess(peak() - before, 20000)
        listed = fetch("GET", f"/x:huge=300{PROJECT}/connections?groupRef=%22me%22")
        self.assertEqual(len({each["id"] for each in listed}), 300)
        self.assertEqual({each["group"]["groupRef"] for each in listed}, {'"me"'})

    def test_sessions_resume(self):
        context = ssl.create_default_context(cafile=READY["ca"])
        request = head("GET", "/v1/providers/stripe", "Connection: close", key=False)
        with connect(context) as sock:
            sock.sendall(request)
            until_end(sock)
            session = sock.session
        with connect(context, session) as sock:
            sock.sendall(request)
            until_end(sock)
        self.assertEqual([entry["resumed"] for entry in log()[-2:]], [False, True])

    def test_other_addresses(self):
        for address in ("127.0.0.1", "::1"):
            try:
                plain = socket.create_connection((address, READY["port"]), timeout=5)
            except OSError:
                self.assertEqual(address, "::1")
                continue
            CONTEXT.wrap_socket(plain, server_hostname=address).close()

    def test_log_keeps_bytes_that_are_not_text(self):
        body = b"\xff\xfe"
        exchange(head("POST", PROJECT + "/connections:generate", "connection: close",
                      "Content-Length: 2") + body)
        entry = log()[-1]
        self.assertEqual(base64.b64decode(entry["bodyBase64"]), body)
        self.assertIn(["connection", "close"], entry["headers"])
        self.assertEqual(entry["status"], 400)

    def test_start_and_stop(self):
        with tempfile.TemporaryDirectory() as folder:
            process, ready = start(folder, "--max-tls", "1.2", "--api-key", "other")
            self.assertEqual(ready["apiKey"], "other")
            context = ssl.create_default_context(cafile=ready["ca"])
            plain = socket.create_connection(("127.0.0.1", ready["port"]))
            with context.wrap_socket(plain, server_hostname="127.0.0.1") as sock:
                self.assertEqual(sock.version(), "TLSv1.2")
            process.send_signal(signal.SIGTERM)
            self.assertEqual(process.wait(5), 0)
            process.stdin.close()

    def test_order_of_ciphers(self):
        for order, expected in (("client", "CHACHA20"), ("own", "AES128"), ("aes", "AES128")):
            with tempfile.TemporaryDirectory() as folder:
                process, ready = start(folder, "--max-tls", "1.2", "--ciphers", order)
                context = ssl.create_default_context(cafile=ready["ca"])
                context.set_ciphers("ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-ECDSA-AES128-GCM-SHA256")
                plain = socket.create_connection(("127.0.0.1", ready["port"]))
                with context.wrap_socket(plain, server_hostname="127.0.0.1") as sock:
                    self.assertIn(expected, sock.cipher()[0], order)
                process.send_signal(signal.SIGTERM)
                process.wait(5)
                process.stdin.close()

    def test_another_host(self):
        """The certificate names the address that it listens on, and its URLs have it."""
        with tempfile.TemporaryDirectory() as folder:
            process, ready = start(folder, "--host", "127.0.0.2")
            self.assertEqual(ready["url"], f"https://127.0.0.2:{ready['port']}/v1")
            context = ssl.create_default_context(cafile=ready["ca"])
            plain = socket.create_connection(("127.0.0.2", ready["port"]), timeout=5)
            context.wrap_socket(plain, server_hostname="127.0.0.2").close()
            process.send_signal(signal.SIGTERM)
            self.assertEqual(process.wait(5), 0)
            process.stdin.close()

    def test_ends_when_idle(self):
        """The sandbox ends by itself, and removes its folder."""
        with tempfile.TemporaryDirectory() as folder:
            own = os.path.join(folder, "own")
            process, _ = start(own, "--idle", "0.2", "--remove")
            self.assertEqual(process.wait(30), 0)
            self.assertFalse(os.path.exists(own))
            process.stdin.close()


def load_tests(loader, tests, _pattern):
    """Adds the tests of the other file."""
    tests.addTests(loader.loadTestsFromModule(records_tests))
    return tests


if __name__ == "__main__":
    unittest.main()
