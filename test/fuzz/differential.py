#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What is JSON and what is not must be the same to the library and to Python's json, on texts that
are made and then broken at random, the same ones each time.

usage: differential.py VERDICTS [COUNT]
"""
import json
import random
import struct
import subprocess
import sys

PARTS = [b"{", b"}", b"[", b"]", b",", b":", b"\"", b"\\", b"\\u", b"\\ud83d", b"\\ude00", b"\\u0000", b"0", b"-",
         b"1", b".", b"e", b"E+", b"e-7", b"true", b"fals", b"null", b"nul", b"NaN", b"-Infinity", b" ", b"\t", b"\n",
         b"\r", b"\x0b", b"\x0c", b"\xc2\xa0", b"\xef\xbb\xbf", b"\x00", b"\x1f", b"\x7f", b"\x80", b"\xc0\xaf",
         b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xf0\x9f\x98\x80", b"\xe2\x82", b"//", b"'", b"abcdefgh" * 3]


def make(chance, depth=0):
    """A JSON value as text, in any of its spellings."""
    kind = chance.randrange(9 if depth < 5 else 5)
    space = chance.choice(["", "", "", " ", "\n\t"])
    if kind < 2:
        text = chance.choice(["0", "-0", "12", "-3.25", "1e5", "7E-2", "0.0e+0", "123456789012345678901234567890"])
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
    """The text with up to three changes."""
    text = bytearray(text)
    for _ in range(chance.randrange(4)):
        at = chance.randrange(len(text) + 1)
        if chance.random() < 0.4:
            del text[at:at + chance.randrange(1, 4)]
        else:
            text[at:at + chance.randrange(2)] = chance.choice(PARTS)
    return bytes(text)


def refuse(word):
    """Python takes NaN and Infinity unless it is told."""
    raise ValueError(word)


def is_json(text):
    """Python's verdict. Its decoder would take other encodings of bytes, so it is given text."""
    try:
        json.loads(text.decode("utf-8"), parse_constant=refuse)
        return True
    except (ValueError, RecursionError):
        return False


def main():
    """Compare them."""
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 60000
    chance = random.Random(20261125)
    texts = [broken(chance, make(chance).encode()) for _ in range(count)]
    stream = b"".join(struct.pack(">I", len(text)) + text for text in texts)
    told = subprocess.run([sys.argv[1]], input=stream, stdout=subprocess.PIPE, check=True).stdout.decode()
    expected = "".join(str(int(is_json(text))) for text in texts)
    if len(told) != count or min(told.count("0"), told.count("1")) < count // 5:
        sys.exit(f"{len(told)} verdicts of {count}, {told.count('1')} of them yes: nothing is shown by that")
    for text, mine, python in zip(texts, told, expected, strict=True):
        if mine != python:
            sys.exit(f"the library says {mine}, Python {python}: {text!r}")
    print(f"{count} texts, {told.count('1')} of them JSON, the same to Python")


if __name__ == "__main__":
    main()
