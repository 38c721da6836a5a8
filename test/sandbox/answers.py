# SPDX-License-Identifier: MIT
"""Answers before they are framed: a status, headers, and a body or a stream of it."""
import dataclasses
import typing

import gojson
import problem
import records

JSON = "application/json"
PROBLEM = "application/problem+json"
TEXT = "text/plain; charset=utf-8"
HTML = "text/html; charset=utf-8"


@dataclasses.dataclass
class Answer:
    """The answer to a request. A raw answer is sent without any framing."""

    status: int | None
    body: bytes = b""
    ctype: str | None = None
    headers: list = dataclasses.field(default_factory=list)
    stream: typing.Iterator[bytes] | None = None
    raw: bytes | None = None

    def has_body(self):
        """Returns 1 when the status allows a body. Without a body there is no framing."""
        return self.status not in (204, 304)


def json_answer(value, status=200):
    """Returns a record, a list of records, or a page of records."""
    return Answer(status, gojson.write(value), JSON)


def text_answer(text):
    """Returns the plain text of the operations that answer with a URL."""
    return Answer(200, text.encode("utf-8"), TEXT)


def refusal(refused):
    """Returns the problem document of a refusal."""
    headers = list(refused.headers)
    if refused.status == 401:
        headers.append(("WWW-Authenticate", "Bearer"))
    return Answer(refused.status, gojson.write(problem.document(refused)), PROBLEM, headers)


def page(heading, text, status=200):
    """Returns a small HTML page, for browsers and for clients that receive one unexpectedly."""
    html = (f"<!DOCTYPE html>\n<html><head><title>{heading}</title></head>"
            f"<body><h1>{heading}</h1><p>{text}</p></body></html>\n")
    return Answer(status, html.encode("utf-8"), HTML)


def _replacing(switches, fixture):
    """Returns the answer that switches select instead of the service's, or None."""
    if "raw" in switches or "raw-close" in switches:
        name = switches.text_of("raw" if "raw" in switches else "raw-close")
        return Answer(None, raw=fixture(name))
    if "garbage" in switches:
        return Answer(None, raw=b"\x15\x03\x01\x00\x02\x02\x28 220 mail.invalid ESMTP\r\n")
    if "body" in switches:
        body = fixture(switches.text_of("body"))
        return Answer(switches.number("status", 200), body, JSON)
    if "redirect" in switches:
        return Answer(302, headers=[("Location", switches.text_of("redirect"))])
    if "html" in switches:
        return page("Welcome to the guest network", "Accept the terms to go online.",
                    switches.number("html", 200))
    if "no-problem" in switches:
        return Answer(switches.number("no-problem"))
    if "status" in switches:
        status = switches.number("status")
        return refusal(problem.Refused(status, f"the switch asks for status {status}"))
    return None


def shaped(switches, fixture, serve):
    """Returns the answer of serve(), or the one that a switch selects instead, with the headers that switches
    add."""
    try:
        answer = _replacing(switches, fixture) or serve()
    except problem.Refused as refused:
        answer = refusal(refused)
    answer.headers.append(("Date", records.http_date()))
    if "retry-after" in switches:
        answer.headers.append(("Retry-After", switches.text_of("retry-after")))
    if "ctype" in switches:
        answer.ctype = switches.text_of("ctype")
    if "gzip-header" in switches:
        answer.headers.append(("Content-Encoding", "gzip"))
    return answer
