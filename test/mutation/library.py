# SPDX-License-Identifier: MIT
"""Builds the library as a shared one with a mutant in it, and runs the unit and TLS tests with it.

The test programs are linked once, with a shared library in place of libampersand.a. A mutant therefore costs
one compilation of its file and one link, for any number of tests. Two kinds of programs are exceptions:

- -Wl,--wrap replaces calls only in files that are linked with that option. Such a program is linked for each
  mutant.
- test_posix_race waits for real timeouts of the POSIX port, which is outside src/. It does not run.
"""
import hashlib
import json
import os
import pathlib
import shlex
import shutil
import signal
import subprocess
import tempfile

import mutants

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent
LEFT_OUT = {"test_posix_race"}
LIBRARY = "libampersand-mutant.so"
SOURCES = ("src", "include", "port/posix")
STOPPED = (-signal.SIGXCPU, -signal.SIGKILL)
SHARED = ["-fPIC", "-fvisibility=default", "-g0", "-w"]
TRACED = ["-O1", "-fno-inline", "-finstrument-functions"]


def _run(line, folder=None, **more):
    return subprocess.run(line, cwd=folder, capture_output=True, check=True, text=True, **more).stdout


def _digest(*paths):
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _symbols(path):
    """Returns [(name, address, kind)] of the functions and data that a file defines. The compiler names
    copies of a function f.isra.0 or f.part.1. Two files may have a function of the same name."""
    rows = (line.split() for line in _run(["nm", "--defined-only", path]).splitlines())
    return [(row[2].split(".")[0], int(row[0], 16), row[1]) for row in rows if len(row) == 3]


def _names(path):
    return {name for name, _, _ in _symbols(path)}


class Program:
    """A test program: how it is linked, the functions that it enters, and its CPU time in seconds."""

    def __init__(self, link, out):
        self.folder = link.parent.parent.parent
        self.name = link.parent.name.removesuffix(".dir")
        self.command = [word for word in shlex.split(link.read_text(encoding="utf-8")) if word != "ccache"]
        self.is_of_tls = self.name.startswith("test_tls_")
        self.is_wrapping = any("--wrap" in word for word in self.command)
        self.path = out / self.name
        self.shipped = self.folder / self.name
        self.functions = set()
        self.linked = set()
        self.seconds = 0.0
        self.key = ""

    def link(self, path, before, library=None):
        """Links the program as `path`. These files are placed before the library, or `library` replaces it."""
        line = list(self.command)
        line[line.index("-o") + 1] = str(path)
        at = next(i for i, word in enumerate(line) if word.endswith("libampersand.a"))
        line[at:at + 1] = [*map(str, before), str(library or line[at])]
        _run(line, self.folder)

    def run(self, path, library, limit, **environment):
        """Returns "passed", "failed" or "timeout". The limit is in seconds of CPU time, so that the load of
        the machine does not matter, and ten times that in elapsed time."""
        line = ["sh", "-c", 'ulimit -t "$1"; exec "$2"', "sh", str(int(limit) + 1), str(path)]
        try:
            done = subprocess.run(line, cwd=self.folder, capture_output=True, timeout=10 * limit, check=False,
                                  env=dict(os.environ, LD_LIBRARY_PATH=str(library), **environment))
            return "passed" if done.returncode == 0 else "timeout" if done.returncode in STOPPED else "failed"
        except subprocess.TimeoutExpired:
            return "timeout"


