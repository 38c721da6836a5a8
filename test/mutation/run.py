# SPDX-License-Identifier: MIT
"""Runs the tests on mutants of the library: see run.sh."""
import argparse
import collections
import concurrent.futures
import contextlib
import hashlib
import os
import pathlib
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
import time

import library
import mutants

HERE = pathlib.Path(__file__).parent
SEED = "1"
SECONDS = float(os.environ.get("AMPERSAND_MUTATION_SECONDS", "120"))
FIRST = 1.0  # seconds of quick tests that a mutant must pass before the slow ones run
SANITIZED = ("-DAMPERSAND_SANITIZE=ON", "-DCMAKE_BUILD_TYPE=Debug", "-DCMAKE_C_FLAGS_DEBUG=-O1 -g",
             "-DCMAKE_CXX_FLAGS_DEBUG=-O1 -g")
FOUND = ("failed", "timeout")


def sampled(every):
    """Returns the mutants in the order of the sample. The position of each depends only on its own text. An
    edit therefore adds and removes only mutants of the changed lines."""
    return sorted(every, key=lambda mutant: hashlib.sha256((SEED + mutant.key()).encode()).digest())


def reasons_of(path):
    """Returns {key: reason}. A reason is a comment, and its mutants follow it."""
    reasons = {}
    reason = ""
    was_comment = False
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            reason = (reason + " " if was_comment else "") + line.lstrip("# ")
        elif line:
            reasons[line] = reason
        was_comment = line.startswith("#")
    return reasons


