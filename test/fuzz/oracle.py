# SPDX-License-Identifier: MIT
"""A second JSON reader by schema tables, for comparison with the library. It is written from schema.h and RFC
8259 only.

It takes a complete text, reads tokens with regular expressions, and has no design in common with the
library's reader. Errors are in document order. `read` returns the line that verdicts.c prints for a text.
"""
import json
import re

from oracle_values import TEXT, UNITS, Unsure, code_of, cut, microseconds, size_of, text_of

# Values of amp_type_t, of amp_status_t and of the flags.
STRING, STRING_TRUNC, INT, BOOL, TIME, OBJECT, ARRAY, RECORD, RECORDS = range(9)
LIST, ENVELOPE, LENIENT = 1, 4, 8
REQUIRED = 1
END = 3
JSON, DEPTH, DUPLICATE, MISSING, TYPE, VALUE, TOO_LONG, WINDOW = -43, -44, -45, -46, -47, -48, -49, -50

DEEPEST = 64
LONGEST_NAME, LONGEST_SCALAR = 31, 40

NUMBER = re.compile(rb"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
LITERAL = re.compile(rb"true|false|null")
SPACE = re.compile(rb"[ \t\n\r]*")


class Refused(Exception):
    """An error, as (status, field, need)."""

    def __init__(self, status, field=None, need=0):
        super().__init__(status)
        self.line = f"{status} {field or '-'} {need}"


class Table:
    """Rows, and the members for each container's path: {path: {name: row number}}."""

    def __init__(self, description):
        self.flags, self.rows = description["flags"], description["rows"]
        self.children = {"": {}}
        for number, row in enumerate(self.rows):
            row["of"] = row["of"] and Table(row["of"])
            container, name = re.fullmatch(r"(?:(.*?)\.?)?([^.\[]+|\[\d\])", row["path"]).groups()
            self.children.setdefault(container or "", {})[name] = number
        self.order = sorted(range(len(self.rows)), key=lambda number: self.rows[number]["path"])


class Record:
    """The members of one struct, by row number."""

    def __init__(self, table):
        self.table, self.present, self.truncated, self.values = table, set(), set(), {}

    def __str__(self):
        shown = []
        for number in self.table.order:
            is_present, is_truncated = number in self.present, number in self.truncated
            if is_present or is_truncated:
                marks = "P" * is_present + "T" * is_truncated
                shown.append(f"{self.table.rows[number]['path']}:{marks}{self.values.get(number, '') if is_present else ''} ")
        return "{" + "".join(shown) + "}"


class Reading:
    """Reads one text by one table, which may be None. With `late`, a value that cannot be converted is
    reported at the end of its record, after all other errors. The previous reader of the library did that,
    because it converted values in groups."""

    def __init__(self, table, text, late=False):
        self.table, self.text, self.late = table, text, late
        self.at = self.depth = 0
        self.items = ""
        self.postponed = None

    def line(self):
        """Returns the line that verdicts.c prints."""
        try:
            last = self.whole()
        except Refused as refused:
            return refused.line
        return f"{END} - 0{self.items}" + ("" if self.table is None else f" end{last}")

    def peek(self):
        self.at = SPACE.match(self.text, self.at).end()
        if self.at == len(self.text):
            raise Refused(JSON)
        return self.text[self.at:self.at + 1]

    def token(self, pattern):
        found = pattern.match(self.text, self.at)
        if found is None:
            raise Refused(JSON)
        self.at = found.end()
        return found

    def whole(self):
        """Reads the text. Returns the last record."""
        first = self.peek()
        last = Record(self.table)
        if self.table is None:
            self.value(None)
        elif self.table.flags & LIST:
            last = self.list_of_records(first, last)
        else:
            last = self.root(first)
        self.at = SPACE.match(self.text, self.at).end()
        if self.at < len(self.text):
            raise Refused(JSON)
        return last

    def list_of_records(self, first, last):
        if first != b"[":
            kind, _ = self.scalar_or_open(first)
            if kind != b"n":
                raise Refused(TYPE)
            return last
        self.open()
        for _ in self.elements():
            last = self.root(self.peek())
        return last

    def root(self, first):
        """Reads a record that is not an element of a list."""
        if first != b"{":
            self.scalar_or_open(first)
            raise Refused(TYPE)
        self.open()
        record = Record(self.table)
        self.members(record, "", self.table)
        if not self.table.flags & ENVELOPE:
            self.item(record)
        elif self.postponed:
            raise self.postponed
        return record

    def item(self, record):
        if self.postponed:
            raise self.postponed
        self.items += f" @{self.at}{record}"

    def open(self):
        if self.depth == DEEPEST:
            raise Refused(DEPTH)
        self.depth += 1
        self.at += 1

    def scalar_or_open(self, first):
        """For a scalar, reads it to its end and returns (kind, match). For a container, opens it and returns
        (None, None)."""
        if first in b"{[":
            self.open()
            return None, None
        if first == b'"':
            return first, self.token(TEXT)
        if first in b"tfn":
            return first, self.token(LITERAL)
        found = self.token(NUMBER)
        after = self.text[self.at:self.at + 1]
        if after and (after in b"eE" and not found.group(2) or after == b"." and not (found.group(1) or found.group(2))):
            raise Refused(JSON)
        if not after and self.depth > 0:
            raise Refused(JSON)
        return b"0", found

    def has_more(self, close):
        """Reads a comma. Returns False at the end of the container instead."""
        mark = self.peek()
        if mark == close:
            return False
        if mark != b",":
            raise Refused(JSON)
        self.at += 1
        return True

    def elements(self):
        """Yields before each element of the open array, and closes it."""
        number = 0
        while number > 0 or self.peek() != b"]":
            self.peek()
            yield number
            number += 1
            if not self.has_more(b"]"):
                break
        self.at += 1
        self.depth -= 1

    def names(self):
        """Yields each name of the open object before its colon is read, and closes the object."""
        if self.peek() != b"}":
            while True:
                self.peek()
                codes = [code_of(unit) for unit in UNITS.findall(self.token(TEXT).group(1))]
                is_name = len(codes) <= LONGEST_NAME and all(0x20 <= code < 0x7F for code in codes)
                yield "".join(map(chr, codes)) if is_name else None
                if not self.has_more(b"}"):
                    break
        self.at += 1
        self.depth -= 1

    def colon(self):
        if self.peek() != b":":
            raise Refused(JSON)
        self.at += 1

    def members(self, record, path, table):
        """Reads the members of an object of the table."""
        rows = table.children.get(path, {})
        for name in self.names():
            pick = self.select(record, rows.get(name))
            self.colon()
            self.value(pick)
        self.check_required(record, rows)

    def select(self, record, number):
        """Returns (record, row number) when the value is wanted."""
        if number is None:
            return None
        if number in record.present | record.truncated:
            return self.refuse((record, number), DUPLICATE)
        return record, number

    def check_required(self, record, rows):
        missing = [number for number in rows.values()
                   if record.table.rows[number]["flags"] & REQUIRED and number not in record.present]
        if missing:
            raise Refused(MISSING, record.table.rows[min(missing)]["path"])

    def refuse(self, pick, status, need=0, is_element=False):
        """Raises an error. With a lenient table, the member counts as absent and the result is None."""
        record, number = pick
        row = record.table.rows[number]
        if is_element or not self.table.flags & LENIENT or row["flags"] & REQUIRED:
            raise Refused(status, row["path"], need)
        if number not in record.present:
            record.truncated.add(number)

    def value(self, pick, is_element=False):
        kind, found = self.scalar_or_open(self.peek())
        if kind is not None:
            if pick is not None:
                self.store(pick, kind, found, is_element)
            return
        is_array = self.text[self.at - 1:self.at] == b"["
        if pick is not None:
            row = pick[0].table.rows[pick[1]]
            wants_array = row["type"] in (ARRAY, RECORDS) and not is_element
            if row["type"] >= OBJECT and wants_array == is_array:
                self.enter(pick, row, is_element)
                return
            self.refuse(pick, TYPE, is_element=is_element)
        if is_array:
            for _ in self.elements():
                self.value(None)
        else:
            for _ in self.names():
                self.colon()
                self.value(None)

    def enter(self, pick, row, is_element):
        record, number = pick
        record.present.add(number)
        if row["type"] == RECORD or is_element:
            record.values[number] = Record(row["of"])
            self.members(record.values[number], "", row["of"])
            if is_element:
                self.item(self.outer)
        elif row["type"] == RECORDS:
            self.outer = record
            record.values.setdefault(number, Record(row["of"]))
            for _ in self.elements():
                self.value(pick, True)
        elif row["type"] == OBJECT:
            self.members(record, row["path"], record.table)
        else:
            rows = record.table.children.get(row["path"], {})
            for index in self.elements():
                self.value(self.select(record, rows.get(f"[{index}]")))
            self.check_required(record, rows)

    def store(self, pick, kind, found, is_element):
        record, number = pick
        row = record.table.rows[number]
        if kind == b"n" and not is_element:
            self.null(record, number, row)
            return
        if kind not in {STRING: b'"', STRING_TRUNC: b'"', TIME: b'"', INT: b"0", BOOL: b"tf"}.get(row["type"], b"") \
                or is_element:
            self.refuse(pick, TYPE, is_element=is_element)
            return
        codes = [code_of(unit) for unit in UNITS.findall(found.group(1))] if kind == b'"' else list(found.group())
        limit = row["size"] - 1 if row["type"] <= STRING_TRUNC else LONGEST_SCALAR
        length = sum(map(size_of, codes))
        if length > limit and row["type"] != STRING_TRUNC:
            is_text = row["type"] == STRING
            self.refuse(pick, TOO_LONG if is_text else VALUE, length + 1 if is_text else 0)
            return
        if length > limit:
            codes = cut(codes, limit)
            record.truncated.add(number)
        record.present.add(number)
        converted = self.convert(row, kind, codes)
        if converted is not None:
            record.values[number] = f"={converted}"
            return
        self.cannot_convert(record, number, row)

    def cannot_convert(self, record, number, row):
        if self.table.flags & LENIENT and not row["flags"] & REQUIRED:
            record.present.discard(number)
            record.truncated.add(number)
            return
        error = Refused(VALUE, row["path"])
        if not self.late:
            raise error
        self.postponed = self.postponed or error

    def null(self, record, number, row):
        """An empty list if the row is a list, otherwise an absent member."""
        if row["type"] not in (ARRAY, RECORDS):
            record.truncated.add(number)
            return
        record.present.add(number)
        if row["type"] == RECORDS:
            record.values[number] = Record(row["of"])
        else:
            self.check_required(record, record.table.children.get(row["path"], {}))

    @staticmethod
    def convert(row, kind, codes):
        """Returns the stored value as verdicts.c prints it; None when it cannot be stored."""
        if row["type"] == BOOL:
            return int(kind == b"t")
        if row["type"] == INT:
            number = bytes(codes).decode()
            if not re.fullmatch(r"-?\d+", number) or len(number.lstrip("-")) > 19:
                return None
            half = 1 << (8 * row["size"] - 1)
            return int(number) if -half <= int(number) < half else None
        text = text_of(codes)
        if text is None or row["type"] != TIME:
            return None if text is None else text.hex()
        return microseconds(text.decode("utf-8"))


def load(lines):
    """Returns the tables that `verdicts tables` prints."""
    return [description and Table(description) for description in map(json.loads, lines)]


def read(table, text, late=False):
    """Returns the line that verdicts.c must print; None when schema.h does not specify it."""
    try:
        return Reading(table, text, late).line()
    except Unsure:
        return None
