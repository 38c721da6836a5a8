#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The library beside two others, on texts that are made and then broken at random, the same ones each time.

- Python's json: what is JSON and what is not must be the same to both.
- The reader that this library had before version 0.1.0, of which recorded.txt has the verdicts on answers read by the
  library's tables: each must be read into the same records, or refused, by every build and in any pieces. Which error
  comes first is not compared: values are stored in document order now.

usage: differential.py VERDICTS [COUNT]
       differential.py VERDICTS --write    records what this library says; after a record of records.h has changed
"""
import hashlib
import json
import pathlib
import random
import re
import struct
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "bench"))
import inputs  # noqa: E402

RECORDED = HERE / "recorded.txt"
ANSWERS, BLOCK = 6000, 50
TABLES, CUTS = 11, 6

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


def member_names():
    """Those that a table wants, and some more."""
    paths = (re.findall(r'"([\w.\[\]]+)"', path.read_text()) for path in (HERE.parent.parent / "src").glob("records_*.c"))
    return sorted({part for found in paths for path in found for part in re.split(r"[.\[\]]+", path) if part} | {"", "other"})


def answer(chance, maker, names, table):
    """A text for a table: as the service writes it, or an object of such members with any values."""
    real = {1: maker.connection, 2: lambda: [maker.connection() for _ in range(chance.randrange(3))],
            3: maker.installation, 4: lambda: [maker.installation() for _ in range(chance.randrange(2))]}
    if table in real and chance.random() < 0.7:
        value = real[table]()
        return chance.choice((inputs.compact(value), json.dumps(value), json.dumps(value, indent=1, ensure_ascii=False)))
    members = ",".join(json.dumps(chance.choice(names)) + ":" + make(chance, 3) for _ in range(chance.randrange(12)))
    return "[{" + members + "}]" if table in (2, 4) else "{" + members + "}"


def answers():
    """[bytes] for `verdicts records`."""
    chance, maker, names = random.Random(20261128), inputs.Maker(20261128), member_names()
    for _ in range(ANSWERS):
        table = chance.randrange(TABLES)
        text = answer(chance, maker, names, table).encode()
        head = [table, chance.randrange(4), chance.randrange(256)] + [chance.choice((0, 1, 6, 30, 255)) for _ in range(CUTS)]
        yield bytes(head) + (broken(chance, text) if chance.random() < 0.5 else text)


def told(verdicts, texts, *arguments):
    """What the program says of them."""
    stream = b"".join(struct.pack(">I", len(text)) + text for text in texts)
    return subprocess.run([verdicts, *arguments], input=stream, stdout=subprocess.PIPE, check=True).stdout.decode()


def compare_records(verdicts, write):
    """A hash of each block of verdicts is recorded."""
    lines = told(verdicts, answers(), "records").splitlines()
    read = len(lines) - lines.count("refused")
    if len(lines) != ANSWERS or min(read, ANSWERS - read) < ANSWERS // 5:
        sys.exit(f"{len(lines)} verdicts of {ANSWERS}, {read} of them records: nothing is shown by that")
    blocks = (lines[at:at + BLOCK] for at in range(0, ANSWERS, BLOCK))
    found = [hashlib.sha256("\n".join(block).encode()).hexdigest()[:16] for block in blocks]
    if write:
        RECORDED.write_text("\n".join(found) + "\n")
    other = [number for number, (mine, recorded) in enumerate(zip(found, RECORDED.read_text().split())) if mine != recorded]
    if other or len(found) != len(RECORDED.read_text().split()):
        sys.exit(f"answers {', '.join(f'{n * BLOCK} to {n * BLOCK + BLOCK - 1}' for n in other)} are read otherwise than was recorded")
    print(f"{ANSWERS} answers, {read} of them read, as was recorded")


def compare_json(verdicts, count):
    """Beside Python."""
    chance = random.Random(20261125)
    texts = [broken(chance, make(chance).encode()) for _ in range(count)]
    mine = told(verdicts, texts)
    expected = "".join(str(int(is_json(text))) for text in texts)
    if len(mine) != count or min(mine.count("0"), mine.count("1")) < count // 5:
        sys.exit(f"{len(mine)} verdicts of {count}, {mine.count('1')} of them yes: nothing is shown by that")
    for text, ours, python in zip(texts, mine, expected):
        if ours != python:
            sys.exit(f"the library says {ours}, Python {python}: {text!r}")
    print(f"{count} texts, {mine.count('1')} of them JSON, the same to Python")


def main():
    """Compare them."""
    write = "--write" in sys.argv
    compare_records(sys.argv[1], write)
    if not write:
        compare_json(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 60000)


if __name__ == "__main__":
    main()
