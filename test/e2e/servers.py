# SPDX-License-Identifier: MIT
"""Small servers in a thread, for faults that the sandbox cannot produce."""
import contextlib
import socket
import ssl
import threading
import warnings


def context(files, newest=None, weak=False):
    """Returns a server's TLS context. `weak` allows settings that OpenSSL refuses by default."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    if weak:
        made.set_ciphers("ALL:@SECLEVEL=0")
    if newest is not None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            made.minimum_version = made.maximum_version = newest
    made.load_cert_chain(files.certificate, files.key)
    return made


class Server:
    """Accepts connections on loopback. Runs talk(socket) for each of them, one at a time."""

    def __init__(self, talk, host="127.0.0.1"):
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._listener = socket.create_server((host, 0), family=family)
        self.port = self._listener.getsockname()[1]
        self._talk = talk
        self.connections = 0
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self):
        while True:
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            sock.settimeout(30)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with contextlib.suppress(OSError, ValueError):
                self._talk(sock)
            sock.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(30)


class TlsServer(Server):
    """A TLS server. Keeps the decrypted request, then calls answer(socket)."""

    def __init__(self, made, answer=None, host="127.0.0.1"):
        self.received = b""  # decrypted requests
        self.shaken = 0  # completed handshakes
        self._context = made
        self._answer = answer
        super().__init__(self._tls, host)

    def _tls(self, sock):
        with self._context.wrap_socket(sock, server_side=True) as secure:
            self.shaken += 1
            while b"\r\n\r\n" not in self.received:
                piece = secure.recv(65536)
                if not piece:
                    return
                self.received += piece
            if self._answer is not None:
                self._answer(secure)


def sends(data):
    """Returns a response of these bytes."""
    return lambda secure: secure.sendall(data)
