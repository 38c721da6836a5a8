# SPDX-License-Identifier: MIT
"""Makes every system call of the client fail once, in every command, with torture.c.

The client must not crash, hang or print a secret. If its exit status is the usual one, its output is the
usual one, too. A change that was sent is never reported as unsent. A session file is complete or absent.

A run takes a random sample. It prints the seed: AMPERSAND_TORTURE_SEED=N repeats the sample.
AMPERSAND_TORTURE=own tests all calls. AMPERSAND_TORTURE=memory tests all allocations, including those of a
full TLS handshake. AMPERSAND_TORTURE=all tests both.
"""
import dataclasses
import os
import pathlib
import random
import re
import shutil
import subprocess

import harness
from commands import COMMANDS, SECRET_FILE, WHO
from harness import unique, write_file

SAMPLE = {"own": 300, "memory": 50}
HANDSHAKE_SAMPLE = 30
NEVER = 999999999
DEADLINE = 3  # seconds: if the resolver thread cannot report its end, the client waits until then
MODE = os.environ.get("AMPERSAND_TORTURE", "")
SEED = int(os.environ.get("AMPERSAND_TORTURE_SEED") or random.randrange(10**6))
# If these calls fail, a file that should have been removed or replaced may remain.
LEAVE_FILES = ("unlink",)
CONNECTION = {"id": "x", "projectId": "p", "provider": "salesforce", "authScheme": "apiKey", "status": "working",
              "createTime": "2023-07-13T21:34:44Z", "group": {"groupRef": "g", "groupName": "G"},
              "consumer": {"consumerRef": "c", "consumerName": "C"}}
INSTALLATION = {"id": "x", "projectId": "p", "integrationId": "i", "healthStatus": "healthy", "createdBy": "b",
                "createTime": "2023-07-13T21:34:44Z", "group": {"groupRef": "g", "groupName": "G"}, "connection": CONNECTION,
                "config": {"id": "k", "revisionId": "l", "createTime": "2023-07-13T21:34:44Z", "createdBy": "y",
                           "content": {}}}
OPERATION = {"id": "x", "projectId": "p", "integrationId": "i", "configId": "c", "installationId": "n",
             "actionType": "read", "status": "success"}


