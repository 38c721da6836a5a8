#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A server that counts encrypted bytes: tls_server.py CERTIFICATE KEY {1.2|1.3} LOG

Prints its port. Writes a line to LOG for each response. The line states whether the session was resumed, the
bytes received and sent on the connection so far, and the number of the response on it.
"""
import json
import socket
import ssl
import sys
import threading

BODY = json.dumps({
    "id": "connection-123", "projectId": "project-456", "provider": "salesforce",
    "group": {"groupRef": "group-123", "groupName": "Super Customer"},
    "consumer": {"consumerRef": "consumer-123", "consumerName": "Super Customer"},
    "createTime": "2023-07-13T21:34:44.816Z", "authScheme": "apiKey", "status": "working"}).encode()
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(BODY) + BODY
VERSIONS = {"1.2": ssl.TLSVersion.TLSv1_2, "1.3": ssl.TLSVersion.TLSv1_3}


class Connection:
    """TLS over memory buffers, so that the bytes can be counted."""

    def __init__(self, sock, context, log):
        self.sock, self.log = sock, log
        self.incoming, self.outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.tls = context.wrap_bio(self.incoming, self.outgoing, server_side=True)
        self.bytes_in = self.bytes_out = self.answers = 0

    def push(self):
        data = self.outgoing.read()
        self.bytes_out += len(data)
        self.sock.sendall(data)

    def run(self, call, *arguments):
        """Returns the result of the call, once enough bytes have been received for it."""
        while True:
            try:
                return call(*arguments)
            except ssl.SSLWantReadError:
                self.push()
                data = self.sock.recv(65536)
                self.bytes_in += len(data)
                if not data:
                    raise ConnectionError from None
                self.incoming.write(data)

    def serve(self):
        self.run(self.tls.do_handshake)
        self.push()
        request = b""
        while data := self.run(self.tls.read, 65536):  # empty after close_notify
            request += data
            if request.endswith(b"\r\n\r\n"):
                request = b""
                self.tls.write(ANSWER)
                self.answers += 1
                size = self.outgoing.pending
                print(int(self.tls.session_reused), self.bytes_in, self.bytes_out + size, self.answers,
                      file=self.log, flush=True)
                self.push()


def talk(sock, context, log):
    try:
        Connection(sock, context, log).serve()
    except (OSError, ssl.SSLError):
        pass
    sock.close()


def main():
    certificate, key, version, path = sys.argv[1:]
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = context.maximum_version = VERSIONS[version]
    context.load_cert_chain(certificate, key)
    context.options &= ~ssl.OP_CIPHER_SERVER_PREFERENCE  # the client's preference, as in Go's servers
    context.options |= 0x400  # SSL_OP_ALLOW_NO_DHE_KEX: the client decides whether it resumes without a key exchange
    listener = socket.create_server(("127.0.0.1", 0))
    print(listener.getsockname()[1], flush=True)
    with open(path, "w", encoding="ascii") as log:
        while True:
            sock, _ = listener.accept()
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=talk, args=(sock, context, log), daemon=True).start()


main()
