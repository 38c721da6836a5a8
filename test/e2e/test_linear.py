# SPDX-License-Identifier: MIT
"""Checks that the work grows linearly with a list. Instructions are counted, not timed.

Reads installations with real configurations over TLS, under valgrind's callgrind: 27 MB in about 15 seconds.
AMPERSAND_RECORDS=20000 reads 108 MB.
"""
import os
import re
import shutil
import subprocess

import harness

BOX = harness.Sandbox()
MANY = int(os.environ.get("AMPERSAND_RECORDS", "5000"))
COUNTS = (MANY // 10, MANY)
TOLERANCE = 0.2
SECONDS = 400


class Linear(harness.TestCase):
    """Counts the instructions for each record."""

    def count(self, records):
        """Returns the instructions of a run that lists `count` records."""
        line = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", harness.CLIENT, "--json", "--stats",
                "--deadline", str(SECONDS), "installation", "list"]
        environment = harness.environment(BOX.environment(f"huge={records}"))
        with open(os.devnull, "wb") as nothing:
            done = subprocess.run(line, stdout=nothing, stderr=subprocess.PIPE, env=environment, timeout=SECONDS,
                                  check=False)
        told = done.stderr.decode()
        self.assertEqual(done.returncode, 0, told)
        received = int(re.search(r'"rx":(\d+)', told)[1])
        self.assertGreater(received, 5000 * records)
        return int(re.search(r"Collected : (\d+)", told)[1])

    def test_installations(self):
        few, many = (total / records for total, records in zip(harness.in_parallel(self.count, COUNTS), COUNTS, strict=True))
        print(f"{few:.0f} instructions for each of {COUNTS[0]}, {many:.0f} for each of {COUNTS[1]}")
        self.assertLess(abs(many / few - 1), TOLERANCE)


if __name__ == "__main__":
    if shutil.which("valgrind") is None:
        harness.skip_all("valgrind is not installed")
    harness.main()
