# SPDX-License-Identifier: MIT
"""Switches: the framing and the faults that a client selects in the path of its base URL.

They are part of every request. Two clients with different faults can therefore use one sandbox at the same
time, and no test has to reset a state.
"""
import pathlib
import re
import threading

import target
from problem import Refused

# The pattern of each switch's value. A leading "?" makes the value optional.
_NUMBER = r"[0-9]{1,9}"
_STATUS = r"[1-9][0-9]{2}"
_FILE = r"[A-Za-z0-9_][A-Za-z0-9_.\-]*"
_TEXT = r"[ -~]+"
_KINDS = {
    "chunked": "?ext",
    "close": None,
    "until-close": None,
    "split": _NUMBER,
    "continue": None,
    "delay": _NUMBER,
    "delay-body": _NUMBER,
    "drip": _NUMBER,
    "cut": _NUMBER,
    "cut-clean": _NUMBER,
    "drop": None,
    "drop-clean": None,
    "drop-once": _TEXT,
    "drop-post": None,
    "reset": None,
    "garbage": None,
    "redirect": _TEXT,
    "html": "?" + _STATUS,
    "status": _STATUS,
    "no-problem": _STATUS,
    "retry-after": _TEXT,
    "huge": _NUMBER,
    "creds": None,
    "ctype": _TEXT,
    "raw": _FILE,
    "raw-close": _FILE,
    "body": _FILE,
    "idle-close": _NUMBER,
    "one-request": None,
    "gzip-header": None,
    "expire-tokens": _NUMBER,
}


class Switches:
    """The switches of one request. `text` has them as they were written, or is None."""

    def __init__(self, text=None):
        self.text = text
        self._values = {}
        for item in text.split(",") if text is not None else []:
            self._add(*item.partition("="))

    def _add(self, name, equals, value):
        value = target.decode(value)
        if name not in _KINDS:
            raise Refused(400, f"there is no switch {name!r}")
        if name in self._values:
            raise Refused(400, f"the switch {name} is there twice")
        kind = _KINDS[name]
        optional = kind is None or kind.startswith("?")
        pattern = (kind or "").removeprefix("?")
        if equals and not (pattern and re.fullmatch(pattern, value)):
            raise Refused(400, f"the switch {name} cannot have that value")
        if not equals and not optional:
            raise Refused(400, f"the switch {name} needs a value")
        self._values[name] = value

    def __contains__(self, name):
        return name in self._values

    def text_of(self, name):
        """Returns the value of a switch as text. A switch without a value has the empty text."""
        return self._values[name]

    def number(self, name, default=None):
        """Returns the value of a switch as a number, or the default."""
        value = self._values.get(name)
        return int(value) if value else default

    def seconds(self, name):
        """Returns a number of milliseconds in seconds, or 0 without the switch."""
        return self.number(name, 0) / 1000


class Memory:
    """Counts events for each switch string. This is the only state of faults."""

    def __init__(self):
        self._lock = threading.Lock()
        self._counts = {}

    def count(self, what, switches):
        """Counts one more event. Returns the previous count."""
        key = (what, switches.text)
        with self._lock:
            before = self._counts.get(key, 0)
            self._counts[key] = before + 1
        return before


def fixture(directory, name):
    """Returns the bytes of a fixture file. The form of the name was checked with the switch."""
    if directory is None:
        raise Refused(400, "the sandbox was started without --fixtures")
    try:
        return (pathlib.Path(directory) / name).read_bytes()
    except OSError:
        raise Refused(400, f"there is no fixture {name}") from None
