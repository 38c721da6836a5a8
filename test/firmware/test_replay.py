# SPDX-License-Identifier: MIT
"""Checks that a recorded day always costs the same number of instructions. The cost is in docs/costs.md."""
import json
import os
import pathlib
import unittest

import board
import harness

RECORDING = harness.ROOT / "test" / "firmware" / "recorded"
FIGURES = os.environ.get("AMPERSAND_FIRMWARE_FIGURES")


def replay(cpu, image):
    """Returns the figures of a run."""
    heard = f"loader,file={RECORDING / 'heard'},addr={board.BOARDS[cpu].recording_at:#x},force-raw=on"
    result = board.run(cpu, image, RECORDING / "page", more=("-device", heard))
    if result.status != 0:
        raise AssertionError(
            "the recording does not fit this client any more: sh test/firmware/run.sh --record\n" + result.text)
    return board.BOARDS[cpu].measured(result.text)


class Replay(unittest.TestCase):
    """Runs on each board."""

    def test_replay(self):
        """Runs twice. On the Cortex-M3 it also runs with the files of the cipher compiled with -O2."""
        images = [(cpu, "replay") for cpu in board.BOARDS] + [("cortex-m3", "replay-fast")]
        figures = harness.in_parallel(lambda image: replay(*image), images * 2)
        for (cpu, image), first, second in zip(images, figures, figures[len(images):], strict=False):
            with self.subTest(cpu=cpu, image=image):
                self.assertEqual(first["installations"], 4)
                self.assertEqual(first, second, "two runs differ")
                if FIGURES:
                    pathlib.Path(FIGURES, f"{image}-{cpu}.json").write_text(json.dumps(first), encoding="ascii")


if __name__ == "__main__":
    harness.main()
