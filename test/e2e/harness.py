# SPDX-License-Identifier: MIT
"""Shared by the end-to-end tests: a sandbox for each file, and ways to run the client.

Switches in the base URL tell requests apart in the sandbox's log, so tests that run at the same time use
different switches or groups.
"""
import atexit
import concurrent.futures
import dataclasses
import itertools
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.parse

import canary

ROOT = pathlib.Path(__file__).resolve().parents[2]
SKIPPED = 77
PATIENCE = 30  # seconds before a step counts as hanging
KEY = "e2e-key-Zm9vYmFy"
CANARY = canary.ANSWERED

_numbers = itertools.count(1)
_sandboxes = []


def skip_all(reason):
    """Ends the whole file as skipped."""
    print(f"skipped: {pathlib.Path(sys.argv[0]).name}: {reason}", flush=True)
    sys.exit(SKIPPED)


def _find_client():
    path = pathlib.Path(os.environ.get("AMPERSAND_CLI") or ROOT / "build" / "ampersand")
    if not os.access(path, os.X_OK):
        sys.exit(f"there is no client at {path}: build it, or set AMPERSAND_CLI")
    return str(path.resolve())


CLIENT = _find_client()


def _make_folder():
    folder = tempfile.TemporaryDirectory(prefix="ampersand-e2e-")
    atexit.register(folder.cleanup)
    return pathlib.Path(folder.name)


FOLDER = _make_folder()


def until(condition, what, seconds=PATIENCE):
    """Waits until condition() is true. Returns its value."""
    end = time.monotonic() + seconds
    while not (found := condition()):
        if time.monotonic() > end:
            raise AssertionError(f"waited too long for {what}")
        time.sleep(0.005)
    return found


def unique(prefix="name"):
    """Returns a different word for each call in this run."""
    return f"{prefix}-{next(_numbers)}"


def write_file(data, suffix="", mode=0o600):
    """Writes a new file of text, bytes or a JSON value. Returns its path as text."""
    path = FOLDER / (unique("file") + suffix)
    if isinstance(data, (dict, list)):
        data = json.dumps(data, ensure_ascii=False)
    path.touch(0o600)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    path.chmod(mode)  # last, because only root can write a file without write permission
    return str(path)


# LeakSanitizer needs a file descriptor at exit. A test may have used up all descriptors.
NO_LEAK_CHECK = {"ASAN_OPTIONS": "detect_leaks=0"}


def environment(changes=None):
    """Returns a clean environment with these changes. A value of None removes a variable."""
    kept = {name: os.environ[name] for name in ("PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LLVM_PROFILE_FILE")
            if name in os.environ}
    kept.update({"LC_ALL": "C.UTF-8", "HOME": str(FOLDER), "TMPDIR": str(FOLDER)}, **(changes or {}))
    return {name: value for name, value in kept.items() if value is not None}


@dataclasses.dataclass
class Result:
    """The result of a run of the client."""

    status: int
    out: bytes
    err: bytes

    @property
    def text(self):
        """Standard output as text."""
        return self.out.decode("utf-8")

    @property
    def told(self):
        """Standard error as text."""
        return self.err.decode("utf-8")

    @property
    def values(self):
        """Returns the JSON value of each line of standard output."""
        return [json.loads(line) for line in self.text.split("\n")[:-1]]

    @property
    def records(self):
        """Returns the JSON values that are not errors."""
        return [value for value in self.values if "error" not in value]

    @property
    def error(self):
        """Returns the members of the only error on standard output."""
        (error,) = [value["error"] for value in self.values if "error" in value]
        return error


def run(*arguments, stdin=b"", changes=None, timeout=PATIENCE, program=None):
    """Runs the client to its end in a clean environment. Checks that it prints no secret. `program` replaces
    the client."""
    secrets = canary.Secrets(arguments, changes, stdin, FOLDER)
    done = subprocess.run([program or CLIENT, *arguments], input=stdin, capture_output=True, timeout=timeout,
                          env=environment(changes), cwd=FOLDER, check=False)
    secrets.check(done.stdout, done.stderr)
    return Result(done.returncode, done.stdout, done.stderr)


def start(*arguments, changes=None, program=None, **pipes):
    """Starts the client and leaves it running. `program` replaces the client."""
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **pipes}
    secrets = canary.Secrets(arguments, changes, folder=FOLDER)
    process = subprocess.Popen([program or CLIENT, *arguments], env=environment(changes), cwd=FOLDER, **pipes)
    process.secrets = secrets
    return process


def end(process):
    """Waits for a started client. Returns its result, after a check for secrets."""
    try:
        out, err = process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise
    process.secrets.check(out or b"", err or b"")
    return Result(process.returncode, out or b"", err or b"")


