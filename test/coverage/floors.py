#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares the coverage that llvm-cov exported with unreached.py.

usage: floors.py [--all] COVERAGE.json [COVERAGE.json of another build of mbedTLS]

Each branch of src/ must be taken both ways, and each condition must independently decide its decision
(MC/DC). Coverage of all builds is combined. The exceptions are listed in unreached.py. An exception that is
covered is an error, too. Without the second build, the files of src/tls/ are not compared.
"""
import collections
import json
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import unreached  # noqa: E402

# The minimum coverage of src/ in percent. It is below 100 because of unreached.py.
BRANCHES = 99.1
CONDITIONS = 97.9
FEWEST_FILES = 80
FEWEST_BRANCHES = 3900


class Source:
    """A file of src/, with the coverage of all builds."""

    def __init__(self, path):
        self.path = path
        self.branches = collections.defaultdict(lambda: [0, 0])
        self.decisions = {}
        self.functions = []
        self._lines = path.read_text(encoding="utf-8").split("\n")

    def add(self, file):
        """Adds the counts of one build."""
        for line, column, end_line, end_column, true, false, *_ in file["branches"]:
            taken = self.branches[line, column, end_line, end_column]
            taken[0] += true
            taken[1] += false
        for record in file["mcdc_records"]:
            place, conditions = tuple(record[:4]), record[-1]
            before = self.decisions.get(place, [False] * len(conditions))
            self.decisions[place] = [old or new for old, new in zip(before, conditions, strict=True)]

    def text(self, place):
        """Returns the source between two places, in one line."""
        line, column, end_line, end_column = place
        if line == end_line:
            return self._lines[line - 1][column - 1:end_column - 1]
        parts = [self._lines[line - 1][column - 1:], *self._lines[line:end_line - 1], self._lines[end_line - 1][:end_column - 1]]
        return " ".join(part.strip() for part in parts)

    def function(self, line):
        """Returns the name of the function at this line."""
        return next((name for name, first, last in self.functions if first <= line <= last), "?")

    def missing(self):
        """Yields (line, function, kind, text) of everything that is not covered."""
        for place, (true, false) in sorted(self.branches.items()):
            for kind, count in (("true", true), ("false", false)):
                if count == 0:
                    yield place[0], self.function(place[0]), kind, self.text(place)
        for place, conditions in sorted(self.decisions.items()):
            inside = sorted(each for each in self.branches if each[:2] >= place[:2] and each[2:] <= place[2:])
            for number, is_alone in enumerate(conditions):
                # If an outcome of the condition never occurs, the listed exception is that of the outcome.
                each = inside[number] if len(inside) == len(conditions) else place
                if not is_alone and (each == place or all(self.branches[each])):
                    yield each[0], self.function(each[0]), "alone", self.text(each)


def read(names):
    """Returns the sources, with the counts of all builds."""
    sources = {}
    for name in names:
        data = json.loads(pathlib.Path(name).read_text(encoding="utf-8"))["data"][0]
        for file in data["files"]:
            path = pathlib.Path(file["filename"])
            sources.setdefault(path, Source(path)).add(file)
        for function in data["functions"]:
            path = pathlib.Path(function["filenames"][0])
            if path in sources:
                first, _, last, *_ = function["regions"][0]
                sources[path].functions.append((re.sub(r".*:", "", function["name"]), first, last))
    return [source for _, source in sorted(sources.items())]


def shares(sources):
    """Returns (covered, all) of branches and of conditions."""
    sides = [count > 0 for source in sources for taken in source.branches.values() for count in taken]
    conditions = [is_alone for source in sources for each in source.decisions.values() for is_alone in each]
    return (sum(sides), len(sides)), (sum(conditions), len(conditions))


def percent(share):
    """Returns a share in percent; 100 for a share of nothing."""
    return 100.0 * share[0] / share[1] if share[1] else 100.0


def compare(sources, is_whole, is_all):
    """Prints uncovered code, and returns the faults."""
    listed = unreached.rows()
    faults = []
    for source in sources:
        name = source.path.name
        if not is_whole and source.path.parent.name == "tls":
            listed = {row: count for row, count in listed.items() if row[0] != name}
            continue
        for line, function, kind, text in source.missing():
            row = name, function, kind, text
            if listed.get(row, 0) > 0:
                listed[row] -= 1
                if is_all:
                    print(f"    listed: {name} {function} {kind} {text}")
            else:
                faults.append(f"{source.path}:{line}: {name} {function} {kind} {text}")
    faults += [f"unreached.py lists a row that is covered or no longer exists: {' '.join(row)}"
               for row, count in listed.items() if count > 0]
    return faults


def main():
    """Print the table and compare."""
    names = [name for name in sys.argv[1:] if not name.startswith("--")]
    sources = read(names)
    for source in sources:
        branches, conditions = shares([source])
        print(f"{source.path.name:24}{percent(branches):7.1f} % of branches{percent(conditions):7.1f} % of conditions")
    branches, conditions = shares(sources)
    print(f"src/: {percent(branches):.1f} % of {branches[1]} branches, "
          f"{percent(conditions):.1f} % of {conditions[1]} conditions (MC/DC)")
    faults = compare(sources, len(names) > 1, "--all" in sys.argv)
    if len(names) > 1 and percent(branches) < BRANCHES:
        faults.append(f"src/: {percent(branches):.1f} % of branches, the floor is {BRANCHES} %")
    if len(names) > 1 and percent(conditions) < CONDITIONS:
        faults.append(f"src/: {percent(conditions):.1f} % of conditions, the floor is {CONDITIONS} %")
    if len(sources) < FEWEST_FILES or branches[1] < FEWEST_BRANCHES:
        faults.append(f"only {len(sources)} files with {branches[1]} branches were measured")
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
