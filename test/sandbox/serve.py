# SPDX-License-Identifier: MIT
"""One connection: requests, answers, and an ending that the switches may choose."""
import base64
import dataclasses
import json
import threading

import answers
import endings
import framing
import routes
import switches as switching
import target
import wire
from problem import Refused

_HANDSHAKE_SECONDS = 15
_IDLE_SECONDS = 120
_WRITE_SECONDS = 120
_MUTE = ("drop", "drop-clean", "reset")


class RequestLog:
    """requests.jsonl: one line for each request, on disk before the answer starts."""

    def __init__(self, path):
        self._lock = threading.Lock()
        self._file = open(path, "w", encoding="ascii")
        self._count = 0

    def write(self, entry):
        """Appends one entry, numbered in the order of arrival."""
        with self._lock:
            self._count += 1
            self._file.write(json.dumps({"n": self._count, **entry}) + "\n")
            self._file.flush()


@dataclasses.dataclass
class Shared:
    """State that all connections share."""

    service: object
    log: RequestLog
    hosts: frozenset
    fixtures: str | None
    memory: switching.Memory = dataclasses.field(default_factory=switching.Memory)

    def fixture(self, name):
        """Returns the bytes of a fixture file."""
        return switching.fixture(self.fixtures, name)


def _body_members(body):
    try:
        return {"body": body.decode("utf-8")}
    except UnicodeDecodeError:
        return {"body": None, "bodyBase64": base64.b64encode(body).decode("ascii")}


class Conversation:
    """The requests of one connection, in their order."""

    def __init__(self, shared, sock, number):
        self._shared = shared
        self._sock = sock
        self._number = number
        self._requests = 0
        self._idle = _IDLE_SECONDS
        self._reader = wire.Reader(sock)

    def run(self):
        """Serves until either side ends the connection."""
        try:
            self._sock.settimeout(_HANDSHAKE_SECONDS)
            self._sock.do_handshake()
            ending = None
            while ending is None:
                ending = self._exchange()
            ending(self._sock)
        except OSError:
            pass  # The client closed the connection, so no answer can reach it.
        finally:
            self._sock.close()

    def _exchange(self):
        """Serves one request. Returns the ending of the connection, or None to continue."""
        request = wire.Request()
        try:
            self._reader.await_request(self._idle)
        except wire.Closed:
            return endings.clean
        self._requests += 1
        try:
            self._sock.settimeout(_IDLE_SECONDS)
            wire.read_request(self._reader, request)
            wire.check_host(request, self._shared.hosts)
            place = target.parse(request.target)
            chosen = switching.Switches(place.switches)
        except wire.Closed:
            return endings.clean
        except Refused as refused:
            return self._refuse(request, refused)
        return self._reply(request, place, chosen)

    def _refuse(self, request, refused):
        """Answers a request that did not reach the routes, in the simplest framing."""
        plain = switching.Switches()
        last = refused.close or request.wants_close()
        self._log(request, refused.status, None)
        answer = answers.refusal(refused)
        framing.send(framing.Sender(self._sock, plain), answer, plain, request.method, last)
        return endings.clean if last else None

    def _reply(self, request, place, chosen):
        shared = self._shared
        if "expire-tokens" in chosen and request.value("authorization") is not None:
            expired = shared.memory.count("token", chosen) < chosen.number("expire-tokens")
        else:
            expired = False
        answer = answers.shaped(chosen, shared.fixture, lambda: routes.dispatch(
            shared.service, request, place, chosen, expired))
        mute = any(name in chosen for name in _MUTE)
        mute = mute or ("drop-post" in chosen and request.method == "POST")
        if "drop-once" in chosen:
            mute = mute or shared.memory.count("drop", chosen) == 0
        self._log(request, None if mute else answer.status, chosen.text)
        if mute:
            return self._mute_ending(chosen)
        last = request.wants_close() or "close" in chosen or "until-close" in chosen
        return self._send(request, answer, chosen, last)

    @staticmethod
    def _mute_ending(chosen):
        if "reset" in chosen:
            return endings.reset
        return endings.clean if "drop-clean" in chosen else endings.silent

    def _send(self, request, answer, chosen, last):
        """Sends an answer. The ending follows from the switches and from `last`."""
        self._sock.settimeout(_WRITE_SECONDS)
        try:
            sender = framing.Sender(self._sock, chosen)
            framing.send(sender, answer, chosen, request.method, last)
        except framing.Cut:
            pass
        if "cut-clean" in chosen:
            return endings.clean
        if "cut" in chosen or "one-request" in chosen:
            return endings.silent
        if last or "raw-close" in chosen or "garbage" in chosen:
            return endings.clean
        self._idle = chosen.seconds("idle-close") or _IDLE_SECONDS
        return None

    def _log(self, request, status, fault):
        self._shared.log.write({
            "connection": self._number,
            "request": self._requests,
            "method": request.method,
            "target": request.target,
            "headers": request.headers,
            **_body_members(request.body),
            "tls": self._sock.version(),
            "resumed": bool(self._sock.session_reused),
            "status": status,
            "fault": fault,
        })
