# SPDX-License-Identifier: MIT
"""Runs the complete device: over real TLS to the sandbox, asleep, and awake again."""
import json
import os
import pathlib
import re
import unittest

import board
import harness

LIST_SWITCHES = "huge=1000"
SANDBOX = harness.Sandbox("--ciphers", "client")
CIPHERS = {"client": "TLS-ECDHE-ECDSA-WITH-CHACHA20-POLY1305-SHA256", "own": "TLS-ECDHE-ECDSA-WITH-AES-256-GCM-SHA384",
           "aes": "TLS-ECDHE-ECDSA-WITH-AES-256-GCM-SHA384"}
FIGURES = os.environ.get("AMPERSAND_FIRMWARE_FIGURES")


def one_day(cpu, switches="", list_switches=LIST_SWITCHES, sandbox=SANDBOX):
    """Returns (result, figures before sleep, figures after it)."""
    page = board.page(board.entries(sandbox, url=sandbox.url(switches), list_url=sandbox.url(list_switches)))
    result = board.run(cpu, "device", page)
    before, _, after = result.text.partition("asleep\n")
    return result, *(board.BOARDS[cpu].measured(part) for part in (before, after))


def keep(cpu, before, after):
    """Writes the figures to a file, for the report."""
    if FIGURES:
        figures = {"before": before, "after": after}
        pathlib.Path(FIGURES, f"device-{cpu}.json").write_text(json.dumps(figures), encoding="ascii")


class Device(unittest.TestCase):
    """Runs on each board."""

    def check_day(self, cpu):
        requests = len(SANDBOX.log())
        result, before, after = one_day(cpu)
        self.assertEqual(result.status, 0, result.text + result.told)
        for line in ("cold: AMP_OK", "kept: AMP_OK", "generate: AMP_OK", "list: AMP_OK", "woken: AMP_OK"):
            self.assertIn(f"\n{line}\n", "\n" + result.text)
        self.assertEqual(len(re.findall("^OK: NONE$", result.text, re.MULTILINE)), 3)
        self.assertEqual(before["installations"], 1000)
        self.assertEqual(after["resumed"], 1)
        self.check_log(SANDBOX.log()[requests:])
        keep(cpu, before, after)

    def check_log(self, log):
        """Returns the requests that the service received. They used two connections, and the second resumed
        the session."""
        self.assertEqual([(entry["method"], entry["status"]) for entry in log],
                         [("GET", 200), ("GET", 200), ("POST", 201), ("GET", 200), ("GET", 200)])
        self.assertEqual([entry["request"] for entry in log][:3], [1, 2, 3], "the connection was not kept")
        self.assertEqual([entry["resumed"] for entry in log], [False, False, False, True, True],
                         "the session was not taken up, within a day and after sleep")
        for entry in log:
            self.assertEqual([name for name, _ in entry["headers"]][:4], ["Host", "Accept", "Accept-Encoding", "X-Api-Key"],
                             "AMP_USER_AGENT=0 leaves one field out")
        body = json.loads(log[2]["body"])
        self.assertEqual(body["consumerRef"], "pump-7")
        self.assertEqual(body["groupRef"], "group-new")
        self.assertEqual(body["apiKey"], "a-provider-key")

    def test_cortex_m0plus(self):
        """Executes its instructions on the model of a Cortex-M3, which has all of them."""
        self.check_day("cortex-m0plus")

    def test_cortex_m3(self):
        """mps2-an385"""
        self.check_day("cortex-m3")

    def test_cortex_m4(self):
        """mps2-an386"""
        self.check_day("cortex-m4")

    def test_rv32imc(self):
        """QEMU's virt board"""
        self.check_day("rv32imc")

    def test_without_a_controller(self):
        """The driver finds no device. The connection fails at once."""
        result = board.run("rv32imc", "device", board.page(board.entries(SANDBOX)), with_network=False)
        self.assertIn("\ncold: AMP_ERR_CONNECT at connect, code -4", result.text)
        self.assertEqual(result.status, 1, result.text + result.told)

    def test_full_stack(self):
        """A stack that overflows ends the program before it overwrites data."""
        page = board.page({})
        for cpu in board.BOARDS:
            with self.subTest(cpu=cpu):
                result = board.run(cpu, "overflow", page)
                self.assertEqual((result.text, result.status), ("full stack\nfault\n", 1), result.told)

    def test_each_order_of_ciphers(self):
        """Servers that follow the client's preference, that follow their own, and that have no ChaCha20."""
        figures = {}
        for order, suite in CIPHERS.items():
            sandbox = SANDBOX if order == "client" else harness.Sandbox("--ciphers", order)
            result, before, after = one_day("cortex-m3", list_switches="", sandbox=sandbox)
            self.assertEqual(result.status, 0, result.text + result.told)
            self.assertIn(f"TLSv1.2 {suite}\n", result.text)
            self.assertEqual(after["resumed"], 1)
            figures[order] = {"cold": before["cold"], "kept": before["kept"], "woken": after["woken"],
                              "sent": after["sent"], "received": after["received"]}
        self.assertLess(figures["client"]["kept"], figures["own"]["kept"])
        if FIGURES:
            pathlib.Path(FIGURES, "ciphers.json").write_text(json.dumps(figures), encoding="ascii")

    def test_waiting_costs_nothing(self):
        """Without this, the load of this machine would change the figures."""
        for cpu in ("cortex-m3", "rv32imc"):
            with self.subTest(cpu=cpu):
                _, before, after = one_day(cpu, list_switches="")
                result, slow_before, slow_after = one_day(cpu, switches="delay=400", list_switches="")
                self.assertEqual(result.status, 0, result.text + result.told)
                for name, prompt, slow in (("kept", before, slow_before), ("woken", after, slow_after)):
                    self.assertLess(abs(slow[name] - prompt[name]), prompt[name] / 20, name)


if __name__ == "__main__":
    harness.main()
