# SPDX-License-Identifier: MIT
"""A recorded day costs the same each time, to the instruction. The cost is in docs/costs.md."""
import json
import os
import pathlib
import unittest

import board
import harness

RECORDING = harness.ROOT / "test" / "firmware" / "recorded"
HEARD_AT = 0x110000
FIGURES = os.environ.get("AMPERSAND_FIRMWARE_FIGURES")


def replay(cpu, image):
    """The figures of a run."""
    arguments = board.arguments(cpu, image, RECORDING / "page", folder=f"{cpu}-test")
    arguments += ["-device", f"loader,file={RECORDING / 'heard'},addr={HEARD_AT:#x},force-raw=on"]
    result = harness.run(*arguments, timeout=board.PATIENCE)
    if result.status != 0:
        raise AssertionError(
            "the recording does not fit this client any more: sh test/firmware/run.sh --record\n" + result.text)
    return dict(board.measured(result.text))


class Replay(unittest.TestCase):
    """On each board."""

    def check(self, cpu, image="replay"):
        figures = replay(cpu, image)
        self.assertEqual(figures["installations"], 4)
        self.assertEqual(figures, replay(cpu, image), "two runs differ")
        if FIGURES:
            pathlib.Path(FIGURES, f"{image}-{cpu}.json").write_text(json.dumps(figures), encoding="ascii")

    def test_cortex_m0plus(self):
        """Its instructions, on the model of a Cortex-M3, which has them all"""
        self.check("cortex-m0plus")

    def test_cortex_m3(self):
        """mps2-an385"""
        self.check("cortex-m3")

    def test_cipher_for_speed(self):
        """The same board, with the files of the cipher compiled by -O2"""
        self.check("cortex-m3", "replay-fast")

    def test_cortex_m4(self):
        """mps2-an386"""
        self.check("cortex-m4")


if __name__ == "__main__":
    harness.main()