def waits(process):
    """Returns 1 when the process has installed its SIGINT handler and sleeps."""
    with open(f"/proc/{process.pid}/status", encoding="ascii") as file:
        members = dict(line.split(":", 1) for line in file)
    catches = int(members["SigCgt"], 16) >> (signal.SIGINT - 1) & 1
    return catches and members["State"].strip().startswith("S")


def in_parallel(function, arguments):
    """Returns [function(a) for a in arguments]. Several calls run at the same time."""
    with concurrent.futures.ThreadPoolExecutor(max_workers=(os.cpu_count() or 2) + 1) as pool:
        return list(pool.map(function, arguments))


class Sandbox:
    """A sandbox process in its own folder. It ends with this process."""

    def __init__(self, *options):
        self._folder = FOLDER / unique("sandbox")
        self.fixtures = self._folder / "fixtures"
        self.fixtures.mkdir(parents=True)
        _sandboxes.append(self)
        self._process = subprocess.Popen(
            [sys.executable, str(ROOT / "test" / "sandbox" / "sandbox.py"), "--dir", str(self._folder),
             "--fixtures", str(self.fixtures), "--api-key", KEY, "--stdin-guard", *options],
            stdin=subprocess.PIPE, env=environment())
        atexit.register(self._end)
        ready = until(self._ready, "the sandbox to be ready")
        self.port, self.ca, self.project = ready["port"], ready["ca"], ready["project"]
        self.project_id, self.integration = ready["projectId"], ready["integration"]

    def _ready(self):
        if self._process.poll() is not None:
            raise RuntimeError("the sandbox did not start")
        path = self._folder / "ready.json"
        return json.loads(path.read_text(encoding="ascii")) if path.exists() else None

    def _end(self):
        self._process.stdin.close()
        self._process.wait(PATIENCE)

    def url(self, switches="", host="localhost"):
        """Returns the base URL with switches. A comma before a space belongs to a value."""
        items = [f"{name}{equals}{urllib.parse.quote(value, safe='')}" for name, equals, value in
                 (item.partition("=") for item in re.split(",(?! )", switches) if item)]
        prefix = f"/x:{','.join(items)}" if items else ""
        return f"https://{host}:{self.port}{prefix}/v1"

    def environment(self, switches="", **changes):
        """Returns the variables that make the client use this sandbox. A value of None removes one."""
        return {"AMP_URL": self.url(switches), "AMP_PROJECT": self.project, "AMP_CA_FILE": self.ca,
                "AMP_API_KEY": KEY, **changes}

    def run(self, *arguments, switches="", stdin=b"", **changes):
        """Runs the client against this sandbox with --json."""
        result = run("--json", *arguments, stdin=stdin, changes=self.environment(switches, **changes))
        if not (changes.get("AMP_API_KEY", KEY)):
            canary.check_tokens(canary.tokens(self.log(switches)), result.out, result.err)
        return result

    def log(self, switches=None):
        """Returns the requests that were received: all of them, or those with these switches."""
        text = (self._folder / "requests.jsonl").read_text(encoding="ascii")
        fault = self.url(switches).split("/x:")[1][:-3] if switches else None
        # Text after the last newline is a line that is still being written.
        entries = [json.loads(line) for line in text.split("\n")[:-1]]
        return [entry for entry in entries if switches is None or entry["fault"] == fault]

    def fixture(self, data):
        """Writes a new fixture file. Returns its name, for the switches raw, raw-close and body."""
        name = unique("fixture")
        (self.fixtures / name).write_bytes(data)
        return name


def generate_arguments(secret_file, group=None, consumer="consumer-e2e", provider="stripe"):
    """Runs connection generate with complete arguments."""
    return ["connection", "generate", f"--provider={provider}", f"--group={group or unique('group')}",
            f"--consumer={consumer}", f"--secret-file={secret_file}"]


class TestCase(unittest.TestCase):
    """Checks that are the same in all test files."""

    def check_failed(self, result, status, code=None, stage=None):
        """Checks a failed --json run: exit status, one sentence on standard error, one error object. Returns
        its members."""
        message = f"exit {result.status}, {result.out[-600:]!r}, {result.err[-600:]!r}"
        self.assertEqual(result.status, status, message)
        self.assertNotIn(b"runtime error", result.err)
        self.assertRegex(result.told, r"\Aampersand: [^\n]+\n", message)
        error = result.error
        self.assertEqual(result.values[-1], {"error": error})
        for name, wanted in (("status", code), ("stage", stage)):
            if wanted is not None:
                self.assertEqual(error[name], wanted, message)
        return error

    def check_done(self, result):
        """Checks a successful run. Returns the records."""
        self.assertEqual((result.status, result.err), (0, b""), result)
        return result.records


def _check_requests():
    for sandbox in _sandboxes:
        canary.check_requests(sandbox.log())


def main():
    """Runs the tests of the running file. Afterwards, searches all requests for secrets."""
    unittest.addModuleCleanup(_check_requests)
    unittest.main(verbosity=1)
