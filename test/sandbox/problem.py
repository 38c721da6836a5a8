# SPDX-License-Identifier: MIT
"""Refusals, and the problem documents that describe them to the client."""
import http
import uuid

import records

_RETRYABLE = frozenset({408, 429, 500, 502, 503, 504})

_REMEDIES = {
    400: "Correct the request and send it again.",
    401: "Send a valid API key or a fresh token.",
    404: "Check the identifiers in the path.",
    405: "Use one of the methods in the Allow header.",
    422: "Correct the members named in issues.",
    429: "Wait before the next request.",
}


class Refused(Exception):
    """The reason that a request is not served. With `close`, the framing of the connection can no longer be
    trusted."""

    def __init__(self, status, detail, issues=(), headers=(), close=False):
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.issues = list(issues)
        self.headers = list(headers)
        self.close = close


def issue(where, name, detail):
    """Returns one element of issues[]. `where` is body, query, path or header."""
    return {"in": where, "name": name, "detail": detail}


def title(status):
    """Returns the reason phrase of a status, or a word for a status that is not registered."""
    try:
        return http.HTTPStatus(status).phrase
    except ValueError:
        return "Unassigned"


def document(refused):
    """Returns the problem document of a refusal, with every member that the service can send."""
    members = {
        "type": f"urn:problem-type:sandbox:{refused.status}",
        "title": title(refused.status),
        "status": refused.status,
        "detail": refused.detail,
        "instance": f"urn:uuid:{uuid.uuid4()}",
        "subsystem": "api",
        "time": records.now(),
        "requestId": f"{uuid.uuid4()}#{refused.status}",
        "causes": [refused.detail],
        "remedy": _REMEDIES.get(refused.status, "Try again later."),
        "retryable": refused.status in _RETRYABLE,
    }
    if refused.issues:
        members["issues"] = refused.issues
    return members