def make(folder, options):
    """Builds the tests as the test command does."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "mutation.log").open("w", encoding="utf-8") as log:
        for line in (["cmake", "-S", library.ROOT, "-B", folder, "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON", "-DAMPERSAND_WERROR=ON",
                      "-DAMPERSAND_BUILD_TESTS=ON", "-DAMPERSAND_BUILD_CLI=ON", *options],
                     ["cmake", "--build", folder, "-j", str(os.cpu_count())]):
            if subprocess.run(line, stdout=log, stderr=log, check=False).returncode != 0:
                raise SystemExit(f"the build failed: {log.name}")


class Judge:
    """Determines the verdict on each mutant, with several threads."""

    def __init__(self, build, jobs, listed, is_sanitizing):
        self.build = build
        self.listed = listed
        self.is_sanitizing = is_sanitizing
        self.jobs = jobs
        self.pool = concurrent.futures.ThreadPoolExecutor(jobs)
        self.finds = collections.Counter()
        self.lock = threading.Lock()
        self.scratch = pathlib.Path(tempfile.mkdtemp(prefix="mutation-"))
        make(build, ())
        self.plain = library.Tree(build, build / "mutation").prepare(self.pool)
        self.plain.measure(self.pool)
        self.sanitized = None
        self.benches = self._benches(self.plain)

    def _benches(self, tree):
        benches = queue.Queue()
        for _ in range(self.jobs):
            benches.put(library.Bench(tree, self.scratch))
        return benches

    def _order(self, mutant, program):
        """Orders programs by the number of mutants that they find per second, the best first."""
        found = self.finds[mutant.path, program.name], self.finds[mutant.path, mutant.function, program.name]
        return -(found[0] + 10 * found[1]) / (0.03 + program.seconds), program.seconds

    def _asked(self, mutant, benches, names=None, limit=None):
        """Returns (verdict, program). With a limit, only tests up to that many seconds run."""
        bench = benches.get()
        try:
            built = bench.build(mutant)
            if built is None:
                return "no mutant", None
            if names is None:
                programs = bench.tree.reaching(mutant, built)
            else:
                programs = [program for program in bench.tree.programs if program.name in names]
            spent = 0.0
            for program in sorted(programs, key=lambda one: self._order(mutant, one)):
                spent += program.seconds
                if limit is not None and spent > limit:
                    continue
                verdict = bench.ask(program, built)
                if verdict in FOUND:
                    self.finds[mutant.path, program.name] += 1
                    self.finds[mutant.path, mutant.function, program.name] += 1
                    return verdict, program.name
            return "survived", None
        finally:
            benches.put(bench)

    def _with_sanitizers(self, mutant):
        with self.lock:
            if self.sanitized is None:
                make(self.build / "sanitize", SANITIZED)
                with concurrent.futures.ThreadPoolExecutor(self.jobs) as pool:
                    tree = library.Tree(self.build / "sanitize", self.build / "mutation" / "sanitize").prepare(pool)
                self.sanitized = self._benches(tree)
        names = set()
        for program in self.plain.programs:
            reached = mutant.function in program.functions or mutant.function not in self.plain.traced
            if reached and (not program.is_of_tls or mutant.path.startswith("src/tls/")):
                names.add(program.name)
        return self._asked(mutant, self.sanitized, names)

    def verdict(self, mutant, end):
        """Returns "failed", "timeout", "survived", "listed", "no mutant", or "late", and the program that found it."""
        if end is not None and time.monotonic() > end:
            return "late", None
        if end is not None and mutant.key() in self.listed:
            return "listed", None
        return self._asked(mutant, self.benches, limit=FIRST)

    def last_verdict(self, mutant):
        """Returns the verdict of all tests on a mutant that the quick ones did not find."""
        verdict = self._asked(mutant, self.benches)
        return self._with_sanitizers(mutant) if verdict[0] == "survived" and self.is_sanitizing else verdict

    def close(self):
        self.pool.shutdown()
        shutil.rmtree(self.scratch)


def show(mutant, verdict, program, log):
    line = f"{verdict} {program or '-'} line {mutant.first + 1} {mutant.key()}"
    print(line, file=log, flush=True)


def report(verdicts, reasons, whole):
    """Prints a line for each file, and for each survivor without a reason. Returns 1 if there is such a
    survivor."""
    files = collections.defaultdict(collections.Counter)
    survivors = []
    survived = set()
    for mutant, verdict in verdicts.items():
        if verdict == "survived":
            survived.add(mutant.key())
            verdict = "listed" if mutant.key() in reasons else "survived"
        if verdict == "survived":
            survivors.append(mutant)
        if verdict not in ("late", "no mutant"):
            files[mutant.path]["all"] += 1
            files[mutant.path][verdict] += 1
    total = sum(files.values(), collections.Counter())
    print(f"{'file':36} mutants  failed  timeout  listed  survived")
    for name, counts in [*sorted(files.items()), ("all", total)]:
        print(f"{name:36} {counts['all']:7} {counts['failed']:7} {counts['timeout']:8} {counts['listed']:7} "
              f"{counts['survived']:9}")
    for mutant in survivors:
        print(f"SURVIVED line {mutant.first + 1}: {mutant.key()}")
    paths = {mutant.path for mutant in verdicts}
    outdated = [key for key in reasons if whole and key.split(" ")[0] in paths and key not in survived]
    for key in outdated:
        print(f"survivors.txt lists a mutant that does not survive: {key}")
    if total["all"] == 0:
        print("no mutant ran")
    return int(bool(survivors or outdated or total["all"] == 0))


def main():
    start = time.monotonic()
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("files", nargs="*")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--count", type=int)
    parser.add_argument("--skip", type=int, default=0, help="leaves out so many of the sample")
    parser.add_argument("--match", default="", help="only mutants whose text has this")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--plain", action="store_true", help="no sanitizers")
    parser.add_argument("--list", action="store_true")
    options = parser.parse_intermixed_args()
    sources = [str(path.relative_to(library.ROOT)) for path in sorted((library.ROOT / "src").glob("*/*.[ch]"))]
    every = [m for path in options.files or sources
             for m in mutants.of_source(path, (library.ROOT / path).read_text(encoding="utf-8"))]
    every = [mutant for mutant in every if options.match in mutant.key()]
    whole = (options.all or bool(options.files)) and options.count is None and not options.match
    is_unlimited = whole or options.count is not None or bool(options.match)
    chosen = every if whole else sampled(every)[options.skip:][:options.count]
    if options.list:
        print(*(mutant.key() for mutant in chosen), sep="\n")
        return 0
    reasons = reasons_of(HERE / "survivors.txt")
    judge = Judge(options.build, options.jobs, reasons, not options.plain)
    # A slow machine spends most of the time on the preparation, and must still test some mutants.
    end = None if is_unlimited else max(start + SECONDS, time.monotonic() + SECONDS / 4)
    print(f"{len(chosen)} mutants, prepared in {time.monotonic() - start:.0f} s", flush=True)
    verdicts = {}
    with (options.build / "mutation" / "verdicts.txt").open("w", encoding="utf-8") as log, contextlib.closing(judge):
        for mutant, found in zip(chosen, judge.pool.map(lambda mutant: judge.verdict(mutant, end), chosen), strict=True):
            verdicts[mutant] = found[0]
            if found[0] != "late":
                show(mutant, *found, log)
        doubtful = [mutant for mutant, verdict in verdicts.items() if verdict == "survived"]
        for mutant, found in zip(doubtful, judge.pool.map(judge.last_verdict, doubtful), strict=True):
            verdicts[mutant] = found[0]
            show(mutant, *found, log)
    return report(verdicts, reasons, whole)


if __name__ == "__main__":
    sys.exit(main())