class Tree:
    """The library and the tests of one build tree, with its files below `out`."""

    def __init__(self, build, out):
        self.out = out
        self.objects = {}
        self.commands = {}
        for entry in json.loads((build / "compile_commands.json").read_text(encoding="utf-8")):
            if "/ampersand.dir/" in entry["command"]:
                line = shlex.split(entry["command"])
                self.commands[os.path.relpath(entry["file"], ROOT)] = line[line[0].endswith("ccache"):]
        self.traced = set()
        self.flags = [word for word in next(iter(self.commands.values())) if word.startswith("-fsanitize")]
        out.mkdir(parents=True, exist_ok=True)
        links = sorted((build / "test").glob("**/test_*.dir/link.txt"))
        self.programs = [program for program in (Program(link, out) for link in links) if program.name not in LEFT_OUT]

    def compile(self, path, root, out, more=()):
        """Compiles a file of the library whose sources are in a copy of the project's folder."""
        line = list(self.commands[path])
        line[line.index("-o") + 1] = str(out)
        line[line.index("-c") + 1] = str(root / path)
        done = subprocess.run([*line, *SHARED, *more], capture_output=True, check=False)
        return done.returncode == 0

    def link_library(self, out, objects):
        compiler = next(iter(self.commands.values()))[0]
        _run([compiler, "-shared", f"-Wl,-soname,{LIBRARY}", *self.flags, "-o", str(out), *map(str, objects)])

    def _build(self, folder, pool, more, others=()):
        """Builds the library below `folder`, unless it is there already. Returns the objects."""
        objects = {path: folder / (path.replace("/", "-") + ".o") for path in self.commands}
        stamp = folder / "stamp"
        key = _digest(*(path for name in SOURCES for path in sorted((ROOT / name).rglob("*.[ch]"))))
        if not stamp.exists() or stamp.read_text(encoding="utf-8") != key:
            done = [pool.submit(self.compile, path, ROOT, out, more) for path, out in objects.items()]
            assert all(one.result() for one in done)
            self.link_library(folder / LIBRARY, [*objects.values(), *others])
            stamp.write_text(key, encoding="utf-8")
        return objects

    def prepare(self, pool):
        """Builds the library without a mutant, and links the programs."""
        self.objects = self._build(self.out, pool, ["-MMD"])
        list(pool.map(self._link_program, self.programs))
        return self

    def _link_program(self, program):
        stamp = self.out / f"{program.name}.stamp"
        program.key = _digest(program.shipped)
        if not program.is_wrapping and (not stamp.exists() or stamp.read_text(encoding="utf-8") != program.key):
            program.link(program.path, [], self.out / LIBRARY)
            stamp.write_text(program.key, encoding="utf-8")

    def users(self, path):
        """Returns the files to compile for a change of `path`. For a header these are the files that include it."""
        if path in self.objects:
            return [path]
        name = str((ROOT / path).resolve())
        found = []
        for source, built in self.objects.items():
            words = built.with_suffix(".d").read_text(encoding="utf-8").replace("\\\n", " ").split()
            if any(word.endswith(".h") and str(pathlib.Path(word).resolve()) == name for word in words):
                found.append(source)
        return found

    def measure(self, pool):
        """Measures which functions of the library each program enters, and how long it runs."""
        folder = self.out / "traced"
        folder.mkdir(exist_ok=True)
        hook = folder / "reach.o"
        _run(["cc", "-O2", "-fPIC", "-c", str(HERE / "reach.c"), "-o", str(hook)])
        self._build(folder, pool, TRACED, [hook])
        addresses = [(name, at) for name, at, kind in _symbols(folder / LIBRARY) if kind in "tT"]
        self.traced = {name for name, _ in addresses}
        for program in self.programs:  # one by one: os.times() counts the time of all programs that ended
            self._measure(program, folder, addresses)

    def reaching(self, mutant, built):
        """Returns the programs that can detect the mutant: those that enter its function, or that link data
        of its file. The TLS tests are slow and enter almost every function, so they run for src/tls/ only.
        Unit tests check the other folders."""
        programs = [program for program in self.programs if not program.is_of_tls or mutant.path.startswith("src/tls/")]
        if mutant.function in self.traced:
            return [program for program in programs if mutant.function in program.functions]
        names = {name for out in built.values() for name in _names(out)}
        return [program for program in programs if names & program.linked]

    def _measure(self, program, folder, addresses):
        # The symbols that the program links. They are needed for a change of data, which no function entry
        # shows.
        program.linked = _names(program.shipped)
        known = folder / (program.name + ".json")
        if known.exists():
            key, program.seconds, names = json.loads(known.read_text(encoding="utf-8"))
            program.functions = set(names)
            if key == program.key:
                return
        reach = folder / (program.name + ".reach")
        path = program.shipped if program.is_wrapping else program.path
        before = sum(os.times()[2:4])
        verdict = program.run(path, folder, 300, AMPERSAND_REACH=str(reach))
        program.seconds = sum(os.times()[2:4]) - before
        if verdict != "passed":
            raise SystemExit(f"{program.name} {verdict} without a mutant")
        if program.is_wrapping:
            program.functions = program.linked & self.traced
        elif reach.exists():  # a program that calls no function of the library does not load it
            entered = reach.read_bytes()
            reach.unlink()
            program.functions = {name for name, at in addresses if entered[at:at + 1] == b"\1"}
        known.write_text(json.dumps([program.key, program.seconds, sorted(program.functions)]), encoding="utf-8")


class Bench:
    """A place for one thread to build mutants: a copy of the sources, and a library."""

    def __init__(self, tree, folder):
        self.tree = tree
        self.folder = pathlib.Path(tempfile.mkdtemp(dir=folder))
        shutil.copytree(ROOT / "src", self.folder / "src")
        for name in ("include", "port"):
            (self.folder / name).symlink_to(ROOT / name)
        self.library = self.folder / LIBRARY

    def build(self, mutant):
        """Returns {source: object} of the mutant. Returns None if it does not compile, or compiles to the
        original program."""
        copy = self.folder / mutant.path
        text = copy.read_text(encoding="utf-8")
        copy.write_text(mutants.with_mutant(text, mutant), encoding="utf-8")
        built = {}
        try:
            for path in self.tree.users(mutant.path):
                out = self.folder / self.tree.objects[path].name
                if not self.tree.compile(path, self.folder, out):
                    return None
                if out.read_bytes() != self.tree.objects[path].read_bytes():
                    built[path] = out
        finally:
            copy.write_text(text, encoding="utf-8")
        if built:
            objects = {path: built.get(path, out) for path, out in self.tree.objects.items()}
            self.tree.link_library(self.library, objects.values())
        return built or None

    def ask(self, program, built):
        """Runs a program on the mutant."""
        limit = 2 + 5 * program.seconds
        if not program.is_wrapping:
            return program.run(program.path, self.folder, limit)
        path = self.folder / program.name
        try:
            program.link(path, built.values())
        except subprocess.CalledProcessError:
            return "passed"  # the program has its own copy of a file of the library
        return program.run(path, self.folder, limit)

