# SPDX-License-Identifier: MIT
"""Shapes: rules for the members of bodies and the parameters of queries.

As by the service, a wrong type or form is answered with 400, and an invalid value with 422. When both occur,
the answer is 400.
"""
import dataclasses
import re

from problem import Refused, issue

LIMIT = 1000
_SECRET_LIMIT = 65536
_RFC3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)")


class Findings:
    """The issues found in one request."""

    def __init__(self, where):
        self._where = where
        self._issues = []
        self._statuses = set()

    def add(self, status, name, detail):
        """Adds one issue and its status."""
        self._issues.append(issue(self._where, name, detail))
        self._statuses.add(status)

    def settle(self):
        """Refuses the request if there is an issue."""
        if self._issues:
            detail = "; ".join(f"{one['name']}: {one['detail']}" for one in self._issues)
            raise Refused(min(self._statuses), detail, self._issues)


@dataclasses.dataclass(frozen=True)
class Text:
    """A string that is not empty and has a maximum length. It may be restricted to a list of words."""

    limit: int = LIMIT
    words: tuple = ()
    pattern: re.Pattern | None = None

    def check(self, value, name, findings):
        if not isinstance(value, str):
            findings.add(400, name, "must be a string")
        elif not value:
            findings.add(422, name, "must not be empty")
        elif len(value) > self.limit:
            findings.add(422, name, f"must not have more than {self.limit} characters")
        elif self.words and value not in self.words:
            findings.add(422, name, f"must be one of {', '.join(self.words)}")
        elif self.pattern and not self.pattern.fullmatch(value):
            findings.add(422, name, "does not have the form required")


@dataclasses.dataclass(frozen=True)
class Flag:
    """A boolean. In a query it is a word."""

    word: bool = False

    def check(self, value, name, findings):
        if not (value in ("true", "false") if self.word else isinstance(value, bool)):
            findings.add(400, name, "must be a boolean")


@dataclasses.dataclass(frozen=True)
class Count:
    """A number in a query."""

    least: int
    most: int

    def check(self, value, name, findings):
        if not re.fullmatch(r"[0-9]{1,9}", value) or not self.least <= int(value) <= self.most:
            findings.add(400, name, f"must be a number from {self.least} to {self.most}")


@dataclasses.dataclass(frozen=True)
class Items:
    """An array of distinct elements of one kind."""

    kind: object
    least: int = 0

    def check(self, value, name, findings):
        if not isinstance(value, list):
            findings.add(400, name, "must be an array")
            return
        if len(value) < self.least:
            findings.add(422, name, "must not be empty")
        for position, element in enumerate(value):
            self.kind.check(element, f"{name}[{position}]", findings)
            if element in value[:position]:
                findings.add(422, f"{name}[{position}]", "is there already")


@dataclasses.dataclass(frozen=True)
class Table:
    """An object with names that the client chooses, and values of one kind or of any kind."""

    kind: object = None

    def check(self, value, name, findings):
        if not isinstance(value, dict):
            findings.add(400, name, "must be an object")
            return
        for key, element in value.items():
            if not key:
                findings.add(422, name, "has a member without a name")
            if self.kind is not None:
                self.kind.check(element, f"{name}.{key}", findings)


@dataclasses.dataclass(frozen=True)
class Members:
    """An object with known members. Only one of the members in `rivals` may be present."""

    required: dict
    optional: dict = dataclasses.field(default_factory=dict)
    rivals: tuple = ()

    def check(self, value, name, findings):
        if not isinstance(value, dict):
            findings.add(400, name or "body", "must be an object")
            return
        prefix = f"{name}." if name else ""
        kinds = {**self.required, **self.optional}
        for missing in (key for key in self.required if key not in value):
            findings.add(400, prefix + missing, "is required")
        for key, element in value.items():
            if key in kinds:
                kinds[key].check(element, prefix + key, findings)
            else:
                findings.add(400, prefix + key, "is not known")
        present = [key for key in self.rivals if key in value]
        for key in present[1:]:
            findings.add(422, prefix + key, f"cannot be there together with {present[0]}")


def check_body(kind, value):
    """Refuses a body that does not have its shape."""
    findings = Findings("body")
    kind.check(value, "", findings)
    findings.settle()


def check_query(kinds, values):
    """Refuses parameters that are unknown or of the wrong kind."""
    findings = Findings("query")
    for name, value in values.items():
        if name in kinds:
            kinds[name].check(value, name, findings)
        else:
            findings.add(400, name, "is not known")
    findings.settle()


TEXT = Text()
SECRET = Text(limit=_SECRET_LIMIT)
MOMENT = Text(pattern=_RFC3339)
