# SPDX-License-Identifier: MIT
"""The request target: its alphabet, its segments, its query, its prefix of switches.

Decoding is as strict as the service's router where a client could otherwise make a mistake. In a query a plus
sign is a space and a semicolon is refused, so both must be sent percent-encoded.
"""
import dataclasses
import re
import urllib.parse

from problem import Refused, issue

_PCHAR = r"(?:[A-Za-z0-9\-._~!$&'()*+,;=:@]|%[0-9A-Fa-f]{2})"
_ORIGIN_FORM = re.compile(rf"(?:/{_PCHAR}*)+(?:\?(?:{_PCHAR}|[/?])*)?")
_SWITCH_MARK = "x:"


@dataclasses.dataclass
class Target:
    """A parsed target. The segments are still encoded, the query is decoded."""

    switches: str | None
    segments: list[str]
    query: str

    def parameters(self):
        """Returns the query as a dict. A name that is repeated or has no value is refused."""
        found = {}
        for pair in self.query.split("&") if self.query else []:
            name, equals, value = pair.partition("=")
            name, value = decode_query(name), decode_query(value)
            if not name or not equals:
                raise Refused(400, "a query parameter must have a name and a value",
                              [issue("query", name, "no name or no value")])
            if name in found:
                raise Refused(400, f"the query parameter {name} is repeated",
                              [issue("query", name, "repeated")])
            found[name] = value
        return found


def decode(text):
    """Returns the percent-decoded text. Text that is not UTF-8 after decoding is refused."""
    try:
        return urllib.parse.unquote_to_bytes(text).decode("utf-8")
    except UnicodeDecodeError:
        raise Refused(400, "percent-encoded bytes of the target are not UTF-8") from None


def decode_query(text):
    """Returns one name or value of a query, decoded as HTML forms are."""
    if ";" in text:
        raise Refused(400, "a semicolon in the query must be percent-encoded")
    return decode(text.replace("+", " "))


def parse(text):
    """Parses a raw target. Raises Refused when it breaks RFC 3986, or when a proxy might rewrite it."""
    if not _ORIGIN_FORM.fullmatch(text):
        raise Refused(400, "the target has characters that must be percent-encoded")
    path, _, query = text.partition("?")
    decode(text)
    segments = path.split("/")[1:]
    switches = None
    if segments[0].startswith(_SWITCH_MARK):
        switches = segments.pop(0)[len(_SWITCH_MARK):]
    if any(decode(segment) in (".", "..") for segment in segments):
        # A proxy would resolve these segments and request another resource.
        raise Refused(400, "the target has a dot segment")
    return Target(switches, segments, query)
