# SPDX-License-Identifier: MIT
"""Checks that memory does not grow with an answer, and that records are printed as they arrive."""
import contextlib
import fcntl
import json
import os
import pathlib
import queue
import subprocess
import threading

import answers
import certificates
import harness
import servers
from harness import KEY, PATIENCE

BOX = harness.Sandbox()
SPARE_KIB = 256
RUNS = 8  # maximum; if memory grew with the answer, all of these runs would show it
PIPE_SIZE = 4096
UNREAD = 20  # lines: more than the pipe holds, so that the client still waits to write


@contextlib.contextmanager
def one_processor():
    """Pins processes of this test to one processor. The kernel counts pages for each processor and adds them
    up only occasionally. On several processors, a peak can be wrong by several hundred KiB."""
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(allowed)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, allowed)


def peak_kib(process):
    """Returns the peak memory of a running process."""
    for line in pathlib.Path(f"/proc/{process.pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1])
    return None


class Reader:
    """Reads lines of a running client, with a time limit for each."""

    def __init__(self, pipe):
        self._lines = queue.Queue()
        self._pipe = pipe
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self._pipe:
            self._lines.put(line)
        self._lines.put(b"")

    def line(self):
        """Returns the next line; empty at the end."""
        return self._lines.get(timeout=PATIENCE)


class Memory(harness.TestCase):
    """The peak is read while the client waits to write its last lines."""

    def measure(self, arguments, count, **options):
        """Returns the peak of a run that prints `count` lines, in KiB."""
        reading, writing = os.pipe()
        fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, PIPE_SIZE)
        with one_processor():
            process = harness.start("--json", "--deadline", "120", *arguments, stdout=writing, **options)
        os.close(writing)
        with open(reading, "rb", buffering=0) as pipe:
            seen = 0
            while seen < count - UNREAD:
                piece = pipe.read(512)
                self.assertTrue(piece, "the client ended too early")
                seen += piece.count(b"\n")
            peak = peak_kib(process)
            seen += pipe.readall().count(b"\n")
        result = harness.end(process)
        self.assertEqual((result.status, result.err, seen), (0, b"", count))
        if peak is None:
            self.skipTest("this system does not report a process's peak memory")
        return peak

    def check_equal(self, small, large):
        """Both runs measure a peak. The smallest values of several runs must be equal."""
        least = [small(), large()]
        for _ in range(RUNS):
            if abs(least[1] - least[0]) <= SPARE_KIB:
                return
            least = [min(least[0], small()), min(least[1], large())]
        self.fail(f"{least[0]} and {least[1]} KiB")

    def measure_list(self, count, more="", what="connection"):
        """Returns the peak of a list of `count` records."""
        return self.measure((what, "list"), count, changes=BOX.environment(f"huge={count}{more}"))

    def test_length_of_a_list(self):
        self.check_equal(lambda: self.measure_list(UNREAD + 10), lambda: self.measure_list(20000))

    def test_length_of_a_list_of_installations(self):
        """Reads a hundred megabytes. Most of them are configurations that the client skips."""
        self.check_equal(lambda: self.measure_list(UNREAD + 10, what="installation"),
                         lambda: self.measure_list(20000, what="installation"))

    def test_length_of_a_list_with_secrets(self):
        self.check_equal(lambda: self.measure_list(UNREAD + 10, ",creds"),
                         lambda: self.measure_list(3000, ",creds,until-close"))

    def measure_decode(self, count, filler):
        """Returns the peak of decoding a list of records that are mostly dropped."""
        record = dict(answers.RECORD, dropped=[filler] * 50, id="x" * 63)
        data = (json.dumps([record] * count)).encode()
        with open(harness.write_file(data), "rb") as file:
            return self.measure(("decode", "connections"), count, stdin=file)

    def test_size_of_dropped_members(self):
        self.check_equal(lambda: self.measure_decode(UNREAD + 10, "x"),
                         lambda: self.measure_decode(100, {"long": "y" * 5000}))


class AtOnce(harness.TestCase):
    """A list is printed before it ends."""

    def test_each_record_as_it_arrives(self):
        """The server sends a record only after the previous one was printed."""
        certificates.require()
        authority = certificates.Authority()
        shown = threading.Semaphore(0)

        def answer(secure):
            secure.sendall(answers.head(answers.JSON, answers.CHUNKED) + answers.chunk(b"[" + answers.BODY))
            for _ in range(3):
                if not shown.acquire(timeout=PATIENCE):
                    return
                secure.sendall(answers.chunk(b"," + answers.BODY))
            shown.acquire(timeout=PATIENCE)
            secure.sendall(answers.chunk(b"]") + answers.LAST)

        with servers.TlsServer(servers.context(authority.issue()), answer) as server:
            for options in (("--json",), ()):
                with self.subTest(options):
                    server.received = b""
                    self.check_shown(server.port, authority.pem, options, shown)

    def check_shown(self, port, ca, options, shown):
        """Reads four records. Allows the server to continue after each."""
        process = harness.start(*options, "connection", "list", changes={
            "AMP_URL": f"https://127.0.0.1:{port}", "AMP_PROJECT": "p", "AMP_API_KEY": KEY, "AMP_CA_FILE": ca})
        reader = Reader(process.stdout)
        if not options:
            self.assertIn(b"STATUS", reader.line() + reader.line())
        for _ in range(4):
            self.assertIn(b"connection-123", reader.line() if options else reader.line() + reader.line())
            self.assertIsNone(process.poll())
            shown.release()
        self.assertEqual((reader.line(), process.wait(PATIENCE), process.stderr.read()), (b"", 0, b""))
        process.stdout.close()
        process.stderr.close()

    def test_while_bytes_drip(self):
        for what in ("connection", "installation"):
            process = harness.start("--json", "--deadline", "300", what, "list", changes=BOX.environment("huge=20000,drip=1"))
            first = json.loads(process.stdout.readline())
            self.assertTrue(first["id"].endswith("000000000000"))
            self.assertIsNone(process.poll())
            process.kill()
            process.communicate()

    def test_reader_that_goes_away(self):
        """The command ends when its reader has closed the pipe."""
        process = harness.start("--json", "connection", "list", changes=BOX.environment("huge=20000"), bufsize=0)
        process.stdout.read(100)
        process.stdout.close()
        try:
            self.assertGreater(process.wait(PATIENCE), 0)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
        finally:
            process.stderr.close()


if __name__ == "__main__":
    harness.main()