def build():
    """Compiles the library that makes calls fail. Skips the file without glibc."""
    path = harness.FOLDER / "torture.so"
    source = pathlib.Path(__file__).parent / "torture.c"
    compiler = [os.environ.get("CC", "cc"), "-shared", "-fPIC", "-O1", "-Wall", "-Wextra"]
    done = subprocess.run([*compiler, "-o", str(path), str(source)], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        harness.skip_all(f"torture.c needs glibc: {done.stderr[-500:]}")
    return str(path)


LIBRARY = build()
BOX = harness.Sandbox()


def answer_to(command):
    """Returns the body that a command reads, and its status."""
    group, verb = command[:2]
    if verb == "delete":
        return {}, 200
    if group == "oauth":
        return "https://h.example/oauth?state=x", 200
    record = {"connection": CONNECTION, "installation": INSTALLATION, "operation": OPERATION}[group]
    if verb == "progress":
        record = {"installationId": "x", "objectName": "o", "operationId": "p", "recordsProcessed": 7,
                  "recordsEstimatedTotal": 7}
    if (group, verb) == ("operation", "list"):
        record = {"results": [record, record], "pagination": {"done": True}}
    elif verb in ("list", "status", "wait"):
        record = [record, record]
    return record, 201 if verb in ("generate", "create") else 200


@dataclasses.dataclass
class Case:
    """A command, with its usual result."""

    arguments: tuple
    safe: bool = True
    switches: str = ""
    changes: dict = dataclasses.field(default_factory=dict)
    usual: harness.Result | None = None

    def __str__(self):
        return " ".join(self.arguments)

    @property
    def is_flow(self):
        """`connect` sends a change and then several safe requests."""
        return self.arguments[1] == "connect" if len(self.arguments) > 1 else False


def cases():
    """Yields every command once, and features of several commands: a token, a terminal's table, a session, help."""
    table = [(command.arguments, command.safe) for command in COMMANDS]
    table += [(("connection", "status", *WHO), True), (("connection", "wait", *WHO, "--for=1"), True),
              (("connection", "update", "x", "--secret-file", SECRET_FILE), False)]
    for arguments, safe in table:
        body, status = answer_to(arguments)
        text = body if isinstance(body, str) else harness.json.dumps(body)
        media = ",ctype=text/plain" if isinstance(body, str) else ""
        yield Case(("--json", *arguments), safe, f"body={BOX.fixture(text.encode())},status={status}{media}")
    made = write_file([CONNECTION, CONNECTION])
    yield Case(("connection", "list"))
    yield Case(("--verbose", "--stats", "connection", "list"))
    yield Case(("--json", "connection", "list"), changes={"AMP_API_KEY": None, "AMP_TOKEN_COMMAND": "echo e30.e30.c2ln"})
    yield Case(("--json", "--api-key-file", write_file(harness.KEY), "connection", "list"), changes={"AMP_API_KEY": None})
    yield Case(("--json", "connect", *WHO, "--qr", "--for=0.1"), False)
    yield Case(("doctor",))
    yield Case(("--json", "doctor"))
    yield Case(("decode", "connections", made))
    yield Case(("--json", "decode", "json", made))
    yield Case(("help",))
    yield Case(("connection", "get", "--help"))
    yield Case(("--version",))


def plain(case, text):
    """Returns the output without the parts that vary: times, numbers and identifiers. The doctor prints more
    about a connection that does not resume a session."""
    if case.arguments == ("doctor",):
        return [line.split()[:2] for line in text.splitlines() if not line.startswith(b" ")]
    if "doctor" in case.arguments:
        return re.findall(rb'"(?:check|result)":"[a-z]+"', text)
    return re.sub(rb"[0-9a-f-]*[0-9][0-9a-f-]*", b"0", text)


def calls_of(path):
    """Returns (the call that failed or None, the number of calls or None) from the log of torture.c."""
    lines = path.read_text(encoding="ascii").split("\n")[:-1] if path.exists() else []
    names = [line for line in lines if not line.isdigit()]
    return (names[0] if names else None), next((int(line) for line in lines if line.isdigit()), None)


class Torture(harness.TestCase):
    """Runs all commands, each in its own folder with a kept session."""

    @classmethod
    def setUpClass(cls):
        print(f"AMPERSAND_TORTURE_SEED={SEED}", flush=True)
        cls.session = harness.FOLDER / "kept"
        BOX.run("--session", str(cls.session), "connection", "list")
        cls.cases = list(cases())

    def run_case(self, case, of, number, has_session=True):
        """Runs a command with one failing call. Returns (result, requests, the call that failed, all calls,
        folder of the session)."""
        folder = harness.FOLDER / unique("place")
        folder.mkdir()
        session = folder / "session"
        if has_session:
            shutil.copy(self.session, session)
        log = harness.FOLDER / unique("log")
        switches = ",".join(filter(None, (case.switches, f"split={int(unique().rpartition('-')[2])}")))
        changes = BOX.environment(switches, LD_PRELOAD=LIBRARY, TORTURE_AT=str(number), TORTURE_OF=of, TORTURE_LOG=str(log),
                                  **case.changes)
        deadline = str(harness.PATIENCE if number == NEVER else DEADLINE)
        result = harness.run("--deadline", deadline, "--session", str(session), *case.arguments, changes=changes)
        return (result, BOX.log(switches), *calls_of(log), folder)

    def check_session(self, folder, name):
        """The folder contains only a complete session that only this user can read, or no file."""
        found = sorted(path.name for path in folder.iterdir())
        self.assertIn(found, ([], ["session"]) if name not in LEAVE_FILES else (found,))
        if "session" in found:
            data = (folder / "session").read_bytes()
            self.assertEqual((folder / "session").stat().st_mode & 0o777, 0o600)
            self.assertEqual((data[:4], len(data)), (b"AMPS", 24 + int.from_bytes(data[6:8], "big") + 32))

    def check(self, case, number, run):
        """Checks the rules that apply after any failure."""
        result, requests, name, _, folder = run
        told = f"{case}: call {number}, {name}: exit {result.status}, {result.out[-300:]!r}, {result.err[-500:]!r}"
        self.assertGreaterEqual(result.status, 0, told)
        self.check_session(folder, name)
        changes = [entry for entry in requests if entry["method"] != "GET" or "refresh" in entry["target"]]
        self.assertLessEqual(len(changes), 0 if case.safe else 1, told)
        if name == "waitpid":
            self.assertEqual(result.status, 2, told)  # a token is not used if its command may have failed
        if result.status == case.usual.status:
            self.assertEqual(plain(case, result.out), plain(case, case.usual.out), told)
            return
        self.assertIn(result.status, (2, 4) if case.safe else (2, 4, 6), told)
        self.assertIn(b"ampersand: ", result.err, told)
        if not case.is_flow and result.status != 6 and b"standard output" not in result.err:
            self.assertEqual(changes, [], told)
        if result.status == 6:
            self.assertNotIn(b"try again", result.err, told)

    def sample(self, of):
        """Returns (case, number) of the calls that must fail."""
        usual = harness.in_parallel(lambda case: self.run_case(case, of, NEVER), self.cases)
        for case, run in zip(self.cases, usual, strict=True):
            case.usual = run[0]
            self.assertIn(case.usual.status, (0, 1), (str(case), case.usual))
        places = [(case, number) for case, run in zip(self.cases, usual, strict=True) for number in range(1, run[3] + 1)]
        print(f"{len(places)} calls ({of})", flush=True)
        whole = MODE == "all" or MODE == of
        return places if whole else random.Random(SEED).sample(places, min(SAMPLE[of], len(places)))

    def torture(self, of):
        """Makes the calls of the sample fail, several at a time."""
        places = self.sample(of)
        runs = harness.in_parallel(lambda place: self.run_case(place[0], of, place[1]), places)
        for (case, number), run in zip(places, runs, strict=True):
            with self.subTest(f"{case}: {of} {number} {run[2]}"):
                self.check(case, number, run)

    def test_calls(self):
        self.torture("own")

    def test_allocations(self):
        self.torture("memory")

    def test_allocations_of_a_whole_handshake(self):
        """Without a session the certificates are read and verified. This makes thousands of allocations, so a
        random sample of them fails."""
        case = Case(("--json", "connection", "list"))
        run = self.run_case(case, "memory", NEVER, has_session=False)
        case.usual = run[0]
        self.assertGreater(run[3], 200)
        numbers = range(1, run[3] + 1)
        numbers = numbers if MODE in ("memory", "all") else random.Random(SEED).sample(numbers, HANDSHAKE_SAMPLE)
        runs = harness.in_parallel(lambda number: self.run_case(case, "memory", number, has_session=False), numbers)
        for number, run in zip(numbers, runs, strict=True):
            with self.subTest(f"{case}: {number} {run[2]}"):
                self.check(case, number, run)


if __name__ == "__main__":
    harness.main()
