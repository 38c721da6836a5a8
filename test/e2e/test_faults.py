# SPDX-License-Identifier: MIT
"""Broken connections: the exit status is right at each place, and no request is sent twice."""
import fcntl
import os
import pathlib
import select
import signal
import subprocess
import time

import answers
import harness
from harness import generate_arguments, unique, until, write_file

BOX = harness.Sandbox()
SECRET_FILE = write_file({"apiKey": "S3CRET-key"})
LIST = ("connection", "list", "--group", "group-alpha")
RECORDS = b"[" + b", ".join((answers.BODY,) * 3) + b"]"
CREATED = "HTTP/1.1 201 Created"


def places(head, size, step):
    """Returns places to cut an answer at: all around every edge, and evenly spaced elsewhere."""
    edges = {9, 12, 13, len(CREATED)}
    for edge in (3, head, size):
        edges |= set(range(edge - 3, edge + 4))
    return sorted(edges | set(range(0, size, step)))


def number():
    """Returns a different number for each call."""
    return int(unique().rpartition("-")[2])


class Cut(harness.TestCase):
    """The answer ends after some bytes."""

    def cuts(self, arguments, answer, step, head):
        """Yields (place, is it clean, result) for each place, with and without close_notify."""
        name = BOX.fixture(answer)
        jobs = [(place, how, f"raw={name},{how}={place}")
                for place in places(head, len(answer), step) for how in ("cut", "cut-clean")]
        results = harness.in_parallel(lambda job: BOX.run(*arguments, switches=job[2]), jobs)
        for (place, how, switches), result in zip(jobs, results, strict=True):
            self.assertEqual(len(BOX.log(switches)), 1, f"requests sent with {switches}")
            yield place, how == "cut-clean", result

    def check_safe(self, arguments, answer, step):
        """A safe request succeeds if the whole answer arrived. Otherwise it exits with 4."""
        head = answer.index(b"\r\n\r\n") + 4
        for place, is_clean, result in self.cuts(arguments, answer, step, head):
            if place >= len(answer):
                self.assertGreaterEqual(len(self.check_done(result)), 1)
                continue
            code = "AMP_ERR_CLOSED" if is_clean else "AMP_ERR_ABORTED"
            error = self.check_failed(result, 4, code, "head" if place < head else "body")
            self.assertEqual(error.get("http"), None if place < head else 200)

    def test_get(self):
        get = ("connection", "get", "connection-123")
        self.check_safe(get, answers.plain(), 11)
        self.check_safe(get, answers.chunked(answers.chunk(answers.BODY) + b"0\r\nX: y\r\n\r\n"), 17)

    def test_list(self):
        self.check_safe(LIST, answers.plain(body=RECORDS), 37)
        pieces = b"".join(answers.chunk(RECORDS[at:at + 100]) for at in range(0, len(RECORDS), 100))
        self.check_safe(LIST, answers.chunked(pieces + answers.LAST), 61)

    def test_list_shows_whole_records(self):
        for switches in ("huge=100,cut=60000", "huge=100,cut-clean=60000", "huge=100,cut=60000,until-close"):
            result = BOX.run("connection", "list", switches=switches)
            self.check_failed(result, 4)
            self.assertEqual([record["id"][-12:] for record in result.records],
                             [f"{n:012x}" for n in range(len(result.records))])
            self.assertIn(len(result.records), range(30, 80))

    def test_until_close_needs_the_end_of_tls(self):
        """Without a length, only close_notify distinguishes a complete answer from a truncated one."""
        answer = answers.head(answers.JSON) + answers.BODY
        get, name, size = ("connection", "get", "connection-123"), BOX.fixture(answer), len(answer)
        for place in (size - 300, size - 1, size, size + 1):
            self.check_failed(BOX.run(*get, switches=f"raw={name},cut={place}"), 4, "AMP_ERR_ABORTED", "body")
        self.check_failed(BOX.run(*get, switches=f"raw={name},cut-clean={size - 1}"), 5, "AMP_ERR_JSON", "body")
        self.check_done(BOX.run(*get, switches=f"raw={name},cut-clean={size + 1}"))

    def check_generate(self, answer, step):
        """The outcome is unknown until the answer is complete."""
        head = answer.index(answers.BODY)
        for place, is_clean, result in self.cuts(generate_arguments(SECRET_FILE), answer, step, head):
            if place >= len(answer):
                self.check_done(result)
                continue
            code = "AMP_ERR_CLOSED" if is_clean else "AMP_ERR_ABORTED"
            error = self.check_failed(result, 6, "AMP_ERR_UNKNOWN_OUTCOME", "head" if place < head else "body")
            self.assertEqual((error["cause"], error.get("http")), (code, None if place < head else 201))

    def test_generate(self):
        self.check_generate(answers.plain(status=CREATED), 11)
        self.check_generate(answers.head(status="HTTP/1.1 100 Continue") + answers.plain(status=CREATED), 31)

    def test_generate_that_the_service_carried_out(self):
        for switches in ("cut=0", "cut=10", "cut-clean=20", "cut=700", "cut-clean=700"):
            group = unique("cut")
            result = BOX.run(*generate_arguments(SECRET_FILE, group), switches=switches)
            self.check_failed(result, 6, "AMP_ERR_UNKNOWN_OUTCOME")
            self.assertEqual(len(self.check_done(BOX.run("connection", "list", "--group", group))), 1)

    def test_problem_that_is_cut(self):
        """The service has refused. A cut within its message does not change that."""
        for switches in ("cut=400,status=404", "cut-clean=600,status=404", "cut=600,status=404,chunked"):
            self.check_failed(BOX.run(*LIST, switches=switches), 3, "AMP_ERR_NOT_FOUND")
            result = BOX.run(*generate_arguments(SECRET_FILE), switches=switches)
            self.check_failed(result, 3, "AMP_ERR_NOT_FOUND")


