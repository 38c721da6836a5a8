# SPDX-License-Identifier: MIT
"""Draws texts for differential.py: JSON values in any notation, answers for a schema table, and damaged
variants of both."""
import json

import oracle

PARTS = [b"{", b"}", b"[", b"]", b",", b":", b"\"", b"\\", b"\\u", b"\\ud83d", b"\\ude00", b"\\u0000", b"0", b"-",
         b"1", b".", b"e", b"E+", b"e-7", b"true", b"fals", b"null", b"nul", b"NaN", b"-Infinity", b" ", b"\t", b"\n",
         b"\r", b"\x0b", b"\x0c", b"\xc2\xa0", b"\xef\xbb\xbf", b"\x00", b"\x1f", b"\x7f", b"\x80", b"\xc0\xaf",
         b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xf0\x9f\x98\x80", b"\xe2\x82", b"//", b"'", b"abcdefgh" * 3]
SPACES = ("", " ", "\n\t", "\r\n        ")
CHARACTERS = ("abcdefgh0123 -_/", "ab \"\\/\n\x7f", "\u00e9\u00fc\u0416\u044f", "\u20ac\u65e5\u672c\u8a9e",
              "\U0001f600\U00010000\U0010ffff")
UNSTORABLE = (r"\u0000", r"\ud83d", r"\ude00", r"\ude00\ud83d", r"\ud83d\u0041")
TIMES = ("2023-07-13T21:34:44.816354Z", "2024-02-29t23:59:60z", "0000-03-01T00:00:00+23:59",
         "9599-12-31T23:59:59.123456789-23:59",
         "2026-01-01T00:00:00.5+00:00", "1970-01-01T00:00:00Z")
NO_TIMES = ("", "2023-02-29T00:00:00Z", "2023-13-01T00:00:00Z", "2023-07-13 21:34:44Z",
            "2023-07-13T21:34:44", "0000-01-01T00:00:00+00:01",
            "2023-07-13T24:00:00Z", "2023-07-13T21:34:44.Z", "2023-07-13T21:34:44.1234567890Z",
            "2023-07-13T21:34:44+1:00", "yesterday")
INTS = ("0", "-0", "7", "-1", "2147483647", "-2147483648", "65535")
WIDE_INTS = ("2147483648", "9223372036854775807", "-9223372036854775808")
NO_INTS = ("9223372036854775808", "-9223372036854775809", "12345678901234567890", "1.0", "1e2", "0.5E-1", "1" * 41)
NUMBERS = ("0", "-0", "12", "-3.25", "1e5", "7E-2", "0.0e+0", "123456789012345678901234567890")


def make(chance, depth=0):
    """Returns a JSON value as text, in a random notation."""
    kind = chance.randrange(9 if depth < 5 else 5)
    space = chance.choice(["", "", "", " ", "\n\t"])
    if kind < 2:
        text = chance.choice(NUMBERS)
    elif kind < 4:
        text = json.dumps("".join(chance.choice("ab \"\\/\n\u00e9\u20ac\U0001f600\x7f\x01") for _ in range(chance.randrange(20))),
                          ensure_ascii=chance.random() < 0.5)
    elif kind == 4:
        text = chance.choice(["true", "false", "null"])
    elif kind < 7:
        text = "[" + ",".join(make(chance, depth + 1) for _ in range(chance.randrange(4))) + space + "]"
    else:
        members = (json.dumps(chance.choice(["id", "a", "", "long name " * 5])) + space + ":" + make(chance, depth + 1)
                   for _ in range(chance.randrange(4)))
        text = "{" + space + ",".join(members) + "}"
    return space + text + space


def broken(chance, text):
    """Returns the text with up to three changes."""
    text = bytearray(text)
    for _ in range(chance.randrange(4)):
        at = chance.randrange(len(text) + 1)
        if chance.random() < 0.4:
            del text[at:at + chance.randrange(1, 4)]
        else:
            text[at:at + chance.randrange(2)] = chance.choice(PARTS)
    return bytes(text)


class Answer:
    """An answer for a table. With `in_order`, members are in the order of the rows, as the service usually
    sends them. Otherwise they are in a random order."""

    def __init__(self, chance, in_order):
        self.chance, self.in_order = chance, in_order
        self.spaces = chance.choice((SPACES[:1], SPACES[:2], SPACES))
        self.escaped = chance.choice((0, 0, 0.1, 0.6))
        self.wrong = chance.choice((0, 0, 0.02, 0.1))  # how many values cannot be stored
        self.extra = chance.choice((0, 0.1, 0.5))
        self.absent = chance.choice((0, 0, 0.1))

    def happens(self, probability):
        return probability > 0 and self.chance.random() < probability

    def space(self):
        return self.chance.choice(self.spaces)

    def character(self, one):
        """Returns the value in a random notation."""
        must = one < " " or one in "\"\\"
        if not must and not self.happens(self.escaped):
            return one
        if must and self.chance.random() < 0.7 or one == "/":
            return json.dumps(one)[1:-1] if one != "/" else "\\/"
        units = one.encode("utf-16-be").hex()
        units = units if self.chance.random() < 0.5 else units.upper()
        return "".join("\\u" + units[at:at + 4] for at in range(0, len(units), 4))

    def string(self, text):
        return '"' + "".join(map(self.character, text)) + '"'

    def text(self, size):
        """Returns a text for a member of that many bytes: shorter, just fitting, or slightly too long."""
        room = size - 1 if self.happens(0.2) else min(size - 1, self.chance.randrange(1, 16))
        room += self.chance.randrange(1, 4) if self.happens(self.wrong) else 0
        alphabet = self.chance.choice(CHARACTERS) if self.happens(0.4) else CHARACTERS[0]
        chosen = ""
        while room > 0:
            one = self.chance.choice(alphabet)
            one = one if len(one.encode()) <= room else "x"
            chosen, room = chosen + one, room - len(one.encode())
        spelled = self.string(chosen)
        if self.happens(self.wrong / 2):
            at = self.chance.randrange(1, len(chosen) + 1)
            spelled = self.string(chosen[:at])[:-1] + self.chance.choice(UNSTORABLE) + self.string(chosen[at:])[1:]
        return spelled

    def scalar(self, row):
        if self.happens(self.wrong):
            return self.chance.choice(("null", make(self.chance, 4).strip()))
        if row["type"] == oracle.INT:
            return self.chance.choice(NO_INTS if self.happens(self.wrong) else INTS + WIDE_INTS if row["size"] == 8 else INTS)
        if row["type"] == oracle.BOOL:
            return self.chance.choice(("true", "false"))
        if row["type"] == oracle.TIME:
            return self.string(self.chance.choice(NO_TIMES if self.happens(self.wrong) else TIMES))
        return self.text(row["size"])

    def value(self, table, number):
        row = table.rows[number]
        if row["type"] < oracle.OBJECT:
            return self.scalar(row)
        if self.happens(self.wrong):
            return self.chance.choice(("null", "{}", "[]", make(self.chance, 3).strip()))
        if row["type"] == oracle.RECORD:
            return self.record(row["of"])
        if row["type"] == oracle.RECORDS:
            return self.array(self.record(row["of"]) for _ in range(self.chance.choice((0, 1, 1, 2))))
        if row["type"] == oracle.OBJECT:
            return self.record(table, row["path"])
        elements = sorted(table.children[row["path"]].items())
        return self.array([*(self.value(table, element) for _, element in elements),
                           *(make(self.chance, 4) for _ in range(self.chance.randrange(12) if self.happens(0.3) else 0))])

    def array(self, values):
        return "[" + self.space() + ",".join(value + self.space() for value in values) + "]"

    def record(self, table, path=""):
        names = sorted(table.children.get(path, {}).items(), key=lambda item: item[1] if self.in_order else item[0])
        if self.happens(0.3):
            self.chance.shuffle(names)
        members = []
        for name, number in names:
            if self.happens(self.extra):
                members.append((self.chance.choice(("", "other", "i", "ids", path + "." + name, "x" * 40)), make(self.chance, 3)))
            if not self.happens(self.absent):
                members.append((name, self.value(table, number)))
            if self.happens(self.wrong / 8):
                members.append((name, self.value(table, number)))
        return "{" + self.space() + ",".join(
            self.string(name) + self.space() + ":" + self.space() + value + self.space() for name, value in members) + "}"

    def whole(self, table):
        if table is None:
            return make(self.chance)
        if table.flags & oracle.LIST:
            return self.array(self.record(table) for _ in range(self.chance.choice((0, 1, 1, 2))))
        return self.record(table) + self.space()
