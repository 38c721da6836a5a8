# SPDX-License-Identifier: MIT
"""A stand-in for the service: python3 sandbox.py --dir DIR. See README.md."""
import argparse
import json
import os
import pathlib
import shutil
import signal
import socket
import ssl
import threading
import time

import certs
import preload
import serve
from service import Service

_BACKLOG = 64


def _arguments():
    parser = argparse.ArgumentParser(description="A stand-in for the service.")
    parser.add_argument("--dir", required=True, help="for certificates, log, ready.json")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on; also named by the certificate")
    parser.add_argument("--port", type=int, default=0, help="0 is any free port")
    parser.add_argument("--fixtures", help="directory of raw answers and bodies")
    parser.add_argument("--api-key", action="append", help="repeatable")
    parser.add_argument("--revoke", action="append", default=[], help="a token to refuse")
    parser.add_argument("--project", default="demo-project", help="the project's name")
    parser.add_argument("--max-tls", choices=("1.2", "1.3"), default="1.3")
    parser.add_argument("--ciphers", choices=("client", "own", "aes"), default="own",
                        help="the order of TLS 1.2: the client's, the server's, or the server's without ChaCha20")
    parser.add_argument("--stdin-guard", action="store_true", help="end with standard input")
    parser.add_argument("--idle", type=float, metavar="S", help="end after S seconds without a new connection")
    parser.add_argument("--remove", action="store_true", help="remove the directory at the end")
    return parser.parse_args()


def _context(certificate, key, newest, ciphers):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.maximum_version = (
        ssl.TLSVersion.TLSv1_2 if newest == "1.2" else ssl.TLSVersion.TLSv1_3)
    context.load_cert_chain(certificate, key)
    context.set_alpn_protocols(["http/1.1"])
    if ciphers == "client":
        context.options &= ~ssl.OP_CIPHER_SERVER_PREFERENCE
    else:
        context.options |= ssl.OP_CIPHER_SERVER_PREFERENCE
    if ciphers == "aes":
        context.set_ciphers("ECDHE+AESGCM")
    return context


def _listen(host, port):
    """Returns the listening sockets: the host's, and ::1 with the same port if possible."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sockets = [socket.create_server((host, port), family=family, backlog=_BACKLOG)]
    if host == "127.0.0.1":
        try:
            sockets.append(socket.create_server(
                ("::1", sockets[0].getsockname()[1]), family=socket.AF_INET6,
                backlog=_BACKLOG))
        except OSError:
            pass  # A machine without IPv6 is served only over IPv4.
    return sockets


class Door:
    """Accepts connections. Each gets a number and a thread."""

    def __init__(self, context, shared):
        self._context = context
        self._shared = shared
        self._lock = threading.Lock()
        self._count = 0
        self._latest = time.monotonic()

    def idle_seconds(self):
        """Returns the time since the last connection was accepted."""
        return time.monotonic() - self._latest

    def open(self, listener):
        """Accepts connections on a listener, in a separate thread."""
        threading.Thread(target=self._accept, args=(listener,), daemon=True).start()

    def _accept(self, listener):
        while True:
            try:
                plain, _ = listener.accept()
                # Without this option small writes would be combined, and splits would not reach the client.
                plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                sock = self._context.wrap_socket(
                    plain, server_side=True, do_handshake_on_connect=False)
            except OSError:
                if listener.fileno() < 0:
                    return
                continue
            with self._lock:
                self._count += 1
                self._latest = time.monotonic()
                number = self._count
            talk = serve.Conversation(self._shared, sock, number)
            threading.Thread(target=talk.run, daemon=True).start()


def _announce(path, members):
    """Writes ready.json atomically, so that a reader never reads a part of it."""
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(members) + "\n", encoding="ascii")
    os.replace(draft, path)


def _guard(stop):
    """Stops when standard input ends. The read is unbuffered, because a buffered read would block the exit."""
    try:
        while os.read(0, 4096):
            pass
    except OSError:
        pass  # A standard input that was never open counts as ended.
    stop.set()


def _base(host, port):
    """Returns the URL of this server."""
    name = "localhost" if host == "127.0.0.1" else f"[{host}]" if ":" in host else host
    return f"https://{name}:{port}"


def _hosts(host, port):
    """Returns the Host values of this server."""
    names = {"localhost", "127.0.0.1", "[::1]", f"[{host}]" if ":" in host else host}
    hosts = {f"{name}:{port}" for name in names}
    return frozenset(hosts | names if port == 443 else hosts)


def main():
    """Starts, writes ready.json, and serves until a signal or the guard stops it."""
    options = _arguments()
    directory = pathlib.Path(options.dir).resolve()
    directory.mkdir(parents=True, exist_ok=True)
    ready = directory / "ready.json"
    ready.unlink(missing_ok=True)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())

    authority, certificate, key = certs.make(directory, options.host)
    listeners = _listen(options.host, options.port)
    port = listeners[0].getsockname()[1]
    keys = options.api_key or ["sandbox-key-1"]
    service = Service(_base(options.host, port), options.project, keys, options.revoke)
    preload.fill(service)
    shared = serve.Shared(service, serve.RequestLog(directory / "requests.jsonl"),
                          _hosts(options.host, port), options.fixtures)
    door = Door(_context(certificate, key, options.max_tls, options.ciphers), shared)
    for listener in listeners:
        door.open(listener)
    _announce(ready, {
        "url": f"{service.base}/v1", "port": port, "ca": str(authority), "apiKey": keys[0],
        "project": options.project, "projectId": service.project,
        "integration": service.integration})
    if options.stdin_guard:
        threading.Thread(target=_guard, args=(stop,), daemon=True).start()
    if options.idle is None:
        stop.wait()
    while options.idle is not None and not stop.is_set() and door.idle_seconds() < options.idle:
        stop.wait(max(0.01, options.idle - door.idle_seconds()))
    for listener in listeners:
        listener.close()
    if options.remove:
        shutil.rmtree(directory, ignore_errors=True)


if __name__ == "__main__":
    main()
