#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares the library's reader with three others, on random texts, some of which are then damaged:

- Python's json: both must agree on which texts are JSON.
- oracle.py, a second reader by schema tables: both must agree on the records, and on the status, field and
  size of each error.
- the previous reader of this library, whose results are in recorded.txt, with windows of any size.

The library is built for speed and for size. It reads each text in one piece, in random pieces and byte by
byte. All results must be equal (verdicts.c). An error of VALUE may be reported after all others of its
record, because values are converted in groups. VALUES_IN_ORDER is for a reader that converts each value at
its end.

usage: differential.py VERDICTS [COUNT [SEED]]   COUNT texts for each of the first two; a seed always draws
the same
       differential.py VERDICTS --write          writes the results of this library into recorded.txt
"""
import collections
import hashlib
import json
import multiprocessing
import pathlib
import random
import struct
import subprocess
import sys

import oracle
from texts import Answer, broken, make

RECORDED = pathlib.Path(__file__).resolve().parent / "recorded.txt"
RECORDED_COUNT, RECORDED_SEED, RECORDED_A_LINE = 6000, 20261128, 24
VALUES_IN_ORDER = False
DEFAULT_COUNT, DEFAULT_SEED = 5000, 20261125
BATCH = 2000  # texts at a time
CUTS = 6
LARGE = 20000  # a window that no drawn value fills
FAIR_SHARE = 5  # at least a fifth of the texts must be accepted, and at least a fifth refused


class Different(Exception):
    """Two readers return different results for a text."""


def refuse(word):
    """Python accepts NaN and Infinity unless parse_constant refuses them."""
    raise ValueError(word)


def is_json(text):
    """Returns Python's verdict. Its decoder would detect other encodings of bytes, so it gets text."""
    try:
        json.loads(text.decode("utf-8"), parse_constant=refuse)
        return True
    except (ValueError, RecursionError):
        return False


def told(verdicts, texts, *arguments):
    """Returns the program's output for the texts."""
    stream = b"".join(struct.pack(">I", len(text)) + text for text in texts)
    result = subprocess.run([verdicts, *arguments], input=stream, stdout=subprocess.PIPE, check=False)
    if result.returncode != 0:
        raise Different(f"{verdicts} ended with {result.returncode} after {result.stdout.count(10)} of {len(texts)} texts")
    return result.stdout.decode()


def check_shares(what, count, accepted):
    """Fails if almost all texts are accepted or refused, because such texts test little."""
    if min(accepted, count - accepted) < count // FAIR_SHARE:
        sys.exit(f"{what}: {accepted} of {count} texts were accepted: too few, or too many")


def in_batches(compare, verdicts, count, seed):
    """Returns the sum of the counts of compare(verdicts, chance, length) over all batches. The batches run in
    parallel."""
    jobs = [(compare, verdicts, f"{compare.__name__} {seed} {start}", min(BATCH, count - start))
            for start in range(0, count, BATCH)]
    with multiprocessing.Pool() as pool:
        try:
            return sum(pool.imap_unordered(one_batch, jobs), collections.Counter())
        except Different as different:
            sys.exit(str(different))


def one_batch(job):
    compare, verdicts, name, length = job
    try:
        return compare(verdicts, random.Random(name), length)
    except Different as different:
        raise Different(f"{name}: {different}") from None


def compare_json(verdicts, chance, length):
    """Compares with Python."""
    texts = [broken(chance, make(chance).encode()) for _ in range(length)]
    mine = told(verdicts, texts)
    for text, ours in zip(texts, mine, strict=True):
        if ours != str(int(is_json(text))):
            raise Different(f"the library says {ours}, Python does not: {text!r}")
    return collections.Counter({oracle.END: mine.count("1")})


def tables_of(verdicts):
    return oracle.load(told(verdicts, [], "tables").splitlines())


