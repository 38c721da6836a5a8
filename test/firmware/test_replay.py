# SPDX-License-Identifier: MIT
"""A recorded day costs the same each time, to the instruction. The cost is in docs/costs.md."""
import json
import os
import pathlib
import unittest

import board
import harness

RECORDING = harness.ROOT / "test" / "firmware" / "recorded"
FIGURES = os.environ.get("AMPERSAND_FIRMWARE_FIGURES")


def replay(cpu):
    """The figures of a run."""
    heard = f"loader,file={RECORDING / 'heard'},addr={board.BOARDS[cpu].recording_at:#x},force-raw=on"
    result = board.run(cpu, "replay", RECORDING / "page", more=("-device", heard))
    if result.status != 0:
        raise AssertionError(
            "the recording does not fit this client any more: sh test/firmware/run.sh --record\n" + result.text)
    return board.BOARDS[cpu].measured(result.text)


class Replay(unittest.TestCase):
    """On each board."""

    def test_replay(self):
        """Twice"""
        cpus = list(board.BOARDS)
        figures = harness.in_parallel(replay, cpus * 2)
        for cpu, first, second in zip(cpus, figures, figures[len(cpus):], strict=False):
            with self.subTest(cpu=cpu):
                self.assertEqual(first["installations"], 4)
                self.assertEqual(first, second, "two runs differ")
                if FIGURES:
                    pathlib.Path(FIGURES, f"replay-{cpu}.json").write_text(json.dumps(first), encoding="ascii")


if __name__ == "__main__":
    harness.main()
