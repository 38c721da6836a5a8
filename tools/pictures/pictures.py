# SPDX-License-Identifier: MIT
"""Draws all pictures, or compares them: see tools/pictures.sh."""
import difflib
import pathlib
import re
import sys
import tempfile

from captures import CAPTURES
from layers import LAYER_PICTURES
from plots import PLOTS

FOLDER = pathlib.Path("docs/pictures")
# Variable parts of a capture: the sandbox's port, times and random parts, waiting times in words, and a QR
# code of its URL.
VARYING = re.compile(r"[█▀▄]+|\d+(?:&#160;)+(?:day|hour|minute|second)s?|[0-9a-f]{8}-[0-9a-f-]{27}|\d[\d:.,-]*Z?|state=[\w-]+|"
                     r"(?:&#160;)+")


def constant(path):
    """Returns the texts of a picture without the parts that vary between two runs. A plot does not vary."""
    text = path.read_text(encoding="utf-8")
    if path.name not in CAPTURES:
        return text.splitlines()
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", text)
    return [line for line in (" ".join(VARYING.sub(" ", text).split()) for text in texts) if line]


def main():
    is_check = "--check" in sys.argv
    faults = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, draw in {**CAPTURES, **PLOTS, **LAYER_PICTURES}.items():
            path = pathlib.Path(folder) / name if is_check else FOLDER / name
            draw(path)
            if is_check and constant(path) != constant(FOLDER / name):
                faults += 1
                print(f"{FOLDER / name} differs: sh tools/pictures.sh")
                print("\n".join(list(difflib.unified_diff(constant(FOLDER / name), constant(path), lineterm="", n=0))[:10]))
    print(f"{'compared' if is_check else 'drew'} {len({**CAPTURES, **PLOTS, **LAYER_PICTURES})} pictures")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
