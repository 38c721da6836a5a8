# SPDX-License-Identifier: MIT
"""Shared by the sandbox's own tests: a running sandbox, and functions that send requests to it."""
import atexit
import base64
import http.client
import json
import pathlib
import socket
import ssl
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
PROJECT = "/v1/projects/demo-project"
RAW = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]"


def start(directory, *options):
    """A sandbox process and its ready.json."""
    process = subprocess.Popen(
        [sys.executable, str(HERE / "sandbox.py"), "--dir", directory, "--stdin-guard",
         *options], stdin=subprocess.PIPE)
    ready = pathlib.Path(directory) / "ready.json"
    end = time.monotonic() + 15
    while not ready.exists():
        if process.poll() is not None or time.monotonic() > end:
            raise RuntimeError("the sandbox did not start")
        time.sleep(0.02)
    return process, json.loads(ready.read_text())


def _start_shared():
    """Returns the only sandbox of all tests. The client's tests share one sandbox in the same way."""
    folder = tempfile.TemporaryDirectory()
    fixtures = pathlib.Path(folder.name) / "fixtures"
    fixtures.mkdir()
    (fixtures / "raw.bin").write_bytes(RAW)
    (fixtures / "body.json").write_bytes(b'{"id":1}')
    process, ready = start(folder.name, "--fixtures", str(fixtures), "--revoke", "re.vok.ed")

    def end():
        process.stdin.close()
        process.wait(5)
        folder.cleanup()

    atexit.register(end)
    return folder, process, ready


FOLDER, PROCESS, READY = _start_shared()
CONTEXT = ssl.create_default_context(cafile=READY["ca"])
# Some builds of Python accept an end without close_notify as a clean one.
CONTEXT.options &= ~getattr(ssl, "OP_IGNORE_UNEXPECTED_EOF", 0)


def connect(context=None, session=None):
    """Returns a TLS connection to the sandbox that reports a missing close_notify."""
    plain = socket.create_connection(("127.0.0.1", READY["port"]), timeout=10)
    return (context or CONTEXT).wrap_socket(
        plain, server_hostname="localhost", suppress_ragged_eofs=False, session=session)


def head(method="GET", target=PROJECT + "/connections", *fields, key=True):
    """Returns the bytes of a request's head."""
    lines = [f"{method} {target} HTTP/1.1", f"Host: localhost:{READY['port']}"]
    lines += [f"X-Api-Key: {READY['apiKey']}"] if key else []
    return "\r\n".join([*lines, *fields, "", ""]).encode()


def until_end(sock):
    """Returns everything that was received, and how it ended: clean, cut or open."""
    data = b""
    try:
        while piece := sock.recv(65536):
            data += piece
        return data, "clean"
    except ssl.SSLError as error:
        # Older builds of Python do not report it as SSLEOFError.
        if "eof" not in str(error).lower():
            raise
        return data, "cut"
    except TimeoutError:
        return data, "open"


def exchange(data, patience=5):
    """Sends bytes on a new connection. Returns the answer and the ending."""
    with connect() as sock:
        sock.settimeout(patience)
        sock.sendall(data)
        return until_end(sock)


def faulty(switches, method="GET", patience=5):
    """Returns the raw answer and the ending with some switches."""
    return exchange(head(method, f"/x:{switches}{PROJECT}/connections"), patience)


def call(method, target, body=None, headers=None):
    """Sends one request with http.client. Returns status, body, headers."""
    client = http.client.HTTPSConnection("localhost", READY["port"], context=CONTEXT)
    fields = {"X-Api-Key": READY["apiKey"]} if headers is None else dict(headers)
    data = body
    if body is not None and not isinstance(body, bytes):
        data = json.dumps(body).encode()
    if body is not None:
        fields.setdefault("Content-Type", "application/json")
    client.request(method, target, body=data, headers=fields)
    answer = client.getresponse()
    result = answer.status, answer.read(), answer.headers
    client.close()
    return result


def fetch(method, target, body=None):
    """Returns the value of a JSON answer that must succeed."""
    status, data, _ = call(method, target, body)
    if not 200 <= status < 300:
        raise AssertionError(f"{method} {target}: {status} {data!r}")
    return json.loads(data) if data else None


def generate(group, **more):
    """Makes a connection."""
    return fetch("POST", PROJECT + "/connections:generate",
                 {"provider": "stripe", "groupRef": group, "consumerRef": "c", **more})


def log():
    """Returns the entries of the request log."""
    lines = (pathlib.Path(FOLDER.name) / "requests.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines]


def token(payload):
    """Returns a token with a payload. Its signature is never checked."""
    part = base64.urlsafe_b64encode(json.dumps(payload).encode()).rstrip(b"=").decode()
    return {"Authorization": f"Bearer e30.{part}.c2ln"}
