# SPDX-License-Identifier: MIT
"""A measured table in docs/costs.md: writes it between two marks, and compares it with new measurements."""
import pathlib
import re
import sys

README = pathlib.Path("docs/costs.md")
ABOUT, ABOUT_TOLERANCE = "| about", 0.1  # for runs over a network with fresh keys, which always differ a little
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


class Block:
    """The lines between `<!-- NAME:begin -->` and `<!-- NAME:end -->`. The line that begins with `caption`
    names compilers. `tolerance` is the allowed relative difference of a number."""

    def __init__(self, name, command, caption, tolerance):
        self.begin, self.end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
        self.command, self.caption, self.tolerance = command, caption, tolerance

    def written(self):
        """Returns the lines between the marks, or None."""
        text = README.read_text() if README.exists() else ""
        if self.begin not in text or self.end not in text:
            return None
        return text.split(self.begin, 1)[1].split(self.end, 1)[0].strip("\n").splitlines()

    def write(self, lines, unmeasured=()):
        if self.written() is None or unmeasured:
            why = "".join(f"no {row} " for row in unmeasured) or f"no {self.begin} and {self.end} in the page"
            print(f"{README}: {why}: nothing written", file=sys.stderr)
            return
        text = README.read_text()
        before, after = text.split(self.begin, 1)[0], text.split(self.end, 1)[1]
        README.write_text("\n".join((before + self.begin, *lines, self.end + after)))

    def agree(self, a, b):
        """Returns 1 when two lines are equal, with numbers within the tolerance. Versions may differ."""
        if a.startswith(self.caption) and b.startswith(self.caption):
            return True
        if NUMBER.sub("#", a) != NUMBER.sub("#", b):
            return False
        pairs = [[float(text.replace(",", "")) for text in NUMBER.findall(line)] for line in (a, b)]
        tolerance = ABOUT_TOLERANCE if a.startswith(ABOUT) else self.tolerance
        return all(abs(x - y) <= tolerance * max(x, y) for x, y in zip(*pairs, strict=True))

    def has_same_compilers(self, lines):
        """Returns True if the figures in docs/costs.md were measured with the same compilers as these lines."""
        written = self.written()
        return written is not None and any(line.startswith(self.caption) and line in written for line in lines)

    def check(self, lines, unmeasured=()):
        """Returns 0 when docs/costs.md agrees with the measurement. Skips rows that begin with one of
        `unmeasured`."""
        written = self.written()
        if written is None:
            print(f"{README} has no table between {self.begin} and {self.end}", file=sys.stderr)
            return 1
        if not self.has_same_compilers(lines):
            print(f"SKIPPED comparing with {README} ({self.begin}): it was measured with other compilers")
            for place, caption in ((README, written), ("here", lines)):
                print(f"{place}: {' '.join(line for line in caption if line.startswith(self.caption))}")
            return 0
        for row in unmeasured:
            print(f"SKIPPED comparing with {README}: {row}")
        written = [line for line in written if not line.startswith(tuple(unmeasured))]
        missing = [line for line in lines if not any(self.agree(line, other) for other in written)]
        extra = [line for line in written if not any(self.agree(line, other) for other in lines)]
        for sign, changed in (("-", extra), ("+", missing)):
            for line in changed:
                print(sign, line)
        if missing or extra:
            print(f"{README} differs from what was measured (+): {self.command} --write", file=sys.stderr)
        return int(bool(missing or extra))
