# SPDX-License-Identifier: MIT
"""Reads requests from the wire, strictly and byte by byte.

A lenient server hides a client's mistakes until a stricter server, or an attacker between the two, finds
them. This server therefore makes no use of the leniency that RFC 9112 allows.
"""
import dataclasses
import re

from problem import Refused

_LINE_LIMIT = 65536
_HEADER_LIMIT = 100
_BODY_LIMIT = 1 << 20
_REQUEST_LINE = re.compile(rb"([!#$%&'*+\-.^_`|~0-9A-Za-z]+) ([!-~]+) HTTP/(\d\.\d)")
_FIELD = re.compile(rb"([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*((?:[!-~](?:[ \t!-~]*[!-~])?)?)[ \t]*")
_SINGLE = ("host", "content-length", "content-type", "transfer-encoding",
           "authorization", "x-api-key")


class Closed(Exception):
    """Raised when the client closes the connection, or is silent for too long, between two requests."""


@dataclasses.dataclass
class Request:
    """A received request. Header names keep their case, and values lose leading and trailing whitespace."""

    method: str | None = None
    target: str | None = None
    headers: list = dataclasses.field(default_factory=list)
    body: bytes = b""

    def values(self, name):
        """Returns all values of a header. `name` is in lower case."""
        return [value for key, value in self.headers if key.lower() == name]

    def value(self, name):
        """Returns the value of a header that occurs at most once, or None."""
        found = self.values(name)
        return found[0] if found else None

    def wants_close(self):
        """Returns 1 when the client announced that this is its last request."""
        options = ",".join(self.values("connection")).lower().split(",")
        return "close" in (option.strip() for option in options)


def malformed(detail, status=400):
    """Returns a refusal after which the start of the next request is unknown."""
    return Refused(status, detail, close=True)


class Reader:
    """The bytes of one connection, buffered so that several requests can be received at once."""

    def __init__(self, sock):
        self._sock = sock
        self._buffer = bytearray()

    def _fill(self):
        try:
            piece = self._sock.recv(65536)
        except OSError as error:
            raise Closed(str(error)) from error
        if not piece:
            raise Closed("end of stream")
        self._buffer += piece

    def await_request(self, seconds):
        """Waits for the first byte of a request. Raises Closed when no byte arrives in time."""
        self._sock.settimeout(seconds)
        if not self._buffer:
            self._fill()

    def line(self):
        """Returns one line without its CRLF. A bare CR or LF is refused at once."""
        while True:
            end = self._buffer.find(b"\n")
            if end >= 0:
                break
            if len(self._buffer) > _LINE_LIMIT:
                raise malformed("a line is too long", 431)
            self._fill()
        line = bytes(self._buffer[:end])
        del self._buffer[:end + 1]
        if not line.endswith(b"\r") or b"\r" in line[:-1]:
            raise malformed("a line of the head does not end in CRLF")
        return line[:-1]

    def exactly(self, count):
        """Returns the next `count` bytes."""
        while len(self._buffer) < count:
            self._fill()
        data = bytes(self._buffer[:count])
        del self._buffer[:count]
        return data


def _request_line(reader, request):
    line = reader.line()
    match = _REQUEST_LINE.fullmatch(line)
    if not match:
        raise malformed("the request line is malformed")
    request.method = match[1].decode("ascii")
    request.target = match[2].decode("ascii")
    if match[3] != b"1.1":
        raise malformed("only HTTP/1.1 is spoken here", 505)


def _fields(reader, request):
    while line := reader.line():
        if line[:1] in (b" ", b"\t"):
            raise malformed("a header line is folded")
        match = _FIELD.fullmatch(line)
        if not match:
            raise malformed("a header line is malformed")
        request.headers.append((match[1].decode("ascii"), match[2].decode("ascii")))
        if len(request.headers) > _HEADER_LIMIT:
            raise malformed("too many header lines", 431)
    for name in _SINGLE:
        if len(request.values(name)) > 1:
            raise malformed(f"the header {name} is repeated")


def _chunked(reader):
    """Returns the body of a chunked request. Extensions and trailers are refused."""
    body = bytearray()
    while True:
        size = reader.line()
        if not re.fullmatch(rb"[0-9A-Fa-f]{1,8}", size):
            raise malformed("a chunk size is malformed")
        count = int(size, 16)
        if len(body) + count > _BODY_LIMIT:
            raise malformed("the body is too large", 413)
        body += reader.exactly(count)
        if reader.line():
            raise malformed("a chunk is not followed by CRLF")
        if count == 0:
            return bytes(body)


def _body(reader, request):
    length, coding = request.value("content-length"), request.value("transfer-encoding")
    if length is not None and coding is not None:
        raise malformed("both Content-Length and Transfer-Encoding are there")
    if request.value("expect") is not None:
        raise malformed("no expectation can be met", 417)
    if coding is not None:
        if coding.lower() != "chunked":
            raise malformed("the only transfer coding is chunked")
        return _chunked(reader)
    if length is None:
        return b""
    if not re.fullmatch(r"[0-9]{1,18}", length):
        raise malformed("Content-Length is not a number")
    if int(length) > _BODY_LIMIT:
        raise malformed("the body is too large", 413)
    return reader.exactly(int(length))


def read_request(reader, request):
    """Fills in `request` from the wire. After a refusal it has the part that was read."""
    _request_line(reader, request)
    _fields(reader, request)
    request.body = _body(reader, request)


def check_host(request, hosts):
    """Refuses a request for another server, or without a Host."""
    host = request.value("host")
    if host is None:
        raise malformed("the Host header is missing")
    if host.lower() not in hosts:
        raise Refused(400, "the Host header does not name this server")