class NoAnswer(harness.TestCase):
    """The connection ends, or no byte arrives."""

    CODES = {"drop": "AMP_ERR_ABORTED", "drop-clean": "AMP_ERR_CLOSED", "reset": None}

    def test_safe_requests(self):
        for switch, code in self.CODES.items():
            for arguments in (LIST, ("connection", "get", "connection-123")):
                switches = f"{switch},split={number()}"
                self.check_failed(BOX.run(*arguments, switches=switches), 4, code, "head")
                self.assertEqual(len(BOX.log(switches)), 1)

    def test_generate_is_unknown_and_sent_once(self):
        for switch, code in self.CODES.items():
            group, switches = unique("lost"), f"{switch},split={number()}"
            result = BOX.run(*generate_arguments(SECRET_FILE, group), switches=switches)
            error = self.check_failed(result, 6, "AMP_ERR_UNKNOWN_OUTCOME", "head")
            if code is not None:
                self.assertEqual(error["cause"], code)
            self.assertEqual(len(BOX.log(switches)), 1)
            found = self.check_done(BOX.run("connection", "list", "--group", group))
            self.assertEqual(len(found), 1, "the service did it all the same")

    def test_drop_once_is_not_tried_again(self):
        switches = f"drop-once={unique('key')}"
        result = BOX.run(*generate_arguments(SECRET_FILE), switches=switches)
        self.check_failed(result, 6, "AMP_ERR_UNKNOWN_OUTCOME")
        self.assertEqual([entry["status"] for entry in BOX.log(switches)], [None])

    def run_late(self, arguments, switches):
        """Runs with a deadline of a second. Returns the result."""
        begin = time.monotonic()
        result = BOX.run("--deadline", "1", *arguments, switches=switches)
        self.assertLess(time.monotonic() - begin, harness.PATIENCE)
        self.assertEqual(len(BOX.log(switches)), 1)
        return result

    def test_deadline(self):
        self.check_failed(self.run_late(LIST, "delay=60000"), 4, "AMP_ERR_DEADLINE", "head")
        self.check_failed(self.run_late(LIST, "delay-body=60000"), 4, "AMP_ERR_DEADLINE", "body")
        self.check_failed(self.run_late(LIST, "drip=100"), 4, "AMP_ERR_DEADLINE")
        result = self.run_late(generate_arguments(SECRET_FILE), "delay=60001")
        error = self.check_failed(result, 6, "AMP_ERR_UNKNOWN_OUTCOME", "head")
        self.assertEqual(error["cause"], "AMP_ERR_DEADLINE")
        result = self.run_late(generate_arguments(SECRET_FILE), "delay-body=60001")
        error = self.check_failed(result, 6, "AMP_ERR_UNKNOWN_OUTCOME", "body")
        self.assertEqual((error["http"], error["cause"]), (201, "AMP_ERR_DEADLINE"))
        self.assertNotIn("try again", result.told)

    def test_deadline_of_a_silent_pipe(self):
        pipe = str(harness.FOLDER / unique("pipe"))
        os.mkfifo(pipe)
        for arguments in (("--api-key-file", pipe, *LIST), (*generate_arguments(pipe),), ("decode", "json", pipe)):
            result = BOX.run("--deadline", "0.3", *arguments)
            self.check_failed(result, 4, "AMP_ERR_DEADLINE", "start")
        process = harness.start("--json", "--api-key-file", pipe, *LIST, changes=BOX.environment(AMP_API_KEY=None))
        with open(pipe, "w", encoding="ascii") as writer:
            writer.write(harness.KEY)
        self.check_done(harness.end(process))

    def test_deadline_is_for_the_whole_command(self):
        """Bytes that keep arriving do not extend the deadline. On a busy machine not even the head has
        arrived by then."""
        begin = time.monotonic()
        result = BOX.run("--deadline", "1", "connection", "list", switches="drip=2,huge=1000")
        error = self.check_failed(result, 4, "AMP_ERR_DEADLINE")
        self.assertIn(error["stage"], ("head", "body"))
        self.assertLess(time.monotonic() - begin, harness.PATIENCE)


