#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes the table of docs/evidence.md: each claim, its evidence, the command that shows it, and the figure.

  test/check/evidence.py           prints the table
  test/check/evidence.py --check   exit status 1 when docs/evidence.md has another table
  test/check/evidence.py --write   writes it into docs/evidence.md

Every figure is counted in the source tree, or read from the measured tables of docs/costs.md. Run it in the
project's folder.
"""
import pathlib
import re
import runpy
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "bench"))
import summary  # noqa: E402

PAGE = pathlib.Path("docs/evidence.md")
TEST = pathlib.Path("test")
UNIT = r"^ +(?:cmocka_unit_test\w*|RIG_TEST)\("


def occurrences(pattern, *globs):
    """Returns the number of matches of the pattern in these files."""
    return sum(len(re.findall(pattern, path.read_text(encoding="utf-8"), re.M)) for name in globs for path in TEST.glob(name))


def files(*globs):
    """Returns the number of files."""
    return sum(1 for name in globs for _ in TEST.glob(name))


def soak_faults():
    """Returns the number of fault kinds in the soak test: the names between NO_FAULT and FAULTS."""
    kinds = re.search(r"NO_FAULT,(.*?)FAULTS$", (TEST / "tls/test_tls_soak.c").read_text(encoding="utf-8"), re.M | re.S)
    return kinds.group(1).count(",")


def budgets():
    """Returns the number of budgets, and the number of those with a ceiling because they are missed."""
    pattern = r'Budget\("[^"]+", "[^"]+", [\d.* ]+'
    lists = ("bench/budgets.py", "bench/tls_table.py", "firmware/footprint.py")
    return occurrences(pattern + "[,)]", *lists), occurrences(pattern + r", \d", *lists)


def table():
    """Returns the lines of the table."""
    costs = summary.rows(summary.COSTS.read_text(encoding="utf-8"))
    floors = runpy.run_path("test/coverage/floors.py", run_name="floors")
    stack = costs["deepest stack of the client, by call graph"]
    every, missed = budgets()
    unit = occurrences(UNIT, "unit/*.c", "tls/*.c", "windows/*.c")
    e2e = occurrences(r"^    def test_", "e2e/test_*.py", "sandbox/test_*.py", "firmware/test_*.py")
    survivors = occurrences(r"^src/", "mutation/survivors.txt")
    corpus = files("fuzz/corpus/*/*")
    rows = [
        ("no heap, no globals, no printf family, no strtod", "the symbols that the library imports", "`sh test/run.sh imports`",
         "no writable data, no such import"),
        ("no recursion, bounded stack", "call graph with the frame of each function", "`sh test/bench/run.sh --check`",
         f"{stack[1]} to {stack[3]} B without TLS"),
        ("memory does not grow with the answer; the work is linear", "instructions of lists of two lengths, over TLS",
         "`AMPERSAND_RECORDS=20000 sh test/run.sh linear`", "within 20 % for each record"),
        ("`amp_step` never waits; the deadline covers all", "ports that stall at each step; real sockets that swallow packets",
         "`sh test/run.sh client`, `sh test/run.sh posix`", "none waited"),
        ("strict RFC 8259, the same for every split", "a second reader and Python's, on random texts and splits",
         "`sh test/fuzz/differential.sh 1000000`", "no difference"),
        ("no memory error for any bytes of a peer", "libFuzzer with AddressSanitizer and UndefinedBehaviorSanitizer",
         "`sh test/fuzz/run.sh`", f"{files('fuzz/fuzz_*.c')} targets, {corpus} kept inputs"),
        ("each promise holds after any sequence of calls", "a model, random calls, and a port that lies",
         "`sh test/fuzz/stateful.sh 100000000`", f"{occurrences('MUST[(]', 'fuzz/stateful*.h', 'fuzz/lying_port.h')} checks"),
        ("no memory error for every input of bounded size", "proofs by CBMC", "`sh test/proof/run.sh`",
         f"{files('proof/proof_*.c')} proofs"),
        ("chain and name are always checked, no weak suite", "TLS tests against OpenSSL in one process", "`sh test/run.sh tls.`",
         f"{occurrences(UNIT, 'tls/*.c')} tests"),
        ("certificates are accepted as the RFCs and [trust.md](trust.md) say",
         "drawn chains in real handshakes, an oracle, and OpenSSL",
         "`AMPERSAND_CHAINS=1000 sh test/run.sh test_tls_chains`",
         f"{occurrences(r'^    .KIND_', 'tls/chains_kinds.c')} kinds of facts, each difference in a table"),
        ("nothing leaks, and each fault has the expected result",
         "checks over sockets with a fault in half of them, TLS 1.2 and 1.3",
         "`AMPERSAND_SOAK=10000 sh test/run.sh soak`", f"{soak_faults()} kinds of faults"),
        ("secrets are wiped, and reach no log, error or URL", "canaries in memory, output and core files",
         "`sh test/run.sh secrets`, `sh test/run.sh canary`", f"{occurrences(UNIT, '*/test_*secrets.c')} tests of memory"),
        ("a change is never sent twice, nor reported as safe to repeat", "a cut after each byte of request and answer",
         "`sh test/run.sh outcome`, `sh test/run.sh change`", "no byte sent twice"),
        ("the client survives every failure of the system", "each call fails once, in every command",
         "`AMPERSAND_TORTURE=own sh test/run.sh torture`", f"{occurrences('MAY_FAIL[(]', 'e2e/torture.c') - 1} functions fail"),
        ("tests reach the code", "branch and MC/DC coverage of `src/`", "`sh test/coverage/run.sh`",
         f"at least {floors['BRANCHES']} % of branches, {floors['CONDITIONS']} % of conditions"),
        ("tests find faults", "mutants of `src/`: one small fault each, as a mistake would make it",
         "`sh test/mutation/run.sh --all`", f"each is found, or one of {survivors} listed with a reason"),
        ("clients in different threads share nothing", "ThreadSanitizer over TLS clients in threads",
         "`sh test/analyzers/run.sh threads`", "no data race"),
        ("no implicit conversion changes a value, no unsigned arithmetic wraps by mistake",
         "unit and TLS tests with clang's `-fsanitize=integer`", "`sh test/analyzers/run.sh integer`",
         f"{occurrences('^fun:', 'analyzers/wraps.txt')} functions may wrap, each with a reason"),
        ("the same results on every instruction set", "the unit tests on s390x, rv32imc and Cortex-M0+ code",
         "`sh test/targets/run.sh`", f"{files('targets/parts/*.sh')} targets"),
        ("it runs on Windows", "unit tests and requests over TLS, compiled by MinGW-w64, with Wine", "`sh test/windows/run.sh`",
         f"{occurrences(UNIT, 'windows/*.c')} tests of the port, beside the unit tests"),
        ("it works", "all tests", "`sh test/run.sh`", f"{unit} unit and TLS tests, {e2e} end-to-end tests"),
        ("it costs what the pages say", "measured in each run and compared", "`sh test/bench/run.sh --check`, "
         "`sh test/firmware/run.sh`", f"{every - missed} of {every} budgets kept; the others have a ceiling and a reason"),
    ]
    return ["| claim | shown by | command | figure |", "| --- | --- | --- | --- |",
            *(f"| {' | '.join(row)} |" for row in rows)]


if __name__ == "__main__":
    summary.update(PAGE, {"evidence": table()}, "test/check/evidence.py")