def draw(chance, tables, window, in_order):
    """Returns (table, text, input of `verdicts records`)."""
    number = chance.randrange(len(tables))
    text = Answer(chance, in_order).whole(tables[number]).encode()
    text = broken(chance, text) if chance.random() < 0.25 else text
    cuts = [chance.choice((0, 1, 6, 30, 255)) for _ in range(CUTS)]
    return tables[number], text, bytes([number, window >> 8, window & 255, *cuts]) + text


def agrees(table, text, line):
    """Returns 1 when the library may print the line, 0 when it may not, -1 when the oracle cannot decide."""
    found = oracle.read(table, text)
    if found is None:
        return -1
    return int(line == found or not VALUES_IN_ORDER and line == oracle.read(table, text, late=True))


def compare_records(verdicts, chance, length):
    """Compares with oracle.py."""
    tables, counts = tables_of(verdicts), collections.Counter()
    drawn = [draw(chance, tables, LARGE, chance.random() < 0.5) for _ in range(length)]
    lines = told(verdicts, [given for _, _, given in drawn], "records").splitlines()
    for (table, text, given), line in zip(drawn, lines, strict=True):
        agreed = agrees(table, text, line)
        if agreed == 0:
            raise Different(f"table {given[0]}: {text!r}\nthe library says {line}\nthe oracle says  {oracle.read(table, text)}")
        counts[int(line.split()[0])] += 1
        counts["unsure"] += agreed < 0
    return counts


def short(text):
    return hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()[:4]


def draw_recorded(tables):
    """Returns the texts of recorded.txt. Most of their windows are small."""
    chance = random.Random(RECORDED_SEED)
    return [draw(chance, tables, chance.choice((0, 30, 100, 192, 700, LARGE)), False) for _ in range(RECORDED_COUNT)]


def compare_recorded(verdicts, tables, write):
    """Compares with the previous reader. A different result must be explained by the late conversion of values."""
    drawn = draw_recorded(tables)
    lines = told(verdicts, [given for _, _, given in drawn], "records").splitlines()
    accepted = sum(line.startswith(f"{oracle.END} ") for line in lines)
    check_shares("recorded", len(lines), accepted)
    name = "texts " + short(b"".join(given for _, _, given in drawn))
    if write:
        found = [short(line) for line in lines]
        rows = (" ".join(found[at:at + RECORDED_A_LINE]) for at in range(0, len(found), RECORDED_A_LINE))
        RECORDED.write_text("\n".join((name, *rows)) + "\n", encoding="ascii")
    first, *recorded = RECORDED.read_text(encoding="ascii").splitlines()
    if first != name:
        sys.exit(f"{RECORDED.name} was made from other texts: the generator or a table has changed; record again with --write, "
                 "by a reader that is known to be right")
    other = 0
    for (table, text, given), line, former in zip(drawn, lines, " ".join(recorded).split(), strict=True):
        if short(line) == former:
            continue
        if line != oracle.read(table, text) or former != short(str(oracle.read(table, text, late=True))):
            sys.exit(f"table {given[0]}, window {64 + given[1] * 256 + given[2]}: {text!r}\nthe library says {line}\n"
                     "the former reader said something else")
        other += 1
    print(f"{len(lines)} answers, {accepted} of them read, as the former reader did; {other} errors are in another order")


def main():
    """Runs all three comparisons."""
    verdicts, *arguments = sys.argv[1:]
    write = arguments == ["--write"]
    numbers = [] if write else [int(argument) for argument in arguments]
    count, seed = numbers + [DEFAULT_COUNT, DEFAULT_SEED][len(numbers):]
    compare_recorded(verdicts, tables_of(verdicts), write)
    if write:
        return
    found = in_batches(compare_records, verdicts, count, seed)
    unsure = found.pop("unsure", 0)
    check_shares("records", count, found[oracle.END])
    if unsure > count // 100:
        sys.exit(f"the oracle is not sure about {unsure} of {count} texts")
    print(f"{count} answers as the oracle reads them, by status {dict(sorted(found.items()))}")
    accepted = in_batches(compare_json, verdicts, count, seed)[oracle.END]
    check_shares("json", count, accepted)
    print(f"{count} texts, {accepted} of them JSON, the same to Python")


if __name__ == "__main__":
    main()
