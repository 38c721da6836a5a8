# SPDX-License-Identifier: MIT
"""Each fault causes its error on the console, and the next try works without a restart."""
import re
import socket
import unittest

import board
import harness

SANDBOX = harness.Sandbox()
STRANGER = harness.Sandbox()  # the device does not know its authority
LINK_SWITCHES = "drip=2,huge=30"
BYTES_UNTIL_BODY = 150000  # bytes of frames: more than handshake and head, much less than the whole answer
CPUS = ("cortex-m3", "rv32imc")  # one for each board


def closed_port():
    """Returns a port of this machine without a listener."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def outcomes(text):
    """Returns [(error, rest of its line, result of the next try, 1 if that try resumed a session)] from the
    console."""
    found = re.findall(r"^fault: (\w+) (.*)\n(?:measured .*\n)*OK: NONE\nnext: (\w+)\nmeasured resumed (\d)$",
                       text, re.MULTILINE)
    return [(*outcome, resumed == "1") for *outcome, resumed in found]


class Faults(unittest.TestCase):
    """Runs all faults on each device. Its session survives each fault, because a failed try exports none."""

    FAULTS = (
        ({"fault": f"https://localhost:{closed_port()}/v1"}, "AMP_ERR_CONNECT", "at connect"),
        ({"fault": SANDBOX.url("cut=600")}, "AMP_ERR_ABORTED", "at body, http 200"),
        ({"fault": SANDBOX.url("cut-clean=600")}, "AMP_ERR_CLOSED", "at body, http 200"),
        ({"fault": SANDBOX.url("reset")}, "AMP_ERR_ABORTED", "at head"),
        ({"fault": STRANGER.url()}, "AMP_ERR_CERT_UNTRUSTED", "at tls"),
        ({"fault": SANDBOX.url(host="10.0.2.2")}, "AMP_ERR_CERT_NAME", "at tls"),
        ({"fault": SANDBOX.url(), "time": "4100000000"}, "AMP_ERR_CERT_EXPIRED", "at tls"),
        ({"fault": SANDBOX.url(), "time": "1000000000"}, "AMP_ERR_CLOCK", "at tls"),
        ({"fault": SANDBOX.url(), "arena": "3000"}, "AMP_ERR_MEMORY", "at start"),
        ({"fault": SANDBOX.url(), "arena": "6000"}, "AMP_ERR_MEMORY", "at tls"),
        ({"fault": SANDBOX.url(), "work": "300"}, "AMP_ERR_MEMORY", "need 384"),
        ({"fault": SANDBOX.url("delay=20000"), "timeout": "8000"}, "AMP_ERR_DEADLINE", "at head"),
    )

    def test_all(self):
        """Every fault is followed by a successful try."""
        entries = board.entries(SANDBOX)
        for number, (given, _, _) in enumerate(self.FAULTS):
            entries.update({f"{name}.{chr(ord('a') + number)}": value for name, value in given.items()})
        page = board.page(entries)
        results = harness.in_parallel(lambda cpu: board.run(cpu, "faults", page), CPUS)
        for cpu, result in zip(CPUS, results, strict=True):
            with self.subTest(cpu=cpu):
                self.check(result)

    def check(self, result):
        """Checks the outcomes of one device."""
        found = outcomes(result.text)
        self.assertEqual(len(found), len(self.FAULTS), result.text + result.told)
        for number, ((_, wanted, where), (error, said, after, resumed)) in enumerate(zip(self.FAULTS, found, strict=True)):
            with self.subTest(wanted=wanted, where=where):
                self.assertEqual(error, wanted, said)
                self.assertIn(where, said)
                self.assertEqual(after, "AMP_OK")
                self.assertEqual(resumed, number > 0)
        self.assertEqual(result.status, 0, result.text + result.told)


class Cable(unittest.TestCase):
    """The cable is unplugged during an answer, and plugged in again."""

    def link(self, monitor, state):
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(monitor)
            connection.sendall(f"set_link lan {state}\n".encode())
            answer = b""
            while answer.count(b"(qemu)") < 2:
                answer += connection.recv(4096)

    def test_pulled(self):
        """The deadline ends the request. Once the link is restored, the next request works."""
        entries = board.entries(SANDBOX, **{"fault.a": SANDBOX.url(LINK_SWITCHES), "timeout.a": "15000"})
        page = board.page(entries)
        for cpu, text in zip(CPUS, harness.in_parallel(lambda cpu: self.pull(cpu, page), CPUS), strict=True):
            with self.subTest(cpu=cpu):
                self.assertEqual([(error, after) for error, _, after, _ in outcomes(text)],
                                 [("AMP_ERR_DEADLINE", "AMP_OK")], text)
                self.assertIn("at body, http 200", text)

    def pull(self, cpu, page):
        """Unplugs the cable of one device during an answer. Returns the text of its console."""
        monitor = str(harness.FOLDER / f"monitor-{cpu}")
        frames = harness.FOLDER / f"frames-{cpu}"
        emulator = board.start(cpu, "faults", page, f"unix:{monitor},server,nowait",
                               more=("-object", f"filter-dump,id=frames,netdev=lan,file={frames}"))
        self.addCleanup(emulator.kill)
        harness.until(lambda: frames.exists() and frames.stat().st_size > BYTES_UNTIL_BODY, "the body")
        self.link(monitor, "off")
        text = ""
        while "fault: " not in text:
            line = emulator.stdout.readline().decode()
            self.assertTrue(line, "the device ended early: " + text)
            text += line
        self.link(monitor, "on")
        rest, told = emulator.communicate(timeout=board.PATIENCE)
        text += rest.decode()
        self.assertEqual(emulator.returncode, 0, text + told.decode())
        return text


if __name__ == "__main__":
    harness.main()
