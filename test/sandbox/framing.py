# SPDX-License-Identifier: MIT
"""Writes answers: the head, the framing of the body, and the sizes of the writes.

All output is sent through a Sender. Only the Sender splits, delays and cuts, so these faults combine with
every framing.
"""
import time

import problem

_WRITE = 16384
_INTERIM = (b"HTTP/1.1 100 Continue\r\n\r\n"
            b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n")
# Deliberately uneven: single bytes, sizes of one digit and of several digits.
_CHUNK_SIZES = (1, 17, 256, 3, 1000, 15, 4096)


class Cut(Exception):
    """Raised when the limit of bytes for the answer has been sent."""


class Sender:
    """Writes bytes in portions that the switches select."""

    def __init__(self, sock, switches):
        self._sock = sock
        self._pending = bytearray()
        self._portion = max(1, switches.number("split", _WRITE))
        self._exact = "split" in switches
        self._drip = switches.seconds("drip") if "drip" in switches else None
        self._left = switches.number("cut", switches.number("cut-clean"))

    def send(self, data):
        """Takes bytes. Writes only full portions; the rest is kept until flush."""
        self._pending += data
        while len(self._pending) >= self._portion:
            # Without the split switch, all kept bytes may be sent in one call.
            size = self._portion if self._exact else len(self._pending)
            self._write(bytes(self._pending[:size]))
            del self._pending[:size]

    def flush(self):
        """Writes the kept bytes."""
        if self._pending:
            self._write(bytes(self._pending))
            self._pending.clear()
        if self._left == 0:
            raise Cut

    def _write(self, data):
        if self._left is not None:
            data = data[:self._left]
            self._left -= len(data)
        if self._drip is None:
            self._sock.sendall(data)
        else:
            for value in data:
                self._sock.sendall(bytes((value,)))
                time.sleep(self._drip)
        if self._left == 0:
            raise Cut


def _chunk(data, extended):
    extension = b';n=1;q="a \\"b; c"' if extended else b""
    return b"%x%s\r\n%s\r\n" % (len(data), extension, data)


def _pieces(answer):
    """Yields the pieces of the body that become chunks."""
    if answer.stream is not None:
        yield from answer.stream
        return
    start, turn = 0, 0
    while start < len(answer.body):
        size = _CHUNK_SIZES[turn % len(_CHUNK_SIZES)]
        yield answer.body[start:start + size]
        start, turn = start + size, turn + 1


def _chunked(answer, extended):
    for piece in _pieces(answer):
        yield _chunk(piece, extended)
    yield b"0\r\nX-Trailer: seen\r\nX-Other: too\r\n\r\n" if extended else b"0\r\n\r\n"


def _frame(answer, switches):
    """Returns the headers for the framing of the body, and the framed body."""
    if not answer.has_body():
        return [], iter(())
    if "until-close" in switches:
        return [], answer.stream if answer.stream is not None else iter((answer.body,))
    if "chunked" in switches or answer.stream is not None:
        extended = "chunked" in switches and switches.text_of("chunked") == "ext"
        return [("Transfer-Encoding", "chunked")], _chunked(answer, extended)
    return [("Content-Length", str(len(answer.body)))], iter((answer.body,))


def _head(answer, framing, last):
    lines = [f"HTTP/1.1 {answer.status} {problem.title(answer.status)}"]
    fields = list(answer.headers)
    if answer.ctype is not None and answer.has_body():
        fields.append(("Content-Type", answer.ctype))
    fields += framing
    if last:
        fields.append(("Connection", "close"))
    lines += [f"{name}: {value}" for name, value in fields]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("ascii")


def send(sender, answer, switches, method, last):
    """Sends one answer. With `last`, the head announces that the connection ends after it."""
    time.sleep(switches.seconds("delay"))
    if answer.raw is not None:
        sender.send(answer.raw)
        sender.flush()
        return
    if "continue" in switches:
        sender.send(_INTERIM)
    framing, body = _frame(answer, switches)
    sender.send(_head(answer, framing, last))
    if "delay-body" in switches:
        sender.flush()
        time.sleep(switches.seconds("delay-body"))
    for piece in body if method != "HEAD" else ():
        sender.send(piece)
    sender.flush()