class Interrupted(harness.TestCase):
    """A user presses Ctrl-C."""

    def interrupt(self, process):
        """Interrupts the client and waits. It must end at once, also on a busy machine. Returns the result."""
        begin = time.monotonic()
        process.send_signal(signal.SIGINT)
        process.wait(harness.PATIENCE)  # Its standard input stays open until it has ended.
        self.assertLess(time.monotonic() - begin, 5)
        return harness.end(process)

    def test_while_an_answer_is_waited_for(self):
        for arguments, code in ((LIST, "AMP_ERR_CANCELLED"),
                                (generate_arguments(SECRET_FILE), "AMP_ERR_UNKNOWN_OUTCOME")):
            switches = f"delay={60000 + number()}"
            process = harness.start("--json", *arguments, changes=BOX.environment(switches))
            until(lambda switches=switches: BOX.log(switches), "the request")
            is_unknown = code == "AMP_ERR_UNKNOWN_OUTCOME"
            error = self.check_failed(self.interrupt(process), 6 if is_unknown else 130, code, "head")
            if is_unknown:
                self.assertEqual(error["cause"], "AMP_ERR_CANCELLED")
            self.assertEqual(len(BOX.log(switches)), 1)

    def test_while_a_list_comes(self):
        process = harness.start("--json", "connection", "list", changes=BOX.environment("huge=1000,drip=1"))
        first = process.stdout.readline()
        result = self.interrupt(process)
        result.out = first + result.out
        self.check_failed(result, 130, "AMP_ERR_CANCELLED", "body")
        self.assertGreaterEqual(len(result.records), 1)

    def start_into_a_full_pipe(self, *arguments):
        """Start it with a reader that does not read, and wait until the pipe is full."""
        reading, writing = os.pipe()
        self.addCleanup(os.close, reading)
        fcntl.fcntl(reading, fcntl.F_SETPIPE_SZ, 4096)
        process = harness.start(*arguments, changes=BOX.environment("huge=1000"), stdout=writing)
        until(lambda: not select.select([], [writing], [], 0)[1] and harness.waits(process), "the pipe to be full")
        os.close(writing)
        return process

    def test_while_the_reader_waits(self):
        """SIGINT ends a client that waits for the reader of its output."""
        for options in ((), ("--json",)):
            process = self.start_into_a_full_pipe(*options, "connection", "list")
            self.assertEqual(self.interrupt(process).status, 130)

    def test_while_the_reader_waits_at_the_deadline(self):
        """The deadline ends it too."""
        for options in ((), ("--json",)):
            result = harness.end(self.start_into_a_full_pipe(*options, "--deadline=1", "connection", "list"))
            self.assertEqual(result.status, 4)
            self.assertIn("while the reader of standard output did not read (AMP_ERR_DEADLINE)", result.told)

    def test_while_input_is_read(self):
        for arguments in (("--api-key-file", "-", *LIST), generate_arguments("-"), ("decode", "connections"),
                          ("decode", "json", "-")):
            process = harness.start("--json", *arguments, changes=BOX.environment(), stdin=subprocess.PIPE)
            until(lambda process=process: harness.waits(process), "the client to wait")
            self.check_failed(self.interrupt(process), 130, "AMP_ERR_CANCELLED", "start")

    def test_while_the_token_command_runs(self):
        begun = write_file(b"")
        process = harness.start("--json", "--token-command", f"echo $$ >{begun}; sleep 60; :", *LIST,
                                changes=BOX.environment(AMP_API_KEY=None))
        number = until(lambda: pathlib.Path(begun).read_text(encoding="ascii").strip(), "the command")
        self.check_failed(self.interrupt(process), 130, "AMP_ERR_CANCELLED", "start")
        until(lambda: not pathlib.Path(f"/proc/{number}").exists(), "the command to be gone")


if __name__ == "__main__":
    harness.main()
